import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader

from kit.documents.casework import Defects, Receipt
from kit.documents.contents import General, Paper, Signer
from kit.documents.rendering import Press

NAMES = [
    "receipt",
    "slip",
    "defects",
    "decision",
    "late",
    "extension",
    "correction",
    "certificate",
    "general",
    "guide",
]
Text = Callable[[bytes], str]


def codes_on(page: Path) -> set[str]:
    found = subprocess.run(  # noqa: S603 - a picture of this test
        ["/usr/bin/env", "zbarimg", "-q", "--raw", page],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(found.stdout.split())


def said_in_order(text: str, parts: tuple[str, ...]) -> None:
    assert [part for part in parts if part not in text] == []
    assert sorted(parts, key=text.find) == list(parts)


@pytest.mark.parametrize("name", NAMES)
def test_every_paper_says_what_it_was_given_in_thai_digits(
    press: Press, papers: dict[str, Paper], name: str, text_of: Text
) -> None:
    paper = papers[name]
    text = text_of(press.render(f"documents/{name}.typ", paper))

    assert "เทศบาลเมืองแม่เหียะ" in text
    assert "MH7K-2Q9D-41TA" in text
    assert re.findall("[0-9]+", text.replace("MH7K-2Q9D-41TA", "").replace("A3", "")) in (
        [],
        ["4", "8", "7", "1", "0"],
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name != "slip"])
def test_a_scanner_finds_the_verification_on_every_page(
    press: Press, papers: dict[str, Paper], name: str, pages_of: Callable[[bytes], list[Path]]
) -> None:
    pages = pages_of(press.render(f"documents/{name}.typ", papers[name]))

    assert all("https://maehia.go.th/v/MH7K-2Q9D-41TA" in codes_on(page) for page in pages)


@pytest.mark.parametrize("name", ["receipt", "slip"])
def test_a_receipt_leads_to_the_case(
    press: Press, receipt: Receipt, name: str, pages_of: Callable[[bytes], list[Path]]
) -> None:
    [page, *_] = pages_of(press.render(f"documents/{name}.typ", receipt))

    assert "https://maehia.go.th/t/4QZ8-7X1M-0WKD" in codes_on(page)


def test_a_receipt_says_who_asked_for_what_and_until_when_it_is_decided(
    press: Press, receipt: Receipt, text_of: Text
) -> None:
    text = text_of(press.render("documents/receipt.typ", receipt))

    for part in (
        "ต้นฉบับ",
        "ใบรับคำขอ",
        "เลขที่๑๒๕๔/๒๕๖๙",
        "นางสาววิภาดาพรรณรายณ์แสงคำเรืองวัฒนานุกูลกิจณเชียงใหม่",
        "ซอยวัดต้นปิน๑๒/๑",
        "กระดาษA3",
        "ต้องพิจารณาแล้วเสร็จภายในวันจันทร์ที่๔มกราคมพ.ศ.๒๕๗๐",
        "หน้า๑จาก๑",
    ):
        assert part in text


def test_the_slip_fits_the_roll_of_the_counters_printer(press: Press, receipt: Receipt) -> None:
    [page] = PdfReader(BytesIO(press.render("documents/slip.typ", receipt))).pages

    assert float(page.mediabox.width) == pytest.approx(80 / 25.4 * 72, abs=0.01)


def test_the_record_of_defects_is_signed_by_both_and_says_the_day(
    press: Press, defects: Defects, text_of: Text
) -> None:
    text = text_of(press.render("documents/defects.typ", defects))

    for part in (
        "สำเนา",
        "ส่งสำเนาโฉนดด้านหลังขนาดเท่าต้นฉบับ",
        "แก้ไขหรือยื่นเพิ่มเติมภายในวันศุกร์ที่๔ธันวาคมพ.ศ.๒๕๖๙",
        "จะไม่เรียกเอกสารหรือหลักฐานอื่นอีก",
        "ผู้ยื่นคำขอ",
        "พนักงานเจ้าหน้าที่",
        "(นายสมชายวงศ์สวรรค์)",
    ):
        assert part in text
    assert "ไม่ได้ลงลายมือชื่อ" not in text


def test_the_record_says_why_the_applicant_did_not_sign(
    press: Press, defects: Defects, text_of: Text
) -> None:
    unsigned = msgspec.structs.replace(defects, refused="ยื่นทางอิเล็กทรอนิกส์")

    text = text_of(press.render("documents/defects.typ", unsigned))
    assert "ผู้ยื่นคำขอไม่ได้ลงลายมือชื่อเพราะยื่นทางอิเล็กทรอนิกส์" in text


def test_a_refusal_gives_facts_law_considerations_and_the_appeal_in_this_order(
    press: Press, papers: dict[str, Paper], text_of: Text
) -> None:
    text = text_of(press.render("documents/decision.typ", papers["decision"]))
    parts = (
        "เรื่องแจ้งผลการพิจารณาคำขออนุญาตก่อสร้างอาคาร",
        "อ้างถึงคำขออนุญาต",
        "ข้อเท็จจริง",
        "ข้อกฎหมาย",
        "ข้อพิจารณา",
        "ผลการพิจารณา:ไม่อนุญาตให้ก่อสร้างอาคาร",
        "สิทธิอุทธรณ์",
        "ภายใน๓๐วันนับแต่วันทราบคำสั่ง",
        "ขอแสดงความนับถือ",
    )

    said_in_order(text, parts)


