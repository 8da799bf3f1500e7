import re
from collections.abc import Callable
from io import BytesIO

import msgspec
import pytest
from pypdf import PdfReader, PdfWriter

from kit.documents import Acting, Signer, join_pdfs, lay_over, pdf_of_picture
from kit.documents.rendering import Press
from kit.thai import thai_digits
from plugins.eoffice.rules.books import Endorsement
from tests.kit.documents.test_overlays import a_picture
from tests.kit.documents.test_rendering import NASTY, filled
from tests.plugins.eoffice.papers import (
    BOOKS,
    ENDORSEMENTS,
    MEMO,
    RECEIPT,
    REGISTER,
    SIGNED,
    STAMP,
    an_entry,
)
from tests.plugins.eoffice.test_papers import in_order, solid

Read = Callable[[bytes], str]
HEADS = ["ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ"]
MM = 72 / 25.4


def texts(pdf: bytes) -> list[str]:
    return [
        solid(page.extract_text()).replace("\u0e4d\u0e32", "\u0e33")
        for page in PdfReader(BytesIO(pdf)).pages
    ]


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("name", BOOKS)
def test_nothing_that_is_typed_becomes_code(press: Press, name: str, text: str) -> None:
    contents = msgspec.to_builtins(BOOKS[name])
    kept = {key: contents[key] for key in ("direction",) if key in contents}
    nasty = filled(contents, text) | kept
    for one in nasty.get("entries", ()):
        one["state"] = "void"

    assert press.render(f"eoffice/{name}.typ", nasty).startswith(b"%PDF")


def test_a_register_of_three_hundred_lines_has_its_head_on_every_page(press: Press) -> None:
    entries = [an_entry(serial) for serial in range(1, 301)]
    register = msgspec.structs.replace(REGISTER, entries=entries)
    pdf = press.render("eoffice/register.typ", register)
    pages = texts(pdf)

    assert len(pages) > 15
    for at, page in enumerate(pages, start=1):
        assert in_order(["เลขทะเบียนรับ", *HEADS], page) == []
        assert "ทะเบียนหนังสือรับ" in page
        assert solid(thai_digits(REGISTER.span)) in page
        assert thai_digits(f"หน้า{at}จาก{len(pages)}") in page
    numbers = re.findall("ว(๓[๐-๙]{4})", "".join(pages))
    assert numbers == [thai_digits(str(30_000 + serial)) for serial in range(1, 301)]
    for sheet in PdfReader(BytesIO(pdf)).pages:
        width, height = float(sheet.mediabox.width) / MM, float(sheet.mediabox.height) / MM
        assert (width, height) == pytest.approx((297, 210), abs=0.1)


def test_void_and_reserved_numbers_stand_there_with_their_reason(
    press: Press, text_of: Read
) -> None:
    text = text_of(press.render("eoffice/register.typ", REGISTER))

    parts = [
        "๑๒๓๕",
        "ยกเลิก",
        "ลงรับซ้ำกับเลข ๑๒๓๐",
        "๑๒๓๖",
        "๑๒๓๗",
        "จองเลข",
        "จองไว้สำหรับหนังสือของกองช่าง",
    ]
    assert in_order(parts, text) == []


def test_the_send_register_names_its_own_number(press: Press, text_of: Read) -> None:
    sent = msgspec.structs.replace(
        REGISTER, direction="send", title="ทะเบียนหนังสือส่ง", form="แบบที่ 14"
    )
    text = text_of(press.render("eoffice/register.typ", sent))

    assert "เลขทะเบียนส่ง" in text
    assert "แบบที่๑๔" in text
    assert "เลขทะเบียนรับ" not in text


def test_a_year_is_printed_in_parts(press: Press) -> None:
    parts = [
        press.render("eoffice/register.typ", msgspec.structs.replace(REGISTER, entries=entries))
        for entries in ([an_entry(1)], [an_entry(2)])
    ]

    assert [page.count("๐๐๒๓") for page in texts(join_pdfs(parts))] == [1, 1]


def test_an_empty_register_is_a_head_without_lines(press: Press, text_of: Read) -> None:
    empty = msgspec.structs.replace(REGISTER, entries=())

    assert in_order(HEADS, text_of(press.render("eoffice/register.typ", empty))) == []


