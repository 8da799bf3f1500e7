"""Where a submission may stand, what may be done there, and where that leads."""

import enum
from collections.abc import Mapping

from core.api import Conflict, Text


class State(enum.StrEnum):
    """Where a submission stands."""

    SUBMITTED = "submitted"
    REVIEW = "review"
    CHECKING = "checking"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Act(enum.StrEnum):
    """What may be done with a submission."""

    TAKE = "take"
    GIVE_BACK = "give_back"
    CHECK = "check"
    CHECKED = "checked"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


MOVES: Mapping[tuple[State, Act], State] = {
    (State.SUBMITTED, Act.TAKE): State.REVIEW,
    (State.SUBMITTED, Act.WITHDRAW): State.WITHDRAWN,
    (State.REVIEW, Act.CHECK): State.CHECKING,
    (State.REVIEW, Act.REFUSE): State.REFUSED,
    (State.REVIEW, Act.GIVE_BACK): State.SUBMITTED,
    (State.REVIEW, Act.WITHDRAW): State.WITHDRAWN,
    (State.CHECKING, Act.CHECKED): State.REVIEW,
    (State.CHECKING, Act.GIVE_BACK): State.SUBMITTED,
    (State.CHECKING, Act.WITHDRAW): State.WITHDRAWN,
}
# A version that ended may be handed in again under its number.
ENDED = frozenset({State.REFUSED, State.WITHDRAWN})
OF_PUBLISHERS = frozenset({Act.WITHDRAW})
BY_ITSELF = frozenset({Act.CHECKED})  # what the job does when it is done
REASONED = frozenset({Act.REFUSE, Act.WITHDRAW})
IN_WORDS: Mapping[State, Text] = {
    State.SUBMITTED: Text("รอผู้ตรวจรับไปตรวจ", "Waits for a curator"),
    State.REVIEW: Text("กำลังตรวจ", "Being looked through"),
    State.CHECKING: Text("กำลังทดสอบตามเกณฑ์", "Being tried by the conformance kit"),
    State.REFUSED: Text("ไม่รับ", "Refused"),
    State.WITHDRAWN: Text("ถอนแล้ว", "Withdrawn"),
}
TONES: Mapping[State, str] = {
    State.SUBMITTED: "warn",
    State.REVIEW: "run",
    State.CHECKING: "run",
    State.REFUSED: "bad",
    State.WITHDRAWN: "",
}
ACT_WORDS: Mapping[Act, Text] = {
    Act.TAKE: Text("รับไปตรวจ", "Take it to look through"),
    Act.GIVE_BACK: Text("คืนให้ผู้อื่นตรวจ", "Leave it to another curator"),
    Act.CHECK: Text("ทดสอบตามเกณฑ์", "Try it by the conformance kit"),
    Act.CHECKED: Text("ทดสอบแล้ว", "It was tried"),
    Act.REFUSE: Text("ไม่รับ", "Refuse"),
    Act.WITHDRAW: Text("ถอนปลั๊กอินที่ส่ง", "Withdraw the submission"),
}
_NOT_NOW = Text(
    "ทำไม่ได้ ปลั๊กอินที่ส่งนี้อยู่ในสถานะ “{state}” โหลดหน้าใหม่เพื่อดูล่าสุด",
    "This cannot be done: the submission stands at “{state}”. Reload the page to see the latest.",
)


def after(state: State, act: Act) -> State:
    """Return where an act leads.

    :raises Conflict: it is not possible there.
    """
    found = MOVES.get((state, act))
    if found is None:
        raise Conflict(_NOT_NOW.format(state=IN_WORDS[state]))
    return found


def acts_at(state: State, *, publisher: bool) -> list[Act]:
    """Return what its publisher, or else a curator, may do with a submission."""
    offered = [act for at, act in MOVES if at == state and act not in BY_ITSELF]
    return [act for act in offered if (act in OF_PUBLISHERS) == publisher]
