"""What an installation may tell of how plugins do: counts, and nothing of anybody."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Annotated

import msgspec

from core.catalog.entries import Name, Version

MOST = 1_000  # counts of one report
_Number = Annotated[int, msgspec.Meta(ge=0, le=10**12)]


class FailureCount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often a version was called on one day, how often it failed, and was put to rest.

    :param day: in Bangkok; it is over.
    :param calls: of its hooks and pages, by all municipalities of the installation.
    """

    plugin: Name
    version: Version
    day: date
    calls: _Number
    failures: _Number
    rests: _Number


class FailureReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is sent.

    :param installation: tells reports of one installation from those of others, for a month.
    """

    installation: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]
    counts: Annotated[tuple[FailureCount, ...], msgspec.Meta(min_length=1, max_length=MOST)]


def reports_of(secret: str, counts: Iterable[FailureCount]) -> list[FailureReport]:
    """Return the reports of some counts, one for each month.

    What tells the installation is drawn anew for every month from what nobody else knows, so that
    one day that is sent twice counts once, and months cannot be put together.

    :param secret: the random number of the installation, which is never sent.
    """
    months: dict[str, list[FailureCount]] = {}
    for one in counts:
        months.setdefault(f"{one.day:%Y-%m}", []).append(one)
    return [
        FailureReport(installation=_drawn(secret, month), counts=tuple(some[start : start + MOST]))
        for month, some in months.items()
        for start in range(0, len(some), MOST)
    ]


def _drawn(secret: str, month: str) -> str:
    return hashlib.sha256(f"{secret}/failures/{month}".encode()).hexdigest()[:32]
