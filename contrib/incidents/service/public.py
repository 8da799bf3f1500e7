"""Reports for everybody: a list, a map, figures and an open data set, without anything of a person.

What the sender wrote is not in it: everybody reads the summary and the place that an officer wrote
or looked at when the report was assigned. Positions are those of the matter, to the metre, as of
Open311.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from contrib.incidents.rules.categories import CATEGORIES
from contrib.incidents.rules.states import OPEN, TONES, State
from core.api import Context, NotFound, Text, transaction
from kit.documents import Cell, Lines, csv_pieces
from kit.geo import GEOJSON, Feature, Look, Point, Sight, View, geojson_pieces, view_of

AT_ONCE, MOST_MAPPED = 1_000, 5_000
FILES: Mapping[str, str] = {"csv": "text/csv", "geojson": GEOJSON}
_NO_FILE = Text("ไม่มีไฟล์แบบนี้ มี CSV และ GeoJSON", "There are CSV and GeoJSON only.")
Row = Mapping[str, Any]

# What needs an eye first gives a mark of several its form.
_FORMS = {"warn": "bad", "run": "warn", "info": "warn", "ok": "ok", "": ""}
MARKS: Mapping[str, str] = {state: _FORMS[tone] for state, tone in TONES.items()}
_SHOWN = "r.code, r.category, r.state, r.place AS address, a.code AS asset, r.lat, r.lon, r.sent_at"
_FITTING = """
LEFT JOIN incidents.asset a ON a.tenant_id = r.tenant_id AND a.id = r.asset_id
WHERE r.tenant_id = $1 AND r.state <> 'merged' AND ($2 = '' OR r.category = $2)
  AND ($3 = '' OR r.state = $3 OR $3 = 'open' AND r.state = ANY ($4::varchar[]))
"""
_MAPPED = f"""
SELECT {_SHOWN} FROM incidents.report r {_FITTING} ORDER BY r.code DESC LIMIT {MOST_MAPPED}
"""  # noqa: S608 - of constants alone
# Voices are counted for the rows of a piece alone; no year comes after 9999.
_WHOLE = f"""
SELECT {_SHOWN}, r.summary, r.unit, r.agency, r.expected_at, r.closed_at, r.reopened,
  v.people, v.stars
FROM incidents.report r CROSS JOIN LATERAL (
  SELECT count(*) AS people, round(avg(rating), 1)::text AS stars FROM incidents.voice
  WHERE tenant_id = r.tenant_id AND report_id = r.id) AS v
{_FITTING} AND r.code < coalesce($5::varchar, '9999') ORDER BY r.code DESC LIMIT {AT_ONCE}
"""  # noqa: S608 - of constants alone
# Columns of the files, with what stands in them.
COLUMNS: Mapping[str, Text] = {
    "code": Text("เลขเรื่อง หน้าเว็บ: /incidents/r/<code>", "Number; its page: /incidents/r/<code>"),
    "category": Text("รหัสเรื่อง ตรงกับ service_code ของ Open311", "Kind, as in Open311"),
    "title": Text("เรื่อง", "Kind in words"),
    "state": Text(
        "สถานะ: reported assigned accepted working passed done refused",
        "State: reported, assigned, accepted, working, passed, done or refused",
    ),
    "summary": Text("ข้อความที่เจ้าหน้าที่คัดกรองแล้ว", "What was reported, looked at by an officer"),
    "address": Text("ที่ไหน ที่เจ้าหน้าที่คัดกรองแล้ว", "Where, looked at by an officer"),
    "asset": Text("รหัสเสาหรือทรัพย์สิน", "Code of the pole or other asset"),
    "unit": Text("รหัสหน่วยงานที่รับผิดชอบ", "Id of the division"),
    "agency": Text("หน่วยงานที่ส่งต่อ", "Agency to which it was passed on"),
    "sent_at": Text("แจ้งเมื่อ", "Sent"),
    "expected_at": Text("คาดว่าเสร็จภายใน", "Promised by"),
    "closed_at": Text("ปิดเมื่อ", "Closed"),
    "reopened": Text("เปิดใหม่กี่ครั้ง", "Times reopened"),
    "people": Text("มีผู้แจ้งกี่คน", "How many reported it"),
    "stars": Text("คะแนนเฉลี่ย 1 ถึง 5", "Average rating, 1 to 5"),
    "lat": Text("ละติจูด", "Latitude"),
    "lon": Text("ลองจิจูด", "Longitude"),
}


class Sought(msgspec.Struct, frozen=True):
    """What is looked for; empty for all. ``state`` may be ``open``."""

    category: str = ""
    state: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """The same as parameters of an address."""
        return {name: text for name, text in msgspec.structs.asdict(self).items() if text}


def sought_of(params: Mapping[str, str]) -> Sought:
    """Return what an address looks for; what it cannot mean is nothing."""
    category, state = params.get("category", ""), params.get("state", "")
    return Sought(
        category if category in CATEGORIES else "",
        state if state == "open" or state in set(State) - {State.MERGED} else "",
    )


async def show_map(ctx: Context, sought: Sought, look: Look) -> View:
    """Return the reports that fit, the newest first, on a map and in a list."""
    found = [dict(row) for row in await _fetch(ctx, _MAPPED, sought)]
    return view_of(ctx.tenant, look, found, _see, MARKS)


def _see(row: Row) -> Sight:
    return Sight(row["code"], _place(row), row["state"])


def _place(row: Row) -> Point | None:
    return Point(row["lat"], row["lon"]) if row["lat"] is not None else None


async def _fetch(ctx: Context, query: str, sought: Sought, *more: str | None) -> Sequence[Row]:
    values = (ctx.tenant.id, sought.category, sought.state, sorted(OPEN), *more)
    async with transaction(ctx) as connection:
        rows: Sequence[Row] = await connection.fetch(query, *values)
    return rows


async def _all(ctx: Context, sought: Sought) -> AsyncIterator[Sequence[Row]]:
    before = None
    while rows := await _fetch(ctx, _WHOLE, sought, before):
        yield rows
        before = rows[-1]["code"]


def export(ctx: Context, sought: Sought, kind: str) -> AsyncIterator[bytes]:
    """Return the pieces of a file with all reports that fit.

    :param kind: one of ``FILES``.
    :raises NotFound: it is none.
    """
    if kind not in FILES:
        raise NotFound(_NO_FILE)
    if kind == "csv":
        return csv_pieces(list(COLUMNS), _lines(ctx, sought))
    return geojson_pieces(_features(ctx, sought))


async def _lines(ctx: Context, sought: Sought) -> AsyncIterator[Lines]:
    async for rows in _all(ctx, sought):
        yield [[_cell(_value(ctx, row, name)) for name in COLUMNS] for row in rows]


async def _features(ctx: Context, sought: Sought) -> AsyncIterator[Sequence[Feature]]:
    names = [name for name in COLUMNS if name not in ("lat", "lon")]
    async for rows in _all(ctx, sought):
        yield [
            Feature(row["code"], _place(row), {name: _value(ctx, row, name) for name in names})
            for row in rows
        ]


def _value(ctx: Context, row: Row, name: str) -> Any:
    if name == "title":
        return CATEGORIES[row["category"]].title.th
    value = row[name]
    if isinstance(value, datetime):
        return value.astimezone(ctx.tenant.zone).isoformat(timespec="seconds")
    return value


def _cell(value: Any) -> Cell:
    return str(value) if isinstance(value, float) else value
