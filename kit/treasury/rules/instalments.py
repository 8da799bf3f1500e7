"""A debt in parts: what each part is, and until when it is to be paid."""

from calendar import monthrange
from datetime import date

import msgspec

from core.api import Text
from kit.thai import BUDDHIST_OFFSET, Calendar, baht, next_open
from kit.treasury.refusals import Malformed

MOST_PARTS = 120

_COUNT = Text(
    "จำนวนงวดต้องเป็น 1 ถึง {most} งวด ตอนนี้เป็น {count} แก้จำนวนงวด",
    "There are 1 to {most} instalments, not {count}. Change their number.",
)
_TOO_LITTLE = Text(
    "ยอด {amount} บาท แบ่งเป็น {count} งวดไม่ได้ เพราะแต่ละงวดต้องไม่น้อยกว่า {step} บาท ลดจำนวนงวด",
    "{amount} baht cannot be parted into {count} instalments of at least {step} baht. "
    "Choose fewer.",
)
_TOO_LATE = Text(
    "งวดสุดท้ายเกินปี พ.ศ. {last} ตรวจวันครบกำหนดงวดแรก",
    "The last instalment would be after the year {last} of the Buddhist Era. Check the first day.",
)


class Instalment(msgspec.Struct, frozen=True):
    """One part.

    :param number: from 1.
    :param amount: satang.
    :param due_on: the last day in time, on which the office is open.
    """

    number: int
    amount: int
    due_on: date


def plan(
    amount: int, *, count: int, first_on: date, calendar: Calendar, step: int = 1
) -> tuple[Instalment, ...]:
    """Return the instalments of a debt, one a month.

    :param amount: satang.
    :param first_on: the due day of the first; the others fall on the same day of their months.
    :param step: as for ``split``.
    :raises Malformed: for ``count``, ``amount`` or ``first_on``.
    """
    parts = split(amount, count=count, step=step)
    days = due_days(first_on, count=count, calendar=calendar)
    return tuple(
        Instalment(number, part, day)
        for number, (part, day) in enumerate(zip(parts, days, strict=True), start=1)
    )


def split(amount: int, *, count: int, step: int = 1) -> tuple[int, ...]:
    """Part an amount so that the parts sum to it exactly.

    The larger parts come first. They differ by one step at most, but for the first, which also
    takes what is less than a step.

    :param step: satang of which every part but the first is a multiple; 100 for whole baht.
    :raises Malformed: no part or too many, or a part would be less than a step.
    """
    if not 1 <= count <= MOST_PARTS:
        raise Malformed("count", _COUNT.format(most=MOST_PARTS, count=count))
    steps, odd = divmod(amount, step)
    if steps < count:
        sentence = _TOO_LITTLE.format(amount=baht(amount), count=count, step=baht(step))
        raise Malformed("amount", sentence)
    each, larger = divmod(steps, count)
    parts = [(each + (number < larger)) * step for number in range(count)]
    return (parts[0] + odd, *parts[1:])


def due_days(first_on: date, *, count: int, calendar: Calendar) -> tuple[date, ...]:
    """Return the same day of ``count`` months, each on the next day on which the office is open.

    A month that has no such day ends the part on its last: of the 31st, February has the 28th,
    and March the 31st again.

    Law: Civil and Commercial Code, s. 193/5 (months) and s. 193/8 (a closed day), both
    unverified in their wording.

    :raises Malformed: for ``count``, or for ``first_on`` when the years run out.
    """
    if not 1 <= count <= MOST_PARTS:
        raise Malformed("count", _COUNT.format(most=MOST_PARTS, count=count))
    if first_on.year + count // 12 + 1 >= date.max.year:
        raise Malformed("first_on", _TOO_LATE.format(last=date.max.year + BUDDHIST_OFFSET))
    return tuple(next_open(_months_later(first_on, number), calendar) for number in range(count))


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
