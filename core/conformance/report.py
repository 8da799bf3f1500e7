"""What came of the checks: each outcome, the tier, and the report for machines."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from core.conformance.check import Check, Level
from core.text import Text

MOST_FINDINGS = 20  # of one check are told

State = Literal["passed", "failed", "not run"]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one check.

    :ivar findings: what is wrong, or why it was not run.
    """

    id: str
    level: Literal["bronze", "silver", "gold", "platinum"]
    title: Text
    mend: Text
    state: State
    seconds: float
    findings: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What came of all checks of a plugin.

    :ivar tier: the highest level whose checks, and those below, were all passed; None for none, and
        where only some checks were run.
    :ivar versions: of what it was checked with.
    """

    plugin: str
    version: str
    at: datetime
    tier: Literal["bronze", "silver", "gold", "platinum"] | None
    seconds: float
    versions: Mapping[str, str]
    checks: tuple[Outcome, ...]

    @property
    def level(self) -> int:
        """The tier as a number, 0 for none."""
        return Level[self.tier.upper()] if self.tier else 0

    def dump(self) -> bytes:
        """Return the report as JSON."""
        return msgspec.json.format(msgspec.json.encode(self)) + b"\n"


def outcome(check: Check, state: State, seconds: float, findings: Sequence[str]) -> Outcome:
    """Return what came of a check."""
    told = tuple(findings[:MOST_FINDINGS])
    if more := len(findings) - len(told):
        told += (f"and {more} more",)
    word: Any = check.level.word
    return Outcome(
        id=check.id,
        level=word,
        title=check.title,
        mend=check.mend,
        state=state,
        seconds=round(seconds, 3),
        findings=told,
    )


def tier_of(outcomes: Sequence[Outcome]) -> Any:
    """Return the highest level whose checks, and those below, were all passed; None for none."""
    reached = None
    for level in Level:
        if any(one.state != "passed" for one in outcomes if one.level == level.word):
            break
        reached = level.word
    return reached
