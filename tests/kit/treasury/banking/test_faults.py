import io
import itertools
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import BinaryIO, cast

import pytest

from kit.thai import BANGKOK
from kit.treasury.banking.faults import MOST_FAULTS, Fault, FileMalformed
from kit.treasury.banking.fixed import Statement
from kit.treasury.banking.statement import Header, Kind, Line
from kit.treasury.banking.writing import write

HEADER = Header(
    bank="014",
    account="1234567890",
    name="เทศบาล",
    effective_on=date(2026, 7, 1),
    service="BP",
    width=256,
)


def payments(count: int) -> Iterator[Line]:
    for number in range(count):
        yield Line(
            bank="014",
            account="1234567890",
            kind=Kind.PAID,
            amount=2_000 + number,
            paid_at=datetime(2026, 7, 1, 9, 30, tzinfo=BANGKOK),
            ref1=f"{number:012}",
            payer="นาย สมชาย ใจดี",
            raw="",
        )


RECORDS = list(write(HEADER, payments(4), end=""))
H, D2, D3, D4, D5, T = RECORDS


def faults(*records: bytes) -> tuple[Fault, ...]:
    return refusal(b"\n".join(records)).faults


def refusal(content: bytes) -> FileMalformed:
    with pytest.raises(FileMalformed) as refused:
        list(Statement(io.BytesIO(content)))
    return refused.value


def places(found: tuple[Fault, ...]) -> list[tuple[int, int]]:
    return [(one.line, one.column) for one in found]


def put(record: bytes, at: int, text: str | bytes) -> bytes:
    new = text.encode("cp874") if isinstance(text, str) else text
    return record[:at] + new + record[at + len(new) :]


def test_an_empty_file_is_refused() -> None:
    assert [one.sentence.th for one in refusal(b"").faults] == ["ไฟล์ว่าง ไม่มีรายการ"]


@pytest.mark.parametrize(
    ("record", "at", "text", "column", "says"),
    [
        (D3, 0, "X", 1, "the record type “X” is unknown"),
        (D3, 0, "d", 1, "the record type “d” is unknown"),
        (D3, 1, "00003A", 2, "The sequence number (columns 2-7) has digits only, it is “00003A”"),
        (D3, 7, "ABC", 8, "The bank code (columns 8-10) has digits only"),
        (D3, 10, "12345 7890", 11, "The account number (columns 11-20) has digits only"),
        (D3, 7, "004", 8, "the bank code or the account is not that of the H record"),
        (D3, 10, "9999999999", 8, "the bank code or the account is not that of the H record"),
        (D3, 20, "31022026", 21, "The payment date (columns 21-28) is a day as DDMMYYYY"),
        (D3, 20, "20260701", 21, "The payment date (columns 21-28) is a day as DDMMYYYY"),
        (D3, 20, "01070026", 21, "The payment date (columns 21-28) is a day as DDMMYYYY"),
        (D3, 20, "        ", 21, "The payment date (columns 21-28) is a day as DDMMYYYY"),
        (D3, 20, "01072569", 21, "the year 2569 of the Buddhist Era where the bank writes the"),
        (D3, 20, "01079999", 21, "The payment date (columns 21-28) is a day as DDMMYYYY"),
        (D3, 28, "240000", 29, "The payment time (columns 29-34) is a time as HHMMSS"),
        (D3, 28, "126000", 29, "The payment time (columns 29-34) is a time as HHMMSS"),
        (D3, 152, "X", 153, "The kind of transaction (columns 153-153) is C (paid) or D"),
        (D3, 163, "0000000000000", 164, "The amount (columns 164-176) has 13 digits"),
        (D3, 163, "000000020.00 ", 164, "The amount (columns 164-176) has 13 digits"),
        (D3, 163, "-000000002000", 164, "The amount (columns 164-176) has 13 digits"),
        (D3, 163, "๐๐๐๐๐๐๐๐๐๒๐๐๐", 164, "The amount (columns 164-176) has 13 digits"),
        (D3, 40, b"\xdb", 41, "byte DB at column 41 is neither a Thai nor an English letter"),
        (D3, 40, b"\x00", 41, "byte 00 at column 41 is neither a Thai nor an English letter"),
        (D3, 40, b"\t", 41, "byte 09 at column 41 is neither a Thai nor an English letter"),
        (D3, 1, "000002", 2, "sequence number 000002 repeats or goes back, 000003 is due"),
        (D3, 1, "000009", 2, "sequence number 000009 leaves some out, 000003 is due"),
    ],
)
def test_a_fault_is_told_by_line_and_column(
    record: bytes, at: int, text: str | bytes, column: int, says: str
) -> None:
    found = faults(H, D2, put(record, at, text), D4, D5, T)

    assert (found[0].line, found[0].column) == (3, column)
    assert says in found[0].sentence.en
    # A number that leaps is told again where the next one goes back.
    leapt = says.startswith("sequence number")
    assert len(found) == 1 + leapt


def test_a_buddhist_year_is_refused_with_the_common_year_beside_it() -> None:
    [fault] = faults(H, put(D2, 20, "01072569"), D3, D4, D5, T)

    assert "เป็นปี พ.ศ. 2569 แต่ธนาคารใช้ปี ค.ศ. ซึ่งคือ 2026" in fault.sentence.th


