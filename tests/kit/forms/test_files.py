import pytest

from core.api import Text
from kit.forms import File, Place, SentFile, describe, read

PAPERS = File("papers", Text("บันทึกประจำวัน", "Police record"), most=2)


def test_ids_are_kept_in_order_and_once(place: Place) -> None:
    assert read([PAPERS], {"papers": ["b", "a", "b", ""]}, place).values == {"papers": ["b", "a"]}


def test_a_file_that_is_ticked_for_removal_is_left_out(place: Place) -> None:
    posted = {"papers": ["a", "b", "c"], "papers.drop": ["a"]}

    reading = read([PAPERS], posted, place)

    assert reading.values == {"papers": ["b", "c"]}
    assert reading.typed == {"papers": ["b", "c"]}


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [
        ([], "Attach “Police record”."),
        (["a", "b", "c"], "“Police record” takes at most 2 files and has 3. Remove some."),
        (
            ["โฉนด.jpg"],
            "A file of “Police record” was not found. Attach it again; all other answers are kept.",
        ),
    ],
)
def test_what_cannot_be_attached_is_told(ids: list[str], sentence: str, place: Place) -> None:
    assert read([PAPERS], {"papers": ids}, place).problems["papers"].en == sentence


@pytest.mark.parametrize(
    ("media_type", "size", "sentence"),
    [
        ("image/jpeg", 20_000_000, None),
        ("application/pdf", 1, None),
        ("image/png", 33_000_001, "ไฟล์นี้ 34 เมกะไบต์ รับได้ไม่เกิน 20 ลองถ่ายใหม่หรือย่อขนาด"),
        ("image/png", 20_000_001, "ไฟล์นี้ 21 เมกะไบต์ รับได้ไม่เกิน 20 ลองถ่ายใหม่หรือย่อขนาด"),
        ("text/html", 1, "ไฟล์นี้ไม่ใช่รูปหรือ PDF ถ่ายรูปเอกสารแล้วแนบใหม่ได้เลย"),
    ],
)
def test_a_file_is_refused_by_what_it_is_and_how_large(
    media_type: str, size: int, sentence: str | None
) -> None:
    refusal = PAPERS.refusal(media_type, size)

    assert (refusal.th if refusal else None) == sentence


def test_a_field_of_pictures_takes_no_pdf() -> None:
    photo = File("photo", Text("รูปถ่าย", "Photograph"), kinds=("image",))

    assert photo.media_types == ("image/*",)
    assert photo.refusal("application/pdf", 1) is not None


def test_what_was_sent_is_said_in_words() -> None:
    assert SentFile("โฉนด.jpg", 1_800_000).words.th == "ส่งแล้ว 1.8 เมกะไบต์"
    assert SentFile("โฉนด.jpg", 10).words.en == "Sent, 0.1 megabytes"
    assert describe([PAPERS], {"papers": ["a"]}, "en")[0].text == "1 file"
