"""Weights and rates, as dated data that an office sets from a day on (:mod:`kit.law`)."""

from pathlib import Path

from kit.law import read_rulebook

BOOK = read_rulebook("disaster", Path(__file__).parents[1] / "data", ("weights", "rates"))
