"""A report as officers see it, and those who sent it, whose reading is recorded."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from contrib.incidents.rules.categories import CATEGORIES
from contrib.incidents.rules.hours import spent
from contrib.incidents.rules.states import OPEN, Act
from contrib.incidents.service.acting import possible
from contrib.incidents.service.following import Followed, seen
from contrib.incidents.service.matters import get_report
from contrib.incidents.service.pictures import all_photos
from contrib.incidents.service.rights import READ
from contrib.incidents.service.sending import Near, Wish, near
from contrib.incidents.tables.reports import Period, Report, Voice
from core.api import Context, audit, need, transaction
from kit.geo import Point

Row = Mapping[str, Any]


class Timed(msgspec.Struct, frozen=True):
    """What was promised for a stage, and how long it took or has taken.

    :ivar used: by the hours in which its category is counted.
    """

    period: Row
    used: timedelta


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """A report for an officer.

    :ivar near: what may be the same, the nearest first.
    :ivar merged: numbers of the reports that were merged into it.
    :ivar into: number of the one into which it was merged; empty for none.
    """

    seen: Followed
    photos: Sequence[Row]
    acts: Sequence[Act]
    times: Sequence[Timed]
    near: Sequence[Near]
    merged: Sequence[str]
    into: str


async def read_matter(ctx: Context, id: UUID) -> Matter:
    """Return a report for an officer.

    :raises NotFound: there is none.
    :raises NotAllowed: the actor may not read reports.
    """
    need(ctx, READ)
    report = await get_report(ctx, id)
    async with transaction(ctx):
        merged = (
            await Report.select(Report.code)
            .where(Report.of(ctx), Report.merged_into == id)
            .order_by(Report.code)
        )
        periods = (
            await Period.select().where(Period.of(ctx), Period.report_id == id).order_by(Period.id)
        )
    into = await get_report(ctx, report["merged_into"]) if report["merged_into"] else None
    return Matter(
        seen=await seen(ctx, report),
        photos=await all_photos(ctx, id),
        acts=possible(ctx, report),
        times=[_timed(ctx, period) for period in periods],
        near=await _alike(ctx, report),
        merged=[row["code"] for row in merged],
        into=into["code"] if into else "",
    )


def _timed(ctx: Context, period: Row) -> Timed:
    ended = period["ended_at"] or ctx.now
    counted = CATEGORIES[period["category"]].counted
    return Timed(period, spent(period["begun_at"], ended, counted, ctx.tenant))


async def _alike(ctx: Context, report: Row) -> list[Near]:
    if report["state"] not in OPEN:
        return []
    point = Point(report["lat"], report["lon"]) if report["lat"] is not None else None
    wish = Wish(
        category=report["category"],
        description="",
        key="",
        asset=report["asset_id"],
        point=point,
    )
    return [one for one in await near(ctx, wish) if one.row["id"] != report["id"]]


async def read_reporters(ctx: Context, id: UUID) -> tuple[Row, Sequence[Row]]:
    """Return a report and who speaks of it, the first first; that it was opened is recorded.

    :raises NotFound: there is no such report.
    :raises NotAllowed: the actor may not read reports.
    """
    need(ctx, READ)
    report = await get_report(ctx, id)
    async with transaction(ctx):
        voices = await Voice.select().where(Voice.of(ctx), Voice.report_id == id).order_by(Voice.id)
        for owner in {voice["account"] for voice in voices} or {None}:
            await audit.record(ctx, "incidents.reporters.read", f"report/{id}", owner=owner)
    return report, voices
