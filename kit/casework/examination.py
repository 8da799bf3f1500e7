"""What the rules of a service find in a request, before and after it is filed.

A service that is more than its questions has rules in its plugin (``hooks.examine_request``).
They say what cannot be filed so, what each rule of law finds, and what it costs. A rule passes
only what it knows: whatever it doubts it refers to an officer, who judges it by name.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from core.api import Text
from kit.documents import Row, Table
from kit.thai import years_later


class Verdict(StrEnum):
    """What a rule says of a request."""

    PASS = "pass"  # noqa: S105 - no password
    REFER = "refer"
    FAIL = "fail"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule found.

    :param rule: short word, unique within the service; an officer's judgement hangs on it.
    :param sentence: what was compared with what, for the citizen and the officer alike.
    :param law: section, and the version of the rule where it is data of the office.
    :param since: from when this version of the rule counts.
    """

    rule: str
    title: Text
    verdict: Verdict
    sentence: Text
    law: str
    since: date


class FeeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A part of what a request costs.

    :param code: short word, unique within the request.
    :param amount: satang, more than 0.
    :param revenue: code of a kind of revenue that a plugin has registered.
    :param basis: how it was reckoned, e.g. 150 square metres at 0.50 baht.
    """

    code: str
    title: Text
    amount: int
    revenue: str
    basis: Text


class PaperParts(msgspec.Struct, frozen=True, kw_only=True):
    """What the paper at the end says beyond who asked for what, as the office writes it in Thai.

    :param series: in which the paper is numbered; empty: that of its service.
    :param form: code of the form that is prescribed for it; may be empty.
    :param days: for how many it counts, from the day on which it is issued; None: no such term.
    :param years: for how many years at most; without both it counts for good.
    :param binds: codes of documents whose files the paper names by their digests.
    """

    series: str = ""
    form: str = ""
    rows: Sequence[Row] = ()
    table: Table | None = None
    paragraphs: Sequence[str] = ()
    days: int | None = None
    years: int | None = None
    binds: Sequence[str] = ()

    def last_day(self, issued_on: date) -> date | None:
        """Return the last day of a paper that is issued on a day; None where it has none.

        Years end on the day before the same day of the year, as offices write it (inference;
        unverified).
        """
        ends = []
        if self.days:
            ends.append(issued_on + timedelta(days=self.days))
        if self.years:
            ends.append(years_later(issued_on, self.years) - timedelta(days=1))
        return min(ends, default=None)


class Examination(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules of a service say of a request as it stands.

    :param problems: by field of the form: why it cannot be filed so, and what to do.
    :param way: which way the request takes, and why, in words; empty where there is one alone.
    """

    problems: Mapping[str, Text] = {}
    findings: Sequence[Finding] = ()
    fees: Sequence[FeeLine] = ()
    way: Text = Text("", "")
    paper: PaperParts = PaperParts()

    @property
    def fee(self) -> int:
        """What it costs in all, satang."""
        return sum(line.amount for line in self.fees)

    @property
    def doubts(self) -> Sequence[Finding]:
        """What an officer must judge before it is granted."""
        return [one for one in self.findings if one.verdict is not Verdict.PASS]
