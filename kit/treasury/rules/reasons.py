"""The reason that an officer gives for a change of the books."""

from core.api import InvalidInput, Text

LONGEST = 500

_WHY = Text(
    "เขียนเหตุผลไม่เกิน {most} ตัวอักษร ผู้ตรวจสอบจะอ่านข้อความนี้",
    "Write why, in at most {most} characters. Auditors read it.",
)


def read_reason(why: str) -> str:
    """Return a reason as it is kept.

    :raises InvalidInput: for ``why``: there is none, or it is too long.
    """
    reason = " ".join(why.split())
    if not 1 <= len(reason) <= LONGEST:
        raise InvalidInput({"why": _WHY.format(most=LONGEST)})
    return reason
