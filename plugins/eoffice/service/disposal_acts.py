"""What is done with a whole list: a committee, its report, the archives, the head, the end.

Law: Regulation on Correspondence B.E. 2526, cl. 66 ff. (order of the steps unverified).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    Text,
    audit,
    people,
    read_reason,
    transaction,
)
from kit.thai import said_day
from plugins.eoffice.rules.disposing import (
    REPLIES,
    Act,
    Member,
    after,
    silent_after,
)
from plugins.eoffice.service.disposal_messages import tell_head
from plugins.eoffice.service.disposals import counts_of, get_disposal
from plugins.eoffice.service.kept import HELD, LENT, demand_office, limits_today
from plugins.eoffice.service.rights import DESTROY, KEEP
from plugins.eoffice.tables.keeping import Disposal, Kept

MOST_MEMBERS = 30

_MOVED = Text(
    "มีผู้แก้บัญชีนี้ไปก่อน หรือบัญชีไปขั้นอื่นแล้ว เปิดหน้านี้ใหม่",
    "Somebody changed this list before you, or it has moved on. Open the page again.",
)
_UNDECIDED = Text("ยังมี {count} รายการที่ไม่ได้พิจารณา", "{count} documents are not decided on yet.")
_COMMITTEE = Text(
    "กรอกกรรมการอย่างน้อย {least} คน บรรทัดละคน ชื่อ | ตำแหน่ง คนแรกเป็นประธาน",
    "Give at least {least} members, one on a line: name | post. The first is the chair.",
)
_NUMBER = Text("กรอกเลขที่ ไม่เกิน 80 ตัวอักษร", "Give its number, at most 80 letters.")
_DAY = Text("วันที่ต้องไม่เกินวันนี้", "The day may not be later than today.")
_BETWEEN = Text("กรอกวันที่ ตั้งแต่ {day} ถึงวันนี้", "Give a day from {day} to today.")
_REPLY = Text("เลือกผลจากรายการ", "Choose how they answered.")
_TOO_SOON = Text(
    "ถือว่าเห็นชอบเพราะไม่แจ้งได้เมื่อพ้นวันที่ {day}", "Silence counts as agreement only after {day}."
)
_METHOD = Text(
    "กรอกวิธีทำลายและผู้ควบคุม หรือผู้รับมอบ", "Say how and before whom it was destroyed, or who took it."
)
_ACTS: Mapping[str, str] = {
    Act.APPOINT: "appointed",
    Act.REPORT: "reported",
    Act.AGREE: "agreed",
    Act.SEND: "sent",
    Act.ANSWER: "answered",
    Act.APPROVE: "approved",
    Act.CARRY_OUT: "carried_out",
    Act.DROP: "dropped",
}
# The head decides what the head is asked; all else is noted by who keeps documents.
OF_HEAD = frozenset({Act.AGREE, Act.APPROVE})
# Whoever holds or lends one of them meanwhile waits, and is then told that the paper is gone.
_LOCK = """
SELECT l.id FROM eoffice.letter l
WHERE l.tenant_id = $1 AND l.id IN (SELECT i.letter_id FROM eoffice.disposal_item i
  WHERE i.tenant_id = $1 AND i.disposal_id = $2)
ORDER BY l.id FOR UPDATE
"""
_END = f"""
UPDATE eoffice.disposal_item i SET outcome = CASE
  WHEN i.decision IN ('keep', 'forever', 'own') THEN 'kept'
  WHEN {HELD} THEN 'held' WHEN {LENT} THEN 'lent'
  WHEN i.decision = 'archives' THEN 'archived' ELSE 'destroyed' END
FROM eoffice.letter l
WHERE i.tenant_id = $1 AND i.disposal_id = $2 AND l.tenant_id = $1 AND l.id = i.letter_id
"""  # noqa: S608 - our own words
_SETTLE = """
UPDATE eoffice.kept k SET
  stage = CASE WHEN i.outcome IN ('destroyed', 'archived') THEN i.outcome ELSE k.stage END,
  ended_on = CASE WHEN i.outcome IN ('destroyed', 'archived') THEN $3::date END,
  disposal = CASE WHEN i.outcome IN ('destroyed', 'archived') THEN k.disposal END,
  until = CASE i.decision WHEN 'keep' THEN i.until WHEN 'forever' THEN NULL ELSE k.until END,
  why = CASE WHEN i.decision IN ('keep', 'forever') THEN i.why ELSE k.why END
