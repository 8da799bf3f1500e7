import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from kit.documents.files import (
    LARGEST,
    LONGEST_NAME,
    clean_name,
    inspect,
    inspect_async,
    kind_of,
)
from kit.documents.refusals import EMPTY, HEIC, NOT_TAKEN, FileRefused

# In two parts, so that no scanner takes this file for what it tests against.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(form: str = "JPEG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(out, form)
    return out.getvalue()


def pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def office_file() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


FOREIGN = {
    "virus.pdf": EICAR,
    "program.jpg": b"MZ\x90\x00" + b"\0" * 200,
    "linux": b"\x7fELF" + b"\0" * 200,
    "letter.docx": office_file(),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 200,
    "page.html": b"<!doctype html><script>alert(1)</script>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "moving.gif": b"GIF89a" + b"\0" * 50,
    "plan.tif": b"II*\0" + b"\0" * 50,
    "both.pdf": b"GIF89a/*\n" + pdf(),
    "notes.txt": "ข้อความ".encode(),
    "print.ps": b"%!PS-Adobe-3.0\n",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_whatever_is_no_picture_and_no_pdf_is_refused_in_plain_words(name: str) -> None:
    with pytest.raises(FileRefused) as refused:
        inspect(FOREIGN[name], name)
    assert refused.value.sentence == NOT_TAKEN
    assert refused.value.sentence.th == "ไฟล์นี้ไม่ใช่รูปหรือ PDF ถ่ายรูปเอกสารแล้วแนบใหม่ได้เลย"


def test_the_name_never_decides_what_a_file_is() -> None:
    assert inspect(picture(), "contract.pdf").mime == "image/jpeg"
    assert inspect(pdf(), "photo.jpg").mime == "application/pdf"


def test_a_picture_is_kept_anew_with_a_thumbnail() -> None:
    checked = inspect(picture("PNG"), "โฉนด.png")

    assert (checked.kind, checked.mime, checked.name) == ("picture", "image/png", "โฉนด.png")
    assert (checked.width, checked.height, checked.pages) == (640, 480, 1)
    assert checked.thumbnail is not None


def test_a_pdf_file_is_kept_as_it_came() -> None:
    checked = inspect(pdf(), "แบบแปลน.pdf")

    assert (checked.kind, checked.data, checked.pages) == ("pdf", pdf(), 1)
    assert checked.thumbnail is None


def test_a_file_on_the_disk_is_looked_at_like_one_in_memory(tmp_path: Path) -> None:
    (tmp_path / "upload").write_bytes(picture())

    assert inspect(tmp_path / "upload", "a.jpg") == inspect(picture(), "a.jpg")


async def test_the_look_does_not_hold_the_event_loop() -> None:
    assert await inspect_async(picture(), "a.jpg") == inspect(picture(), "a.jpg")


def test_a_file_that_is_too_large_is_refused_with_its_size_before_it_is_read(
    tmp_path: Path,
) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(34 * 1024 * 1024 - 5)

    with pytest.raises(FileRefused) as refused:
        inspect(tmp_path / "large", "a.jpg")
    assert refused.value.sentence.th == "ไฟล์นี้ 34 เมกะไบต์ รับได้ไม่เกิน 20 ลองถ่ายใหม่หรือย่อขนาด"
    with pytest.raises(FileRefused, match="21 megabytes"):
        inspect(b"\xff\xd8\xff" + b"\0" * LARGEST, "a.jpg")


def test_an_empty_file_and_a_phones_own_kind_have_sentences_of_their_own() -> None:
    with pytest.raises(FileRefused) as empty:
        inspect(b"", "a.jpg")
    with pytest.raises(FileRefused) as heic:
        inspect(b"\0\0\0\x18ftypheic" + b"\0" * 100, "IMG_0001.HEIC")

    assert empty.value.sentence == EMPTY
    assert heic.value.sentence == HEIC


def test_a_mark_or_a_line_break_before_the_head_of_a_pdf_file_is_taken() -> None:
    assert kind_of(b"\xef\xbb\xbf%PDF-1.7") == "pdf"
    assert kind_of(b"\r\n%PDF-1.7") == "pdf"


@given(st.binary(max_size=64))
def test_any_bytes_are_a_kind_or_refused(head: bytes) -> None:
    try:
        assert kind_of(head) in {"picture", "pdf"}
    except FileRefused as refused:
        assert refused.sentence in {EMPTY, HEIC, NOT_TAKEN}  # noqa: PT017 - one of two ways


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("โฉนด ด้านหลัง.jpeg", "โฉนด ด้านหลัง.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\me\\รูป.PNG", "รูป.jpg"),
        ("gpj.\u202eexe", "gpj.jpg"),
        ("a\x00b\nc\t.jpg", "ab c.jpg"),
        ("photo.jpg.exe", "photo.jpg.jpg"),
        ('a<b>c:d"e|f?g*h.jpg', "a_b_c_d_e_f_g_h.jpg"),
        ("CON.jpg", "_CON.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("...", "file.jpg"),
        ("", "file.jpg"),
    ],
)
def test_names_are_cleaned(typed: str, shown: str) -> None:
    assert clean_name(typed, "image/jpeg") == shown


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_every_system_can_keep(typed: str) -> None:
    name = clean_name(typed, "application/pdf")

    assert name.endswith(".pdf")
    assert 4 < len(name.encode()) <= LONGEST_NAME
    assert not set(name) & set('/\\<>:"|?*\0\n\u202e')
    assert not name.startswith(".")
    assert clean_name(name, "application/pdf") == name
