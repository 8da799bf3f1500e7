"""How long debts have been open, as a treasury lists its arrears."""

from collections.abc import Iterable
from datetime import date

import msgspec

from core.api import Text

_DAYS = Text("ค้าง {first}-{last} วัน", "{first}-{last} days late")
_OVER = Text("ค้างเกิน {last} วัน", "more than {last} days late")


class Bucket(msgspec.Struct, frozen=True):
    """Debts of about the same age.

    :param code: for columns and exports.
    :param last: the most days late that belong here; None in the bucket without an end.
    """

    code: str
    name: Text
    last: int | None


def _up_to(first: int, last: int) -> Bucket:
    return Bucket(f"{first}-{last}", _DAYS.format(first=first, last=last), last)


# From the youngest to the oldest; the last has no end.
BUCKETS = (
    Bucket("not-due", Text("ยังไม่ครบกำหนด", "Not due"), 0),
    *(_up_to(*days) for days in ((1, 30), (31, 60), (61, 90), (91, 180), (181, 365))),
    Bucket("over-365", _OVER.format(last=365), None),
)


class Row(msgspec.Struct, frozen=True):
    """The debts of one bucket: how many, and their sum in satang."""

    bucket: Bucket
    count: int
    amount: int


def bucket(due_on: date, today: date) -> Bucket:
    """Return where a debt belongs; on its due day it is not late yet."""
    late = (today - due_on).days
    return next(one for one in BUCKETS if one.last is None or late <= one.last)


def ageing(debts: Iterable[tuple[date, int]], *, today: date) -> tuple[Row, ...]:
    """Return a row for every bucket, empty ones too, from the youngest to the oldest.

    :param debts: due day and satang still owed; they may be a stream of any length.
    """
    sums = {one.code: [0, 0] for one in BUCKETS}
    for due_on, amount in debts:
        row = sums[bucket(due_on, today).code]
        row[0] += 1
        row[1] += amount
    return tuple(Row(one, *sums[one.code]) for one in BUCKETS)
