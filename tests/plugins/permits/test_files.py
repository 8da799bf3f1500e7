import hashlib
from uuid import UUID, uuid4

import pytest

from core.context import Context
from core.errors import InvalidInput
from kit.documents import FileRefused
from plugins.permits.rules.library import What
from plugins.permits.service import files, library
from tests.plugins.permits.conftest import a_pdf, a_picture, a_plan, rows, the_files


async def test_drawings_are_kept_under_the_digest_of_what_was_sent(officer: Context) -> None:
    sent = a_pdf(3)
    kept = await files.keep(officer, "drawings", "../แบบ\u202e.exe", sent)

    assert kept.digest == hashlib.sha256(sent).hexdigest()
    assert (kept.pages, kept.size, kept.media_type) == (3, len(sent), "application/pdf")
    assert kept.name == "แบบ.pdf"
    assert await files.read_file(officer, kept) == (sent, "application/pdf")


async def test_a_picture_is_written_anew_and_has_a_small_one(officer: Context) -> None:
    kept = await files.keep(officer, "picture", "บ้าน.png", a_picture())
    small, kind = await files.read_file(officer, kept, small=True)

    assert kind == "image/jpeg"
    assert small.startswith(b"\xff\xd8\xff")
    assert len(small) <= 30 * 1024


@pytest.mark.parametrize(
    ("what", "data", "said"),
    [
        ("drawings", a_picture(), "ช่องนี้รับเฉพาะ PDF"),
        ("calculations", a_picture("JPEG"), "ช่องนี้รับเฉพาะ PDF"),
        ("picture", a_pdf(), "ช่องนี้รับเฉพาะรูป"),
        ("drawings", b"", "ว่างเปล่า"),
        ("drawings", b"MZ\0\0" * 100, "ไม่ใช่รูปหรือ PDF"),
        ("drawings", a_pdf()[:60], "ไฟล์อาจเสีย"),
        ("drawings", a_pdf(script="app.alert(1)"), "PDF"),
        ("picture", a_picture()[:200], "รูป"),
        ("calculations", b"%PDF-1.7" + b" " * 21_000_000, "20"),
    ],
)
async def test_a_file_that_is_broken_or_of_another_kind_is_refused_in_words(
    officer: Context, what: What, data: bytes, said: str
) -> None:
    with pytest.raises(FileRefused) as refusal:
        await files.keep(officer, what, "x.pdf", data)

    assert said in refusal.value.sentence.th
    assert await rows(officer, "SELECT 1 FROM permits.plan_file") == []


async def test_a_file_counts_only_as_what_it_was_sent_for(officer: Context) -> None:
    kept = await the_files(officer)
    swapped: dict[What, UUID] = {
        "drawings": kept["calculations"],
        "calculations": uuid4(),
    }
    with pytest.raises(InvalidInput) as refusal:
        await library.add_plan(officer, a_plan(), from_on=officer.today, files=swapped, why="ทดสอบ")

    assert set(refusal.value.problems) == {"drawings", "calculations"}
    assert await rows(officer, "SELECT 1 FROM permits.plan") == []
