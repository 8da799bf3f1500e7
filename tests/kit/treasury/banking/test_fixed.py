import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.thai import BANGKOK
from kit.treasury.banking.faults import FileMalformed
from kit.treasury.banking.fixed import Statement
from kit.treasury.banking.statement import Header, Kind, Line, Report, Totals
from kit.treasury.banking.writing import write

HEADER = Header(
    bank="014",
    account="1234567890",
    name="เทศบาลเมืองสาธิต",
    effective_on=date(2026, 7, 1),
    service="BILLPAY",
    width=256,
)
NOON = datetime(2026, 7, 1, 12, 30, 59, tzinfo=BANGKOK)


def payment(**said: object) -> Line:
    usual: dict[str, object] = {
        "bank": "014",
        "account": "1234567890",
        "kind": Kind.PAID,
        "amount": 6_000,
        "paid_at": NOON,
        "ref1": "69070001234",
        "raw": "",
    }
    return Line(**(usual | said))  # type: ignore[arg-type]


def wide(width: int) -> Header:
    return Header(**({f: getattr(HEADER, f) for f in HEADER.__struct_fields__} | {"width": width}))


def file_of(lines: Iterable[Line], *, width: int = 256, end: str = "\r\n") -> bytes:
    return b"".join(write(wide(width), lines, end=end))


def read(content: bytes) -> tuple[list[Line], Report]:
    statement = Statement(io.BytesIO(content))
    return list(statement), statement.report()


def stripped(line: Line) -> dict[str, object]:
    return {
        field: getattr(line, field)
        for field in line.__struct_fields__
        if field not in {"raw", "sequence"}
    }


TWO = file_of([payment(ref2="256907"), payment(ref1="69070001235", amount=2_000)])


def test_the_sample_of_the_format_is_read() -> None:
    lines, report = read(TWO)

    assert [(one.ref1, one.ref2, one.amount) for one in lines] == [
        ("69070001234", "256907", 6_000),
        ("69070001235", "", 2_000),
    ]
    assert [one.sequence for one in lines] == [2, 3]
    assert lines[0].paid_at == NOON
    assert report == Report(HEADER, Totals(paid_count=2, paid=8_000, reversed_count=0, reversed=0))


def test_fields_stand_where_the_format_puts_them() -> None:
    head, detail, _, trailer, rest = TWO.decode("cp874").split("\r\n")

    assert rest == ""
    assert {len(head), len(detail), len(trailer)} == {256}
    assert head[:20] == "H0000010141234567890"
    assert head[60:68] == "01072026"
    assert detail[20:34] == "01072026123059"
    assert detail[84:104] == "69070001234".ljust(20)
    assert detail[152] == "C"
    assert detail[163:176] == "0000000006000"
    assert trailer[:20] == "T0000040141234567890"
    assert trailer[20:39] == "0" * 19
    assert trailer[39:58] == "0000000008000000002"


def test_what_a_bank_tells_beside_the_payment_is_kept() -> None:
    told = payment(
        payer="นางสาว สมหญิง ใจดี",
        ref3="SCB1234",
        payer_bank="004",
        biller="099400061772101",
        channel="CSH",
        cheque="0001234",
        kind=Kind.REVERSED,
    )
    [line], report = read(file_of([told]))

    assert stripped(line) == stripped(told)
    assert line.raw == file_of([told]).decode("cp874").split("\r\n")[1]
    assert report.totals == Totals(paid_count=0, paid=0, reversed_count=1, reversed=6_000)


def test_a_file_of_450_characters_has_no_biller_behind_the_cheque() -> None:
    content = file_of([payment(channel="CHQ", cheque="0001234")], width=450)
    # The reserved space of the wider record may hold anything of the bank's.
    content = content[: 452 + 196] + b"9" * 60 + content[452 + 256 :]

    [line], report = read(content)

    assert (line.biller, line.payer_bank, line.cheque) == ("", "", "0001234")
    assert report.header.width == 450
    assert len(line.raw) == 450


