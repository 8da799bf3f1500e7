"""The figures of public health law, as dated data (:mod:`kit.law`)."""

from pathlib import Path

from kit.law import Limits, read_rulebook

BOOK = read_rulebook("food_cert", Path(__file__).parents[1] / "data", ("limits", "forms"))
LATEST: Limits = BOOK.latest
