"""Reports for other programs, as Open311 GeoReport v2 has them: nothing of a person leaves here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from contrib.incidents.rules.book import BOOK
from contrib.incidents.rules.categories import CATEGORIES, COUNTED, GROUPS, Category
from contrib.incidents.rules.georeport import MEDIA, MOST_REQUESTS, SPECIFICATION, status_of
from contrib.incidents.rules.states import IN_WORDS, OPEN
from contrib.incidents.service.limits import limits_on
from core.api import Context, Text, transaction

Row = Mapping[str, Any]
# The attribute by which a report names an asset of the register.
ASSET = "asset"
_ASKED = Text(
    "รหัสบนป้ายของเสาหรือทรัพย์สิน เช่น MH-0123 ถ้ามี",
    "The code on the label of the pole or other asset, such as MH-0123, where there is one",
)
_CODE = Text("ตัวอักษรอังกฤษ ตัวเลข และขีดกลาง", "Latin letters, digits and hyphens")
_NOTICE = Text(
    "แก้ไขให้เสร็จภายใน {hours} {counted} นับแต่ผู้รับผิดชอบรับงาน",
    "Done within {hours} {counted} from being accepted",
)
_MERGED = Text("{state} {code}", "{state}: {code}")
_FIELDS = """
SELECT r.code, r.category, r.summary, r.state, r.unit, r.agency, r.answer, r.place, r.lat,
  r.lon, r.sent_at, r.changed_at, r.closed_at, r.expected_at, a.code AS asset_code,
  m.code AS merged_code, (SELECT p.id FROM incidents.photo p WHERE p.tenant_id = r.tenant_id
    AND p.report_id = r.id AND p.voice_id IS NULL ORDER BY p.id DESC LIMIT 1) AS photo
FROM incidents.report r
LEFT JOIN incidents.asset a ON a.tenant_id = r.tenant_id AND a.id = r.asset_id
LEFT JOIN incidents.report m ON m.tenant_id = r.tenant_id AND m.id = r.merged_into
"""
_BY_CODE = f"{_FIELDS} WHERE r.tenant_id = $1 AND r.code = ANY ($2::varchar[]) ORDER BY r.code"
_WITHIN = f"""{_FIELDS}
WHERE r.tenant_id = $1 AND r.sent_at BETWEEN $2 AND $3
  AND ($4::varchar[] IS NULL OR r.category = ANY ($4))
  AND ($5::bool IS NULL OR (r.state = ANY ($6::varchar[])) = $5)
ORDER BY r.sent_at DESC, r.id DESC LIMIT {MOST_REQUESTS}
"""


def discovery(ctx: Context) -> dict[str, Any]:
    """Return where the interface is, and whom to ask for a key."""
    newest = max(entry.since for entry in BOOK.starting)
    changeset = datetime.combine(newest, datetime.min.time(), ctx.tenant.zone).isoformat()
    contact = " ".join(filter(None, (ctx.tenant.name.th, ctx.tenant.phone, ctx.tenant.email)))
    return {
        "changeset": changeset,
        "contact": contact,
        "key_service": f"{ctx.origin}/incidents#open311",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{ctx.origin}/open311/v2",
                "changeset": changeset,
                "type": "production",
                "formats": [media.partition(";")[0] for media in MEDIA.values()],
            }
        ],
    }


def services(ctx: Context) -> list[dict[str, Any]]:
    """Return the kinds of incidents."""
    way = ctx.language
    return [
        {
            "service_code": one.code,
            "service_name": one.title.to(way),
            "description": GROUPS[one.group].to(way),
            "metadata": bool(one.assets),
            "type": "realtime",
            "keywords": one.keywords,
            "group": GROUPS[one.group].to(way),
        }
        for one in CATEGORIES.values()
    ]


def definition(ctx: Context, category: Category) -> dict[str, Any]:
    """Return what else a kind asks for: the asset that it may be about."""
    way = ctx.language
    attribute = {
        "variable": True,
        "code": ASSET,
        "datatype": "string",
        "required": False,
        "datatype_description": _CODE.to(way),
        "order": 1,
        "description": _ASKED.to(way),
        "values": [],
    }
    return {"service_code": category.code, "attributes": [attribute] if category.assets else []}


async def notice(ctx: Context, category: Category) -> Text:
    """Return what is promised for a kind."""
    hours = (await limits_on(ctx, ctx.today))[f"{category.code}.repair"].whole
    return _NOTICE.format(hours=hours, counted=COUNTED[category.counted])


async def requests_of(ctx: Context, codes: Sequence[str]) -> list[dict[str, Any]]:
    """Return the reports of these numbers, those that are there."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_BY_CODE, ctx.tenant.id, list(codes)[:MOST_REQUESTS])
    return [_shown(ctx, row) for row in rows]


async def requests_within(
    ctx: Context,
    since: datetime,
    until: datetime,
    *,
    categories: Sequence[str] | None,
    is_open: bool | None,
) -> list[dict[str, Any]]:
    """Return the reports that were sent within a time, the newest first.

    :param categories: of these kinds; None for all.
    :param is_open: only those that are, or are not; None for all.
    """
    kinds = list(categories) if categories is not None else None
    values = (since, until, kinds, is_open, sorted(OPEN))
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_WITHIN, ctx.tenant.id, *values)
    return [_shown(ctx, row) for row in rows]


def _shown(ctx: Context, row: Row) -> dict[str, Any]:
    is_open = status_of(row["state"]) == "open"
    unit = ctx.tenant.units.get(row["unit"])
    responsible = row["agency"] or (unit.name if unit else ctx.tenant.name).to(ctx.language)
    photo = row["photo"] and f"{ctx.origin}/incidents/r/{row['code']}/photos/{row['photo']}"
    return {
        "service_request_id": row["code"],
        "status": status_of(row["state"]),
        "status_notes": _notes(ctx, row),
        "service_name": CATEGORIES[row["category"]].title.to(ctx.language),
        "service_code": row["category"],
        "description": row["summary"] or None,
        "agency_responsible": responsible,
        "service_notice": None,
        "requested_datetime": _moment(ctx, row["sent_at"]),
        "updated_datetime": _moment(ctx, row["closed_at"] or row["changed_at"]),
        "expected_datetime": _moment(ctx, row["expected_at"]) if is_open else None,
        "address": row["place"] or None,
        "address_id": row["asset_code"],
        "zipcode": None,
        "lat": row["lat"],
        "long": row["lon"],
        "media_url": photo,
    }


def _notes(ctx: Context, row: Row) -> str:
    state = IN_WORDS[row["state"]]
    if row["merged_code"]:
        return _MERGED.format(state=state, code=row["merged_code"]).to(ctx.language)
    return " ".join(filter(None, (state.to(ctx.language), row["answer"])))


def _moment(ctx: Context, at: datetime) -> str:
    return at.astimezone(ctx.tenant.zone).isoformat(timespec="seconds")
