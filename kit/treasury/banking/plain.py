"""A file that is just as it should be, read by the block: many records by one expression.

A record on its own costs an expression, a dozen objects and as many checks; a block of them is
checked and cut as a whole. Nothing is blamed here. What is not plain, be it wrong or only unusual
such as empty lines at the end, is for ``fixed.Statement``, which says what and where.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import BinaryIO, NamedTuple

from kit.thai import BANGKOK
from kit.treasury.banking.fixed import ROUND, SEEN
from kit.treasury.banking.layout import HEADER, TRAILER, WIDTHS, day, pattern
from kit.treasury.banking.statement import Header, Kind, Report, Totals

_ENDS = (b"\r\n", b"\n")
_LONGEST = max(WIDTHS) + 2
_HEADER, _TRAILER = pattern(HEADER), pattern(TRAILER)
# Groups: number, day and time, payer, three references, kind, amount, biller.
_DETAIL = (
    "D([0-9]{{6}}){place}([0-9]{{8}}(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9])"
    "([^\r\n]{{50}})([^\r\n]{{20}})([^\r\n]{{20}})([^\r\n]{{20}})[^\r\n]{{8}}"
    "([CD])[^\r\n]{{10}}((?!0{{13}})[0-9]{{13}})[^\r\n]{{20}}([^\r\n]{{15}})[^\r\n]{{{rest}}}{end}"
)
_BEFORE_REST = 211


class NotPlain(Exception):
    """The file is wrong, or unusual."""


class Block(NamedTuple):
    """Some D records in the order of the file, column by column.

    :ivar stamps: day and time as they stand in the file, ``DDMMYYYYHHMMSS``.
    :ivar amounts: satang.
    :ivar billers: empty where the bank writes none.
    """

    numbers: Sequence[int]
    stamps: Sequence[str]
    payers: Sequence[str]
    ref1: Sequence[str]
    ref2: Sequence[str]
    ref3: Sequence[str]
    kinds: Sequence[str]
    amounts: Sequence[int]
    billers: Sequence[str]


@lru_cache(maxsize=100_000)
def moment(stamp: str) -> datetime:
    """Return the instant of ``DDMMYYYYHHMMSS``, whose day and time are right."""
    day_, month, year = int(stamp[:2]), int(stamp[2:4]), int(stamp[4:8])
    hour, minute, second = int(stamp[8:10]), int(stamp[10:12]), int(stamp[12:])
    return datetime(year, month, day_, hour, minute, second, tzinfo=BANGKOK)


class Plain:
    """A file that is being read, once: go through its blocks, then ask for its report.

    :param file: bytes, from its beginning.
    :raises NotPlain: its first record is not as it should be.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        first = file.read(_LONGEST)
        end = next((one for one in _ENDS if one in first), b"")
        self._width = first.find(end) if end else 0
        if self._width not in WIDTHS:
            raise NotPlain
        self._stride = self._width + len(end)
        size = file.seek(0, 2)
        # The last record may do without its end.
        self._records, rest = divmod(size, self._stride)
        self._records += rest == self._width
        if rest not in (0, self._width) or self._records < 2:
            raise NotPlain
        file.seek(0)
        self.header = self._head(_text(file.read(self._stride)).rstrip("\r\n"))
        detail = _DETAIL.format(
            place=self.header.bank + self.header.account,
            rest=self._width - _BEFORE_REST,
            end=end.decode(),
        )
        self._detail = re.compile(detail)
        # Amount and count for each kind, in the order of the T record.
        self._sums = {Kind.REVERSED.value: [0, 0], Kind.PAID.value: [0, 0]}

    def blocks(self, size: int) -> Iterator[Block]:
        """Yield the D records, so many at a time.

        :raises NotPlain: something is not as it should be, perhaps only at the end.
        """
        place, last = 1, self._records - 1
        while place < last:
            count = min(size, last - place)
            text = _text(self._file.read(count * self._stride))
            yield self._block(text, place, count)
            place += count
        self._end(_text(self._file.read(self._stride)).rstrip("\r\n"))

    def report(self) -> Report:
        """Return head and totals, after the last block."""
        taken_back, count_back, paid, count_paid = chain(*self._sums.values())
        totals = Totals(
            paid_count=count_paid, paid=paid, reversed_count=count_back, reversed=taken_back
        )
        return Report(self.header, totals)

    def _head(self, text: str) -> Header:
        found = _HEADER.match(text)
        on = day(found[5]) if found else None
        if found is None or on is None or text[0] != "H" or int(found[1]) != 1:
            raise NotPlain
        if "\r" in text or "\n" in text:
            raise NotPlain
        return Header(
            bank=found[2],
            account=found[3],
            name=found[4].strip(),
            effective_on=on,
            service=text[68 : 76 if self._width == WIDTHS[0] else 80].strip(),
            width=self._width,
        )

    def _block(self, text: str, place: int, count: int) -> Block:
        found = self._detail.findall(text)
        if len(found) != count:
            raise NotPlain
        numbers, stamps, payers, ref1, ref2, ref3, kinds, amounts, billers = zip(
            *found, strict=True
        )
        given = list(map(int, numbers))
        if given != [(place + 1 + n) % ROUND for n in range(count)]:
            raise NotPlain
        if not all(map(day, {stamp[:8] for stamp in stamps})):
            raise NotPlain
        satang = list(map(int, amounts))
        self._add(kinds, satang)
        return Block(
            numbers=given,
            stamps=stamps,
            payers=_stripped(payers),
            ref1=_stripped(ref1),
            ref2=_stripped(ref2),
            ref3=_stripped(ref3),
            kinds=kinds,
            amounts=satang,
            billers=self._digits(billers),
        )

    def _digits(self, texts: Sequence[str]) -> list[str]:
        """Return what only the records of 256 characters have there, and not of every bank."""
        if self._width != WIDTHS[0]:
            return [""] * len(texts)
        known = {one: one if one.isascii() and one.isdigit() else "" for one in set(texts)}
        return [known[one] for one in texts]

    def _add(self, kinds: Sequence[str], amounts: Sequence[int]) -> None:
        back = 0
        if Kind.REVERSED.value in kinds:
            back = sum(n for kind, n in zip(kinds, amounts, strict=True) if kind == Kind.REVERSED)
        count = kinds.count(Kind.REVERSED.value)
        for kind, amount, number in (
            (Kind.REVERSED, back, count),
            (Kind.PAID, sum(amounts) - back, len(kinds) - count),
        ):
            self._sums[kind.value][0] += amount
            self._sums[kind.value][1] += number

    def _end(self, text: str) -> None:
        found = _TRAILER.match(text)
        if found is None or text[0] != "T" or len(text) != self._width:
            raise NotPlain
        if "\r" in text or "\n" in text:
            raise NotPlain
        number, bank, account, *figures = found.groups()
        amount_back, count_back, amount, count = chain(*self._sums.values())
        counted = [amount_back, count_back % ROUND, amount, count % ROUND]
        place = (bank, account)
        if (
            int(number) != self._records % ROUND
            or place != (self.header.bank, self.header.account)
            or [int(one) for one in figures] != counted
        ):
            raise NotPlain


def _text(data: bytes) -> str:
    """Return the text of some records, of which no byte is strange."""
    if data.translate(None, SEEN + b"\r\n"):
        raise NotPlain
    return data.decode("cp874")


def _stripped(texts: Sequence[str]) -> list[str]:
    return [one.strip() for one in texts]
