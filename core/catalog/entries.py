"""An entry of the catalog: one version of one plugin, what it can do, and what was decided."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

import msgspec

from core.text import Text

Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{1,30}$")]
Version = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,5}(\.[0-9]{1,5}){0,3}$")]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
Tier = Literal["bronze", "silver", "gold", "platinum"]
# A tier, or what is told in place of one whose evidence is too old.
Standing = Literal["bronze", "silver", "gold", "platinum", "fallen"]
State = Literal["approved", "superseded", "stopped"]
# personal: of people; sensitive: section 26 of the Personal Data Protection Act; money: sums of an
# office; open: anybody may see it.
DataClass = Literal["open", "personal", "sensitive", "money"]
# Publishers are folders and roles of the repository; these are its own.
PUBLISHER = re.compile(r"(?!(?:root|targets|snapshot|timestamp)$)[a-z][a-z0-9-]{1,39}")
LONGEST = 2_000  # letters of a text
TRIED_FOR = timedelta(days=180)
STANDINGS: Mapping[str, Text] = {
    "bronze": Text("ระดับบรอนซ์", "Bronze"),
    "silver": Text("ระดับเงิน", "Silver"),
    "gold": Text("ระดับทอง", "Gold"),
    "platinum": Text("ระดับแพลทินัม", "Platinum"),
    "fallen": Text("หมดอายุการตรวจ", "Not tried for 180 days"),
}
# The bytes that are signed have no escapes but two (canonical JSON), so a text has none of these.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Capabilities(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the source of a plugin can do, as it was read without running it.

    :param permissions: that it declares.
    :param hooks: that it answers.
    :param imports: packages outside the platform and the standard library.
    :param network: modules with which it could reach other machines.
    :param statements: how many texts of SQL it holds.
    """

    permissions: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    network: tuple[str, ...] = ()
    statements: int = 0


class Quality(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tier that a version reached, and where that is written.

    :param report: SHA-256 of the report.
    :param on: day of the report.
    """

    tier: Tier
    report: Digest
    on: date

    def on_day(self, today: date) -> Standing:
        """Return what is shown on a day: the tier, which falls 180 days after its last good run."""
        return self.tier if today < self.on + TRIED_FOR else "fallen"


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of one plugin.

    :param data: classes of data that it keeps.
    :param reviewers: who looked at it, by name.
    :param notes: what is new in this version.
    :param on: day of the decision.
    :param reason: of the state; given where it was stopped.
    """

    plugin: Name
    version: Version
    api: Annotated[int, msgspec.Meta(ge=1)]
    title: Text
    summary: Text
    notes: Text
    capabilities: Capabilities
    data: tuple[DataClass, ...]
    quality: Quality
    reviewers: Annotated[tuple[str, ...], msgspec.Meta(min_length=2)]
    on: date
    state: State = "approved"
    reason: Text | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be shown or signed as it is.

        :raises ValueError: a text is empty, has control characters, or a stop has no reason.
        """
        said = [self.title, self.summary, self.notes, *([self.reason] if self.reason else [])]
        words = [*self.reviewers, *(one.th for one in said), *(one.en for one in said)]
        if not all(map(str.strip, words)) or max(map(len, words)) > LONGEST:
            raise ValueError(f"a text of it is empty, or longer than {LONGEST} letters")
        if _CONTROL.search("".join(words)):
            raise ValueError("a text of it has more than one line")
        if self.state == "stopped" and self.reason is None:
            raise ValueError("a stop gives its reason")


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with its wheel.

    :param path: of the wheel in the repository, ``<publisher>/<file>``.
    :param until: what says so holds until then.
    """

    path: str
    size: int
    digest: str
    entry: Entry
    until: datetime

    @property
    def publisher(self) -> str:
        """Who hands it out."""
        return self.path.partition("/")[0]


def rank(version: str) -> tuple[int, ...]:
    """Return what orders versions; ``1.10`` is after ``1.9``."""
    parts = [int(one) for one in version.split(".")]
    return tuple(parts + [0] * (4 - len(parts)))
