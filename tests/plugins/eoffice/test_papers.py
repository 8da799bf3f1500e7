import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from PIL import Image
from pypdf import PdfReader

from kit.documents import Acting, Signer
from kit.documents.printed import FOR_MACHINES, snapshot
from kit.documents.rendering import Press
from plugins.eoffice.rules.body import Block, read
from plugins.eoffice.rules.contents import Agenda, Document, External, Minutes
from tests.kit.documents.test_rendering import NASTY, filled
from tests.plugins.eoffice.papers import (
    CERTIFICATE,
    DOCUMENTS,
    EXTERNAL,
    MEMO,
    MINUTES,
    ORDER,
    STAMPED,
    TEXTS,
    VERIFY,
)

Read = Callable[[bytes], str]
Some = TypeVar("Some", bound=Document)
EACH = pytest.mark.parametrize("name", DOCUMENTS)
POINTS_TO_CM = 2.54 / 72

# What stands on each, in this order; spaces are not looked at.
ORDERS: dict[str, list[str]] = json.loads((TEXTS / "parts.json").read_text(encoding="utf-8"))


def solid(text: str) -> str:
    return "".join(text.split())


def in_order(parts: Iterable[str], text: str) -> list[str]:
    """Return the parts that are not found behind the one before."""
    at, missing = 0, []
    for part in parts:
        found = text.find(solid(part), at)
        if found < 0:
            missing.append(part)
        else:
            at = found + len(solid(part))
    return missing


def printed(press: Press, name: str, document: Document) -> bytes:
    return press.render(f"eoffice/{name}.typ", document)


def with_(document: Some, *, body: Sequence[Block] = (), **changes: Any) -> Some:
    if body and isinstance(document, Minutes):
        changes["agenda"] = [Agenda("เรื่องอื่น ๆ", body)]
    elif body:
        changes["body"] = body
    return msgspec.structs.replace(document, **changes)


@EACH
def test_every_part_stands_in_its_place(press: Press, text_of: Read, name: str) -> None:
    assert in_order(ORDERS[name], text_of(printed(press, name, DOCUMENTS[name]))) == []


def strings(value: Any, key: str = "") -> Iterator[str]:
    match value:
        case str() if key not in FOR_MACHINES:
            yield value
        case dict():
            for name, item in value.items():
                yield from strings(item, name)
        case list():
            for item in value:
                yield from strings(item)


@EACH
def test_what_is_kept_is_in_thai_digits(name: str) -> None:
    kept = " ".join(strings(snapshot(DOCUMENTS[name])))

    assert re.findall("[๐-๙]", kept)
    assert re.findall("[0-9]+", kept.replace("PM2.5", "")) == []


@EACH
def test_a_document_is_archival_and_can_be_read_aloud(press: Press, name: str) -> None:
    root: Any = PdfReader(BytesIO(printed(press, name, DOCUMENTS[name]))).trailer["/Root"]
    told = root["/Metadata"].get_data().decode()

    assert "<pdfaid:part>2</pdfaid:part>" in told
    assert "<pdfuaid:part>1</pdfuaid:part>" in told


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
@EACH
def test_nothing_that_is_typed_becomes_code(press: Press, name: str, text: str) -> None:
    nasty = filled(msgspec.to_builtins(DOCUMENTS[name]), text)

    assert press.render(f"eoffice/{name}.typ", nasty).startswith(b"%PDF")


@EACH
def test_a_draft_has_its_places_empty(press: Press, text_of: Read, name: str) -> None:
    draft = with_(DOCUMENTS[name], number="", date="")
    parts = [part for part in ORDERS[name] if not re.search("[๐-๙]", part)]

    assert in_order(parts, text_of(printed(press, name, draft))) == []


def pages_of(pdf: bytes) -> list[tuple[str, str, str]]:
    """Return of every page its number, the words carried over, and its text."""
    found = []
    for page in PdfReader(BytesIO(pdf)).pages:
        text = solid(page.extract_text()).replace("\u0e4d\u0e32", "\u0e33")
        head = re.match(r"(?:ลับลับ)?(?:-([๐-๙]+)-)?(?:/(.*?)\.\.\.)?", text)
        assert head is not None
        found.append((head[1] or "", head[2] or "", text[head.end() :]))
    return found


def long_letter(**other: Any) -> External:
    body = "\n\n".join(
        f"ย่อหน้า {at} " + " ".join(f"เทศบาลแจ้งวลีที่ {at * 100 + one} ให้ทราบ" for one in range(30))
        for at in range(1, 13)
    )
    return with_(EXTERNAL, **{"body": read(body), "secrecy": "ลับ"} | other)


