"""What stands on the papers of a case, from the receipt to the decision."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from kit.documents.contents import Letter, Paper, Row, Scan, Signer, Table


class Receipt(Paper, frozen=True, kw_only=True):
    """The receipt of a request, as a sheet or as a slip from the counter's printer.

    :param rows: who asked for what.
    :param documents: what came with the request, a line for each.
    :param due: the last day by law, with its weekday; empty while papers are missing.
    :param within: the length of time and its source, e.g. ``45 days, Building Control Act s. 25``.
    :param notes: what happens next.
    :param track: where to follow the case.
    :param form: the code of a form that is prescribed.
    :param says: what the receipt of a notice lets its holder do.
    :param role: of the officer; empty for who receives a request.

    Law: Licensing Facilitation Act B.E. 2558, s. 8-10.
    """

    rows: Sequence[Row]
    form: str = ""
    says: Sequence[str] = ()
    role: str = ""
    documents: Sequence[str] = ()
    due: str = ""
    within: str = ""
    notes: Sequence[str] = ()
    officer: Signer
    track: Scan | None = None


class Defect(Struct, frozen=True, kw_only=True):
    """One thing that is wrong or missing, and how to mend it."""

    what: str
    fix: str


class Defects(Paper, frozen=True, kw_only=True):
    """The one record of what a request lacks, signed by officer and applicant.

    :param rows: which request, of whom.
    :param fix_by: the last day, in full.
    :param found: how it begins, and ``then`` what follows of it; empty for those of a request.
    :param refused: why the applicant's signature is missing, if it is.

    Law: Licensing Facilitation Act B.E. 2558, s. 8 (one record, afterwards nothing more may be
    asked) and s. 9 (the request is returned with reasons when it is not mended in time).
    """

    rows: Sequence[Row]
    defects: Sequence[Defect]
    fix_by: str
    found: str = ""
    then: Sequence[str] = ()
    notes: Sequence[str] = ()
    officer: Signer
    applicant: Signer
    refused: str = ""


class Appeal(Struct, frozen=True, kw_only=True):
    """Where and until when a decision can be challenged.

    :param to: whom the appeal is addressed to, and where it is handed in.
    :param within: length of time with its unit.
    :param since: from when it is counted, in the words of that law.
    :param law: the section that gives the right.
    :param after: what is open when the appeal fails.
    """

    to: str
    within: str
    since: str
    law: str
    after: str = ""


class Decision(Letter, frozen=True, kw_only=True):
    """The letter with the outcome of a request.

    A refusal carries facts, law and considerations, and the appeal; an approval may carry
    conditions and what is left to do.

    :param result: the outcome in the words of that service.
    :raises ValueError: a refusal has no reasons or says nothing about the appeal.

    Law: Administrative Procedure Act B.E. 2539, s. 37 (reasons) and s. 40 (appeal notice).
    """

    outcome: Literal["approved", "refused"]
    result: str
    rows: Sequence[Row] = ()
    facts: Sequence[str] = ()
    law: Sequence[str] = ()
    reasons: Sequence[str] = ()
    conditions: Sequence[str] = ()
    appeal: Appeal | None = None

    def __post_init__(self) -> None:
        if self.outcome == "refused" and not (self.reasons and self.appeal):
            raise ValueError("a refusal needs its reasons and the appeal notice")


class Late(Letter, frozen=True, kw_only=True):
    """The letter that explains why a decision is late; every seven days until it is made.

    :param turn: which letter this is, counted from 1.
    :param due: the day that has passed.
    :param done: what has been done so far.
    :param expected: when the decision is expected.

    Law: Licensing Facilitation Act B.E. 2558, s. 10, with a copy to the Office of the Public
    Sector Development Commission.
    """

    rows: Sequence[Row]
    turn: str
    due: str
    reasons: Sequence[str]
    done: Sequence[str] = ()
    expected: str = ""


class Extension(Letter, frozen=True, kw_only=True):
    """The letter that extends the time for a decision, before that time has run out.

    :param turn: which extension this is, counted from 1.
    :param most: how many the law allows.
    :param due: the last day before it.
    :param until: the last day after it.
    :param law: what allows it.

    Law: that of the service, e.g. Building Control Act B.E. 2522, s. 25.
    """

    rows: Sequence[Row]
    turn: str
    most: str
    due: str
    until: str
    law: Sequence[str] = ()
    reasons: Sequence[str]


class CorrectionOrder(Letter, frozen=True, kw_only=True):
    """The order to change what was filed before it can be granted.

    :param defects: what is to be changed, and into what.
    :param fix_by: the last day, in full.
    :param within: within what it is decided once it was changed as ordered.
    :param law: the section that gives the power.

    Law: that of the service, e.g. Building Control Act B.E. 2522, s. 27.
    """

    rows: Sequence[Row]
    defects: Sequence[Defect]
    fix_by: str
    within: str
    law: str
    appeal: Appeal


class GuideStep(Struct, frozen=True, kw_only=True):
    """One step of a service in the citizen's guide."""

    kind: str
    detail: str
    within: str
    unit: str
    note: str = ""


class GuideDocument(Struct, frozen=True, kw_only=True):
    """One document to bring.

    :param originals: how many, with their unit.
    :param copies: how many, with their unit.
    """

    name: str
    issuer: str
    originals: str
    copies: str
    note: str = ""


class Guide(Paper, frozen=True, kw_only=True):
    """The citizen's guide to one service, in the order of the national service portal.

    :param rows: owner, type, category, law, impact, area, statutory time.
    :param channels: each place or address with its hours.

    Law: Licensing Facilitation Act B.E. 2558, s. 7. The order of the headings after the
    fourth is the portal's as commonly seen, not a text of law.
    """

    rows: Sequence[Row]
    channels: Sequence[Row]
    criteria: Sequence[str]
    steps: Sequence[GuideStep]
    total: str
    identity: Sequence[GuideDocument]
    documents: Sequence[GuideDocument]
    fees: Table | None = None
    complaints: Sequence[Row] = ()
    samples: Sequence[str] = ()
