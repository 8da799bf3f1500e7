"""Discount programmes and exemptions of a point: registered, ended, and lost for a while."""

from datetime import date
from typing import Any
from uuid import UUID

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
from kit.thai import said_day
from plugins.waste_fees.rules.months import add_months, month_of
from plugins.waste_fees.rules.tariffs import EXEMPT, EXEMPTION, Programme, tariff_on
from plugins.waste_fees.service.rights import REGISTER
from plugins.waste_fees.service.tariffs import kinds_of, tariffs_of
from plugins.waste_fees.tables.register import Privilege

_BARRED = Text(
    "เสียสิทธิโครงการนี้ถึง {day} เริ่มใหม่ได้ตั้งแต่วันนั้น",
    "This programme was lost until {day}. It may begin again on that day.",
)
_LOCK = "SELECT id FROM waste_fees.point WHERE tenant_id = $1 AND id = $2 FOR UPDATE"


async def offers(ctx: Context) -> dict[str, Text]:
    """Return what a point can be registered for: ``<fee>/<programme>`` and its title."""
    found: dict[str, Text] = {}
    for kind in await kinds_of(ctx):
        tariff = tariff_on(await tariffs_of(ctx, kind.code), ctx.today)
        given = [(one.code, one.title) for one in tariff.content.programmes] if tariff else []
        for code, title in [*given, (EXEMPT, EXEMPTION)]:
            found[f"{kind.code}/{code}"] = Text(
                f"{title.th} ({kind.title.th})", f"{title.en} ({kind.title.en})"
            )
    return found


async def register(ctx: Context, point: UUID, offer: str, *, from_on: date, why: str) -> None:
    """Register a point for a programme or an exemption from a day on.

    :param offer: of :func:`offers`.
    :raises InvalidInput: it has it already, or lost it until a later day.
    """
    need(ctx, REGISTER)
    said = read_reason(why)
    kind, _, programme = offer.partition("/")
    async with transaction(ctx) as connection:
        await connection.fetch(_LOCK, ctx.tenant.id, point)
        for row in await _of(ctx, point, kind, programme):
            _check(row, from_on)
        id = new_id()
        row = {
            "tenant_id": ctx.tenant.id,
            "id": id,
            "point_id": point,
            "kind": kind,
            "programme": programme,
            "from_on": from_on,
            "why": said,
            "ended_why": "",
            "at": ctx.now,
            "actor_name": ctx.actor.name,
        }
        await add(Privilege, row)
        await audit.record(
            ctx,
            "waste_fees.privilege.registered",
            f"point/{point}",
            programme=offer,
            from_on=from_on.isoformat(),
            why=said,
        )


def _check(row: dict[str, Any], from_on: date) -> None:
    if row["until_on"] is None or from_on < row["until_on"]:
        raise InvalidInput(
            {"offer": Text("จุดนี้ได้สิทธินี้อยู่แล้ว", "This point has it on that day already.")}
        )
    if row["barred_until"] and from_on < row["barred_until"]:
        until = said_day(row["barred_until"])
        raise InvalidInput({"offer": _BARRED.format(day=until)})


async def revoke(ctx: Context, privilege: UUID, *, until_on: date, why: str, broken: bool) -> None:
    """End a programme or an exemption.

    :param until_on: the first day without it.
    :param broken: it was not kept to: the programme's time without it begins.
    :raises Conflict: it has ended already.
    """
    need(ctx, REGISTER)
    said = read_reason(why)
    async with transaction(ctx):
        row = await Privilege.select().where(Privilege.of(ctx), Privilege.id == privilege).first()
        if row is None or row["until_on"] is not None:
            raise Conflict(Text("สิทธินี้สิ้นสุดไปแล้ว", "This has ended already."))
        if until_on < row["from_on"]:
            raise InvalidInput(
                {"from_on.day": Text("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม", "It does not end before it began.")}
            )
        months = await _barred(ctx, row["kind"], row["programme"], until_on) if broken else 0
        barred = add_months(month_of(until_on), months) if months else None
        if barred and until_on.day > 1:
            barred = add_months(barred, 1)
        ended: dict[Any, Any] = {
            Privilege.until_on: until_on,
            Privilege.ended_why: said,
            Privilege.barred_until: barred,
        }
        await Privilege.update(ended).where(
            Privilege.of(ctx), Privilege.id == privilege, Privilege.until_on.is_null()
        )
        await audit.record(
            ctx,
            "waste_fees.privilege.revoked",
            f"point/{row['point_id']}",
            programme=f"{row['kind']}/{row['programme']}",
            until_on=until_on.isoformat(),
            barred_until=barred and barred.isoformat(),
            why=said,
        )


async def _barred(ctx: Context, kind: str, programme: str, day: date) -> int:
    tariff = tariff_on(await tariffs_of(ctx, kind), day)
    known: list[Programme] = list(tariff.content.programmes) if tariff else []
    return next((one.barred for one in known if one.code == programme), 0)


async def _of(ctx: Context, point: UUID, kind: str, programme: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await Privilege.select().where(
        Privilege.of(ctx),
        Privilege.point_id == point,
        Privilege.kind == kind,
        Privilege.programme == programme,
    )
    return rows


async def privileges_of(ctx: Context, point: UUID) -> list[dict[str, Any]]:
    """Return what a point is or was let off, the newest first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Privilege.select()
            .where(Privilege.of(ctx), Privilege.point_id == point)
            .order_by(Privilege.from_on, ascending=False)
        )
    return rows
