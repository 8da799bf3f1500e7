"""Which instrument somebody's place needs, and the way on with what is known."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from core.api import Context, InvalidInput, NotFound, Text
from kit.casework import Service, begin_filled, get_offered, known_of_case, offered
from kit.forms import AnyField
from kit.law import bare
from plugins.food_cert.rules.after import AFTER, CHANGE
from plugins.food_cert.rules.instrument import way_of
from plugins.food_cert.rules.places import stands
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.requests import shown_place
from plugins.food_cert.services.after import WHICH
from plugins.food_cert.services.asked import AREA, KIND, MARKET

QUESTIONS: tuple[AnyField, ...] = (KIND, AREA, MARKET)
_NUMBER, _PHONE = WHICH
RESIZED: tuple[AnyField, ...] = (
    _NUMBER,
    msgspec.structs.replace(
        _PHONE,
        help=Text(
            "ใช้ยืนยันว่าเป็นร้านของท่าน เว้นไว้ได้ถ้าเข้าสู่ระบบด้วยบัญชีของร้านแล้ว",
            "It shows that the place is yours. Leave it empty if you have signed in to the account "
            "of the place.",
        ),
    ),
    msgspec.structs.replace(AREA, label=Text("พื้นที่ใหม่", "New area")),
)
_NOT_SHOWN = Text(
    "เลขที่เอกสารกับเบอร์โทรไม่ตรงกับทะเบียน ตรวจทั้งสองข้ออีกครั้ง ถ้าจำเบอร์โทรไม่ได้ ติดต่อสำนักงานพร้อมเอกสารตัวจริง",
    "Number and telephone do not fit the register. Check both; if you do not know the telephone, "
    "bring the paper to the office.",
)
_NOT_RUN = Text(
    "สถานที่นี้ไม่ได้เปิดอยู่ตามทะเบียน จึงเปลี่ยนขนาดไม่ได้ ติดต่อสำนักงาน",
    "The register says that this place is not run, so its size cannot change. Ask at the office.",
)


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """What is open to a place.

    :ivar service: by which it is asked for; None where neither paper is needed.
    :ivar known: the answers for its form, as they stand in its address.
    """

    service: Service | None
    why: Text
    known: str


async def open_way(ctx: Context, values: Mapping[str, Any]) -> Open:
    """Return the way of a place.

    :param values: answers to ``QUESTIONS``.
    """
    limits = await limits_on(ctx, ctx.today)
    area = Decimal(values["area"])
    way = way_of(area=area, market=values["market"] == "yes", limits=limits)
    known = {"kind": values["kind"], "area": bare(area), "market": "no", "had": "no"}
    service = await get_offered(ctx, way.service) if way.service else None
    return Open(service=service, why=way.why, known=urlencode(known))


async def after_paper(ctx: Context) -> Sequence[Service]:
    """Return what can be asked for once a place has its paper."""
    services = await offered(ctx)
    return [services[code] for code in AFTER if code in services]


async def begin_resized(ctx: Context, values: Mapping[str, Any]) -> tuple[UUID, str]:
    """Begin what a new size of a place needs, with everything filled in that is known of it.

    :param values: answers to ``RESIZED``.
    :returns: the draft, and the token that opens it.
    :raises InvalidInput: who asks has not shown to run the place, or it is not run.
    """
    place = await shown_place(ctx, values["paper"], values.get("paper_phone"))
    if place is None:
        raise InvalidInput({"paper": _NOT_SHOWN})
    if stands(place, ctx.today) not in ("valid", "renewing"):
        raise InvalidInput({"paper": _NOT_RUN})
    area = Decimal(values["area"])
    way = way_of(area=area, market=False, limits=await limits_on(ctx, ctx.today))
    if way.service is None or way.instrument == place["instrument"]:
        code, known = CHANGE, _of_change(place)
    else:
        code, known = way.service, await _of_place(ctx, place)
    return await begin_filled(ctx, await get_offered(ctx, code), known | {"area": bare(area)})


def _of_change(place: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "paper": place["paper_number"],
        "paper_phone": place["phone"],
        "phone": place["phone"],
        "business_name": place["name"],
        "workers": place["workers"] or None,
    }


async def _of_place(ctx: Context, place: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that is known of a place: of its case, and of the register, which is newer."""
    try:
        filed = await known_of_case(ctx, place["case_id"]) if place["case_id"] else {}
    except NotFound:
        # Its case is kept no longer.
        filed = {}
    company = {"company_name": place["holder"], "company_id": place["company_id"]}
    known = {
        "phone": place["phone"],
        "filed_as": "company" if place["company_id"] else "owner",
        "business_name": place["name"],
        "kind": place["kind"],
        "market": "no",
        "workers": place["workers"],
        "had": "yes",
        "before": place["paper_number"],
        "before_phone": place["phone"],
        "site": place["site"],
        "pin": place["pin"],
        "begin_on": place["begun_on"].isoformat(),
        **(company if place["company_id"] else {"name": place["holder"]}),
    }
    return {name: value for name, value in (filed | known).items() if value}
