"""An office sets a figure of law from a day on, or withdraws one that has not begun.

What was once in force is neither changed nor deleted: a figure is followed by another one, and
only one that has not begun can be withdrawn. A day that has passed gets no other value; for it
an office can only say that it has read the text.
"""

from datetime import date, datetime
from typing import Any

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    Text,
    add,
    audit,
    need,
    new_id,
    read_reason,
    transaction,
)
from kit.law.dated import Entry
from kit.law.faults import fault_of
from kit.law.reading import Dated, Setting, get_figure, get_setting, limits_on
from kit.law.rulebook import Rulebook
from kit.law.tables import Figure
from kit.thai import full_moment, said_day

_FURTHEST_YEARS = 10

_PAST = Text(
    "วันที่ผ่านมาแล้วเปลี่ยนค่าไม่ได้ เพราะมีคำขอที่ตรวจด้วยค่า {value} ไปแล้ว เลือกวันนี้หรือวันหลังจากนี้ "
    "หรือคงค่าเดิมไว้ถ้าเพียงยืนยันว่าอ่านตัวบทแล้ว",
    "A day that has passed keeps its {value}: requests were held against it. Choose today or "
    "later, or leave the value as it is to confirm that you have read the text.",
)
_TOO_FAR = Text("{day} ไกลเกินไป ตรวจปี พ.ศ. อีกครั้ง", "{day} is too far off. Look at the year again.")
_CHANGED = Text(
    "{name} แก้เกณฑ์นี้เมื่อ {moment} ดูที่เปลี่ยนก่อน แล้วบันทึกอีกครั้ง สิ่งที่กรอกไว้ยังอยู่",
    "{name} changed this figure on {moment}. Look at the change first, then save again; what you "
    "filled in is still here.",
)
_BEGUN = Text(
    "ค่านี้เริ่มใช้แล้วตั้งแต่ {day} ถอนไม่ได้ ถ้าไม่ถูกต้อง กำหนดค่าใหม่ที่เริ่มวันนี้หรือวันหลังจากนี้",
    "This figure has held since {day} and cannot be withdrawn. If it is wrong, set another one "
    "from today or a later day.",
)
_WITHDRAWN = Text(
    "{name} ถอนค่านี้แล้วเมื่อ {moment} ไม่ต้องทำอะไรอีก",
    "{name} withdrew this figure on {moment}. There is nothing left to do.",
)


async def set_figure(
    ctx: Context,
    book: Rulebook,
    code: str,
    *,
    permission: str,
    value: str,
    law: str,
    why: str,
    since: date,
    revision: int,
) -> None:
    """Let a figure hold in the office from a day on.

    :param permission: of the plugin, which the officer must hold.
    :param value: satang where it is money; as the figure of now where the rule is the law itself.
    :param since: today or later; a day that has passed only where the value stays the same.
    :param revision: of the figure that the officer had before them.
    :raises InvalidInput: by field: no rule can reckon with it, or the day is one that passed.
    :raises Conflict: somebody else has set or withdrawn it meanwhile.
    :raises NotFound: no rule asks for one of this code.
    """
    need(ctx, permission)
    known = await get_figure(ctx, book, code)
    said = read_reason(why)
    entry = Entry(
        code=code, since=since, value=value, law=" ".join(law.split()), source=said, verified=True
    )
    await _check(ctx, book, entry)
    # Where nobody has done anything yet there is nothing that could have been missed.
    fresh = known.revision in (0, revision)
    if not (fresh and await _add(ctx, book, entry, number=len(known.settings) + 1)):
        raise _told(await get_figure(ctx, book, code))


async def _add(ctx: Context, book: Rulebook, entry: Entry, *, number: int) -> bool:
    """Keep an entry; return whether nobody else has taken its number meanwhile."""
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "plugin": book.plugin,
        "code": entry.code,
        "number": number,
        "since": entry.since,
        "value": entry.value,
        "law": entry.law,
        "why": entry.source,
        "made_at": ctx.now,
        "made_by_name": ctx.actor.name,
    }
    facts: dict[str, Any] = {"value": entry.value, "since": entry.since.isoformat()}
    facts |= {"law": entry.law, "why": entry.source}
    async with transaction(ctx):
        added = await add(Figure, row, unless=("tenant_id", "plugin", "code", "number"))
        if added:
            await audit.record(ctx, "law.figure.set", _subject(book, entry.code), **facts)
    return added


async def withdraw_figure(
    ctx: Context, book: Rulebook, code: str, number: int, *, permission: str, why: str
) -> None:
    """Withdraw a figure of the office that has not begun.

    :param number: which of the code.
    :param permission: of the plugin, which the officer must hold.
    :raises InvalidInput: no reason is given.
    :raises Conflict: it has begun, or was withdrawn already.
    :raises NotFound: there is none.
    """
    need(ctx, permission)
    said = read_reason(why)
    await get_setting(ctx, book, code, number)
    values: dict[Any, Any] = {
        Figure.withdrawn_at: ctx.now,
        Figure.withdrawn_why: said,
        Figure.withdrawn_by_name: ctx.actor.name,
    }
    async with transaction(ctx):
        changed = (
            await Figure.update(values)
            .where(
                Figure.of(ctx),
                Figure.plugin == book.plugin,
                Figure.code == code,
                Figure.number == number,
                Figure.since > ctx.today,
                Figure.withdrawn_at.is_null(),
            )
            .returning(Figure.since)
        )
        if changed:
            facts = {"why": said, "since": changed[0]["since"].isoformat()}
            await audit.record(ctx, "law.figure.withdrawn", _subject(book, code), **facts)
    if not changed:
        raise _kept(await get_setting(ctx, book, code, number))


def _subject(book: Rulebook, code: str) -> str:
    return f"figure/{book.plugin}/{code}"


async def _check(ctx: Context, book: Rulebook, entry: Entry) -> None:
    limits = await limits_on(ctx, book, entry.since)
    problems = fault_of(book, entry, limits)
    named, held = book.named[entry.code], limits[entry.code]
    if entry.since < ctx.today and ("value" in problems or not named.is_same(entry, held)):
        problems["since.day"] = _PAST.format(value=named.shown(held))
    if entry.since.year > ctx.today.year + _FURTHEST_YEARS:
        problems["since.year"] = _TOO_FAR.format(day=said_day(entry.since))
    if problems:
        raise InvalidInput(problems)


def _told(known: Dated) -> Conflict:
    made = [(one.made_at, one.made_by_name) for one in known.settings]
    moment, name = max(made + [one.withdrawn[:2] for one in known.settings if one.withdrawn])
    return Conflict(_CHANGED.format(name=name, moment=_moment(moment)))


def _kept(setting: Setting) -> Conflict:
    if setting.withdrawn is None:
        return Conflict(_BEGUN.format(day=said_day(setting.entry.since)))
    moment, name, _ = setting.withdrawn
    return Conflict(_WITHDRAWN.format(name=name, moment=_moment(moment)))


def _moment(moment: datetime) -> Text:
    return Text(full_moment(moment, "th"), full_moment(moment, "en"))
