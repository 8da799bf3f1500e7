"""Visits to the counter that stand on the way of a case.

A plugin whose service needs the person at the counter names a kind of visit for it
(``hooks.visits_for_cases``). Who keeps the appointments offers it to the cases that stand there,
and tells what becomes of each visit (``hooks.on_visit_changed``).
"""

import re
from enum import StrEnum

import msgspec

from core.api import Text


class CaseVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of visit for the cases of one service.

    :param code: ``<plugin>.<word>``, at most 40 characters.
    :param title: what is done there, in the words of who comes.
    :param service: code of the service, which is the plugin's own.
    :param steps: codes of the steps at which a case must stand so that it can be booked.
    :param minutes: how long one visit takes, 5 to 480.
    :param places: how many are served at the same time, 1 to 50.
    :param bring: what the person must have along, a line each.
    """

    code: str
    title: Text
    service: str
    steps: tuple[str, ...]
    minutes: int = 15
    places: int = 1
    bring: tuple[Text, ...] = ()


class VisitState(StrEnum):
    """What has just become of a visit."""

    BOOKED = "booked"
    MOVED = "moved"
    ARRIVED = "arrived"
    ABSENT = "absent"
    CANCELLED = "cancelled"


def check_visit(plugin: str, visit: CaseVisit) -> str | None:
    """Return why a kind of visit that a plugin gave cannot be taken; None when it can."""
    if not re.fullmatch(rf"{re.escape(plugin)}\.[a-z][a-z0-9-]*", visit.code):
        return "its code does not begin with the plugin's name"
    if len(visit.code) > 40:
        return "its code is longer than 40 characters"
    if not visit.service.startswith(f"{plugin}."):
        return "it is for a service of another plugin"
    if not visit.steps:
        return "it names no step"
    if not 5 <= visit.minutes <= 480 or not 1 <= visit.places <= 50:
        return "its minutes or places are out of bounds"
    if not all(0 < len(words) <= 200 for words in (visit.title.th, visit.title.en)):
        return "its title has no words, or more than 200 characters"
    return None
