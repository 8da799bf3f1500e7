from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from core.errors import InvalidInput
from kit.documents.rendering import Press
from plugins.eoffice.rules.disposing import Dissent
from plugins.eoffice.service import disposing, keeping_papers, lending, storing
from plugins.eoffice.service.disposing import Decision
from plugins.eoffice.service.lending import Borrowing
from plugins.eoffice.service.storing import Shelf
from tests.plugins.eoffice.conftest import TownHall, at
from tests.plugins.eoffice.papers import LISTING
from tests.plugins.eoffice.shelves import COMMITTEE, approved, carried_out, closed, considered
from tests.plugins.eoffice.test_books import texts
from tests.plugins.eoffice.test_papers import in_order

Read = Callable[[bytes], str]
NOW, YEAR = "2026-11-20 11:00", "2037-01-15 09:00"


async def test_the_lists_of_storage_have_the_columns_of_their_forms(
    hall: TownHall, text_of: Read
) -> None:
    registry, letter = await hall.sits("registry"), await closed(hall, NOW, subject="น้ำท่วม")
    list_ = await storing.hand_over(registry, "clerk", [letter])
    handed = text_of(await keeping_papers.print_handover(registry, list_))
    await storing.take_in(registry, list_, Shelf(file_code="สธ 1", place="ตู้ 3"))
    book = text_of(await keeping_papers.print_stored(registry, 2569, first=1, last=1))

    heads = ["แบบที่ ๑๙", "ลำดับที่", "ที่", "ลงวันที่", "เรื่อง", "อายุการเก็บหนังสือ", "หมายเหตุ"]
    lines = ["น้ำท่วม", "เก็บถึง พ.ศ. ๒๕๗๙", "ผู้มอบ", "(อรทัย มั่นคง)", "ผู้รับมอบ"]
    assert in_order([*heads, *lines], handed) == []
    assert "บัญชีหนังสือส่งเก็บ" in handed
    heads = ["วันเก็บ", "เลขทะเบียนรับ", "ที่", "เรื่อง", "รหัสแฟ้ม", "กำหนดเวลาเก็บ", "หมายเหตุ"]
    assert in_order(["แบบที่ ๒๐", *heads, "๑/๒๕๖๙", "สธ ๑", "ตู้ ๓"], book) == []
    with pytest.raises(InvalidInput):
        await keeping_papers.print_stored(registry, 2569, first=5, last=1)


async def test_the_list_of_what_is_destroyed_says_what_was_decided_by_whom(
    hall: TownHall, text_of: Read
) -> None:
    now = at(hall.ctx, YEAR)
    for subject in ("น้ำท่วม", "แนวเขต"):
        await closed(hall, "2026-06-01 09:00", subject=subject)
    list_ = await considered(hall, now)
    registry = await hall.sits("registry", now)
    longer = Decision(turns=[2], decision="keep", until=2585, why="ยังใช้อ้างอิง")
    await disposing.decide(registry, list_, longer)
    said = Dissent(name=COMMITTEE[1].name, text="ควรเก็บทั้งหมด", about="ลำดับที่ 1")
    await disposing.dissent(registry, list_, said)
    await approved(hall, now, list_)
    await carried_out(hall, now, list_)

    text = text_of(await keeping_papers.print_disposal(registry, list_))
    heads = ["แบบที่ ๒๕", "รหัสแฟ้ม", "ที่", "ลงวันที่", "เลขทะเบียนรับ", "เรื่อง", "การพิจารณา", "หมายเหตุ"]
    lines = ["น้ำท่วม", "X", "ทำลายต้นฉบับกระดาษแล้ว", "แนวเขต", "ขยายเวลาเก็บถึง พ.ศ. ๒๕๘๕", "ยังใช้อ้างอิง"]
    ends = ["ความเห็นแย้งของนายมานพ ศรีสุข", "ควรเก็บทั้งหมด", "ไฟล์อิเล็กทรอนิกส์", "ประธานกรรมการ"]
    assert in_order([*heads, *lines, *ends, "(ธนวัฒน์ ยอดเมือง)"], text) == []


async def test_documents_for_the_archives_and_those_kept_here_are_two_lists(
    hall: TownHall, text_of: Read
) -> None:
    now = at(hall.ctx, "2047-01-10 09:00")
    for subject in ("ส่งมอบ", "เก็บเอง"):
        await closed(hall, "2026-06-01 09:00", subject=subject, retention="history")
    registry = await hall.sits("registry", now)
    list_ = await disposing.draw(registry, "archives")
    await disposing.decide(registry, list_, Decision(turns=[2], decision="own", why="แนวเขต"))

    given = text_of(await keeping_papers.print_disposal(registry, list_))
    own = text_of(await keeping_papers.print_disposal(registry, list_, own=True))
    assert in_order(["แบบที่ ๒๑", "ส่งมอบ"], given) == []
    assert in_order(["แบบที่ ๒๒", "เก็บเอง", "แนวเขต"], own) == []
    assert "บัญชีส่งมอบหนังสือครบ๒๐ปี" in given
    assert "บัญชีหนังสือครบ๒๐ปีที่ขอเก็บเอง" in own


async def test_a_loan_has_its_card(hall: TownHall, text_of: Read) -> None:
    registry, letter = await hall.sits("registry"), await closed(hall, NOW)
    facts = Borrowing(
        account=hall.accounts["officer"],
        purpose="ตรวจรับงานจ้าง",
        due_on=hall.ctx.today + timedelta(7),
    )
    loan = await lending.lend(registry, letter, facts)

    text = text_of(await keeping_papers.print_loan(registry, loan))
    parts = ["บัตรยืมหนังสือ", "ผู้ยืม", "สุภาพร ใจดี", "๒๗ พฤศจิกายน ๒๕๖๙", "ผู้รับ", "ผู้ส่งคืน"]
    assert in_order(parts, text) == []


def test_a_list_of_many_lines_has_its_head_on_every_page_and_is_signed_once(press: Press) -> None:
    rows = [[str(n), *LISTING.rows[0][1:]] for n in range(1, 121)]
    pages = texts(press.render("eoffice/listing.typ", msgspec.structs.replace(LISTING, rows=rows)))

    assert len(pages) > 4
    for page in pages:
        assert in_order(["การพิจารณา", "หมายเหตุ"], page) == []
    assert sum("ประธานกรรมการ" in page for page in pages) == 1
