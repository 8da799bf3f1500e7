"""Visits that stand on the way of a case: which case may have one, and when."""

from collections.abc import Sequence
from enum import StrEnum

from core.api import Text
from kit.casework import IN_STEPS, Status
from plugins.oss.rules.slots import Kind


class CaseKind(Kind, frozen=True, kw_only=True):
    """A kind of visit for cases of one service, as another plugin names it.

    Its code has a full stop, which those of the office's own kinds cannot have.

    :param steps: codes of the steps at which a case must stand.
    :param bring: what the person must have along.
    """

    service: str
    steps: tuple[str, ...]
    bring: tuple[Text, ...] = ()


class Stand(StrEnum):
    """How a case stands towards a visit."""

    READY = "ready"
    EARLY = "early"
    OVER = "over"


def is_for_cases(code: str) -> bool:
    """Return whether a code is that of a visit for cases."""
    return "." in code


def stand(kind: CaseKind, *, order: Sequence[str], status: Status, step: str | None) -> Stand:
    """Return whether a case of the kind's service can have its visit now.

    :param order: codes of all steps of the service, the first first.
    :param step: where the case stands; None before it was complete.
    """
    if status in IN_STEPS and step is not None:
        if step in kind.steps:
            return Stand.READY
        later = order[order.index(step) + 1 :] if step in order else ()
        return Stand.EARLY if any(one in kind.steps for one in later) else Stand.OVER
    before = status in (Status.SUBMITTED, Status.CHECKING, Status.RETURNED)
    return Stand.EARLY if before else Stand.OVER
