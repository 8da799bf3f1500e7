"""The end-of-day file of a bank: one H record, D records, one T record, of 256 or 450 characters.

A file is taken whole or not at all. It is read as a stream, so that a million lines need the
memory of a few; what was handed out before a fault was found is therefore only to be kept by a
transaction that the refusal undoes. The refusal lists every fault with its line.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import BinaryIO

from core.api import Text
from kit.thai import BANGKOK, baht
from kit.treasury.banking import faults
from kit.treasury.banking.cutting import LONGEST, cut
from kit.treasury.banking.faults import Faults
from kit.treasury.banking.layout import (
    DETAIL,
    HEADER,
    TRAILER,
    WIDTHS,
    Field,
    day,
    pattern,
    wrong_fields,
)
from kit.treasury.banking.statement import Header, Kind, Line, Report, Totals

# Sequence numbers and counts have six digits and begin anew at a million.
ROUND = 1_000_000

_HEADER, _DETAIL, _TRAILER = pattern(HEADER), pattern(DETAIL), pattern(TRAILER)
# Every byte that CP874 knows as something to see, the space among them.
SEEN = bytes(
    one
    for one in range(0x20, 0x100)
    if one != 0x7F and bytes([one]).decode("cp874", "replace") != "\ufffd"
)
_BOM = b"\xef\xbb\xbf"


class Statement:
    """A file that is being read, once: loop over it, then ask for its ``report``.

    :param file: bytes, as the bank sent them.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._faults = Faults()
        self._at = 0
        self._width = 0
        self._next = 1
        self._header: Header | None = None
        self._totals: Totals | None = None
        self._ended = False
        # Sums are compared only where every line was understood.
        self._whole = True
        # Amount and count for each kind, in the order of the T record.
        self._sums = {Kind.REVERSED.value: [0, 0], Kind.PAID.value: [0, 0]}

    def report(self) -> Report:
        """Return head and totals, once every line was read and agreed with them.

        :raises ValueError: the file was not read to its end, or was refused.
        """
        if self._header is None or self._totals is None or self._faults.count:
            raise ValueError("the file was not read to its end")
        return Report(self._header, self._totals)

    def __iter__(self) -> Iterator[Line]:
        """Yield the D records in the order of the file.

        :raises FileMalformed: at the end of the file, when anything in it is wrong.
        """
        for raw in cut(self._file):
            self._at += 1
            line = self._read(raw)
            # What follows a fault is only looked at.
            if line is not None and not self._faults.count:
                yield line
        if not self._at:
            self._faults.add(0, faults.EMPTY)
        elif not self._ended:
            self._faults.add(self._at, faults.NO_TRAILER)
        self._faults.refuse()

    def _read(self, raw: bytes) -> Line | None:
        if self._ended:
            # Editors and transfers leave empty lines at the end, which say nothing.
            if raw.strip():
                self._faults.add(self._at, faults.AFTER_END)
            return None
        if self._at == 1 and raw.startswith(_BOM):
            self._faults.add(1, faults.UTF8)
            raw = raw.removeprefix(_BOM)
        if not self._measured(raw):
            self._whole = False
            self._next = (self._next + 1) % ROUND
            return None
        text = raw.decode("cp874", "replace")
        kind = text[0]
        if self._at == 1 and kind != "H":
            self._faults.add(1, faults.NO_HEADER)
        if kind == "D":
            return self._detail(text)
        if kind == "T":
            self._trailer(text)
        elif kind == "H":
            self._head(text)
        else:
            self._faults.add(self._at, faults.TYPE.format(given=kind), column=1)
            self._whole = False
            self._resume(text)
        return None

    def _measured(self, raw: bytes) -> bool:
        """Return whether the line is as long as the others; blame that, and strange bytes in it."""
        length = len(raw)
        if not self._width and length in WIDTHS:
            self._width = length
        if length != self._width or not length:
            self._faults.add(self._at, self._wrong_length(raw))
            return False
        if strange := raw.translate(None, SEEN):
            column = raw.index(strange[:1]) + 1
            sentence = faults.ENCODING.format(column=column, byte=f"{strange[0]:02X}")
            self._faults.add(self._at, sentence, column=column)
            self._whole = False
        return True

    def _wrong_length(self, raw: bytes) -> Text:
        wanted = self._width or faults.EITHER
        if not raw.isascii() and len(raw.decode("utf-8", "ignore")) in WIDTHS:
            return faults.UTF8
        if len(raw) >= LONGEST:
            return faults.LENGTH.format(count=faults.LONGER.format(most=LONGEST), wanted=wanted)
        return faults.LENGTH.format(count=len(raw), wanted=wanted)

    def _detail(self, text: str) -> Line | None:
        found = _DETAIL.match(text)
        on = day(found[4]) if found else None
        if found is None or on is None:
            self._wrong(text, DETAIL)
            return None
        self._follow(found[1], found[2], found[3])
        line = self._line(text, found, on)
        sums = self._sums[line.kind]
        sums[0] += line.amount
        sums[1] += 1
        return line

    def _line(self, text: str, found: re.Match[str], on: date) -> Line:
        number, bank, account, _, clock, payer, ref1, ref2, ref3, *_, amount = found.groups()
        kind, channel, cheque = found.group(11, 12, 13)
        hour, minute, second = int(clock[:2]), int(clock[2:4]), int(clock[4:])
        return Line(
            bank=bank,
            account=account,
            kind=Kind.PAID if kind == "C" else Kind.REVERSED,
            amount=int(amount),
            paid_at=datetime(on.year, on.month, on.day, hour, minute, second, tzinfo=BANGKOK),
            ref1=ref1.strip(),
            ref2=ref2.strip(),
            ref3=ref3.strip(),
            payer=payer.strip(),
            payer_bank=self._digits(text[243:246]),
            biller=self._digits(text[196:211]),
            channel=channel.strip(),
            cheque=cheque.strip(),
            sequence=int(number),
            raw=text,
        )

    def _digits(self, text: str) -> str:
        """Return what only the records of 256 characters have there, and not of every bank."""
        known = self._width == WIDTHS[0] and text.isascii() and text.isdigit()
        return text if known else ""

    def _head(self, text: str) -> None:
        if self._at > 1:
            self._faults.add(self._at, faults.HEADER_AGAIN, column=1)
        found = _HEADER.match(text)
        on = day(found[5]) if found else None
        if found is None or on is None:
            self._wrong(text, HEADER)
            return
        self._follow(found[1], found[2], found[3])
        self._header = self._header or Header(
            bank=found[2],
            account=found[3],
            name=found[4].strip(),
            effective_on=on,
            service=text[68 : 76 if self._width == WIDTHS[0] else 80].strip(),
            width=self._width,
        )

    def _trailer(self, text: str) -> None:
        self._ended = True
        found = _TRAILER.match(text)
        if found is None:
            self._wrong(text, TRAILER)
            return
        number, bank, account, *figures = found.groups()
        self._follow(number, bank, account)
        given = [int(figure) for figure in figures]
        counted = [figure for sums in self._sums.values() for figure in sums]
        if self._whole:
            self._compare(given, counted)
        taken_back, count_back, paid, count_paid = counted
        self._totals = Totals(
            paid_count=count_paid, paid=paid, reversed_count=count_back, reversed=taken_back
        )

    def _compare(self, given: Sequence[int], counted: Sequence[int]) -> None:
        for name, is_count, one, other in zip(
            faults.SUMS, (False, True, False, True), given, counted, strict=True
        ):
            if one != (other % ROUND if is_count else other):
                shown = [str(figure) if is_count else baht(figure) for figure in (one, other)]
                sentence = faults.COUNTS.format(name=name, given=shown[0], found=shown[1])
                self._faults.add(self._at, sentence)

    def _wrong(self, text: str, fields: Sequence[Field]) -> None:
        """Blame every field of a record that is wrong."""
        self._whole = False
        self._resume(text)
        for column, sentence in wrong_fields(text, fields):
            self._faults.add(self._at, sentence, column=column)

    def _resume(self, text: str) -> None:
        """Expect the number after that of a broken record, so that it is blamed but once."""
        number = text[1:7]
        here = int(number) if number.isascii() and number.isdigit() else self._next
        self._next = (here + 1) % ROUND

    def _follow(self, number: str, bank: str, account: str) -> None:
        """Blame a number that does not follow the last one, and an account that is another."""
        given, wanted = int(number), self._next
        if given != wanted:
            sentence = faults.REPEATED if given < wanted else faults.GAP
            self._faults.add(
                self._at, sentence.format(given=number, wanted=f"{wanted:06}"), column=2
            )
        self._next = (given + 1) % ROUND
        header = self._header
        if header is not None and (bank != header.bank or account != header.account):
            self._faults.add(self._at, faults.OTHER_BANK, column=8)
