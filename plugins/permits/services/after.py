"""What the services after a permit ask and promise alike: which permit it is, and who decides."""

from core.api import Text
from kit.casework import Outcome, Post, Step
from kit.forms import AnyField, Line, Phone
from kit.law import Limits
from kit.thai import WorkingDays

_PERMIT = Text("ใบอนุญาต", "The permit")

# Who holds a permit knows its number and the telephone that was given for it.
WHICH: tuple[AnyField, ...] = (
    Line(
        "permit",
        Text("เลขที่ใบอนุญาต", "Number of the permit"),
        help=Text("ดูที่ส่วนบนของใบอนุญาต เช่น 12/2569", "At the top of the permit, e.g. 12/2569."),
        longest=20,
        step=_PERMIT,
    ),
    Phone(
        "permit_phone",
        Text("เบอร์โทรที่ให้ไว้ตอนขอใบอนุญาต", "Telephone that was given for the permit"),
        help=Text(
            "ใช้ยืนยันว่าเป็นใบอนุญาตของท่าน ถ้าจำไม่ได้ เว้นไว้ เจ้าหน้าที่จะตรวจให้",
            "It shows that the permit is yours. Leave it empty if you do not know it; an officer "
            "will check.",
        ),
        required=False,
        step=_PERMIT,
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
            Text("ตรวจใบอนุญาตและหลักฐานของผู้ยื่น", "Permit and proofs checked"),
            Post.OFFICER,
            WorkingDays(max(within(limits).count - 2, 1)),
            judged=True,
        ),
        Step(
            "decide",
            Text("เจ้าพนักงานท้องถิ่นสั่งการ", "Decision of the local official"),
            Post.MAYOR,
            WorkingDays(1),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    )


def received(
    limits: Limits, *, ends: tuple[Outcome, ...] = (Outcome.APPROVED, Outcome.REFUSED)
) -> tuple[Step, ...]:
    """Return the way of what is told, which an officer checks alone."""
    return (
        Step(
            "receive",
            Text("ตรวจและรับแจ้ง", "Checked and received"),
            Post.OFFICER,
            within(limits),
            ends=ends,
            judged=True,
        ),
    )
