"""What can be wrong with a bank's file, line by line, and the refusal that lists it."""

import msgspec

from core.api import Text
from kit.treasury.refusals import Malformed

# A clerk reads no more, and a file of the wrong kind is wrong in every line.
MOST_FAULTS = 200

_REFUSED = Text(
    "ไฟล์ธนาคารไม่ถูกต้อง พบ {count} จุด จึงไม่รับทั้งไฟล์ และยังไม่ได้บันทึกรายการใด "
    "จุดแรก: บรรทัด {line} {first} ขอไฟล์ใหม่จากธนาคารแล้วนำเข้าอีกครั้ง",
    "The bank's file is wrong in {count} place(s), so none of it was taken and nothing was booked. "
    "The first: line {line}, {first}. Get the file anew from the bank and import it again.",
)
EMPTY = Text("ไฟล์ว่าง ไม่มีรายการ", "the file is empty")
LENGTH = Text(
    "ยาว {count} ตัวอักษร ต้องยาว {wanted} ตัวอักษร",
    "has {count} characters where {wanted} are due",
)
EITHER = Text("256 หรือ 450", "256 or 450")
LONGER = Text("มากกว่า {most}", "more than {most}")
UTF8 = Text(
    "ไฟล์ถูกบันทึกใหม่เป็น UTF-8 ใช้ไฟล์ต้นฉบับจากธนาคาร (TIS-620) โดยไม่เปิดแก้ไขก่อน",
    "was saved anew as UTF-8; use the bank's original (TIS-620) without opening it in an editor",
)
ENCODING = Text(
    "ตำแหน่ง {column} มีไบต์ {byte} ซึ่งไม่ใช่ตัวอักษรไทยหรืออังกฤษ (TIS-620)",
    "byte {byte} at column {column} is neither a Thai nor an English letter (TIS-620)",
)
TYPE = Text(
    "ประเภทรายการ “{given}” ไม่รู้จัก ต้องเป็น H, D หรือ T",
    "the record type “{given}” is unknown, it is H, D or T",
)
NO_HEADER = Text("บรรทัดแรกต้องเป็นรายการ H", "the first line has to be the H record")
HEADER_AGAIN = Text("มีรายการ H ซ้ำ", "there is a second H record")
AFTER_END = Text("มีรายการต่อท้ายรายการ T", "there is a record behind the T record")
NO_TRAILER = Text(
    "ไม่มีรายการ T ปิดท้าย ไฟล์อาจขาดหาย",
    "the T record at the end is missing, the file may be cut short",
)
REPEATED = Text(
    "ลำดับที่ {given} ซ้ำหรือย้อนหลัง ต้องเป็น {wanted}",
    "sequence number {given} repeats or goes back, {wanted} is due",
)
GAP = Text(
    "ลำดับที่ {given} ข้ามไป ต้องเป็น {wanted}",
    "sequence number {given} leaves some out, {wanted} is due",
)
OTHER_BANK = Text(
    "รหัสธนาคารหรือเลขที่บัญชีไม่ตรงกับรายการ H",
    "the bank code or the account is not that of the H record",
)
COUNTS = Text(
    "{name} ท้ายไฟล์ {given} แต่นับได้ {found}",
    "{name} is {given} in the T record, but {found} in the lines",
)
SUMS = (
    Text("ยอดรวมรายการยกเลิก", "the total taken back"),
    Text("จำนวนรายการยกเลิก", "the count of those taken back"),
    Text("ยอดรวมรับเงิน", "the total paid"),
    Text("จำนวนรายการรับเงิน", "the count of those paid"),
)


class Fault(msgspec.Struct, frozen=True):
    """What is wrong in a line.

    :param line: counted from 1; 0 for the file as a whole.
    :param column: counted from 1; 0 for the line as a whole.
    :param sentence: stands behind the number of the line, without a full stop.
    """

    line: int
    column: int
    sentence: Text


class FileMalformed(Malformed):
    """A file cannot be taken.

    :param faults: in the order of the file, at most ``MOST_FAULTS``.
    :param count: how many there are in all.
    """

    def __init__(self, faults: tuple[Fault, ...], *, count: int) -> None:
        first = faults[0]
        super().__init__(
            "file", _REFUSED.format(count=count, line=first.line, first=first.sentence)
        )
        self.faults = faults
        self.count = count


class Faults:
    """The faults of a file while it is read; only the first ones are kept, all are counted."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self.count = 0

    def add(self, line: int, sentence: Text, *, column: int = 0) -> None:
        """Note a fault."""
        self.count += 1
        if len(self._kept) < MOST_FAULTS:
            self._kept.append(Fault(line, column, sentence))

    def refuse(self) -> None:
        """Refuse the file when anything is wrong.

        :raises FileMalformed: with the faults that were kept.
        """
        if self.count:
            raise FileMalformed(tuple(self._kept), count=self.count)
