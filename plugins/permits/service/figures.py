"""Figures of law as the office has set them: they go before those that the code begins with.

What was once in force is neither changed nor deleted: a figure is followed by another one, and
only one that has not begun can be withdrawn. A day that has passed gets no other value; for it
an office can only say that it has read the text.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    need,
    new_id,
    read_reason,
    transaction,
)
from kit.thai import full_moment, long_day
from plugins.permits.rules.dated import STARTING, Entry, Limits, in_force
from plugins.permits.rules.named import NAMED, Named, fault_of, same_value, shown
from plugins.permits.service.rights import FIGURES
from plugins.permits.tables.figures import Figure

_FURTHEST_YEARS = 10
_LONGEST_LAW = 300

_NO_FIGURE = Text(
    "ไม่พบเกณฑ์นี้ เลือกจากรายการเกณฑ์ทั้งหมด", "There is no such figure. Choose from the list of all."
)
_PAST = Text(
    "วันที่ผ่านมาแล้วเปลี่ยนค่าไม่ได้ เพราะมีคำขอที่ตรวจด้วยค่า {value} ไปแล้ว เลือกวันนี้หรือวันหลังจากนี้ "
    "หรือคงค่าเดิมไว้ถ้าเพียงยืนยันว่าอ่านตัวบทแล้ว",
    "A day that has passed keeps its {value}: requests were held against it. Choose today or "
    "later, or leave the value as it is to confirm that you have read the text.",
)
_TOO_FAR = Text("{day} ไกลเกินไป ตรวจปี พ.ศ. อีกครั้ง", "{day} is too far off. Look at the year again.")
_LONG_LAW = Text("ใส่ไม่เกิน {most} ตัวอักษร", "Give at most {most} characters.")
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


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the office, as it was made.

    :param number: counts from 1 within the code.
    :param withdrawn: moment, name and reason; None while it counts.
    """

    number: int
    entry: Entry
    made_at: datetime
    made_by_name: str
    withdrawn: tuple[datetime, str, str] | None


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of law on a day, with its history in the office.

    :param now: what holds.
    :param starting: what the code begins with.
    :param settings: of the office, the one made last first.
    """

    named: Named
    now: Entry
    starting: Entry
    settings: Sequence[Setting]

    @property
    def revision(self) -> int:
        """Counts what was done to it, for who decides on what they saw."""
        return len(self.settings) + sum(one.withdrawn is not None for one in self.settings)

    @property
    def own(self) -> bool:
        """Whether what holds was set by the office."""
        return self.now is not self.starting

    def coming(self, today: date) -> Sequence[Setting]:
        """Return what has not begun yet and was not withdrawn, the next first."""
        new = [one for one in self.settings if one.withdrawn is None and one.entry.since > today]
        return sorted(new, key=lambda one: (one.entry.since, one.number))


async def of_office(ctx: Context) -> Sequence[Entry]:
    """Return the entries of the office in the order in which they were made."""
    return [one.entry for one in await _settings(ctx) if one.withdrawn is None]


async def limits_on(ctx: Context, on: date) -> Limits:
    """Return the figures that hold in the office on a day."""
    return in_force((*STARTING, *await of_office(ctx)), on)


async def all_figures(ctx: Context) -> Mapping[str, Dated]:
    """Return every figure that the rules use, as it stands today, by code."""
    settings = await _settings(ctx)
    counted = [one.entry for one in settings if one.withdrawn is None]
    holding = in_force((*STARTING, *counted), ctx.today)
    starting = {one.code: one for one in STARTING}
    own: dict[str, list[Setting]] = {}
    for one in reversed(settings):
        own.setdefault(one.entry.code, []).append(one)
    return {
        code: Dated(
            named=NAMED[code],
            now=holding[code],
            starting=starting[code],
            settings=own.get(code, ()),
        )
        for code in NAMED
    }


async def get_figure(ctx: Context, code: str) -> Dated:
    """Return a figure with its history.

    :raises NotFound: no rule asks for one of this code.
    """
    if code not in NAMED:
        raise NotFound(_NO_FIGURE)
    return (await all_figures(ctx))[code]


async def set_figure(
    ctx: Context, code: str, *, value: str, law: str, why: str, since: date, revision: int
) -> None:
    """Let a figure hold in the office from a day on.

    :param value: satang where it is money; as the figure of now where the rule is the law itself.
    :param since: today or later; a day that has passed only where the value stays the same.
    :param revision: of the figure that the officer had before them.
    :raises InvalidInput: by field: no rule can reckon with it, or the day is one that passed.
    :raises Conflict: somebody else has set or withdrawn it meanwhile.
    :raises NotFound: no rule asks for one of this code.
    """
    need(ctx, FIGURES)
    known = await get_figure(ctx, code)
    said = read_reason(why)
    entry = Entry(
        code=code, since=since, value=value, law=" ".join(law.split()), source=said, verified=True
    )
    await _check(ctx, entry)
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "code": code,
        "number": len(known.settings) + 1,
        "since": since,
        "value": value,
        "law": entry.law,
        "why": said,
        "made_at": ctx.now,
        "made_by_name": ctx.actor.name,
    }
    # Where nobody has done anything yet there is nothing that could have been missed.
    fresh = known.revision in (0, revision)
    async with transaction(ctx):
        # Of two who set it at the same moment the second has the same number.
        added = fresh and await add(Figure, row, unless=("tenant_id", "code", "number"))
        if added:
            facts: dict[str, Any] = {"value": value, "since": since.isoformat(), "law": entry.law}
            await audit.record(ctx, "permits.figure.set", f"figure/{code}", why=said, **facts)
    if not added:
        raise _told(await get_figure(ctx, code))


async def withdraw_figure(ctx: Context, code: str, number: int, *, why: str) -> None:
    """Withdraw a figure of the office that has not begun.

    :param number: which of the code.
    :raises InvalidInput: no reason is given.
    :raises Conflict: it has begun, or was withdrawn already.
    :raises NotFound: there is none.
    """
    need(ctx, FIGURES)
    said = read_reason(why)
    await get_setting(ctx, code, number)
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
                Figure.code == code,
                Figure.number == number,
                Figure.since > ctx.today,
                Figure.withdrawn_at.is_null(),
            )
            .returning(Figure.since)
        )
        if changed:
            since = changed[0]["since"].isoformat()
            await audit.record(
                ctx, "permits.figure.withdrawn", f"figure/{code}", why=said, since=since
            )
    if not changed:
        raise _kept(await get_setting(ctx, code, number))


async def get_setting(ctx: Context, code: str, number: int) -> Setting:
    """Return an entry of the office.

    :raises NotFound: there is none.
    """
    for one in (await get_figure(ctx, code)).settings:
        if one.number == number:
            return one
    raise NotFound(_NO_FIGURE)


async def _check(ctx: Context, entry: Entry) -> None:
    limits = await limits_on(ctx, entry.since)
    problems = fault_of(entry, limits)
    if len(entry.law) > _LONGEST_LAW:
        problems["law"] = _LONG_LAW.format(most=_LONGEST_LAW)
    held = limits[entry.code]
    if entry.since < ctx.today and ("value" in problems or not same_value(entry, held)):
        problems["since.day"] = _PAST.format(value=shown(held))
    if entry.since.year > ctx.today.year + _FURTHEST_YEARS:
        problems["since.year"] = _TOO_FAR.format(day=_day(entry.since))
    if problems:
        raise InvalidInput(problems)


def _told(known: Dated) -> Conflict:
    made = [(one.made_at, one.made_by_name) for one in known.settings]
    moment, name = max(made + [one.withdrawn[:2] for one in known.settings if one.withdrawn])
    return Conflict(_CHANGED.format(name=name, moment=_moment(moment)))


def _kept(setting: Setting) -> Conflict:
    if setting.withdrawn is None:
        return Conflict(_BEGUN.format(day=_day(setting.entry.since)))
    moment, name, _ = setting.withdrawn
    return Conflict(_WITHDRAWN.format(name=name, moment=_moment(moment)))


def _day(day: date) -> Text:
    return Text(long_day(day, "th"), long_day(day, "en"))


def _moment(moment: datetime) -> Text:
    return Text(full_moment(moment, "th"), full_moment(moment, "en"))


async def _settings(ctx: Context) -> Sequence[Setting]:
    async with transaction(ctx):
        rows = await Figure.select().where(Figure.of(ctx)).order_by(Figure.number)
    return [_setting(row) for row in rows]


def _setting(row: Mapping[str, Any]) -> Setting:
    withdrawn = None
    if row["withdrawn_at"] is not None:
        withdrawn = (
            row["withdrawn_at"],
            row["withdrawn_by_name"] or "",
            row["withdrawn_why"] or "",
        )
    entry = Entry(
        code=row["code"],
        since=row["since"],
        value=row["value"],
        law=row["law"],
        source=row["why"],
        verified=True,
    )
    return Setting(
        number=row["number"],
        entry=entry,
        made_at=row["made_at"],
        made_by_name=row["made_by_name"],
        withdrawn=withdrawn,
    )
