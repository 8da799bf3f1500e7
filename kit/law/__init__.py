"""Figures of law: distances, days, fees and codes of forms that rules compare with.

They are dated data with a source, a :class:`Rulebook` for each plugin. An office sets its own
from a day on, at pages that the plugin serves by :func:`figures_router`; :func:`limits_on` says
what holds in the office on a day.
"""

from core.api import LEVEL
from kit.law.dated import Entry, Limits, in_force
from kit.law.reading import limits_on, of_office
from kit.law.routes import figures_router
from kit.law.rulebook import Rulebook, read_rulebook
from kit.law.setting import set_figure
from kit.law.showing import bare, figure

__all__ = [
    "LEVEL",
    "Entry",
    "Limits",
    "Rulebook",
    "bare",
    "figure",
    "figures_router",
    "in_force",
    "limits_on",
    "of_office",
    "read_rulebook",
    "set_figure",
]