FROM eoffice.disposal_item i
WHERE i.tenant_id = $1 AND i.disposal_id = $2 AND k.tenant_id = $1 AND k.letter_id = i.letter_id
"""
_FOR_GOOD = """
UPDATE eoffice.letter l SET retention = 'history', revision = l.revision + 1
FROM eoffice.disposal_item i
WHERE i.tenant_id = $1 AND i.disposal_id = $2 AND i.decision = 'forever'
  AND l.tenant_id = $1 AND l.id = i.letter_id
"""


async def _step(
    ctx: Context, disposal: UUID, act: Act, revision: int, change: Mapping[Any, Any], **said: Any
) -> dict[str, Any]:
    """Do something with a list, in the transaction that is open; return it as it stood before.

    :param revision: on which state of it the page was based.
    """
    demand_office(ctx, DESTROY if act in OF_HEAD else KEEP)
    row = await get_disposal(ctx, disposal)
    state = after(row["kind"], act, row["state"])
    if state is None:
        raise Conflict(_MOVED)
    moved = (
        await Disposal.update(
            {Disposal.state: state, Disposal.revision: Disposal.revision + 1, **change}
        )
        .where(
            Disposal.of(ctx),
            Disposal.id == disposal,
            Disposal.state == row["state"],
            Disposal.revision == revision,
        )
        .returning(Disposal.id)
    )
    if not moved:
        raise Conflict(_MOVED)
    await audit.record(ctx, f"eoffice.disposal.{_ACTS[act]}", f"disposal/{disposal}", **said)
    return row


def _number(text: str, field: str) -> str:
    if not 1 <= len(text) <= 80:
        raise InvalidInput({field: _NUMBER})
    return text


def _day(ctx: Context, day: date, field: str, *, first: date | None = None) -> date:
    if first is not None and not first <= day <= ctx.today:
        raise InvalidInput({field: _BETWEEN.format(day=said_day(first))})
    if day > ctx.today:
        raise InvalidInput({field: _DAY})
    return day


async def appoint(
    ctx: Context,
    disposal: UUID,
    committee: list[Member] | None,
    *,
    number: str,
    on: date,
    revision: int,
) -> None:
    """Note who looks at the documents of a list, by which order of the head.

    :param committee: the chair first; None where it was not typed as it should be.
    """
    least = (await limits_today(ctx))["destroy.committee"].whole
    if committee is None or not least <= len(committee) <= MOST_MEMBERS:
        raise InvalidInput({"committee": _COMMITTEE.format(least=least)})
    change = {
        Disposal.committee: msgspec.json.encode(committee).decode(),
        Disposal.order_number: _number(number, "number"),
        Disposal.order_on: _day(ctx, on, "on"),
    }
    async with transaction(ctx):
        await _step(ctx, disposal, Act.APPOINT, revision, change, order=number)


async def report(ctx: Context, disposal: UUID, *, revision: int) -> None:
    """Report to the head what the committee decided of every document.

    :raises Conflict: some are not decided on.
    """
    async with transaction(ctx):
        change = {Disposal.reported_on: ctx.today}
        row = await _step(ctx, disposal, Act.REPORT, revision, change)
        decisions, _ = await counts_of(ctx, disposal)
        if decisions.get(""):
            raise Conflict(_UNDECIDED.format(count=decisions[""]))
        await tell_head(ctx, row, Act.REPORT)


async def agree(ctx: Context, disposal: UUID, *, revision: int) -> None:
    """Have a list sent to the National Archives, as the head of the office."""
    change = {Disposal.agreement: await _signed(ctx), Disposal.agreed_at: ctx.now}
    async with transaction(ctx):
        await _step(ctx, disposal, Act.AGREE, revision, change)


async def _signed(ctx: Context) -> str:
    seat = await people.signature(ctx, DESTROY)
    return msgspec.json.encode(seat).decode()


async def send(ctx: Context, disposal: UUID, *, number: str, on: date, revision: int) -> None:
    """Note by which letter a list went to the National Archives."""
    change = {
        Disposal.sent_number: _number(number, "number"),
        Disposal.sent_on: _day(ctx, on, "on"),
    }
    async with transaction(ctx):
        row = await _step(ctx, disposal, Act.SEND, revision, change, letter=number)
        before = row["agreed_at"] or ctx.now
        first = before.astimezone(ctx.tenant.zone).date() if row["agreed_at"] else row["drawn_on"]
        _day(ctx, on, "on", first=first)


async def answer(
    ctx: Context,
    disposal: UUID,
    reply: str,
    *,
    number: str = "",
    on: date | None = None,
    revision: int,
) -> None:
    """Note how the National Archives answered, or that they did not in time.

    :param reply: see ``REPLIES``; what they want otherwise was decided of the documents before.
    :raises InvalidInput: their letter is missing, or it is too soon to speak of silence.
    """
    if reply not in REPLIES:
        raise InvalidInput({"reply": _REPLY})
    change: dict[Any, Any] = {Disposal.reply: reply}
    async with transaction(ctx):
        row = await get_disposal(ctx, disposal)
        if reply == "silent":
            await _demand_silence(ctx, row["sent_on"])
        else:
            change[Disposal.reply_number] = _number(number, "number")
            if on is None:
                raise InvalidInput({"on": _DAY})
            change[Disposal.replied_on] = _day(ctx, on, "on", first=row["sent_on"])
        await _step(ctx, disposal, Act.ANSWER, revision, change, reply=reply)
        await tell_head(ctx, row, Act.ANSWER)


async def _demand_silence(ctx: Context, sent_on: date | None) -> None:
    if sent_on is None:
        raise Conflict(_MOVED)
    last = silent_after(sent_on, await limits_today(ctx))
    if ctx.today <= last:
        raise InvalidInput({"reply": _TOO_SOON.format(day=said_day(last))})


async def approve(ctx: Context, disposal: UUID, *, revision: int) -> None:
    """Approve that the paper on a list is destroyed, as the head of the office."""
    change = {Disposal.approval: await _signed(ctx), Disposal.approved_at: ctx.now}
    async with transaction(ctx):
        await _step(ctx, disposal, Act.APPROVE, revision, change)


async def carry_out(
    ctx: Context, disposal: UUID, *, on: date, method: str, revision: int
) -> dict[str, int]:
    """Note that the paper on a list was destroyed, or handed over; return how many came to what.

    One that is held or lent by now stays, and comes on the next list. Files stay in any case.
    """
    if not 1 <= len(method) <= 300:
        raise InvalidInput({"method": _METHOD})
    change = {Disposal.done_on: on, Disposal.method: method}
    async with transaction(ctx) as connection:
        row = await _step(ctx, disposal, Act.CARRY_OUT, revision, change, method=method)
        first: date = row["sent_on"]
        if row["approved_at"] is not None:
            first = row["approved_at"].astimezone(ctx.tenant.zone).date()
        _day(ctx, on, "on", first=first)
        values = (ctx.tenant.id, disposal)
        await connection.fetch(_LOCK, *values)
        await connection.execute(_END, *values)
        await connection.execute(_SETTLE, *values, on)
        await connection.execute(_FOR_GOOD, *values)
        _, outcomes = await counts_of(ctx, disposal)
    return outcomes


async def drop(ctx: Context, disposal: UUID, why: str, *, revision: int) -> None:
    """Drop a list; its documents are free for another."""
    reason = read_reason(why)
    async with transaction(ctx):
        await _step(ctx, disposal, Act.DROP, revision, {Disposal.why: reason}, why=reason)
        await Kept.update({Kept.disposal: None}).where(Kept.of(ctx), Kept.disposal == disposal)
