"""Draw numbers of registers, and enter what each of them stands for.

A number is drawn in the transaction that writes what it is for, so that none is lost and none is
given twice, whatever is cut off in between. Whoever comes at the same moment shares one
transaction, so that nobody waits long.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add_later,
    audit,
    into,
    need,
    numbers,
    read_reason,
    transaction,
)
from kit.documents import quoted_number
from kit.thai import buddhist_year
from plugins.eoffice.rules.registers import MASKED, is_secret
from plugins.eoffice.service.rights import REGISTER
from plugins.eoffice.tables.registers import Entry

PAGE = 50
MOST_RESERVED = 50  # at a time; an office reserves a handful for letters of the same day

_ENTRIES = into(Entry)
_NO_NUMBER = Text("ไม่พบเลขนี้ในทะเบียน", "There is no such number in the register.")
NOT_RESERVED = Text(
    "เลขนี้ไม่ได้จองไว้ หรือใช้หรือยกเลิกไปแล้ว เลือกเลขอื่น",
    "This number is not reserved, or was used or made void. Choose another.",
)
_HOW_MANY = Text(
    f"จองได้ครั้งละ 1 ถึง {MOST_RESERVED} เลข", f"Reserve 1 to {MOST_RESERVED} numbers at a time."
)
_BLANK: Mapping[str, Any] = dict.fromkeys(
    ("letter_number", "sender", "recipient", "subject", "action", "remark"), ""
)


class Drawn(NamedTuple):
    """A number of a register and year."""

    register: str
    year: int
    number: int

    @property
    def quoted(self) -> str:
        """As it is shown, e.g. ``1254/2569``."""
        return quoted_number(self.number, self.year)


def quoted(entry: Mapping[str, Any]) -> str:
    """Return the number of an entry as it is shown."""
    return quoted_number(entry["number"], entry["year"])


class Entering(NamedTuple):
    """What is to be entered under the next number.

    :param facts: columns of the entry.
    :param write: writes what the number is for, in its transaction, once it is drawn.
    """

    ctx: Context
    register: str
    facts: Mapping[str, Any]
    write: Callable[[Drawn], Awaitable[None]]


async def enter(
    ctx: Context,
    register: str,
    facts: Mapping[str, Any],
    write: Callable[[Drawn], Awaitable[None]],
) -> Drawn:
    """Enter a letter under the next number of a register, together with who comes meanwhile.

    :param facts: columns of the entry, ``letter_id`` among them.
    :param write: writes what the number is for; when it raises, nothing is entered.
    """
    item = Entering(ctx, register, facts, write)
    drawn: Drawn = await ctx.host.batches.join(ctx, "eoffice.entry", item, _enter)
    return drawn


async def _enter(ctx: Context, items: Sequence[Entering]) -> list[Drawn]:
    drawn: dict[int, Drawn] = {}
    async with transaction(ctx):
        by_series = sorted(items, key=_series)
        for (register, year), same in groupby(by_series, key=_series):
            some = list(same)
            series = f"eoffice/{register}/{year}"
            for number, one in zip(
                await numbers.draw_some(ctx, series, len(some)), some, strict=True
            ):
                drawn[id(one)] = Drawn(register, year, number)
                await one.write(drawn[id(one)])
                write(one.ctx, drawn[id(one)], "used", one.facts)
    return [drawn[id(one)] for one in items]


def _series(item: Entering) -> tuple[str, int]:
    return item.register, buddhist_year(item.ctx.today)


async def enter_here(ctx: Context, register: str, facts: Mapping[str, Any]) -> Drawn:
    """Enter a letter under the next number, in the transaction that is open."""
    year = buddhist_year(ctx.today)
    drawn = Drawn(register, year, await numbers.draw(ctx, f"eoffice/{register}/{year}"))
    write(ctx, drawn, "used", facts)
    return drawn


def write(ctx: Context, drawn: Drawn, state: str, facts: Mapping[str, Any]) -> None:
    """Write what stands under a number that was drawn, in the transaction that is open.

    :param state: used or reserved.
    :param facts: columns of the entry.
    """
    masked = {"subject": MASKED.th} if is_secret(drawn.register) else {}
    row = {
        "tenant_id": ctx.tenant.id,
        **drawn._asdict(),
        "state": state,
        "entered_at": ctx.now,
        "entered_by": ctx.actor.id,
        "entered_by_name": ctx.actor.name,
    }
    add_later(_ENTRIES, {**_BLANK, **facts, **masked, **row})


async def reserve(ctx: Context, register: str, count: int, why: str) -> list[Drawn]:
    """Reserve the next numbers for letters that are signed later.

    :param why: of every one of them; it stands in the register.
    :raises InvalidInput: no reason, or more than is reserved at a time.
    """
    need(ctx, REGISTER)
    reason = read_reason(why)
    if not 1 <= count <= MOST_RESERVED:
        raise InvalidInput({"count": _HOW_MANY})
    year = buddhist_year(ctx.today)
    async with transaction(ctx):
        some = await numbers.draw_some(ctx, f"eoffice/{register}/{year}", count)
        drawn = [Drawn(register, year, number) for number in some]
        for one in drawn:
            write(ctx, one, "reserved", {"remark": reason})
        told = {"numbers": [one.quoted for one in drawn], "why": reason}
        await record(ctx, "eoffice.number.reserved", register, **told)
    return drawn


async def record(ctx: Context, action: str, register: str, /, **detail: Any) -> None:
    """Note in the trail what was done; of a register of secret documents only that it was done."""
    told = {} if is_secret(register) else detail
    await audit.record(ctx, action, f"register/{register}", **told)


async def void(ctx: Context, drawn: Drawn, why: str) -> None:
    """Make a reserved number void: it stays in the register with the reason, and is never used.

    :raises Conflict: it is not reserved.
    """
    need(ctx, REGISTER)
    reason = read_reason(why)
    async with transaction(ctx):
        await _take_reserved(ctx, drawn, {Entry.state: "void", Entry.remark: reason})
        told = {"number": drawn.quoted, "why": reason}
        await record(ctx, "eoffice.number.voided", drawn.register, **told)


async def use_reserved(ctx: Context, drawn: Drawn, facts: Mapping[str, Any]) -> None:
    """Enter a letter under a number that was reserved, in the transaction that is open.

    :raises Conflict: it is not reserved any more.
    """
    used = {getattr(Entry, name): value for name, value in facts.items() if name != "remark"}
    await _take_reserved(ctx, drawn, {Entry.state: "used", **used})


async def _take_reserved(ctx: Context, drawn: Drawn, change: Mapping[Any, Any]) -> None:
    moved = (
        await Entry.update(dict(change))
        .where(Entry.of(ctx), *_at(drawn), Entry.state == "reserved")
        .returning(Entry.number)
    )
    if not moved:
        raise Conflict(NOT_RESERVED)


def _at(drawn: Drawn) -> tuple[Any, ...]:
    return (
        Entry.register == drawn.register,
        Entry.year == drawn.year,
        Entry.number == drawn.number,
    )


async def note_action(ctx: Context, letter: UUID, action: str) -> None:
    """Write in every register where a letter stands what was done with it (การปฏิบัติ)."""
    await Entry.update({Entry.action: action[:300]}).where(Entry.of(ctx), Entry.letter_id == letter)


async def entries_of(ctx: Context, letter: UUID) -> list[dict[str, Any]]:
    """Return under which numbers a letter stands, the first entered first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Entry.select()
            .where(Entry.of(ctx), Entry.letter_id == letter)
            .order_by(Entry.entered_at)
        )
    return rows


