"""What the services about a place that has its paper ask and promise alike."""

from core.api import Text
from kit.casework import Outcome, Post, Step
from kit.forms import AnyField, Line, Phone
from kit.law import Limits
from kit.thai import WorkingDays

PAPER = Text("เอกสารของร้าน", "Paper of the place")

# Who runs a place knows the number on its wall and the telephone that was given for it.
WHICH: tuple[AnyField, ...] = (
    Line(
        "paper",
        Text("เลขที่หนังสือรับรองหรือใบอนุญาต", "Number of the certificate or licence"),
        help=Text("ดูที่ส่วนบนของเอกสาร เช่น 12/2569", "At the top of the paper, e.g. 12/2569."),
        longest=20,
        step=PAPER,
    ),
    Phone(
        "paper_phone",
        Text("เบอร์โทรที่ให้ไว้ในทะเบียน", "Telephone that the register has"),
        help=Text(
            "ใช้ยืนยันว่าเป็นร้านของท่าน ถ้าจำไม่ได้ เว้นไว้ เจ้าหน้าที่จะตรวจให้",
            "It shows that the place is yours. Leave it empty if you do not know it; an officer "
            "will "
            "check.",
        ),
        required=False,
        step=PAPER,
    ),
)


def within(limits: Limits) -> WorkingDays:
    """Return within how many working days the office decides, as its guide says."""
    return WorkingDays(limits["after.days"].whole)


def decided(limits: Limits) -> tuple[Step, ...]:
    """Return the way of what the local official permits: an officer checks it first."""
    return (
        Step(
            "check",
            Text("ตรวจเอกสารและหลักฐานของผู้ยื่น", "Paper and proofs checked"),
            Post.OFFICER,
            WorkingDays(max(within(limits).count - 2, 1)),
            judged=True,
        ),
        Step(
            "decide",
            Text("เจ้าพนักงานท้องถิ่นสั่งการ", "Decision of the local official"),
            Post.MAYOR,
            WorkingDays(2),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    )
