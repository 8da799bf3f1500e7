"""Where a case can stand, and what may happen to it there.

Statuses and their Thai words are those met in running offices (dossier 1.5).
Nothing here knows a database: it can be read by a lawyer.

Law: Licensing Facilitation Act B.E. 2558, s. 8-10.
"""

from enum import StrEnum
from typing import Literal

from core.api import Text

Tone = Literal["ok", "warn", "bad", "info", "run", "none"]


class Status(StrEnum):
    """Where a case stands."""

    SUBMITTED = "submitted"
    CHECKING = "checking"
    RETURNED = "returned_for_fix"
    CONSIDERING = "considering"
    INSPECTING = "site_inspection"
    WAITING_FEE = "approved_wait_fee"
    ISSUED = "issued"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


class Post(StrEnum):
    """Whose desk a case waits on; the rights to act there are permissions of this name."""

    REGISTRY = "registry"
    OFFICER = "officer"
    INSPECTOR = "inspector"
    HEAD = "head"
    DIRECTOR = "director"
    CLERK = "clerk"
    MAYOR = "mayor"
    TREASURY = "treasury"
    APPLICANT = "applicant"  # nobody in the office: the citizen has to do something


class Outcome(StrEnum):
    """How the office can decide."""

    APPROVED = "approved"
    REFUSED = "refused"


class Act(StrEnum):
    """What can be done to a case."""

    CHECK = "check"
    ACCEPT = "accept"
    RETURN = "return"
    RESUBMIT = "resubmit"
    LAPSE = "lapse"
    FORWARD = "forward"
    SEND_BACK = "send_back"
    CORRECT = "correct"
    APPROVE = "approve"
    REFUSE = "refuse"
    ISSUE = "issue"
    EXTEND = "extend"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"


LABELS: dict[Status, Text] = {
    Status.SUBMITTED: Text("ยื่นคำขอแล้ว รอรับเรื่อง", "Filed, waiting to be received"),
    Status.CHECKING: Text("ตรวจสอบเอกสาร", "Checking documents"),
    Status.RETURNED: Text("รอผู้ยื่นแก้ไข", "Waiting for your corrections"),
    Status.CONSIDERING: Text("กำลังพิจารณา", "Being considered"),
    Status.INSPECTING: Text("ตรวจสอบสถานที่", "Site inspection"),
    Status.WAITING_FEE: Text("อนุมัติ รอชำระค่าธรรมเนียม", "Approved, fee to be paid"),
    Status.ISSUED: Text("เสร็จแล้ว", "Completed"),
    Status.REJECTED: Text("ไม่อนุมัติ", "Refused"),
    Status.LAPSED: Text("คืนคำขอ", "Returned, not pursued"),
    Status.CANCELLED: Text("ผู้ยื่นขอยกเลิก", "Cancelled by the applicant"),
}
TONES: dict[Status, Tone] = {
    Status.SUBMITTED: "info",
    Status.CHECKING: "run",
    Status.RETURNED: "warn",
    Status.CONSIDERING: "run",
    Status.INSPECTING: "run",
    Status.WAITING_FEE: "warn",
    Status.ISSUED: "ok",
    Status.REJECTED: "bad",
    Status.LAPSED: "none",
    Status.CANCELLED: "none",
}


IN_STEPS = frozenset({Status.CONSIDERING, Status.INSPECTING})
CLOSED = frozenset({Status.ISSUED, Status.REJECTED, Status.LAPSED, Status.CANCELLED})
OPEN = frozenset(Status) - CLOSED

# From where each act is possible. What more it asks (a declared step, one record of defects,
# a reason, the day) is asked where the act is carried out.
FROM: dict[Act, frozenset[Status]] = {
    Act.CHECK: frozenset({Status.SUBMITTED}),
    Act.ACCEPT: frozenset({Status.SUBMITTED, Status.CHECKING}),
    Act.RETURN: frozenset({Status.SUBMITTED, Status.CHECKING}) | IN_STEPS,
    Act.RESUBMIT: frozenset({Status.RETURNED}),
    Act.LAPSE: frozenset({Status.RETURNED}) | IN_STEPS,
    Act.FORWARD: IN_STEPS,
    Act.SEND_BACK: IN_STEPS,
    Act.CORRECT: IN_STEPS,
    Act.APPROVE: IN_STEPS,
    Act.REFUSE: IN_STEPS,
    Act.ISSUE: frozenset({Status.WAITING_FEE}),
    Act.EXTEND: IN_STEPS,
    Act.PAUSE: IN_STEPS,
    Act.RESUME: IN_STEPS | {Status.RETURNED},
    Act.CANCEL: OPEN,
}
