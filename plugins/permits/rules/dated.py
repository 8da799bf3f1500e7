"""The figures of building law, as dated data (:mod:`kit.law`).

What is declared without a day uses ``LATEST``: what holds after the last change that is known.
"""

from pathlib import Path

from kit.law import Limits, read_rulebook

BOOK = read_rulebook("permits", Path(__file__).parents[1] / "data", ("limits", "fees", "forms"))
LATEST: Limits = BOOK.latest
