import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import anyio
import msgspec
import pytest
from PIL import Image
from pypdf import PdfReader

from kit.documents.casework import Receipt
from kit.documents.contents import General, Paper
from kit.documents.files import inspect
from kit.documents.printed import FOR_MACHINES
from kit.documents.rendering import Press

NASTY = {
    "code": '#panic("x") #let it = 1; #import "/etc/passwd": *',
    "markup": "*b* _i_ $x^2$ @ref <l> \\ \\u{41} `r` ```raw``` = h\n- a\n+ b\n/ c: d // e /* f",
    "brackets": ']) } #{ [ ( " \' \\" ',
    "signs": "🙂 မြန်မာ 中文 \u202e\u2066abc\ufeff\x00\x07\ue000 e\u0301 \u0e48\u0e48\u0e31",
    "thai": "ขออนุญาตก่อสร้างอาคารและขอใบอนุญาต " * 20,
    "space": "\u2028\u2029\t\r\n ",
    "nothing": "",
}
KEPT = {"places", "signed"} | FOR_MACHINES


def filled(value: Any, text: str, key: str = "") -> Any:
    match value:
        case str():
            return value if key in KEPT else text
        case dict():
            return {
                name: item if name in KEPT else filled(item, text, name)
                for name, item in value.items()
            }
        case list() | tuple():
            return [filled(item, text) for item in value]
        case _:
            return value


def colours_of(page: Path) -> list[tuple[int, int, int, int]]:
    with Image.open(page) as image:
        found: Any = image.convert("RGB").getcolors(1 << 24)
    return [(count, *colour) for count, colour in found]


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize(
    "name",
    [
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
    ],
)
def test_nothing_that_is_typed_becomes_code(
    press: Press, papers: dict[str, Paper], name: str, text: str
) -> None:
    pdf = press.render(f"documents/{name}.typ", filled(msgspec.to_builtins(papers[name]), text))

    assert inspect(pdf, "paper.pdf").pages >= 1


def test_what_looks_like_code_is_printed_letter_by_letter(
    press: Press, papers: dict[str, Paper], text_of: Callable[[bytes], str]
) -> None:
    typed = '#panic("x") *b* $x^2$ @ref \\u{41} <l> `r` // c'
    pdf = press.render(
        "documents/general.typ", msgspec.structs.replace(papers["general"], paragraphs=[typed])
    )

    assert '#panic("x")*b*$x^2$@ref\\u{41}<l>`r`//c' in text_of(pdf)


def test_ten_thousand_signs_in_every_line_are_set_on_as_many_pages_as_they_need(
    press: Press, receipt: Receipt, text_of: Callable[[bytes], str]
) -> None:
    rows = [msgspec.structs.replace(row, value="คำ " * 3_300 + "จบ") for row in receipt.rows]
    pdf = press.render("documents/receipt.typ", msgspec.structs.replace(receipt, rows=rows))

    assert text_of(pdf).count("จบ") == len(rows)
    assert inspect(pdf, "paper.pdf").pages > 5


def test_equal_contents_make_equal_files_at_another_time(press: Press, receipt: Receipt) -> None:
    first = press.render("documents/receipt.typ", receipt)
    time.sleep(1.1)

    assert press.render("documents/receipt.typ", receipt) == first
    assert (
        Press(Path(__file__).parents[3] / "assets" / "fonts").render(
            "documents/receipt.typ", receipt
        )
        == first
    )


def test_the_file_says_what_it_is_whose_it_is_and_when_it_was_issued(
    press: Press, receipt: Receipt
) -> None:
    reader = PdfReader(BytesIO(press.render("documents/receipt.typ", receipt)))
    told = reader.metadata
    assert told is not None

    assert told.title == "ใบรับคำขอ ๑๒๕๔/๒๕๖๙"
    assert told.author == "เทศบาลเมืองแม่เหียะ"
    assert told.creation_date == datetime(2026, 11, 20, 3, 42, tzinfo=UTC)
    assert str(reader.root_object["/Lang"]) == "th"
    assert "MH7K-2Q9D-41TA" in str(told.subject)