def test_other_things_in_the_spare_of_a_bank_are_no_biller() -> None:
    content = TWO[: 258 + 179] + b"PROC 010720260107" + b"20260107 X" + TWO[258 + 206 :]

    assert read(content)[0][0].biller == ""


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("width", [256, 450])
def test_every_line_end_is_taken(end: str, width: int) -> None:
    content = file_of([payment()] * 3, width=width, end=end)

    assert len(read(content)[0]) == 3
    assert len(read(content.removesuffix(end.encode()))[0]) == 3
    assert len(read(content + (end * 3).encode())[0]) == 3


def test_a_file_without_payments_is_read() -> None:
    assert read(file_of([])) == (
        [],
        Report(HEADER, Totals(paid_count=0, paid=0, reversed_count=0, reversed=0)),
    )


OLDEST = datetime(1990, 1, 1, tzinfo=BANGKOK)
TEXTS = st.text("ABCกขคเแ่้ 0123456789.-", max_size=20).map(str.strip)
LINES = st.builds(
    payment,
    kind=st.sampled_from(Kind),
    amount=st.integers(1, 10**11),
    paid_at=st.integers(0, 12_000_000_000).map(lambda seconds: OLDEST + timedelta(seconds=seconds)),
    ref1=TEXTS,
    ref2=TEXTS,
    ref3=TEXTS,
    payer=TEXTS,
)


@given(st.lists(LINES, max_size=8), st.sampled_from([256, 450]), st.sampled_from("\r\n"))
def test_a_file_is_read_as_it_was_written(lines: list[Line], width: int, end: str) -> None:
    found, report = read(file_of(lines, width=width, end=end))

    assert [stripped(one) for one in found] == [stripped(one) for one in lines]
    assert report.totals.paid - report.totals.reversed == sum(
        one.amount if one.kind is Kind.PAID else -one.amount for one in lines
    )


@given(st.binary(max_size=700))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for one in (content, TWO[:258] + content, TWO[:-258] + content):
        try:
            read(one)
        except FileMalformed as refused:
            faults = refused.faults
        else:
            continue
        assert faults


@given(st.integers(0, len(TWO) - 1), st.integers(0, 255))
def test_one_changed_byte_is_refused_or_changes_nothing_but_a_text(at: int, byte: int) -> None:
    content = TWO[:at] + bytes([byte]) + TWO[at + 1 :]
    try:
        lines, report = read(content)
    except FileMalformed:
        return
    assert [one.amount for one in lines] == [6_000, 2_000]
    assert report.totals.paid == 8_000


@dataclass
class Pieces(io.RawIOBase):
    """A file that hands out a few bytes at a time, as a slow upload does."""

    content: bytes
    size: int

    def read(self, size: int | None = -1) -> bytes:
        piece, self.content = self.content[: self.size], self.content[self.size :]
        return piece


@pytest.mark.parametrize("size", [1, 7, 255, 256, 257, 258, 259])
def test_it_does_not_matter_in_which_pieces_a_file_comes(size: int) -> None:
    statement = Statement(Pieces(TWO, size))  # type: ignore[arg-type]

    assert len(list(statement)) == 2
    assert statement.report().totals.paid == 8_000


def test_a_report_is_given_only_of_a_file_that_was_read() -> None:
    statement = Statement(io.BytesIO(TWO))

    for _ in statement:
        with pytest.raises(ValueError, match="not read to its end"):
            statement.report()
    assert statement.report().totals.paid_count == 2


@pytest.mark.parametrize(
    ("said", "header"),
    [
        ({"ref1": "A" * 21}, HEADER),
        ({"payer": "ก" * 51}, HEADER),
        ({"amount": 10**13}, HEADER),
        ({"payer": "🙂"}, HEADER),
    ],
)
def test_what_does_not_fit_into_a_record_is_not_written(
    said: dict[str, object], header: Header
) -> None:
    with pytest.raises(ValueError, match=r"characters|digits|codec"):
        list(write(header, [payment(**said)]))


def test_a_month_of_shuffled_payments_sums_to_the_satang() -> None:
    chance = Random(7)  # noqa: S311 - a test
    lines = [
        payment(
            amount=chance.randint(1, 10**7),
            kind=chance.choice(tuple(Kind)),
            paid_at=NOON + timedelta(seconds=number),
        )
        for number in range(3_000)
    ]
    chance.shuffle(lines)
    found, report = read(file_of(lines))

    assert len(found) == 3_000
    assert report.totals.paid == sum(one.amount for one in lines if one.kind is Kind.PAID)
