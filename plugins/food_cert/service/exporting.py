"""The register for other programs, as CSV and GeoJSON: whole for officers, open for everybody.

Who takes a copy with names out of the register is noted, since nobody can be asked afterwards whom
it was about. Days are those of ISO 8601 in the common era, which other programs read.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from core.api import Context, Language, NotFound, Text, audit, need, transaction
from kit.documents import Cell, Lines, csv_pieces
from kit.geo import GEOJSON, Feature, Point, geojson_pieces
from kit.thai import show_phone
from plugins.food_cert.rules.hygiene import GRADES
from plugins.food_cert.rules.places import INSTRUMENTS, KINDS, STANDS
from plugins.food_cert.service.finding import Sought, all_places
from plugins.food_cert.service.rights import READ

Row = Mapping[str, Any]
FILES: Mapping[str, str] = {"csv": "text/csv; charset=utf-8", "geojson": GEOJSON}


class Column(msgspec.Struct, frozen=True):
    """A column of the file.

    :param head: what it holds, in words.
    :param cell: what stands in it, for a row and a language.
    """

    name: str
    head: Text
    cell: Callable[[Row, Language], Cell]


def _column(name: str, head: Text) -> Column:
    def cell(row: Row, language: Language) -> Cell:
        value: Cell | date = row[name]
        return value.isoformat() if isinstance(value, date) else value

    return Column(name, head, cell)


def _word(name: str, head: Text, words: Mapping[str, Text]) -> Column:
    def cell(row: Row, language: Language) -> Cell:
        word = words.get(row[name])
        return word.to(language) if word else row[name]

    return Column(name, head, cell)


_NAME = _column("name", Text("ชื่อสถานประกอบกิจการ", "Name of the business"))
_PAPER = _column("paper_number", Text("เลขที่หนังสือรับรองหรือใบอนุญาต", "Number of its paper"))
_UNTIL = _column("until", Text("ใบอนุญาตใช้ได้ถึง", "Licence valid until"))
_STATE_UNTIL = _column("state_until", Text("พักใช้ถึง", "Suspended until"))
_ADDRESS = _column("address", Text("ที่ตั้ง", "Address"))
_SUBDISTRICT = _column("subdistrict", Text("รหัสตำบล", "Code of the sub-district"))
_SCORE = _column("score", Text("คะแนนสุขลักษณะ เต็ม 100", "Score of hygiene, of a hundred"))
_GRADED_ON = _column("graded_on", Text("วันที่ตรวจ", "Day of the inspection"))
_PLACED = (
    _column("lat", Text("ละติจูด", "Latitude")),
    _column("lon", Text("ลองจิจูด", "Longitude")),
)

OPEN: Sequence[Column] = (
    _column(
        "code", Text("รหัสหน้าเว็บของร้าน: /food/places/<code>", "Of its page: /food/places/<code>")
    ),
    _NAME,
    _column("kind", Text("ประเภท: sell จำหน่ายอาหาร store สะสมอาหาร", "Kind: sells or stores food")),
    _column(
        "instrument",
        Text(
            "เอกสาร: certificate หนังสือรับรองการแจ้ง licence ใบอนุญาต",
            "Its paper: certificate of notification, or licence",
        ),
    ),
    _PAPER,
    _UNTIL,
    _ADDRESS,
    _SUBDISTRICT,
    _column(
        "stands",
        Text(
            "สถานะวันนี้: notified แจ้งแล้วรอหนังสือรับรอง valid เปิดได้ renewing เปิดได้ระหว่างต่ออายุ "
            "expired ใบอนุญาตหมดอายุ suspended พักใช้ stopped สั่งหยุด revoked เพิกถอน "
            "lapsed การแจ้งสิ้นผล closed เลิกกิจการ",
            "How it stands today; it may be run where this is notified, valid or renewing",
        ),
    ),
    _STATE_UNTIL,
    _column(
        "grade",
        Text(
            "ผลตรวจสุขลักษณะครั้งล่าสุด: excellent ดีมาก good ดี improve ต้องปรับปรุง",
            "Of the last inspection: excellent, good, or to be improved",
        ),
    ),
    _SCORE,
    _GRADED_ON,
)
_WHOLE: Sequence[Column] = (
    _column("number", Text("เลขทะเบียน", "Number in the register")),
    _NAME,
    _word("kind", Text("ประเภท", "Kind"), KINDS),
    _word("instrument", Text("เอกสาร", "Paper"), INSTRUMENTS),
    _PAPER,
    _column("begun_on", Text("เปิดตั้งแต่", "Run since")),
    _column("issued_on", Text("วันที่ออกเอกสาร", "Paper issued on")),
    _UNTIL,
    _column("area", Text("พื้นที่ (ตร.ม.)", "Square metres")),
    _column("workers", Text("ผู้ปฏิบัติงาน (คน)", "Workers")),
    _column("holder", Text("ผู้ประกอบกิจการ", "Holder")),
    _column("company_id", Text("เลขทะเบียนนิติบุคคล", "Number of the company")),
    Column(
        "phone",
        Text("โทรศัพท์", "Telephone"),
        lambda row, _: show_phone(row["phone"]) if row["phone"] else "",
    ),
    _ADDRESS,
    _SUBDISTRICT,
    _word("stands", Text("สถานะ", "State"), STANDS),
    _STATE_UNTIL,
    _word("grade", Text("ระดับสุขลักษณะ", "Grade of hygiene"), GRADES),
    _SCORE,
    _GRADED_ON,
    _column("closed_on", Text("เลิกกิจการวันที่", "Closed on")),
)


async def export(ctx: Context, sought: Sought, kind: str) -> AsyncIterator[bytes]:
    """Return the pieces of a file with all places that fit.

    :param kind: one of ``FILES``.
    :raises NotFound: it is none.
    """
    if kind not in FILES:
        raise NotFound(Text("ไม่มีไฟล์แบบนี้ มี CSV และ GeoJSON", "There are CSV and GeoJSON only."))
    if not sought.public:
        need(ctx, READ)
        await _note(ctx, sought, kind)
    return _csv(ctx, sought) if kind == "csv" else geojson_pieces(_features(ctx, sought))


async def _note(ctx: Context, sought: Sought, kind: str) -> None:
    sifted = {
        name: value
        for name, value in msgspec.structs.asdict(sought).items()
        if value and name not in ("words", "page")
    }
    async with transaction(ctx):
        await audit.record(
            ctx,
            "food_cert.register.exported",
            f"tenant/{ctx.tenant.id}",
            kind=kind,
            sifted=sifted,
            searched=bool(sought.words),
        )


def _csv(ctx: Context, sought: Sought) -> AsyncIterator[bytes]:
    columns = (*(OPEN if sought.public else _WHOLE), *_PLACED)
    heads = [one.name if sought.public else one.head.to(ctx.language) for one in columns]
    return csv_pieces(heads, _lines(ctx, sought, columns))


async def _lines(ctx: Context, sought: Sought, columns: Sequence[Column]) -> AsyncIterator[Lines]:
    async for rows in all_places(ctx, sought):
        yield [[_plain(one.cell(row, ctx.language)) for one in columns] for row in rows]


def _plain(cell: Any) -> Cell:
    return str(cell) if isinstance(cell, float) else cell


async def _features(ctx: Context, sought: Sought) -> AsyncIterator[Sequence[Feature]]:
    columns = OPEN if sought.public else _WHOLE
    key = "code" if sought.public else "number"
    async for rows in all_places(ctx, sought):
        yield [
            Feature(
                str(row[key]),
                Point(row["lat"], row["lon"]) if row["lat"] is not None else None,
                {one.name: _json(one.cell(row, ctx.language)) for one in columns},
            )
            for row in rows
        ]


def _json(cell: Any) -> Any:
    return float(cell) if isinstance(cell, Decimal) else cell
