"""The fast lane as it is seen: who waits at the counter, how today and a month went, one case."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from uuid import UUID

import msgspec

from core.api import Card, Context, Text, transaction
from kit.casework import Status
from kit.law import in_force, of_office
from kit.thai import clock_time, local
from plugins.permits.rules.dated import BOOK
from plugins.permits.rules.lane import Passage, Summary, summed
from plugins.permits.rules.ways import SMALL
from plugins.permits.tables.counter import Counter

_MOST_WAITING, _MOST_ISSUED = 200, 10_000
_TITLE = Text("เวลาที่เคาน์เตอร์", "Time at the counter")
_WAITS = Text(
    "รอมาแล้ว {minutes} นาที ตั้งแต่ {begun} กำหนดไว้ {most} นาที",
    "Waiting for {minutes} min, since {begun}; {most} min are promised.",
)
_TOOK = Text(
    "ใช้เวลา {minutes} นาที ตั้งแต่ {begun} ถึง {ended} กำหนดไว้ {most} นาที",
    "It took {minutes} min, from {begun} to {ended}; {most} min are promised.",
)
_TOOK_DAYS = Text(
    "อนุมัติหรือมาถึงตั้งแต่วันก่อน แล้วจึงออกใบอนุญาต กำหนดไว้ {most} นาที",
    "Approved or arrived on an earlier day than the permit; {most} min are promised.",
)
_WAITS_DAYS = Text(
    "ค้างจากวันก่อน ยังไม่ได้ออกใบอนุญาต", "Left from an earlier day; the permit is not issued yet."
)

Promised = Callable[[date], int]


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """The fast lane now.

    :param waiting: who came or was approved today, the longest wait first.
    :param left: the same of earlier days, whose permit was not issued.
    :param issued: of today, the last first.
    :param most: minutes that are promised today.
    """

    waiting: Sequence[Passage]
    left: Sequence[Passage]
    issued: Sequence[Passage]
    most: int
    today: Summary
    month: Summary


async def read_lane(ctx: Context) -> Lane:
    """Return who waits, and how today and this month went."""
    promised = await _promised(ctx)
    since = _midnight(ctx, ctx.today.replace(day=1))
    async with transaction(ctx):
        waiting = (
            await Counter.select()
            .where(
                Counter.of(ctx),
                Counter.issued_at.is_null(),
                Counter.ended_at.is_null(),
                Counter.arrived_at.is_not_null() | Counter.approved_at.is_not_null(),
            )
            .limit(_MOST_WAITING)
        )
        issued = (
            await Counter.select()
            .where(Counter.of(ctx), Counter.issued_at >= since)
            .order_by(Counter.issued_at, ascending=False)
            .limit(_MOST_ISSUED)
        )
    month = msgspec.convert(issued, list[Passage])
    now = msgspec.convert(waiting, list[Passage])
    now.sort(key=lambda one: (one.began_at or ctx.now, one.case_id))
    today = [one for one in month if _on(one.issued_at) == ctx.today]
    return Lane(
        waiting=[one for one in now if _on(one.began_at) == ctx.today],
        left=[one for one in now if _on(one.began_at) != ctx.today],
        issued=today,
        most=promised(ctx.today),
        today=summed(today, promised),
        month=summed(month, promised),
    )


async def cards(ctx: Context, case: UUID, service: str, status: str, area: str) -> Sequence[Card]:
    """Return the minutes of a case: for officers as they run, for its citizen when it is issued."""
    if service != SMALL or (area == "track" and status != Status.ISSUED):
        return []
    async with transaction(ctx):
        row = await Counter.select().where(Counter.of(ctx), Counter.case_id == case).first()
    if row is None or row["ended_at"] is not None:
        return []
    passage = msgspec.convert(row, Passage)
    if passage.began_at is None or (area == "track" and passage.issued_at is None):
        return []
    promised = await _promised(ctx)
    body = _said(passage, ctx.now, promised(_on(passage.issued_at) or ctx.today))
    return [Card(_TITLE, body, "", Text("", ""), order=60, sign="clock")]


def _said(passage: Passage, now: datetime, most: int) -> Text:
    began, ended = passage.began_at or now, passage.issued_at
    if not passage.is_of_one_day(now):
        return (_TOOK_DAYS if ended else _WAITS_DAYS).format(most=most)
    facts = {"minutes": passage.minutes(now), "begun": _clock(began), "most": most}
    if ended is None:
        return _WAITS.format(**facts)
    return _TOOK.format(ended=_clock(ended), **facts)


def _clock(moment: datetime) -> Text:
    return Text(clock_time(moment, "th"), clock_time(moment, "en"))


def _on(moment: datetime | None) -> date | None:
    return None if moment is None else local(moment).date()


def _midnight(ctx: Context, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ctx.tenant.zone)


async def _promised(ctx: Context) -> Promised:
    entries = (*BOOK.starting, *await of_office(ctx, BOOK))
    known = dict[date, int]()

    def promised(day: date) -> int:
        if day not in known:
            known[day] = in_force(entries, day)["fast.minutes"].whole
        return known[day]

    return promised