def test_who_signs_for_another_is_said_with_the_order(
    press: Press, papers: dict[str, Paper], text_of: Text
) -> None:
    text = text_of(press.render("documents/certificate.typ", papers["certificate"]))

    assert "(นางอรทัยมณีวงศ์)รองนายกเทศมนตรีเมืองแม่เหียะรักษาราชการแทนนายกเทศมนตรี" in text
    assert "คำสั่งเทศบาลเมืองแม่เหียะที่๘๑๒/๒๕๖๙ลงวันที่๒พฤศจิกายน๒๕๖๙" in text
    assert "ลงลายมือชื่ออิเล็กทรอนิกส์เมื่อ๒๐พฤศจิกายน๒๕๖๙เวลา๑๐.๔๒น." in text


def test_the_letter_of_a_delay_counts_its_turn_and_goes_to_the_commission_too(
    press: Press, papers: dict[str, Paper], text_of: Text
) -> None:
    text = text_of(press.render("documents/late.typ", papers["late"]))

    assert "ครั้งที่๒ตามมาตรา๑๐" in text
    assert "ทุก๗วัน" in text
    assert "สำเนาส่งสำนักงานคณะกรรมการพัฒนาระบบราชการ(ก.พ.ร.)" in text


def test_the_letter_of_an_extension_says_which_it_is_and_the_new_last_day(
    press: Press, papers: dict[str, Paper], text_of: Text
) -> None:
    text = text_of(press.render("documents/extension.typ", papers["extension"]))
    parts = (
        "ครบกำหนดพิจารณาในวันจันทร์ที่๔มกราคมพ.ศ.๒๕๗๐",
        "ครั้งที่๑จากที่ขยายได้ไม่เกิน๒ครั้ง",
        "เหตุผลที่ขยายเวลา",
        "มาตรา๒๕",
        "จะแจ้งผลการพิจารณาภายในวันพฤหัสบดีที่๑๘กุมภาพันธ์พ.ศ.๒๕๗๐",
    )

    said_in_order(text, parts)


def test_an_order_to_change_says_what_until_when_and_how_to_appeal(
    press: Press, papers: dict[str, Paper], text_of: Text
) -> None:
    text = text_of(press.render("documents/correction.typ", papers["correction"]))
    parts = (
        "อาศัยอำนาจตามพ.ร.บ.ควบคุมอาคารพ.ศ.๒๕๒๒มาตรา๒๗จึงสั่งให้แก้ไข",
        "แสดงระยะร่นด้านทิศเหนือไม่น้อยกว่า๒เมตร",
        "แก้ไขและส่งภายในวันศุกร์ที่๒๒มกราคมพ.ศ.๒๕๗๐",
        "ให้แล้วเสร็จภายใน๓๐วันนับแต่วันที่ได้รับ",
        "ถือว่าเป็นการยื่นคำขอใหม่",
        "สิทธิอุทธรณ์",
    )

    said_in_order(text, parts)


def test_the_guide_has_its_headings_in_the_order_of_the_portal(
    press: Press, papers: dict[str, Paper], text_of: Text
) -> None:
    text = text_of(press.render("documents/guide.typ", papers["guide"]))
    parts = (
        "คู่มือสำหรับประชาชน",
        "หน่วยงานเจ้าของกระบวนงาน",
        "ช่องทางการให้บริการ",
        "หลักเกณฑ์วิธีการและเงื่อนไข",
        "ขั้นตอนระยะเวลาและส่วนงานที่รับผิดชอบ",
        "รายการเอกสารหลักฐานประกอบ",
        "ไม่มีค่าธรรมเนียม",
        "ช่องทางการร้องเรียน",
        "ตัวอย่างแบบฟอร์ม",
    )

    said_in_order(text, parts)


def test_pages_are_counted_in_thai_digits_and_heads_of_tables_come_again(
    press: Press, papers: dict[str, Paper], text_of: Text
) -> None:
    general = papers["general"]
    assert isinstance(general, General)
    assert general.table is not None
    rows = [["ค่าบำรุงสถานที่", f"{number}.00"] for number in range(90)]
    table = msgspec.structs.replace(general.table, rows=rows, total=False)
    long = msgspec.structs.replace(general, table=table)

    text = text_of(press.render("documents/general.typ", long))
    assert "หน้า๑จาก๓" in text
    assert "หน้า๓จาก๓" in text
    assert text.count("รายการบาท") == 3


@pytest.mark.parametrize("paragraphs", range(12, 30))
def test_no_signature_stands_alone_on_a_page(
    press: Press, papers: dict[str, Paper], paragraphs: int
) -> None:
    general = papers["general"]
    assert isinstance(general, General)
    paper = msgspec.structs.replace(
        general, table=None, paragraphs=["A3"] * paragraphs, signer=Signer(name="The Mayor")
    )

    last = PdfReader(BytesIO(press.render("documents/general.typ", paper))).pages[-1]
    text = last.extract_text()
    assert text.index("A3") < text.index("Mayor")


def test_a_paper_without_a_code_shows_its_number_and_its_pages(
    press: Press, papers: dict[str, Paper], text_of: Text
) -> None:
    plain = msgspec.structs.replace(papers["general"], verify=None)

    text = text_of(press.render("documents/general.typ", plain))
    assert text.endswith("๔๑/๒๕๖๙หน้า๑จาก๑")


def test_compound_words_are_not_torn_and_no_joiner_is_left_to_be_copied(
    press: Press, papers: dict[str, Paper], tmp_path: Path
) -> None:
    texts = [f"{'ก ' * number}ขอใบอนุญาตก่อสร้าง" for number in range(60, 80)]
    path = tmp_path / "torn.pdf"
    path.write_bytes(
        press.render(
            "documents/general.typ", msgspec.structs.replace(papers["general"], paragraphs=texts)
        )
    )
    found = subprocess.run(  # noqa: S603 - a file of this test
        ["/usr/bin/env", "pdftotext", "-layout", path, "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert found.count("ใบอนุญาต") >= len(texts)
    assert "\u2060" not in found
