"""Where a submission may stand, what may be done there, by whom, and where that leads."""

import enum
from collections.abc import Mapping
from typing import Literal

from core.api import Conflict, Text


class State(enum.StrEnum):
    """Where a submission stands."""

    SUBMITTED = "submitted"
    REVIEW = "review"
    CHECKING = "checking"
    SECOND = "second"
    SIGNING = "signing"
    PUBLISHED = "published"
    RETRYING = "retrying"
    SUPERSEDED = "superseded"
    STOPPED = "stopped"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Act(enum.StrEnum):
    """What may be done with a submission."""

    TAKE = "take"
    GIVE_BACK = "give_back"
    CHECK = "check"
    CHECKED = "checked"
    PROPOSE = "propose"
    AGREE = "agree"
    OBJECT = "object"
    RETRACT = "retract"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"
    HALT = "halt"
    STOP = "stop"
    RESUME = "resume"
    RENEW = "renew"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


Side = Literal["publisher", "curator", "second", "any"]
"""Its publisher; the curator who took it, or any before; another curator; any curator."""

# What is in the catalog, or will be: where that has it is followed, whoever published it.
FOLLOWED = frozenset(
    {State.SIGNING, State.PUBLISHED, State.RETRYING, State.SUPERSEDED, State.STOPPED}
)
PUBLISHED = frozenset({State.PUBLISHED, State.RETRYING})
_BY_CATALOG: Mapping[Act, State] = {
    Act.PUBLISH: State.PUBLISHED,
    Act.SUPERSEDE: State.SUPERSEDED,
    Act.HALT: State.STOPPED,
}
_TRIED_AGAIN = frozenset({(State.RETRYING, Act.PUBLISH)})  # it is published while it is tried
MOVES: Mapping[tuple[State, Act], State] = {
    (State.SUBMITTED, Act.TAKE): State.REVIEW,
    (State.SUBMITTED, Act.WITHDRAW): State.WITHDRAWN,
    (State.REVIEW, Act.CHECK): State.CHECKING,
    (State.REVIEW, Act.PROPOSE): State.SECOND,
    (State.REVIEW, Act.REFUSE): State.REFUSED,
    (State.REVIEW, Act.GIVE_BACK): State.SUBMITTED,
    (State.REVIEW, Act.WITHDRAW): State.WITHDRAWN,
    (State.CHECKING, Act.CHECKED): State.REVIEW,
    (State.CHECKING, Act.GIVE_BACK): State.SUBMITTED,
    (State.CHECKING, Act.WITHDRAW): State.WITHDRAWN,
    (State.SECOND, Act.AGREE): State.SIGNING,
    (State.SECOND, Act.OBJECT): State.REVIEW,
    (State.SECOND, Act.GIVE_BACK): State.SUBMITTED,
    (State.SECOND, Act.WITHDRAW): State.WITHDRAWN,
    (State.SIGNING, Act.RETRACT): State.REVIEW,
    (State.PUBLISHED, Act.CHECK): State.RETRYING,
    (State.PUBLISHED, Act.RENEW): State.PUBLISHED,
    (State.PUBLISHED, Act.STOP): State.PUBLISHED,
    (State.RETRYING, Act.CHECK): State.RETRYING,
    (State.RETRYING, Act.CHECKED): State.PUBLISHED,
    (State.RETRYING, Act.STOP): State.RETRYING,
    (State.SUPERSEDED, Act.STOP): State.SUPERSEDED,
    (State.STOPPED, Act.RESUME): State.STOPPED,
    **{
        (at, act): to
        for at in sorted(FOLLOWED)
        for act, to in _BY_CATALOG.items()
        if at != to and (at, act) not in _TRIED_AGAIN
    },
}
# A version that ended may be handed in again under its number.
ENDED = frozenset({State.REFUSED, State.WITHDRAWN})
# What the job does when it is done, or the catalog when it is published.
BY_ITSELF = frozenset({Act.CHECKED, *_BY_CATALOG})
REASONED = frozenset({Act.REFUSE, Act.WITHDRAW, Act.OBJECT, Act.RETRACT})
IN_WORDS: Mapping[State, Text] = {
    State.SUBMITTED: Text("รอผู้ตรวจรับไปตรวจ", "Waits for a curator"),
    State.REVIEW: Text("กำลังตรวจ", "Being looked through"),
    State.CHECKING: Text("กำลังทดสอบตามเกณฑ์", "Being tried by the conformance kit"),
    State.SECOND: Text("รอผู้ตรวจคนที่สอง", "Waits for a second curator"),
    State.SIGNING: Text("รอลงลายมือชื่อ", "Waits to be signed"),
    State.PUBLISHED: Text("เผยแพร่แล้ว", "Published"),
    State.RETRYING: Text("เผยแพร่แล้ว กำลังทดสอบใหม่", "Published, being tried again"),
    State.SUPERSEDED: Text("มีรุ่นใหม่แทนแล้ว", "Superseded"),
    State.STOPPED: Text("สั่งหยุดแล้ว", "Stopped"),
    State.REFUSED: Text("ไม่รับ", "Refused"),
    State.WITHDRAWN: Text("ถอนแล้ว", "Withdrawn"),
}
TONES: Mapping[State, str] = {
    State.SUBMITTED: "warn",
    State.REVIEW: "run",
    State.CHECKING: "run",
    State.SECOND: "warn",
    State.SIGNING: "warn",
    State.PUBLISHED: "ok",
    State.RETRYING: "ok",
    State.SUPERSEDED: "",
    State.STOPPED: "bad",
    State.REFUSED: "bad",
    State.WITHDRAWN: "",
}
# As the catalog calls the states of its entries.
IN_ENTRY: Mapping[str, Text] = {
    "approved": Text("ใช้ได้", "approved"),
    "superseded": Text("มีรุ่นใหม่แทน", "superseded"),
    "stopped": Text("หยุด", "stopped"),
}
ACT_WORDS: Mapping[Act, Text] = {
    Act.TAKE: Text("รับไปตรวจ", "Take it to look through"),
    Act.GIVE_BACK: Text("คืนให้ผู้อื่นตรวจ", "Leave it to another curator"),
    Act.CHECK: Text("ทดสอบตามเกณฑ์", "Try it by the conformance kit"),
    Act.CHECKED: Text("ทดสอบแล้ว", "It was tried"),
    Act.PROPOSE: Text("เสนอผู้ตรวจคนที่สอง", "Put it before a second curator"),
    Act.AGREE: Text("เห็นชอบ และเสนอลงลายมือชื่อ", "Agree, and have it signed"),
    Act.OBJECT: Text("ไม่เห็นชอบ ส่งกลับผู้ตรวจคนแรก", "Object, back to the first curator"),
    Act.RETRACT: Text("ถอนจากการลงลายมือชื่อ กลับไปตรวจ", "Take it back from signing"),
    Act.PUBLISH: Text("เผยแพร่แล้ว", "It was published"),
    Act.SUPERSEDE: Text("รุ่นใหม่เข้าแทน", "A newer version superseded it"),
    Act.HALT: Text("หยุดแล้วทุกแห่ง", "It was stopped everywhere"),
    Act.STOP: Text("เสนอหยุดรุ่นนี้ทุกแห่ง", "Propose to stop it everywhere"),
    Act.RESUME: Text("เสนอให้ใช้ได้อีก", "Propose to take the stop back"),
    Act.RENEW: Text("เสนอต่ออายุผลทดสอบ", "Propose the newer report as evidence"),
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


def side_of(state: State, act: Act) -> Side:
    """Return for whom an act is, there."""
    if act == Act.WITHDRAW:
        return "publisher"
    if act in (Act.AGREE, Act.OBJECT):
        return "second"
    return "any" if state in FOLLOWED else "curator"


def acts_at(state: State, *sides: Side) -> list[Act]:
    """Return what may be done with a submission, by who is on these sides."""
    offered = [act for at, act in MOVES if at == state and act not in BY_ITSELF]
    return [act for act in offered if side_of(state, act) in sides]


def act_towards(state: State, published: str) -> Act | None:
    """Return what the catalog did with a version that stands here; None where it did nothing.

    :param published: as the catalog has it: approved, superseded or stopped.
    """
    led = {"approved": Act.PUBLISH, "superseded": Act.SUPERSEDE, "stopped": Act.HALT}
    act = led[published]
    return act if (state, act) in MOVES else None