async def get_entry(ctx: Context, drawn: Drawn) -> dict[str, Any]:
    """Return what stands under a number.

    :raises NotFound: it was not drawn yet.
    """
    async with transaction(ctx):
        row: dict[str, Any] | None = await Entry.select().where(Entry.of(ctx), *_at(drawn)).first()
    if row is None:
        raise NotFound(_NO_NUMBER)
    return row


async def page_of(
    ctx: Context, register: str, year: int, *, before: int = 0
) -> list[dict[str, Any]]:
    """Return entries of a register and year, the last first.

    :param before: only those under a smaller number; 0: from the last.
    """
    query = Entry.select().where(Entry.of(ctx), Entry.register == register, Entry.year == year)
    if before:
        query = query.where(Entry.number < before)
    async with transaction(ctx):
        rows: list[dict[str, Any]] = await query.order_by(Entry.number, ascending=False).limit(PAGE)
    return rows


async def span_of(ctx: Context, register: str, year: int, first: int, last: int) -> Sequence[Any]:
    """Return the entries of a register between two numbers, both included, in their order."""
    async with transaction(ctx):
        rows: Sequence[Any] = (
            await Entry.select()
            .where(
                Entry.of(ctx),
                Entry.register == register,
                Entry.year == year,
                Entry.number >= first,
                Entry.number <= last,
            )
            .order_by(Entry.number)
        )
    return rows


_LAST = """
SELECT register, max(number) AS number FROM eoffice.entry
WHERE tenant_id = $1 AND year = $2 GROUP BY register
"""
_YEARS = """
SELECT DISTINCT year FROM eoffice.entry WHERE tenant_id = $1 AND register = $2 ORDER BY year DESC
"""


async def last_numbers(ctx: Context, year: int) -> Mapping[str, int]:
    """Return the last number of every register that has one in a year."""
    async with transaction(ctx) as connection:
        found = await connection.fetch(_LAST, ctx.tenant.id, year)
    return {row["register"]: row["number"] for row in found}


async def years_of(ctx: Context, register: str) -> list[int]:
    """Return the years in which a register has entries, the last first."""
    async with transaction(ctx) as connection:
        found = await connection.fetch(_YEARS, ctx.tenant.id, register)
    return [row["year"] for row in found]
