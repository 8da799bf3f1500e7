"""The figures by which documents are kept and destroyed, as dated data (:mod:`kit.law`)."""

from pathlib import Path

from kit.law import read_rulebook

BOOK = read_rulebook("eoffice", Path(__file__).parents[1] / "data", ("keeping",))
