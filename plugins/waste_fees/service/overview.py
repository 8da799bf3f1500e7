"""One service point whole: facts, history, what it pays this month and why, its bills."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, Text, transaction
from kit.geo import Drawing, Point, map_of
from kit.thai import show_phone
from kit.treasury import bills_of
from plugins.waste_fees.rules.fees import ODD, Fee
from plugins.waste_fees.rules.months import month_of
from plugins.waste_fees.rules.register import CHANGES, USES, What
from plugins.waste_fees.service.known import known_of
from plugins.waste_fees.service.points import changes_of, read_point
from plugins.waste_fees.service.posted import letters_to
from plugins.waste_fees.service.privileges import offers, privileges_of
from plugins.waste_fees.service.readings import readings_of
from plugins.waste_fees.service.tariffs import FoundKind, kinds_of

_NAMES: Mapping[str, Text] = {
    "use": Text("ประเภท", "Class"),
    "address": Text("ที่ตั้ง", "Place"),
    "zone": Text("โซน", "Zone"),
    "route": Text("เส้นทาง", "Route"),
    "bins": Text("จำนวนถัง", "Bins"),
    "litres": Text("ลิตรต่อวัน", "Litres a day"),
    "meter": Text("เลขมาตร", "Meter"),
    "owner": Text("เจ้าของ", "Owner"),
    "payer_name": Text("ผู้ชำระ", "Payer"),
    "payer_address": Text("ที่อยู่ส่งใบแจ้ง", "Address for bills"),
    "payer_phone": Text("โทรศัพท์", "Telephone"),
    "pin": Text("ตำแหน่งบนแผนที่", "Place on the map"),
}


class Charged(msgspec.Struct, frozen=True):
    """What a point pays of a fee this month; ``odd`` says why it pays nothing."""

    kind: FoundKind
    fee: Fee
    odd: Text | None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A point as its page shows it.

    :ivar phone: as it is dialled.
    :ivar changes: newest first: what, from_on, why, who, and ``fields`` that changed.
    :ivar letters: that demand arrears, the newest first.
    """

    row: dict[str, Any]
    phone: str
    month: date
    fees: list[Charged]
    changes: list[dict[str, Any]]
    privileges: list[dict[str, Any]]
    titles: dict[str, Text]
    readings: list[dict[str, Any]]
    metered: bool
    bills: list[dict[str, Any]]
    owed: int
    map: Drawing | None
    letters: list[dict[str, Any]]


async def see(ctx: Context, point: UUID) -> Seen:
    """Return a point whole; that it was read is recorded.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = await read_point(ctx, point)
        changes = await changes_of(ctx, point)
        kinds = await kinds_of(ctx)
        month = month_of(ctx.today)
        fees = []
        for kind in kinds:
            fee = (await known_of(ctx, kind, [point])).fee(point, month)
            if fee.total or fee.odd:
                fees.append(Charged(kind, fee, ODD[fee.odd] if fee.odd else None))
        payers = {UUID(one["facts"]["payer"]) for one in changes}
        bills = await bills_of(ctx, list(payers), subject=f"point/{point}")
        return Seen(
            row=row,
            phone=show_phone(row["payer_phone"]) if row["payer_phone"] else "",
            month=month,
            fees=fees,
            changes=[_said(one) for one in reversed(changes)],
            privileges=await privileges_of(ctx, point),
            titles=await offers(ctx),
            readings=(await readings_of(ctx, point))[:12],
            metered=any(kind.measure == "metered" for kind in kinds),
            bills=list(reversed(bills)),
            owed=sum(one["owed"] for one in bills),
            map=_map(ctx, row["pin"]),
            letters=await letters_to(ctx, point),
        )


def _map(ctx: Context, pin: Mapping[str, Any] | None) -> Drawing | None:
    return map_of(ctx.tenant, [Point(pin["lat"], pin["lon"])]) if pin else None


def _said(change: dict[str, Any]) -> dict[str, Any]:
    what: What = change["what"]
    before, after = change["before"], change["facts"]
    fields = [
        (title, _word(name, before.get(name)), _word(name, after.get(name)))
        for name, title in _NAMES.items()
        if before and before.get(name) != after.get(name)
    ]
    return change | {"title": CHANGES[what], "fields": fields}


def _word(name: str, value: Any) -> Text:
    if name == "use":
        return USES.get(value, Text(str(value), str(value)))
    if name == "pin":
        value = f"{value['lat']}, {value['lon']}" if value else None
    if name == "payer_phone" and value:
        value = show_phone(value)
    said = "–" if value in (None, "") else str(value)
    return Text(said, said)
