"""Where a report may stand, what may be done there, and where that leads: a pure state machine.

Other programs know two states, open and closed: Open311 GeoReport v2.
"""

import enum
from collections.abc import Mapping

from core.api import Conflict, Text


class State(enum.StrEnum):
    """Where a report stands."""

    REPORTED = "reported"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    WORKING = "working"
    PASSED = "passed"
    DONE = "done"
    REFUSED = "refused"
    MERGED = "merged"


class Act(enum.StrEnum):
    """What may be done with a report."""

    ASSIGN = "assign"
    REFUSE = "refuse"
    FORWARD = "forward"
    ACCEPT = "accept"
    BEGIN = "begin"
    CLOSE = "close"
    RETURN = "return"
    TAKE_BACK = "take_back"
    MERGE = "merge"
    PART = "part"
    REOPEN = "reopen"


class Stage(enum.StrEnum):
    """What the office promises a time for, in the order in which it is done."""

    SCREEN = "screen"
    ACCEPT = "accept"
    REPAIR = "repair"


_S, _A = State, Act
MOVES: Mapping[tuple[State, Act], State] = {
    (_S.REPORTED, _A.ASSIGN): _S.ASSIGNED,
    (_S.REPORTED, _A.REFUSE): _S.REFUSED,
    (_S.REPORTED, _A.FORWARD): _S.PASSED,
    (_S.REPORTED, _A.MERGE): _S.MERGED,
    (_S.ASSIGNED, _A.ASSIGN): _S.ASSIGNED,
    (_S.ASSIGNED, _A.ACCEPT): _S.ACCEPTED,
    (_S.ASSIGNED, _A.RETURN): _S.REPORTED,
    (_S.ASSIGNED, _A.FORWARD): _S.PASSED,
    (_S.ASSIGNED, _A.MERGE): _S.MERGED,
    (_S.ACCEPTED, _A.BEGIN): _S.WORKING,
    (_S.ACCEPTED, _A.CLOSE): _S.DONE,
    (_S.ACCEPTED, _A.RETURN): _S.REPORTED,
    (_S.ACCEPTED, _A.FORWARD): _S.PASSED,
    (_S.ACCEPTED, _A.MERGE): _S.MERGED,
    (_S.WORKING, _A.CLOSE): _S.DONE,
    (_S.WORKING, _A.RETURN): _S.REPORTED,
    (_S.WORKING, _A.FORWARD): _S.PASSED,
    (_S.PASSED, _A.CLOSE): _S.DONE,
    (_S.PASSED, _A.TAKE_BACK): _S.REPORTED,
    (_S.DONE, _A.REOPEN): _S.REPORTED,
    (_S.REFUSED, _A.REOPEN): _S.REPORTED,
    (_S.MERGED, _A.PART): _S.REPORTED,
}
STAGES: Mapping[State, Stage] = {
    State.REPORTED: Stage.SCREEN,
    State.ASSIGNED: Stage.ACCEPT,
    State.ACCEPTED: Stage.REPAIR,
    State.WORKING: Stage.REPAIR,
}
# What waits for somebody; of these one may join another, and to these others may be added.
OPEN = frozenset({*STAGES, State.PASSED})
IN_WORDS: Mapping[State, Text] = {
    State.REPORTED: Text("รอรับเรื่อง", "Waiting to be taken up"),
    State.ASSIGNED: Text("มอบหมายแล้ว รอรับงาน", "Assigned, to be accepted"),
    State.ACCEPTED: Text("รับงานแล้ว", "Accepted"),
    State.WORKING: Text("กำลังดำเนินการ", "Being worked on"),
    State.PASSED: Text("ส่งต่อหน่วยงานอื่น", "Passed on to another agency"),
    State.DONE: Text("เสร็จสิ้น", "Done"),
    State.REFUSED: Text("ไม่อยู่ในอำนาจหน้าที่", "Not for this office"),
    State.MERGED: Text("รวมกับเรื่องอื่นแล้ว", "Merged with another"),
}
TONES: Mapping[State, str] = {
    State.REPORTED: "warn",
    State.ASSIGNED: "warn",
    State.ACCEPTED: "run",
    State.WORKING: "run",
    State.PASSED: "info",
    State.DONE: "ok",
    State.REFUSED: "",
    State.MERGED: "",
}
STAGE_WORDS: Mapping[Stage, Text] = {
    Stage.SCREEN: Text("คัดกรองและมอบหมาย", "Screening and assigning"),
    Stage.ACCEPT: Text("รับงาน", "Accepting"),
    Stage.REPAIR: Text("แก้ไขให้เสร็จ", "Repairing"),
}
ACT_WORDS: Mapping[Act, Text] = {
    Act.ASSIGN: Text("มอบหมายงาน", "Assign"),
    Act.REFUSE: Text("ไม่รับเรื่อง", "Refuse"),
    Act.FORWARD: Text("ส่งต่อหน่วยงานอื่น", "Pass on"),
    Act.ACCEPT: Text("รับงาน", "Accept"),
    Act.BEGIN: Text("เริ่มดำเนินการ", "Begin the work"),
    Act.CLOSE: Text("ปิดงาน", "Close"),
    Act.RETURN: Text("ส่งคืนให้คัดกรองใหม่", "Send back to be screened"),
    Act.TAKE_BACK: Text("รับเรื่องกลับมาทำเอง", "Take it back"),
    Act.MERGE: Text("รวมกับเรื่องอื่น", "Merge with another"),
    Act.PART: Text("แยกออกเป็นเรื่องของตัวเอง", "Part from the other"),
    Act.REOPEN: Text("เปิดเรื่องใหม่", "Reopen"),
}
_NOT_NOW = Text(
    "ทำไม่ได้ เรื่องนี้อยู่ในสถานะ “{state}” แล้ว โหลดหน้าใหม่เพื่อดูล่าสุด",
    "This cannot be done: the report stands at “{state}” now. Reload the page to see the latest.",
)


def after(state: State, act: Act) -> State:
    """Return where an act leads.

    :raises Conflict: it is not possible there.
    """
    found = MOVES.get((state, act))
    if found is None:
        raise Conflict(_NOT_NOW.format(state=IN_WORDS[state]))
    return found


def acts_at(state: State) -> list[Act]:
    """Return what may be done with a report, in the order of the machine."""
    return [act for at, act in MOVES if at == state]
