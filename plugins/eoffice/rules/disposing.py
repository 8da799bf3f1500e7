"""Lists of documents that leave the office: destroyed, or handed to the National Archives.

A list to destroy is drawn, looked at by a committee and reported to the head; once the head agrees
it goes to the National Archives, who answer, or agree by their silence; then the head approves, and
the paper is destroyed. A list for the archives is drawn, sent and handed over. Nothing that is
electronic is deleted by any of it.

Law: Regulation on Correspondence B.E. 2526, cl. 58 and 66 ff. (order of the steps and members of
the committee unverified).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from core.api import Text
from kit.law import Limits
from plugins.eoffice.rules.retention import last_day


class Kind(StrEnum):
    """What a list is for."""

    DESTROY = "destroy"
    ARCHIVES = "archives"


class State(StrEnum):
    """How a list stands."""

    DRAWN = "drawn"
    CONSIDERING = "considering"
    REPORTED = "reported"
    AGREED = "agreed"
    SENT = "sent"
    ANSWERED = "answered"
    APPROVED = "approved"
    DONE = "done"
    DROPPED = "dropped"


class Act(StrEnum):
    """What is done with a list."""

    APPOINT = "appoint"
    REPORT = "report"
    AGREE = "agree"
    SEND = "send"
    ANSWER = "answer"
    APPROVE = "approve"
    CARRY_OUT = "carry_out"
    DROP = "drop"


TITLES: Mapping[str, Text] = {
    Kind.DESTROY: Text("บัญชีหนังสือขอทำลาย", "Documents to be destroyed"),
    Kind.ARCHIVES: Text("บัญชีส่งมอบหนังสือครบอายุ", "Old documents for the archives"),
}
STATES: Mapping[str, Text] = {
    State.DRAWN: Text("จัดทำบัญชีแล้ว", "Drawn"),
    State.CONSIDERING: Text("คณะกรรมการกำลังพิจารณา", "With the committee"),
    State.REPORTED: Text("รอหัวหน้าหน่วยงานสั่งการ", "Reported to the head"),
    State.AGREED: Text("หัวหน้าหน่วยงานเห็นชอบ รอส่งหอจดหมายเหตุ", "The head agrees, to be sent"),
    State.SENT: Text("ส่งหอจดหมายเหตุแห่งชาติแล้ว", "Sent to the National Archives"),
    State.ANSWERED: Text("หอจดหมายเหตุแห่งชาติเห็นชอบแล้ว", "The National Archives agree"),
    State.APPROVED: Text("อนุมัติแล้ว รอดำเนินการ", "Approved, to be carried out"),
    State.DONE: Text("ดำเนินการแล้ว", "Carried out"),
    State.DROPPED: Text("ยกเลิกบัญชี", "Dropped"),
}
TONES: Mapping[str, str] = {
    State.DRAWN: "info",
    State.CONSIDERING: "run",
    State.REPORTED: "warn",
    State.AGREED: "warn",
    State.SENT: "run",
    State.ANSWERED: "warn",
    State.APPROVED: "warn",
    State.DONE: "ok",
    State.DROPPED: "",
}
_WAYS: Mapping[str, Mapping[tuple[str, str], State]] = {
    Kind.DESTROY: {
        (State.DRAWN, Act.APPOINT): State.CONSIDERING,
        (State.CONSIDERING, Act.APPOINT): State.CONSIDERING,
        (State.CONSIDERING, Act.REPORT): State.REPORTED,
        (State.REPORTED, Act.AGREE): State.AGREED,
        (State.AGREED, Act.SEND): State.SENT,
        (State.SENT, Act.ANSWER): State.ANSWERED,
        (State.ANSWERED, Act.APPROVE): State.APPROVED,
        (State.APPROVED, Act.CARRY_OUT): State.DONE,
    },
    Kind.ARCHIVES: {
        (State.DRAWN, Act.SEND): State.SENT,
        (State.SENT, Act.CARRY_OUT): State.DONE,
    },
}
# What is done, or was approved, is not dropped.
DROPPABLE = frozenset(State) - {State.APPROVED, State.DONE, State.DROPPED}


def after(kind: str, act: str, state: str) -> State | None:
    """Return how a list stands once something is done with it; None where that cannot be."""
    if act == Act.DROP:
        return State.DROPPED if state in DROPPABLE else None
    return _WAYS[kind].get((state, act))


def acts_of(kind: str, state: str) -> list[str]:
    """Return what can be done with a list."""
    return [act for act in Act if after(kind, act, state) is not None]


# What becomes of one document of a list.
DESTROY, KEEP, FOR_EVER, ARCHIVE, OWN = "destroy", "keep", "forever", "archives", "own"
DECISIONS: Mapping[str, Text] = {
    DESTROY: Text("ทำลาย", "Destroy"),
    KEEP: Text("ขยายเวลาเก็บ", "Keep longer"),
    FOR_EVER: Text("เก็บไว้ตลอดไป", "Keep for good"),
    ARCHIVE: Text("ส่งหอจดหมายเหตุแห่งชาติ", "To the National Archives"),
    OWN: Text("ขอเก็บเอง", "Kept by the office"),
}
# What needs a reason, since the document stays.
REASONED = frozenset({KEEP, FOR_EVER, OWN})
OUTCOMES: Mapping[str, Text] = {
    "destroyed": Text("ทำลายต้นฉบับกระดาษแล้ว", "Paper destroyed"),
    "archived": Text("ส่งมอบแล้ว", "Handed over"),
    "kept": Text("เก็บต่อ", "Kept"),
    "held": Text("ไม่ได้ทำ เพราะมีคำสั่งระงับ", "Not done: it is held"),
    "lent": Text("ไม่ได้ทำ เพราะถูกยืมอยู่", "Not done: it is lent"),
}


def decisions_in(kind: str, state: str) -> tuple[str, ...]:
    """Return what may be decided of a document while its list stands so.

    Once the committee has reported, documents are only taken out of what is destroyed: by the
    head, then by the answer of the archives.
    """
    if kind == Kind.ARCHIVES:
        return (ARCHIVE, OWN) if state == State.DRAWN else ()
    match state:
        case State.CONSIDERING:
            return (DESTROY, KEEP, FOR_EVER, ARCHIVE)
        case State.REPORTED:
            return (KEEP,)
        case State.SENT:
            return (KEEP, FOR_EVER, ARCHIVE)
        case _:
            return ()


# How the archives answered.
REPLIES: Mapping[str, Text] = {
    "agreed": Text("เห็นชอบทั้งหมด", "They agree to all of it"),
    "changed": Text("ให้เก็บหรือส่งบางรายการ ตามที่บันทึกไว้ในบัญชี", "Some are kept or sent, as noted here"),
    "silent": Text("ไม่แจ้งภายในกำหนด ถือว่าเห็นชอบ", "No answer in time, which is agreement"),
}


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the committee; the first is its chair."""

    name: str
    post: str


def members(text: str) -> list[Member] | None:
    """Return a committee as it was typed, ``name | post`` on each line; None where one is not so.

    The chair stands first.
    """
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, post = (part.strip() for part in line.partition("|"))
        if not name or not post or len(name) > 200 or len(post) > 200:
            return None
        found.append(Member(name=name, post=post))
    return found


class Dissent(msgspec.Struct, frozen=True, kw_only=True):
    """What a member of the committee holds against what the others decided.

    :param name: of the member.
    :param about: which documents, as the member says it; empty of the whole list.
    """

    name: str
    text: str
    about: str = ""
    noted_by: str = ""


def due_on(kind: str, year: int, limits: Limits) -> date:
    """Return the day by which the list of a Buddhist year is drawn, or sent to the archives."""
    figure = "destroy.list_days" if kind == Kind.DESTROY else "archives.list_days"
    return last_day(year - 1) + timedelta(limits[figure].whole)


def silent_after(sent_on: date, limits: Limits) -> date:
    """Return the last day on which the archives may still object.

    The day of sending is not counted. Law: Civil and Commercial Code, s. 193/3.
    """
    return sent_on + timedelta(limits["archives.silence_days"].whole)