def test_a_long_letter_goes_on_over_pages_and_nothing_is_lost(press: Press) -> None:
    pages = pages_of(printed(press, "external", long_letter()))
    found = re.findall("วลีที่([๐-๙]+)ให้ทราบ", "".join(text for _, _, text in pages))

    assert [int(one) for one in found] == [
        at * 100 + one for at in range(1, 13) for one in range(30)
    ]
    assert [number for number, _, _ in pages] == ["", "๒", "๓", "๔", "๕"]


def test_the_words_that_begin_a_page_stand_at_the_foot_of_the_one_before(press: Press) -> None:
    for shift in range(3):
        start = "เทศบาลแจ้ง" * (shift * 7)
        body = [Block(text=start + "มา"), *long_letter().body]
        pages = pages_of(printed(press, "external", long_letter(body=body)))

        for (_, carried, _), (_, _, text) in pairwise(pages):
            assert carried
            assert text.startswith(carried)
        assert pages[-1][1] == ""


def test_the_secrecy_stands_at_head_and_foot_of_every_page(press: Press, tmp_path: Path) -> None:
    for verify in (None, VERIFY):
        pages = words_of(printed(press, "external", long_letter(verify=verify)), tmp_path)
        for words in pages:
            heights = sorted(y for word, _, y, _ in words if word == "ลับ")
            assert len(heights) == 2
            assert heights[0] < 1.5
            assert heights[1] > 27.5


def words_of(pdf: bytes, folder: Path) -> list[list[tuple[str, float, float, float]]]:
    """Return the words of every page with left, top and right edge in centimetres."""
    path = folder / "words.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(  # noqa: S603 - a file of this test
        ["/usr/bin/env", "pdftotext", "-bbox", path, "-"], check=True, capture_output=True
    ).stdout.decode()
    return [
        [
            (word, *(float(edge) * POINTS_TO_CM for edge in edges))
            for *edges, word in re.findall(
                r'<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="\S+">(.*?)</word>', page
            )
        ]
        for page in found.split("<page ")[1:]
    ]


def test_a_letter_of_one_page_carries_nothing_over(press: Press, text_of: Read) -> None:
    assert "..." not in text_of(printed(press, "memo", MEMO))


@EACH
def test_words_of_sixty_letters_stay_within_the_margins(
    press: Press, tmp_path: Path, name: str
) -> None:
    words = ["ก" * 60, "สิ่งแวดล้อมชุมชน" * 4, "A" * 60, "saraban@" + "long" * 13 + ".go.th"]
    document = with_(DOCUMENTS[name], body=read("\n\n".join(f"{one} " * 5 for one in words)))
    if name in {"external", "memo", "order"}:
        document = with_(document, subject=" ".join(words[1:]))

    for page in words_of(printed(press, name, document), tmp_path):
        for word, left, _, right in page:
            assert left > 2.9, word
            assert right < 19.1, word


def test_the_signature_never_stands_alone_on_a_page(press: Press) -> None:
    for lines in range(8, 32):
        body = read(
            "\n".join(f"{at}. เทศบาลแจ้งให้ทราบ" for at in range(1, lines)) + "\n\nจึงเรียนมาเพื่อทราบ"
        )
        *_, (_, _, last) = pages_of(printed(press, "external", with_(EXTERNAL, body=body)))

        assert in_order(["จึงเรียนมาเพื่อทราบ", "ขอแสดงความนับถือ", "สำเนาส่ง"], last) == []


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("replacing", "รักษาราชการแทน นายกเทศมนตรี"),
        ("delegated", "ปฏิบัติราชการแทน นายกเทศมนตรี"),
        ("filling", "รักษาการในตำแหน่ง นายกเทศมนตรี"),
    ],
)
def test_in_whose_place_somebody_signs_is_said(
    press: Press, text_of: Read, how: Any, words: str
) -> None:
    signer = Signer(name="นาย ก", post="ปลัดเทศบาล", acting=Acting(how=how, post="นายกเทศมนตรี"))
    text = text_of(printed(press, "order", with_(ORDER, signer=signer)))

    assert in_order(["(นาย ก)", "ปลัดเทศบาล", words], text) == []


def test_openings_and_closings_of_the_table_are_taken(press: Press, text_of: Read) -> None:
    letter = with_(
        EXTERNAL, opening="นมัสการ", closing="ขอนมัสการด้วยความเคารพ", to="เจ้าอาวาสวัดพระธาตุดอยคำ"
    )
    text = text_of(printed(press, "external", letter))

    assert in_order(["นมัสการ", letter.to, letter.closing], text) == []
    assert "เรียนเจ้าอาวาส" not in text
    assert "ขอแสดงความนับถือ" not in text


