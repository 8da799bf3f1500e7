import tracemalloc
from collections import deque
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import BinaryIO, cast

from kit.thai import BANGKOK
from kit.treasury.banking.cutting import cut
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
MILLION = 1_000_000
MIDNIGHT = datetime(2026, 7, 1, tzinfo=BANGKOK)


def payments(count: int) -> Iterator[Line]:
    for number in range(count):
        yield Line(
            bank="014",
            account="1234567890",
            kind=Kind.PAID,
            amount=6_000 + number % 1_000,
            paid_at=MIDNIGHT + timedelta(seconds=number % 86_400),
            ref1=f"{number:012}",
            ref2="256907",
            payer="นาย สมชาย ใจดี",
            biller="099400061772101",
            payer_bank="004",
            raw="",
        )


class Made:
    """A file whose bytes come into being while it is read."""

    def __init__(self, records: Iterator[bytes]) -> None:
        self.records = records

    def read(self, size: int) -> bytes:
        piece = bytearray()
        for record in self.records:
            piece += record
            if len(piece) > size - 500:
                break
        return bytes(piece)


def test_memory_does_not_grow_with_the_file() -> None:
    peaks = []
    for count in (2_000, 20_000):
        statement = Statement(cast(BinaryIO, Made(write(HEADER, payments(count)))))
        tracemalloc.start()
        deque(statement, maxlen=0)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert statement.report().totals.paid_count == count

    assert peaks[1] < peaks[0] * 1.3


def test_a_million_lines_are_read_at_sixty_thousand_a_second() -> None:
    # As many as six digits number, so that the last record bears number 000000 again.
    head, detail, _ = (one.decode("cp874") for one in write(HEADER, payments(1), end="\n"))
    count = MILLION - 1
    trailer = f"T0000010141234567890{0:019}{6_000 * count:013}{count:06}".ljust(256) + "\n"

    def records() -> Iterator[bytes]:
        yield head.encode("cp874")
        before, behind = b"D", detail[7:].encode("cp874")
        for number in range(2, count + 2):
            yield b"%b%06d%b" % (before, number % MILLION, behind)
        yield trailer.encode("cp874")

    statement = Statement(cast(BinaryIO, Made(records())))
    last = deque(statement, maxlen=1)

    assert statement.report().totals.paid == 6_000 * count
    assert last[0].sequence == 0


def test_lines_are_cut_at_every_kind_of_end_and_nowhere_else() -> None:
    content = b"a\r\nb\nc\rd\n\r\ne\x0b\x0cf\x85g\r"

    for size in range(1, len(content) + 1):
        pieces = iter([content[at : at + size] for at in range(0, len(content), size)])
        file = cast(BinaryIO, Made(pieces))
        assert list(cut(file)) == [b"a", b"b", b"c", b"d", b"", b"e\x0b\x0cf\x85g"]
