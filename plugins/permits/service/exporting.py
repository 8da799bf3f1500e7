"""The register for other programs, as CSV and GeoJSON: whole for officers, open for everybody.

Who takes a copy with names out of the register is noted, since nobody can be asked afterwards whom
it was about. Days are those of ISO 8601 in the common era, which other programs read.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from core.api import Context, Language, NotFound, Text, audit, need, transaction
from kit.documents import Cell, Lines, csv_pieces
from kit.geo import GEOJSON, Feature, Point, geojson_pieces
from kit.thai import show_phone
from plugins.permits.service.finding import (
    STANDS,
    USES,
    WORKS,
    Sought,
    all_permits,
    district_of,
)
from plugins.permits.service.rights import READ

Row = Mapping[str, Any]
KINDS: Mapping[str, str] = {"csv": "text/csv; charset=utf-8", "geojson": GEOJSON}


class Column(msgspec.Struct, frozen=True):
    """A column of the file.

    :param cell: what stands in it, for a row and a language.
    """

    name: str
    head: Text
    cell: Callable[[Row, Language], Cell]


def _as_it_is(name: str, head: Text) -> Column:
    return Column(name, head, lambda row, _: row[name])


def _iso(name: str, head: Text) -> Column:
    return Column(name, head, lambda row, _: row[name].isoformat())


def _word(name: str, head: Text, words: Mapping[str, Text], of: str) -> Column:
    def cell(row: Row, language: Language) -> Cell:
        word = words.get(row[of])
        return word.to(language) if word else row[of]

    return Column(name, head, cell)


_NUMBER = _as_it_is("number", Text("เลขที่ใบอนุญาต", "Number of the permit"))
_ISSUED_ON = _iso("issued_on", Text("วันที่ออก", "Issued on"))
_STOREYS = _as_it_is("storeys", Text("จำนวนชั้น", "Storeys"))
_AREA = _as_it_is("area", Text("พื้นที่รวมทุกชั้น (ตร.ม.)", "Square metres of all floors"))
_CODE = _as_it_is("subdistrict", Text("รหัสตำบล", "Code of the sub-district"))
_UNTIL = _iso("until", Text("ใช้ได้ถึง", "Valid until"))
_PLACED = (
    _as_it_is("lat", Text("ละติจูด", "Latitude")),
    _as_it_is("lon", Text("ลองจิจูด", "Longitude")),
)

OPEN: Sequence[Column] = (
    _NUMBER,
    _ISSUED_ON,
    _as_it_is("work", Text("งาน: build ก่อสร้าง alter ดัดแปลง demolish รื้อถอน", "Kind of work")),
    _as_it_is(
        "use",
        Text(
            "อาคารใช้เป็น: house บ้าน shop ตึกแถวหรือร้านค้า store โรงเก็บของหรือโรงงาน "
            "public อาคารสาธารณะ other อย่างอื่น",
            "What the building is for",
        ),
    ),
    _STOREYS,
    _AREA,
    _CODE,
    Column("place", Text("ตำบล อำเภอ จังหวัด", "Sub-district, district, province"), district_of),
    _UNTIL,
    Column(
        "state",
        Text(
            "สถานะวันนี้: valid ใช้ได้ expiring หมดอายุใน 30 วัน expired หมดอายุแล้ว "
            "completed เสร็จแล้ว revoked เพิกถอนแล้ว",
            "How it stands today; expiring: within 30 days",
        ),
        lambda row, _: row["stands"],
    ),
)
_WHOLE: Sequence[Column] = (
    _NUMBER,
    _ISSUED_ON,
    _word("work", Text("งาน", "Work"), WORKS, "work"),
    _word("use", Text("อาคารใช้เป็น", "Use"), USES, "use"),
    _STOREYS,
    _AREA,
    _as_it_is("holder", Text("ผู้รับใบอนุญาต", "Holder")),
    Column(
        "phone",
        Text("โทรศัพท์", "Telephone"),
        lambda row, _: show_phone(row["phone"]) if row["phone"] else "",
    ),
    _as_it_is("place", Text("ที่ตั้ง", "Place")),
    _CODE,
    _as_it_is("deed", Text("เลขที่เอกสารสิทธิ", "Paper of the land")),
    _as_it_is("plan", Text("รหัสแบบมาตรฐาน", "Standard plan")),
    Column(
        "fee",
        Text("ค่าธรรมเนียม (บาท)", "Fee (baht)"),
        lambda row, _: Decimal(row["fee"]).scaleb(-2),
    ),
    _UNTIL,
    _as_it_is("renewed", Text("ต่ออายุแล้ว (ครั้ง)", "Times renewed")),
    _word("state", Text("สถานะ", "State"), STANDS, "stands"),
)


async def export(ctx: Context, sought: Sought, kind: str) -> AsyncIterator[bytes]:
    """Return the pieces of a file with all permits that fit.

    :param kind: one of ``KINDS``.
    :raises NotFound: it is none.
    """
    if kind not in KINDS:
        raise NotFound(Text("ไม่มีไฟล์แบบนี้ มี CSV และ GeoJSON", "There are CSV and GeoJSON only."))
    if not sought.public:
        need(ctx, READ)
        async with transaction(ctx):
            await audit.record(
                ctx,
                "permits.register.exported",
                f"tenant/{ctx.tenant.id}",
                kind=kind,
                work=sought.work,
                state=sought.stands,
                searched=bool(sought.words),
            )
    return _csv(ctx, sought) if kind == "csv" else geojson_pieces(_features(ctx, sought))


def _csv(ctx: Context, sought: Sought) -> AsyncIterator[bytes]:
    columns = (*(OPEN if sought.public else _WHOLE), *_PLACED)
    heads = [one.name if sought.public else one.head.to(ctx.language) for one in columns]
    return csv_pieces(heads, _lines(ctx, sought, columns))


async def _lines(ctx: Context, sought: Sought, columns: Sequence[Column]) -> AsyncIterator[Lines]:
    async for rows in all_permits(ctx, sought):
        yield [[_plain(one.cell(row, ctx.language)) for one in columns] for row in rows]


def _plain(cell: Any) -> Cell:
    return str(cell) if isinstance(cell, float) else cell


async def _features(ctx: Context, sought: Sought) -> AsyncIterator[Sequence[Feature]]:
    columns = OPEN if sought.public else _WHOLE
    async for rows in all_permits(ctx, sought):
        yield [
            Feature(
                row["number"],
                Point(row["lat"], row["lon"]) if row["lat"] is not None else None,
                {one.name: _json(one.cell(row, ctx.language)) for one in columns},
            )
            for row in rows
        ]


def _json(cell: Any) -> Any:
    return float(cell) if isinstance(cell, Decimal) else cell