def test_one_enclosure_and_several_references_are_listed_as_an_office_does(
    press: Press, text_of: Read
) -> None:
    letter = with_(
        EXTERNAL, enclosures=EXTERNAL.enclosures[:1], references=["หนังสือฉบับแรก", "หนังสือฉบับหลัง"]
    )
    text = text_of(printed(press, "external", letter))

    assert "อ้างถึง๑.หนังสือฉบับแรก๒.หนังสือฉบับหลัง" in text
    assert "สิ่งที่ส่งมาด้วยแผนที่จุดเก็บตัวอย่างน้ำจำนวน๑ชุด" in text


def test_minutes_without_a_checker_and_a_certificate_without_a_person_are_shorter(
    press: Press, text_of: Read
) -> None:
    minutes = text_of(printed(press, "minutes", with_(MINUTES, checker=None, absent=())))
    certificate = text_of(printed(press, "certificate", with_(CERTIFICATE, person="")))

    assert "ผู้ตรวจรายงาน" not in minutes
    assert "ผู้ไม่มาประชุม" not in minutes
    assert "รูปถ่าย" not in certificate


def a_picture(colour: str, size: tuple[int, int] = (100, 110)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def field_of(pdf: bytes, folder: Path, colour: tuple[int, int, int]) -> tuple[float, ...] | None:
    """Return left, top, right and bottom of a colour on the first page, in centimetres."""
    path = folder / "shown.pdf"
    path.write_bytes(pdf)
    command = ["pdftoppm", "-r", "72", "-png", "-singlefile", str(path), str(path)]
    subprocess.run(["/usr/bin/env", *command], check=True, capture_output=True)  # noqa: S603
    with Image.open(f"{path}.png") as image:
        flat = image.convert("RGB")
    found = Image.new("1", flat.size)
    found.putdata([pixel == colour for pixel in flat.get_flattened_data()])
    box = found.getbbox()
    return tuple(edge * POINTS_TO_CM for edge in box) if box else None


@pytest.mark.parametrize(
    ("name", "top", "height", "middle"),
    [("external", 1.5, 3, 11), ("order", 1.5, 3, 11), ("memo", 1.5, 1.5, 3.7)],
)
def test_the_garuda_is_as_high_as_it_must_be_and_in_its_place(
    press: Press, tmp_path: Path, name: str, top: float, height: float, middle: float
) -> None:
    pdf = press.render(f"eoffice/{name}.typ", DOCUMENTS[name], {"garuda": a_picture("#0000FF")})
    box = field_of(pdf, tmp_path, (0, 0, 255))

    assert box is not None
    assert box[1] == pytest.approx(top, abs=0.08)
    assert box[3] - box[1] == pytest.approx(height, abs=0.08)
    assert (box[0] + box[2]) / 2 == pytest.approx(middle, abs=0.1)


@EACH
def test_without_a_garuda_its_space_stays_empty(press: Press, tmp_path: Path, name: str) -> None:
    pictures = {"garuda": a_picture("#0000FF")}
    without = words_of(printed(press, name, DOCUMENTS[name]), tmp_path)
    given = words_of(press.render(f"eoffice/{name}.typ", DOCUMENTS[name], pictures), tmp_path)

    assert without == given


def test_the_seal_and_the_photo_of_an_office_are_set(press: Press, tmp_path: Path) -> None:
    stamped = press.render("eoffice/stamped.typ", STAMPED, {"seal": a_picture("#0000FF")})
    photo = {"photo": a_picture("#0000FF", (400, 600))}
    certificate = press.render("eoffice/certificate.typ", CERTIFICATE, photo)
    seal_box = field_of(stamped, tmp_path, (0, 0, 255))
    photo_box = field_of(certificate, tmp_path, (0, 0, 255))

    assert seal_box is not None
    assert photo_box is not None
    assert photo_box[2] - photo_box[0] == pytest.approx(4, abs=0.1)
    assert photo_box[3] - photo_box[1] == pytest.approx(6, abs=0.1)


def test_urgency_and_secrecy_are_red_and_nothing_else_is(press: Press, tmp_path: Path) -> None:
    red = (200, 16, 46)
    marked = printed(press, "external", EXTERNAL)
    plain = printed(press, "external", with_(EXTERNAL, speed=""))
    secret = printed(press, "external", with_(EXTERNAL, speed="", secrecy="ลับ"))

    assert field_of(plain, tmp_path, red) is None
    urgent_box, secret_box = field_of(marked, tmp_path, red), field_of(secret, tmp_path, red)
    assert urgent_box is not None
    assert secret_box is not None
    assert urgent_box[3] < 5
    assert secret_box[3] - secret_box[1] > 27