def test_endorsements_stand_in_order_with_who_and_when(press: Press, text_of: Read) -> None:
    text = text_of(press.render("eoffice/endorsements.typ", ENDORSEMENTS))

    parts = [
        "ใบเกษียนหนังสือ", "๑๒๓๔/๒๕๖๙", "สำนักงานส่งเสริมการปกครองท้องถิ่น", "๑.", "เสนอ", "เรียน ปลัดเทศบาล",
        "๓๐ พฤศจิกายน ๒๕๖๙", "๑๐.๔๒ น.", "(นางวันเพ็ญ สุขใจ)", "หัวหน้าสำนักปลัดเทศบาล", "๒.", "เห็นควร",
        "๑๑.๐๕ น.", "๓.", "มอบกองสาธารณสุข", "๑๓.๒๐ น.", "(นางอรทัย มณีวงศ์)", "รองนายกเทศมนตรี",
        "รักษาราชการแทน นายกเทศมนตรีเมืองแม่เหียะ",
    ]  # fmt: skip
    assert in_order(parts, text) == []


def test_many_endorsements_go_on_and_none_is_parted_from_its_signature(press: Press) -> None:
    signer = Signer(
        name="นายประเสริฐ วงศ์คำ",
        post="ปลัดเทศบาล",
        acting=Acting(how="delegated", post="นายกเทศมนตรี"),
        signed=SIGNED,
    )
    many = [Endorsement(action=f"สั่งการครั้ง {at}", signer=signer) for at in range(1, 31)]
    sheet = msgspec.structs.replace(ENDORSEMENTS, endorsements=many)
    pages = texts(press.render("eoffice/endorsements.typ", sheet))

    assert len(pages) > 3
    for page in pages:
        assert page.count("สั่งการครั้ง") == page.count("ปฏิบัติราชการแทน") > 0


def test_a_receipt_says_what_was_received_when_and_by_whom(press: Press, text_of: Read) -> None:
    pdf = press.render("eoffice/receipt.typ", RECEIPT)

    parts = [
        "ใบรับหนังสือ", "๑๒๓๔/๒๕๖๙", "๒๐ พฤศจิกายน ๒๕๖๙ เวลา ๑๐.๔๒ น.", "พิเศษ/๒๕๖๙", "จาก",
        "นางสาววิภาดา แสงคำ", "ถึง", "เรื่อง", "ไฟฟ้าสาธารณะ", "ผู้รับ", "(นางสาวกมลชนก ใจดี)",
    ]  # fmt: skip
    assert in_order(parts, text_of(pdf).replace("แบบที่๑๘", "")) == []
    assert len(PdfReader(BytesIO(pdf)).pages) == 1


def test_the_stamp_is_five_by_two_and_a_half_centimetres(press: Press, text_of: Read) -> None:
    pdf = press.render("eoffice/stamp.typ", STAMP)
    [page] = PdfReader(BytesIO(pdf)).pages

    size = (float(page.mediabox.width) / MM, float(page.mediabox.height) / MM)
    assert size == pytest.approx((50, 25), abs=0.1)
    parts = [
        "เทศบาลเมืองแม่เหียะ",
        "เลขรับ",
        "๑๒๓๔/๒๕๖๙",
        "วันที่",
        "๒๐ พฤศจิกายน ๒๕๖๙",
        "เวลา",
        "๑๐.๔๒ น.",
    ]
    assert in_order(parts, text_of(pdf)) == []


def test_a_division_stamps_with_its_own_name_and_long_names_fit(
    press: Press, text_of: Read
) -> None:
    office = msgspec.structs.replace(STAMP.office, name="องค์การบริหารส่วนตำบลหนองบัวระเหวเหนือ")
    stamp = msgspec.structs.replace(STAMP, unit="กองสาธารณสุขและสิ่งแวดล้อม", office=office)
    pdf = press.render("eoffice/stamp.typ", stamp)

    assert "กองสาธารณสุขและสิ่งแวดล้อม" in text_of(pdf)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_letter_and_a_scan_are_stamped_on_a_copy(
    press: Press, text_of: Read, turned: int
) -> None:
    turning = PdfWriter(clone_from=BytesIO(press.render("eoffice/memo.typ", MEMO)))
    turning.pages[0].rotate(turned)
    out = BytesIO()
    turning.write(out)
    stamp = press.render("eoffice/stamp.typ", STAMP)

    for given in (out.getvalue(), pdf_of_picture(a_picture((1240, 1754)))):
        made = lay_over(given, stamp)
        assert text_of(made).startswith(text_of(given))
        assert in_order(["เลขรับ", "๑๒๓๔/๒๕๖๙", "๑๐.๔๒ น."], text_of(made)) == []
