"""The reason that an officer gives for a change, kept for who looks at it later."""

from core.errors import InvalidInput
from core.text import Text

LONGEST_REASON = 500

_WHY = Text(
    "เขียนเหตุผลไม่เกิน {most} ตัวอักษร ผู้ตรวจสอบจะอ่านข้อความนี้",
    "Write why, in at most {most} characters. Auditors read it.",
)


def read_reason(why: str) -> str:
    """Return a reason as it is kept, on one line.

    :raises InvalidInput: for ``why``: there is none, or it is too long.
    """
    reason = " ".join(why.split())
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise InvalidInput({"why": _WHY.format(most=LONGEST_REASON)})
    return reason
