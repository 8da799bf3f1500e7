"""Notes and coins of Thailand, and the counting of a till."""

from collections.abc import Mapping

import msgspec

from core.api import Text
from kit.treasury.refusals import Malformed

# More pieces than a till holds, and few enough for a BigInt of satang.
MOST_PIECES = 1_000_000

_NOTE = Text("ธนบัตร {value} บาท", "{value} baht note")
_COIN = Text("เหรียญ {value} บาท", "{value} baht coin")
_SMALL_COIN = Text("เหรียญ {value} สตางค์", "{value} satang coin")
_UNKNOWN = Text(
    "ไม่มีธนบัตรหรือเหรียญราคา {value} สตางค์ ตรวจรายการนับเงิน",
    "There is no note or coin of {value} satang. Check the count.",
)
_COUNT = Text(
    "จำนวน {name} ต้องเป็น 0 ถึง {most} ตรวจจำนวนที่นับ",
    "The number of {name} is 0 to {most}. Check the count.",
)


class Denomination(msgspec.Struct, frozen=True):
    """A note or a coin.

    :param value: satang.
    """

    value: int
    name: Text
    note: bool


def _note(value: int) -> Denomination:
    return Denomination(value * 100, _NOTE.format(value=f"{value:,}"), note=True)


def _coin(value: int) -> Denomination:
    return Denomination(value * 100, _COIN.format(value=value), note=False)


def _small(value: int) -> Denomination:
    return Denomination(value, _SMALL_COIN.format(value=value), note=False)


# What is in use, the largest first. Coins of 10, 5 and 1 satang are money but not in circulation,
# and the note of 10 baht is rare; both unverified.
DENOMINATIONS = (
    *map(_note, (1_000, 500, 100, 50, 20)),
    *map(_coin, (10, 5, 2, 1)),
    *map(_small, (50, 25)),
)
_BY_VALUE = {one.value: one for one in DENOMINATIONS}


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A till that was counted, all amounts in satang."""

    notes: int
    coins: int
    expected: int

    @property
    def total(self) -> int:
        """All that is in the till."""
        return self.notes + self.coins

    @property
    def difference(self) -> int:
        """What is there more than expected; negative when money is missing."""
        return self.total - self.expected


def count_till(pieces: Mapping[int, int], *, expected: int) -> Counted:
    """Sum up a till.

    :param pieces: how many there are, by the value of the piece in satang.
    :param expected: satang that should be there, by receipts, refunds and the float.
    :raises Malformed: a piece that does not exist, or fewer than none of it.
    """
    sums = {True: 0, False: 0}
    for value, count in pieces.items():
        piece = _BY_VALUE.get(value)
        if piece is None:
            raise Malformed("pieces", _UNKNOWN.format(value=value))
        if not 0 <= count <= MOST_PIECES:
            raise Malformed("pieces", _COUNT.format(name=piece.name, most=MOST_PIECES))
        sums[piece.note] += value * count
    return Counted(notes=sums[True], coins=sums[False], expected=expected)


def fewest(amount: int) -> tuple[dict[int, int], int]:
    """Return the fewest pieces that make an amount, for change, and what no coin can pay.

    :param amount: satang, 0 or more.
    :returns: how many of each value, the largest first, without those that are not needed; and
        the satang below the smallest coin.
    """
    if amount < 0:
        raise ValueError(f"{amount} satang cannot be paid out")
    pieces = {}
    for one in DENOMINATIONS:
        count, amount = divmod(amount, one.value)
        if count:
            pieces[one.value] = count
    return pieces, amount