@pytest.mark.parametrize(
    ("at", "text", "says"),
    [
        (20, "0000000000100", "the total taken back is 1.00 in the T record, but 0.00"),
        (33, "000001", "the count of those taken back is 1 in the T record, but 0"),
        (39, "0000000008007", "the total paid is 80.07 in the T record, but 80.06"),
        (52, "000003", "the count of those paid is 3 in the T record, but 4"),
    ],
)
def test_totals_that_differ_are_told_with_both_figures(at: int, text: str, says: str) -> None:
    [fault] = faults(H, D2, D3, D4, D5, put(T, at, text))

    assert fault.line == 6
    assert says in fault.sentence.en


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ((H, D2, D3, D4, D5), [(5, 0)]),
        ((D2, D3, D4, D5, T), [(1, 0), (1, 2)]),
        ((H, D2, D3, D4, D5, T, T), [(7, 0)]),
        ((H, D2, D3, D4, D5, T, D5), [(7, 0)]),
        ((H, D2, D3, D4, D5, T, b"", b"X"), [(8, 0)]),
        ((H, T, D2), [(2, 2), (2, 0), (2, 0), (3, 0)]),
        ((H, H, D2, D3, D4, D5, T), [(2, 1), (2, 2)]),
        ((H, D2, D3, D4, D4, D5, T), [(5, 2), (7, 0), (7, 0)]),
        ((H, D2, D4, D5, T), [(3, 2), (5, 0), (5, 0)]),
        ((H, D3, D2, D4, D5, T), [(2, 2), (3, 2), (4, 2)]),
        ((H, D2, b"", D3, D4, D5, T), [(3, 0), (4, 2)]),
        ((H, D2, D3[:-1], D4, D5, T), [(3, 0)]),
        ((H, D2, D3 + b" ", D4, D5, T), [(3, 0)]),
        ((H, D2, D3.ljust(450), D4, D5, T), [(3, 0)]),
        ((H[:100], D2, D3, D4, D5, T), [(1, 0)]),
        ((H,), [(1, 0)]),
        ((T,), [(1, 0), (1, 2), (1, 0), (1, 0)]),
    ],
)
def test_records_out_of_their_order_are_told(
    records: tuple[bytes, ...], expected: list[tuple[int, int]]
) -> None:
    assert places(faults(*records)) == expected


def test_every_order_but_the_right_one_is_refused() -> None:
    right = [H, D2, D3, D4, T]
    right[-1] = put(put(T, 39, "0000000006003000003"), 1, "000005")
    taken = []
    for records in itertools.permutations(right):
        try:
            list(Statement(io.BytesIO(b"\n".join(records))))
        except FileMalformed:
            continue
        taken.append(list(records))

    assert taken == [right]


def test_every_file_cut_short_is_refused() -> None:
    content = b"\r\n".join(RECORDS)

    for length in range(len(content)):
        refusal(content[:length])


CHANGES: tuple[Callable[[bytes], bytes], ...] = (
    lambda record: put(record, 20, "31022026"),
    lambda record: put(record, 28, "999999"),
    lambda record: put(record, 152, "X"),
    lambda record: put(record, 163, "             "),
)


@pytest.mark.parametrize("count", range(1, len(CHANGES) + 1))
def test_every_fault_of_a_line_is_told_not_only_the_first(count: int) -> None:
    for chosen in itertools.combinations(CHANGES, count):
        record = D3
        for change in chosen:
            record = change(record)
        found = faults(H, D2, record, D4, D5, T)
        assert [one.line for one in found] == [3] * count
        assert len({one.column for one in found}) == count


def test_faults_of_many_lines_are_told_in_one_go() -> None:
    wrong = [put(one, 152, "X") for one in (D2, D3, D4, D5)]

    assert places(faults(H, *wrong, T)) == [(line, 153) for line in range(2, 6)]


def test_the_refusal_says_that_nothing_was_booked_and_what_to_do() -> None:
    refused = refusal(b"\n".join([H, D2, put(D3, 152, "X"), D4, D5, T]))

    assert refused.field == "file"
    assert refused.sentence.th.startswith("ไฟล์ธนาคารไม่ถูกต้อง พบ 1 จุด จึงไม่รับทั้งไฟล์")
    assert "ยังไม่ได้บันทึกรายการใด" in refused.sentence.th
    assert "The first: line 3, The kind of transaction" in refused.sentence.en


def test_a_list_of_faults_is_cut_where_nobody_reads_on_but_all_are_counted() -> None:
    wrong = [put(record, 152, "X") for record in write(HEADER, payments(500), end="")][1:-1]
    refused = refusal(b"\n".join([H, *wrong]))

    assert len(refused.faults) == MOST_FAULTS
    assert refused.count == 501


def test_nothing_is_handed_out_behind_the_first_fault() -> None:
    statement = iter(Statement(io.BytesIO(b"\n".join([H, D2, put(D3, 152, "X"), D4, D5, T]))))

    assert next(statement).sequence == 2
    with pytest.raises(FileMalformed):
        next(statement)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_saved_anew_as_utf_8_is_named_so(mark: bytes) -> None:
    content = mark + b"\r\n".join(RECORDS).decode("cp874").encode("utf-8")

    found = refusal(content).faults
    assert found[0].line == 1
    assert {one.sentence.en.split(";")[0] for one in found} >= {"was saved anew as UTF-8"}


def test_what_is_no_file_of_a_bank_at_all_is_refused() -> None:
    for content in (b"PK\x03\x04" + bytes(2_000), b"%PDF-1.7\n" * 900, "สวัสดี\n".encode() * 900):
        assert refusal(content).faults[0].line == 1


class Endless:
    """A file of so many bytes of which none ends a line."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int) -> bytes:
        size = min(size, self.left)
        self.left -= size
        return b"D" * size


def test_a_gigabyte_without_a_line_end_takes_no_memory() -> None:
    statement = Statement(cast(BinaryIO, Endless(1_000_000_000)))
    tracemalloc.start()
    try:
        with pytest.raises(FileMalformed) as refused:
            list(statement)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert "more than 1024" in refused.value.faults[0].sentence.en
    assert peak < 3_000_000
