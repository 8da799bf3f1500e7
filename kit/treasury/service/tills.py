"""Tills: drawers for money, each in the hands of one collector from its opening to its closing.

Law: Regulation of the Ministry of Interior on receipt, disbursement, deposit, custody and audit
of money of local governments B.E. 2566 (unverified clause by clause): each collector hands over
the money of a day, on that day, with a remittance slip.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotAllowed,
    NotFound,
    Text,
    audit,
    new_id,
    transaction,
)
from kit.thai import said_day
from kit.treasury.service.days import CLOSE, keep_open
from kit.treasury.service.ledger import CASH, Entry, balance, cash, cheque, post
from kit.treasury.tables.tills import Closing, Till

COLLECT = "treasury.collect"
FIRST = "1"
MOST_CHANGE = 10_000_000  # satang

NO_MONEY = Text(
    "บัญชีของท่านไม่มีสิทธิรับเงิน ติดต่อกองคลัง",
    "Your account takes no money. Ask the finance division.",
)
_NOT_FOUND = Text("ไม่พบช่องรับเงินนี้", "There is no such till.")
_RETIRED = Text(
    "ช่อง {till} เลิกใช้แล้ว เลือกช่องอื่น", "Till {till} is not used any more. Choose another."
)
_CLOSED = Text(
    "ช่อง {till} ของวันที่ {day} ปิดและนำส่งแล้ว รับหรือคืนเงินในวันนั้นอีกไม่ได้ เปิดช่องอื่น หรือทำรายการในวันทำการถัดไป",
    "Till {till} is closed for {day}: nothing is taken or given back any more. "
    "Open another till, or do it on the next day.",
)
_NOT_OPEN = Text(
    "ท่านยังไม่ได้เปิดช่อง {till} ของวันนี้ เปิดช่องก่อนรับเงิน",
    "You have not opened till {till} today. Open it before you take money.",
)
_TAKEN = Text(
    "ช่อง {till} ยังเปิดอยู่โดย {name} ตั้งแต่วันที่ {day} ปิดช่องและนำส่งเงินก่อน",
    "Till {till} is open in the hands of {name} since {day}. Close it and hand its money over.",
)
_CHANGE = Text(
    "เงินทอนตั้งต้นต้องไม่ติดลบ และไม่เกิน 100,000 บาท",
    "The cash for change is between 0 and 100,000 baht.",
)


async def tills_of(ctx: Context) -> list[dict[str, Any]]:
    """Return the tills, by code; an office that has none has one, which its first opening makes."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Till.select(Till.code, Till.name, Till.unit, Till.state)
            .where(Till.of(ctx))
            .order_by(Till.code)
        )
    return rows or [{"code": FIRST, "name": _first_name(), "unit": "", "state": "open"}]


def _first_name() -> str:
    return Text("ช่องรับเงิน 1", "Till 1").th


async def add_till(ctx: Context, *, code: str, name: str, unit: str = "") -> None:
    """Set up a till.

    :param code: up to 20 letters and digits, as it is printed on slips.
    :raises NotAllowed: the actor may not.
    :raises InvalidInput: a code that is used, or is none.
    """
    _demand_director(ctx)
    mark, title = code.strip(), " ".join(name.split())
    problems: dict[str, Text] = {}
    if not (1 <= len(mark) <= 20 and mark.replace("-", "").isalnum()):
        problems["code"] = Text(
            "รหัสช่องใช้ตัวอักษรหรือตัวเลข ไม่เกิน 20 ตัว เช่น 2",
            "The code is up to 20 letters or digits, e.g. 2.",
        )
    if not 1 <= len(title) <= 100:
        problems["name"] = Text(
            "ตั้งชื่อช่องไม่เกิน 100 ตัวอักษร เช่น เคาน์เตอร์กองคลัง 2",
            "Name the till in at most 100 letters, e.g. Counter 2.",
        )
    if problems:
        raise InvalidInput(problems)
    async with transaction(ctx):
        await _begin(ctx)
        if not await _make(ctx, mark, title, unit):
            raise InvalidInput(
                {"code": Text("มีช่องรหัสนี้แล้ว ใช้รหัสอื่น", "There is a till of this code. Use another.")}
            )
        await audit.record(ctx, "treasury.till.added", f"till/{mark}", name=title)


async def retire_till(ctx: Context, code: str, *, retired: bool) -> None:
    """Take a till out of use, or back into it; its days stay.

    :raises Conflict: somebody has it open.
    :raises NotFound: there is none.
    """
    _demand_director(ctx)
    async with transaction(ctx):
        await _take(ctx, code)
        row = await _open_at(ctx, Closing.till == code)
        if row is not None and retired:
            raise Conflict(_said(_TAKEN, row))
        state = "retired" if retired else "open"
        await Till.update({Till.state: state}).where(Till.of(ctx), Till.code == code)
        action = "treasury.till.retired" if retired else "treasury.till.reopened"
        await audit.record(ctx, action, f"till/{code}")


def _demand_director(ctx: Context) -> None:
    if not ctx.actor.may(CLOSE):
        raise NotAllowed(
            Text(
                "การตั้งช่องรับเงินทำได้เฉพาะผู้อำนวยการกองคลัง",
                "Only the director of finance sets up tills.",
            )
        )


async def _begin(ctx: Context) -> None:
    """Give an office without tills the one that :func:`tills_of` tells of."""
    if not await Till.exists().where(Till.of(ctx)):
        await _make(ctx, FIRST, _first_name(), "")


