"""A bank's file, read in pieces: its payments as columns, in memory that does not grow.

A line has the same id in whatever file it comes, for banks send files again in which some lines
are new. The id is made of what the line says; it begins with the time of the payment, so that
lines that come together lie together in the indexes.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Sequence
from datetime import date, tzinfo
from functools import lru_cache
from itertools import islice
from typing import BinaryIO, NamedTuple
from uuid import UUID

from anyio import to_thread

from kit.treasury.banking.fixed import Statement
from kit.treasury.banking.plain import Block, NotPlain, Plain, moment
from kit.treasury.banking.statement import Header, Kind, Line, Report
from kit.treasury.service.told import Credits, Told, alone

# Lines that are looked at together: their statement takes a part of a second, and what it sorts
# stays in the memory that the database gives to one.
PIECE = 4_000
_BITS = 1 << 27
_DIGEST = 10  # bytes


class Twins:
    """Which lines of a file may be alike in all that they say.

    Whoever pays the same bill twice in one second makes two lines that are alike and two payments.
    A bit for each line tells most others from them, so that only those that may have a twin are
    counted one by one. What takes a line for another's twin by chance only counts in vain.
    """

    def __init__(self) -> None:
        self._seen = bytearray(_BITS // 8)
        self._twins: set[int] = set()

    def look(self, block: Block) -> None:
        """See some lines, in a first reading of the file."""
        seen = self._seen
        for mark in _marks(block):
            place, bit = mark >> 3, 1 << (mark & 7)
            if seen[place] & bit:
                self._twins.add(mark)
            seen[place] |= bit

    def among(self, block: Block) -> list[int]:
        """Return the places of lines that may come again, once all were seen."""
        if not self._twins:
            return []
        return [place for place, mark in enumerate(_marks(block)) if mark in self._twins]


def _marks(block: Block) -> Iterator[int]:
    said = zip(block.stamps, block.ref1, block.ref2, block.amounts, block.kinds, strict=True)
    return (hash(one) % _BITS for one in said)


class Survey(NamedTuple):
    """A file that was read to its end.

    :ivar plain: whether it can be read by the block.
    """

    report: Report
    twins: Twins
    plain: bool


def survey(file: BinaryIO) -> Survey:
    """Read a file to its end.

    :raises FileMalformed: it is not as it must be.
    """
    twins = Twins()
    try:
        plain = Plain(file)
        for block in plain.blocks(PIECE):
            twins.look(block)
        return Survey(plain.report(), twins, plain=True)
    except NotPlain:
        file.seek(0)
    twins, statement = Twins(), Statement(file)
    for block in _blocks(statement):
        twins.look(block)
    return Survey(statement.report(), twins, plain=False)


def _blocks(statement: Statement) -> Iterator[Block]:
    lines = iter(statement)
    while some := list(islice(lines, PIECE)):
        yield Block(
            numbers=[line.sequence for line in some],
            stamps=[f"{line.paid_at:%d%m%Y%H%M%S}" for line in some],
            payers=[line.payer for line in some],
            ref1=[line.ref1 for line in some],
            ref2=[line.ref2 for line in some],
            ref3=[line.ref3 for line in some],
            kinds=[line.kind.value for line in some],
            amounts=[line.amount for line in some],
            billers=[line.biller for line in some],
        )


class Piece(NamedTuple):
    """Some lines: what came, and what was taken back."""

    paid: Credits
    back: Sequence[Told]

    def __len__(self) -> int:
        return len(self.paid.ids) + len(self.back)


class Pieces:
    """The lines of a file that was surveyed.

    :param zone: of the municipality.
    :param skip: lines at the beginning that are noted already.
    """

    def __init__(self, file: BinaryIO, survey: Survey, *, zone: tzinfo, skip: int = 0) -> None:
        blocks = Plain(file).blocks(PIECE) if survey.plain else _blocks(Statement(file))
        self._pieces = _pieces(blocks, survey, zone, skip)

    def next(self) -> Piece | None:
        """Return the next lines; none at the end."""
        return next(self._pieces, None)


async def read_ahead(pieces: Pieces) -> AsyncGenerator[Piece, None]:
    """Yield the pieces, each read in a thread while the database is busy with the one before."""
    ahead = asyncio.create_task(to_thread.run_sync(pieces.next))
    try:
        while (piece := await ahead) is not None:
            ahead = asyncio.create_task(to_thread.run_sync(pieces.next))
            yield piece
    finally:
        await asyncio.wait([ahead])


def _pieces(blocks: Iterator[Block], survey: Survey, zone: tzinfo, skip: int) -> Iterator[Piece]:
    counted: Counter[tuple[object, ...]] = Counter()
    header = survey.report.header
    for block in blocks:
        again = _again(block, survey.twins.among(block), counted)
        rest = Block._make(column[skip:] for column in block) if skip else block
        if rest.kinds:
            times = {place - skip: count for place, count in again.items()}
            yield _piece(rest, header.bank + header.account, zone, times, header)
        skip = max(0, skip - len(block.kinds))


def _again(
    block: Block, places: Sequence[int], counted: Counter[tuple[object, ...]]
) -> dict[int, int]:
    """Return of lines that said the same before how often they have said it by now."""
    again = {}
    for place in places:
        said = (block.stamps[place], block.kinds[place], *_what(block, place))
        counted[said] += 1
        if counted[said] > 1:
            again[place] = counted[said]
    return again


def _what(block: Block, place: int) -> tuple[str, str, int]:
    return block.ref1[place], block.ref2[place], block.amounts[place]


@lru_cache(maxsize=20_000)
def _when(stamp: str, zone: tzinfo) -> tuple[int, date, str]:
    """Return seconds of Unix time, the day in the municipality, and how an id begins."""
    instant = moment(stamp)
    seconds = int(instant.timestamp())
    return seconds, instant.astimezone(zone).date(), f"{seconds * 1_000:012x}"


def _piece(block: Block, place: str, zone: tzinfo, again: dict[int, int], header: Header) -> Piece:
    whens = [_when(stamp, zone) for stamp in block.stamps]
    ids = [
        when[2] + _digest(f"{place}{kind}{stamp}/{ref1}/{ref2}/{amount}".encode())
        for when, kind, stamp, ref1, ref2, amount in zip(
            whens, block.kinds, block.stamps, block.ref1, block.ref2, block.amounts, strict=True
        )
    ]
    for at, times in again.items():
        if at >= 0:
            ids[at] = whens[at][2] + _digest(f"{ids[at]}/{times}".encode())
    back = [at for at, kind in enumerate(block.kinds) if kind == Kind.REVERSED]
    taken = [Told(line=_line(block, at, header), id=UUID(ids[at])) for at in back]
    if back:
        paid = [at for at, kind in enumerate(block.kinds) if kind != Kind.REVERSED]
        block = Block._make([column[at] for at in paid] for column in block)
        ids, whens = [ids[at] for at in paid], [whens[at] for at in paid]
    return Piece(_credits(block, ids, whens), taken)


def _digest(said: bytes) -> str:
    return hashlib.blake2b(said, digest_size=_DIGEST).hexdigest()


def _credits(block: Block, ids: Sequence[str], whens: Sequence[tuple[int, date, str]]) -> Credits:
    return Credits(
        ids=ids,
        keys=(),
        amounts=block.amounts,
        at=[when[0] for when in whens],
        days=[when[1] for when in whens],
        ref1=block.ref1,
        ref2=block.ref2,
        ref3=block.ref3,
        payers=block.payers,
        told=(),
        places=block.numbers,
        alone=alone(block.ref1),
        billers=block.billers,
    )


def _line(block: Block, at: int, header: Header) -> Line:
    return Line(
        bank=header.bank,
        account=header.account,
        kind=Kind(block.kinds[at]),
        amount=block.amounts[at],
        paid_at=moment(block.stamps[at]),
        ref1=block.ref1[at],
        ref2=block.ref2[at],
        ref3=block.ref3[at],
        payer=block.payers[at],
        biller=block.billers[at],
        sequence=block.numbers[at],
        raw="",
    )
