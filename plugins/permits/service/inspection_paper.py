"""The record of an inspection as a paper for the file of its case."""

from collections.abc import Sequence

import msgspec

from core.api import Context
from kit.casework import read_request
from kit.documents import General, Row, Signer, Table, print_at_once, stamp
from kit.geo import Address
from kit.law import figure
from kit.thai import full_moment
from plugins.permits.rules.inspecting import COLOURS, SHOWN, Compared, Inspected
from plugins.permits.service.inspected import Record, small_photos

TEMPLATE = "permits/inspection.typ"
_HEADS = ("ระยะ", "ที่แจ้ง (ม.)", "วัดได้ (ม.)", "ผลเทียบ")


class Shown(msgspec.Struct, frozen=True):
    """A photo on the paper: the name under which it is sent, and what it shows."""

    picture: str
    caption: str


class InspectionPaper(General, frozen=True, kw_only=True):
    """The record with its photos."""

    photos: Sequence[Shown] = ()
    note: str = ""


async def inspection_pdf(ctx: Context, record: Record) -> bytes:
    """Return the paper, which its inspector signs by hand."""
    request = await read_request(ctx, record.row["case_id"])
    site = request.answers.get("site")
    row, found = record.row, record.found
    pictures = await small_photos(ctx, record)
    paper = InspectionPaper(
        **stamp(ctx, number="", verify=None),
        title="บันทึกการตรวจสถานที่ก่อสร้าง",
        rows=_rows(record, Address(**site).one_line("th") if site else ""),
        table=Table(heads=_HEADS, rows=[_line(one) for one in record.compared], numbers=(1, 2)),
        paragraphs=[found.remarks] if found.remarks else [],
        photos=[
            Shown(f"photo{number}", SHOWN[one.shows].th)
            for number, one in enumerate(record.photos, start=1)
        ],
        note=_note(record),
        signer=Signer(name=row["made_by_name"], post=row["made_by_post"]),
    )
    named = {f"photo{number}": data for number, data in enumerate(pictures, start=1)}
    return await print_at_once(ctx, TEMPLATE, paper, named)


def _rows(record: Record, site: str) -> list[Row]:
    found = record.found
    rows = [
        ("เลขรับคำขอ", record.row["number"]),
        ("ที่ตั้ง", site),
        ("ตรวจเมื่อ", full_moment(found.made_at, "th")),
        ("พิกัดที่ตรวจ (WGS 84)", _position(found)),
        ("เลขที่ดินหรือหลักเขตที่เห็น", found.parcel),
        ("รุกล้ำที่ดินของผู้อื่นหรือที่สาธารณะ", "ใช่" if found.encroaches else "ไม่ใช่"),
        ("ต้องมีหนังสือยินยอม", "ใช่" if found.consent else "ไม่ใช่"),
        ("บ่อเกรอะและทางระบายน้ำ", "เห็น" if found.drains else "ไม่เห็น"),
        ("สีผังเมือง", COLOURS[found.zone].th if found.zone else ""),
        ("ผลการตรวจ", record.result.th),
    ]
    return [Row(label, value) for label, value in rows if value]


def _position(found: Inspected) -> str:
    if found.position is None:
        return "ไม่มี ดูหมายเหตุ"
    about = f" คลาดเคลื่อน {found.accuracy} เมตร" if found.accuracy is not None else ""
    return f"{found.position}{about}"


def _line(one: Compared) -> tuple[str, ...]:
    lengths = (figure(each) if each is not None else "-" for each in (one.stated, one.measured))
    return (one.what.th, *lengths, one.words.th)


def _note(record: Record) -> str:
    """Return what the record lacks or came to late, in one line."""
    parts = []
    if record.unseen:
        parts.append("ไม่มีรูป" + " ".join(side.th for side in record.unseen))
    if record.row["late"]:
        parts.append(
            f"บันทึกมาถึงระบบเมื่อ {full_moment(record.row['sent_at'], 'th')} หลังเรื่องผ่านขั้นตรวจสถานที่แล้ว"
        )
    return " ".join(parts)
