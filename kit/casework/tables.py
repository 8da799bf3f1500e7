"""Rows of cases."""

from piccolo.columns import (
    JSONB,
    UUID,
    Boolean,
    Bytea,
    Date,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant, TSVector
from kit.casework.states import Post, Status


class ServiceVersion(OfTenant, Table, tablename="service_version", schema="casework"):
    """A declaration as it was when the first case was filed on it; never changed."""

    id = UUID(primary_key=True, **MUST)
    service = Varchar(length=80, help_text="Code of the service.", **MUST)
    version = Integer(help_text="Counts from 1 within the service.", **MUST)
    digest = Varchar(length=64, **MUST)
    declaration = JSONB(**MUST)
    created_at = Timestamptz(**MUST)


class Case(OfTenant, Table, tablename="case", schema="casework"):
    """What somebody asked of the office."""

    id = UUID(primary_key=True, **MUST)
    number = Integer(help_text="Without gaps within the year.", **MUST)
    year = SmallInt(help_text="Buddhist Era.", **MUST)
    service = Varchar(length=80, **MUST)
    version = Integer(**MUST)
    subject = Varchar(
        length=300, help_text="What this case is about, in the filer's words.", **MUST
    )
    unit = Varchar(length=40, **MUST)
    status = Varchar(length=20, choices=Status, **MUST)
    step = Varchar(length=40, **MAYBE)
    waits_for = Varchar(length=12, choices=Post, **MUST)
    assignee = UUID(**MAYBE)
    applicant = UUID(help_text="Account; empty for who has none.", **MAYBE)
    applicant_name = Varchar(length=200, help_text="Empty for who does not say.", **MUST)
    applicant_id = Bytea(help_text="National ID, encrypted.", **MAYBE)
    applicant_print = Bytea(help_text="Fingerprint of the national ID.", **MAYBE)
    phone = Varchar(length=16, help_text="E.164", **MAYBE)
    email = Varchar(length=200, **MAYBE)
    answers = JSONB(help_text="By field; national IDs encrypted.", **MUST)
    channel = Varchar(length=10, help_text="online, counter, api", **MUST)
    filed_by = UUID(help_text="The officer at the counter.", **MAYBE)
    filed_at = Timestamptz(**MUST)
    complete_on = Date(help_text="The legal clock starts.", **MAYBE)
    due_on = Date(help_text="Last day in time by law.", **MAYBE)
    paused_on = Date(help_text="The clock stands still since.", **MAYBE)
    extensions = SmallInt(help_text="How often the limit was extended.", **MUST)
    defects_on = Date(help_text="When documents were asked for; that is done only once.", **MAYBE)
    fix_by = Date(**MAYBE)
    decided_on = Date(**MAYBE)
    closed_at = Timestamptz(**MAYBE)
    paper = UUID(help_text="The paper at the end.", **MAYBE)
    examined = JSONB(help_text="What the rules found when it was filed.", **MAYBE)
    signer = JSONB(help_text="Who signed what is issued once the fee is paid.", **MAYBE)
    bill = UUID(help_text="Of the treasury, for the fee.", **MAYBE)
    track = Varchar(length=14, help_text="Whoever holds it may follow the case.", **MUST)
    key = Varchar(length=80, help_text="The same key is the same case.", **MUST)
    revision = Integer(help_text="Counts changes; a stale page cannot overwrite.", **MUST)
    changed_at = Timestamptz(**MUST)
    changed_by = Varchar(length=200, **MUST)
    language = Varchar(length=2, **MUST)
    rating = SmallInt(help_text="1 to 5", **MAYBE)
    rating_words = Varchar(length=1000, **MAYBE)
    search = TSVector(help_text="Pieces of words, for the inbox.", **MUST)


class Moment(OfTenant, Table, tablename="moment", schema="casework"):
    """Something that happened to a case: a point on its timeline."""

    id = UUID(primary_key=True, **MUST)
    case_id = UUID(**MUST)
    at = Timestamptz(**MUST)
    act = Varchar(length=20, **MUST)
    actor = UUID(**MAYBE)
    actor_name = Varchar(length=200, **MUST)
    actor_post = Varchar(length=200, **MUST)
    public = Boolean(help_text="The citizen sees it.", **MUST)
    detail = JSONB(**MUST)


class Judgement(OfTenant, Table, tablename="judgement", schema="casework"):
    """What an officer judged of something that a rule did not pass; the last one counts."""

    id = UUID(primary_key=True, **MUST)
    case_id = UUID(**MUST)
    rule = Varchar(length=60, **MUST)
    holds = Boolean(help_text="The request may be granted so.", **MUST)
    why = Varchar(length=500, **MUST)
    at = Timestamptz(**MUST)
    actor = UUID(**MAYBE)
    actor_name = Varchar(length=200, **MUST)


class Passage(OfTenant, Table, tablename="passage", schema="casework"):
    """The time a case spent at one step; the figures are counted from it."""

    id = UUID(primary_key=True, **MUST)
    case_id = UUID(**MUST)
    service = Varchar(length=80, **MUST)
    step = Varchar(length=40, **MUST)
    unit = Varchar(length=40, **MUST)
    began_on = Date(**MUST)
    due_on = Date(help_text="By the step's own limit.", **MUST)
    ended_on = Date(**MAYBE)
    ended_by = UUID(**MAYBE)
    ended_by_name = Varchar(length=200, **MAYBE)


class Remark(OfTenant, Table, tablename="remark", schema="casework"):
    """Words in a case: the office's own notes, and the talk with the citizen."""

    id = UUID(primary_key=True, **MUST)
    case_id = UUID(**MUST)
    at = Timestamptz(**MUST)
    kind = Varchar(length=10, help_text="note, question, answer, asked", **MUST)
    author = UUID(**MAYBE)
    author_name = Varchar(length=200, **MUST)
    words = Varchar(length=5000, **MUST)


class Attachment(OfTenant, Table, tablename="attachment", schema="casework"):
    """A file that goes with a draft or a case; the bytes are in the store."""

    id = UUID(primary_key=True, **MUST)
    draft_id = UUID(**MAYBE)
    case_id = UUID(**MAYBE)
    document = Varchar(length=80, help_text="Code of the document or name of the field.", **MUST)
    digest = Varchar(length=64, **MUST)
    thumbnail = Varchar(length=64, **MAYBE)
    name = Varchar(length=255, **MUST)
    media_type = Varchar(length=80, **MUST)
    size = Integer(help_text="Bytes.", **MUST)
    pages = Integer(**MUST)
    at = Timestamptz(**MUST)
    removed_at = Timestamptz(help_text="Taken out of a draft, or replaced.", **MAYBE)


class Draft(OfTenant, Table, tablename="draft", schema="casework"):
    """A form that is being filled in; kept for thirty days."""

    id = UUID(primary_key=True, **MUST)
    account = UUID(**MAYBE)
    token = Bytea(help_text="Hash of the token of who has no account.", **MUST)
    service = Varchar(length=80, **MUST)
    version = Integer(**MUST)
    content = Bytea(help_text="What was typed, encrypted.", **MUST)
    saved_at = Timestamptz(**MUST)
    expires_on = Date(**MUST)
    case_id = UUID(help_text="What became of it.", **MAYBE)


class Task(OfTenant, Table, tablename="task", schema="casework"):
    """A duty that a case puts on the office at a day, beside its next step."""

    id = UUID(primary_key=True, **MUST)
    case_id = UUID(**MUST)
    kind = Varchar(length=20, help_text="late_letter, lapse, notify", **MUST)
    turn = Integer(help_text="Which of its kind for this case, from 1.", **MUST)
    unit = Varchar(length=40, **MUST)
    due_on = Date(**MUST)
    done_at = Timestamptz(**MAYBE)
    done_by = UUID(**MAYBE)


class Tally(OfTenant, Table, tablename="tally", schema="casework"):
    """What waited on the desks of a division on a morning, for the lines of the inbox's tiles.

    A row without division and desk says that the morning was tallied at all.
    """

    on = Date(primary_key=True, **MUST)
    unit = Varchar(length=40, **MUST)
    waits_for = Varchar(length=12, **MUST)
    held = Integer(help_text="Open cases.", **MUST)
    late = Integer(help_text="Of those, past the limit.", **MUST)
    soon = Integer(help_text="Of those, due within three working days.", **MUST)


class Granted(OfTenant, Table, tablename="granted", schema="casework"):
    """A granted request that changes the register of its plugin; each is carried out once."""

    case_id = UUID(primary_key=True, **MUST)
    plugin = Varchar(length=31, **MUST)
    service = Varchar(length=80, **MUST)
    number = Varchar(length=20, help_text="Of the case, as it is quoted.", **MUST)
    target = UUID(help_text="What was changed, in the register of the plugin.", **MAYBE)
    state = Varchar(length=8, help_text="done, waits, dropped", **MUST)
    problem_th = Varchar(length=500, help_text="Why it waits; may be empty.", **MUST)
    problem_en = Varchar(length=500, **MUST)
    at = Timestamptz(**MUST)
    ended_at = Timestamptz(help_text="When an officer dealt with it.", **MAYBE)
    ended_by_name = Varchar(length=200, **MUST)
    ended_why = Varchar(length=500, **MUST)