def test_the_file_claims_the_standards_for_archives_and_for_reading_aloud(
    press: Press, receipt: Receipt
) -> None:
    reader = PdfReader(BytesIO(press.render("documents/receipt.typ", receipt)))
    root: Any = reader.root_object
    xmp = root["/Metadata"].get_data().decode()

    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert root["/MarkInfo"]["/Marked"]
    assert "/OutputIntents" in root
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            [inner] = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in inner.get_object()["/FontDescriptor"]


def test_pictures_stand_on_the_paper(
    press: Press, receipt: Receipt, pages_of: Callable[[bytes], list[Path]]
) -> None:
    emblem = BytesIO()
    Image.new("RGB", (200, 200), "#ff0000").save(emblem, "PNG")
    pdf = press.render("documents/receipt.typ", receipt, {"emblem": emblem.getvalue()})

    assert any(count > 5_000 for count, *red in colours_of(pages_of(pdf)[0]) if red == [255, 0, 0])


def test_the_colour_of_the_office_is_darkened_until_it_can_be_read(
    press: Press, receipt: Receipt, pages_of: Callable[[bytes], list[Path]]
) -> None:
    office = msgspec.structs.replace(receipt.office, accent="#FFEE00")
    pdf = press.render("documents/receipt.typ", msgspec.structs.replace(receipt, office=office))

    yellows = [
        (red, green, blue)
        for count, red, green, blue in colours_of(pages_of(pdf)[0])
        if count > 500 and red > blue + 60
    ]
    assert yellows
    assert all(sum(colour) < 400 for colour in yellows)


async def test_papers_are_made_side_by_side_and_each_stays_its_own(
    press: Press, papers: dict[str, Paper], text_of: Callable[[bytes], str]
) -> None:
    made: dict[int, bytes] = {}

    async def make(serial: int) -> None:
        paper = msgspec.structs.replace(papers["general"], number=f"{serial}/2569")
        made[serial] = await press.render_async("documents/general.typ", paper)

    async with anyio.create_task_group() as group:
        for serial in range(101, 113):
            group.start_soon(make, serial)

    expected = {
        serial: press.render(
            "documents/general.typ",
            msgspec.structs.replace(papers["general"], number=f"{serial}/2569"),
        )
        for serial in made
    }
    assert made == expected


def test_a_plugin_brings_templates_that_use_the_house_style(
    papers: dict[str, Paper], tmp_path: Path, text_of: Callable[[bytes], str]
) -> None:
    (tmp_path / "pass.typ").write_text(
        '#import "@thongthin/house:1.0.0": *\n'
        "#let it = given()\n#show: sheet.with(it)\n#masthead(it)\n#title-line(it)\n#it.colour",
        encoding="utf-8",
    )
    press = Press(Path(__file__).parents[3] / "assets" / "fonts", {"oss": tmp_path})
    contents = msgspec.to_builtins(papers["general"]) | {"colour": "สีเขียว 5"}

    assert "สีเขียว๕" in text_of(press.render("oss/pass.typ", contents))


@pytest.mark.parametrize(
    "template", ["documents/none", "../documents/receipt.typ", "oss/receipt.typ", "/etc/passwd"]
)
def test_a_template_that_nobody_brought_is_a_bug(
    press: Press, receipt: Receipt, template: str
) -> None:
    with pytest.raises(LookupError, match="template"):
        press.render(template, receipt)


def test_a_paper_without_its_moment_is_a_bug(press: Press, papers: dict[str, Paper]) -> None:
    contents = msgspec.to_builtins(papers["general"]) | {"issued_at": "2026-11-20T10:42:00"}

    with pytest.raises(ValueError, match="zone"):
        press.render("documents/general.typ", contents)


def test_a_folder_without_fonts_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="fonts"):
        Press(tmp_path)


def test_a_paper_takes_less_than_half_a_second_of_processor(
    press: Press, papers: dict[str, Paper]
) -> None:
    general = papers["general"]
    assert isinstance(general, General)
    press.render("documents/general.typ", general)
    begun = time.process_time()
    for serial in range(10):
        press.render(
            "documents/general.typ", msgspec.structs.replace(general, number=f"{serial}/2569")
        )

    assert timedelta(seconds=time.process_time() - begun) / 10 < timedelta(seconds=0.5)
