"""What the office promises about incidents, as dated figures (:mod:`kit.law`)."""

from pathlib import Path

from kit.law import read_rulebook

DATA = Path(__file__).parents[1] / "data"
BOOK = read_rulebook("incidents", DATA, ("limits",))