async def _make(ctx: Context, code: str, name: str, unit: str) -> bool:
    async with transaction(ctx) as connection:
        made = await connection.fetchval(
            "INSERT INTO treasury.till (tenant_id, id, code, name, unit, state)"
            " VALUES ($1, $2, $3, $4, $5, 'open')"
            " ON CONFLICT (tenant_id, code) DO NOTHING RETURNING id",
            ctx.tenant.id,
            new_id(),
            code,
            name,
            unit,
        )
    return made is not None


async def _take(ctx: Context, code: str) -> Mapping[str, Any]:
    """Return a till and keep it as it is until this change is done.

    :raises NotFound: there is none.
    """
    await _begin(ctx)
    async with transaction(ctx) as connection:
        row: Mapping[str, Any] | None = await connection.fetchrow(
            "SELECT code, name, state FROM treasury.till"
            " WHERE tenant_id = $1 AND code = $2 FOR UPDATE",
            ctx.tenant.id,
            code,
        )
    if row is None:
        raise NotFound(_NOT_FOUND)
    return row


_OPEN = """
INSERT INTO treasury.closing (tenant_id, id, till, collector, collector_name, collector_post, day,
  opened_at, change) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT DO NOTHING RETURNING id
"""


async def open_till(ctx: Context, code: str, *, change: int = 0) -> UUID:
    """Open a till for the actor's day and return the day's id; what is open stays so.

    :param change: satang of cash to give change from, which the treasury hands out.
    :raises NotAllowed: the actor takes no money.
    :raises Conflict: it is in other hands, or closed for today, or the actor has another open.
    """
    if not ctx.actor.may(COLLECT):
        raise NotAllowed(NO_MONEY)
    if not 0 <= change <= MOST_CHANGE:
        raise InvalidInput({"change": _CHANGE})
    async with transaction(ctx) as connection:
        till = await _take(ctx, code)
        if till["state"] != "open":
            raise Conflict(_RETIRED.format(till=code))
        await keep_open(ctx, ctx.today)
        who = (ctx.actor.id, ctx.actor.name, ctx.actor.post)
        id = await connection.fetchval(
            _OPEN, ctx.tenant.id, new_id(), code, *who, ctx.today, ctx.now, change
        )
        if id is None:
            return await _open_already(ctx, code)
        if change:
            begun = Entry(kind="change", debit=cash(code), credit=CASH, amount=change)
            await post(ctx, [begun])
        await audit.record(ctx, "treasury.till.opened", f"closing/{id}", till=code, change=change)
    opened: UUID = id
    return opened


async def _open_already(ctx: Context, code: str) -> UUID:
    """Return the day that the actor has open at this till, or say what keeps it from opening."""
    mine = await _open_at(ctx, Closing.collector == ctx.actor.id)
    if mine is not None and mine["till"] == code and mine["day"] == ctx.today:
        known: UUID = mine["id"]
        return known
    blocking = mine or await _open_at(ctx, Closing.till == code)
    if blocking is not None:
        raise Conflict(_said(_TAKEN, blocking))
    raise Conflict(_CLOSED.format(till=code, day=said_day(ctx.today)))


async def _open_at(ctx: Context, which: Any) -> dict[str, Any] | None:
    row: dict[str, Any] | None = (
        await Closing.select().where(Closing.of(ctx), Closing.closed_at.is_null(), which).first()
    )
    return row


def _said(sentence: Text, row: Mapping[str, Any]) -> Text:
    return sentence.format(till=row["till"], name=row["collector_name"], day=said_day(row["day"]))


async def till_of(ctx: Context) -> dict[str, Any] | None:
    """Return the day that the actor has open: id, till, day, opened_at, change; None without."""
    async with transaction(ctx):
        return await _open_at(ctx, Closing.collector == ctx.actor.id)


_MINE = """
SELECT id FROM treasury.closing
WHERE tenant_id = $1 AND till = $2 AND collector = $3 AND day = $4 AND closed_at IS NULL
"""


async def demand_open(ctx: Context, code: str, *, alone: bool = False) -> UUID:
    """Keep the actor's till of today open until this change is done, and return its day's id.

    :param alone: nobody else changes its cash meanwhile, as paying out needs.
    :raises Conflict: it is not open, or closed already.
    """
    async with transaction(ctx) as connection:
        found: UUID | None = await connection.fetchval(
            _MINE + ("FOR UPDATE" if alone else "FOR SHARE"),
            ctx.tenant.id,
            code,
            ctx.actor.id,
            ctx.today,
        )
        if found is not None:
            return found
        closed = await Closing.exists().where(
            Closing.of(ctx),
            Closing.till == code,
            Closing.collector == ctx.actor.id,
            Closing.day == ctx.today,
        )
    if closed:
        raise Conflict(_CLOSED.format(till=code, day=said_day(ctx.today)))
    raise Conflict(_NOT_OPEN.format(till=code))


async def leaving(ctx: Context, paid: Mapping[str, Any], afterwards: str) -> str:
    """Return the account from which the money of a cancelled receipt leaves.

    It is the till that took it, while that is open today and still holds as much. Afterwards a
    closed day is not touched: cash is owed back, to be paid out of a till that is open.

    :param paid: account, amount, on_day and taken_by of the payment.
    :param afterwards: the account once the till is closed.
    """
    account: str = paid["account"]
    code = account.partition("/")[2]
    if account not in (cash(code), cheque(code)):
        return account
    async with transaction(ctx) as connection:
        held = paid["on_day"] == ctx.today and await connection.fetchval(
            _MINE + "FOR UPDATE", ctx.tenant.id, code, paid["taken_by"], ctx.today
        )
        enough = held and await balance(ctx, account, ctx.today) >= paid["amount"]
    return account if enough else afterwards
