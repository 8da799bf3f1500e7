"""What is read by the block is what is read line by line."""

import io

from hypothesis import example, given
from hypothesis import strategies as st

from kit.treasury.banking.faults import FileMalformed
from kit.treasury.banking.plain import NotPlain, Plain, moment
from kit.treasury.banking.statement import Line, Report
from tests.kit.treasury.banking.test_fixed import LINES, TWO, file_of, read

Row = tuple[object, ...]


def by_the_block(content: bytes, size: int = 3) -> tuple[list[Row], Report]:
    plain = Plain(io.BytesIO(content))
    rows: list[Row] = []
    for block in plain.blocks(size):
        rows += zip(*block, strict=True)
    return rows, plain.report()


def row(line: Line) -> Row:
    return (
        line.sequence,
        line.paid_at,
        line.payer,
        line.ref1,
        line.ref2,
        line.ref3,
        line.kind.value,
        line.amount,
        line.biller,
    )


def rows_of(content: bytes) -> tuple[list[Row], Report]:
    lines, report = read(content)
    return [row(one) for one in lines], report


def timed(rows: list[Row]) -> list[Row]:
    return [(one[0], moment(str(one[1])), *one[2:]) for one in rows]


@given(
    st.lists(LINES, max_size=8),
    st.sampled_from([256, 450]),
    st.sampled_from(["\r\n", "\n"]),
    st.booleans(),
)
def test_a_right_file_is_read_alike(lines: list[Line], width: int, end: str, cut: bool) -> None:
    content = file_of(lines, width=width, end=end)
    # The last record may do without its end.
    content = content.removesuffix(end.encode()) if cut else content

    rows, report = by_the_block(content)

    assert (timed(rows), report) == rows_of(content)


@given(st.integers(0, len(TWO) - 1), st.integers(0, 255))
@example(1, 0x0D)
@example(len(TWO) - 3, 0x0A)
def test_what_is_taken_by_the_block_is_taken_line_by_line_alike(at: int, byte: int) -> None:
    content = TWO[:at] + bytes([byte]) + TWO[at + 1 :]
    try:
        rows, report = by_the_block(content)
    except NotPlain:
        return
    assert (timed(rows), report) == rows_of(content)


@given(st.binary(max_size=700))
def test_any_bytes_are_plain_or_not(content: bytes) -> None:
    for one in (content, TWO[:258] + content, TWO[:-258] + content):
        try:
            rows, report = by_the_block(one)
        except NotPlain:
            continue
        try:
            assert (timed(rows), report) == rows_of(one)
        except FileMalformed as refused:
            raise AssertionError(refused.sentence.en) from refused
