import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.eoffice.rules.body import DEEPEST, Block, problems, read, write
from tests.plugins.eoffice.papers import TEXTS, typed

LABELS = ["1.", "2.", "๑.", "1.1", "๑.๒", "1.1.1", "1.1.1.1", "ข้อ 1", "ข้อ ๒", "ข้อ3", "(1)", "(๒)"]
PIECES = [
    *LABELS,
    "13.30",
    "น.",
    "น.ส.",
    "1.5/2569",
    "เทศบาล",
    "เรียน ",
    " ",
    "\n",
    "\n\n",
    "\t",
    "\u00a0",
]
BODIES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=30).map("".join)


def solid(text: str) -> str:
    return "".join(text.split())


@given(BODIES)
def test_nothing_that_was_typed_is_lost(text: str) -> None:
    assert solid("".join(one.label + one.text for one in read(text))) == solid(text)


@given(BODIES)
def test_what_was_read_and_written_is_read_the_same(text: str) -> None:
    blocks = read(text)

    assert read(write(blocks)) == blocks


@given(BODIES)
def test_levels_are_three_and_only_clauses_have_one(text: str) -> None:
    for one in read(text):
        assert (one.level > 0) == bool(one.label)
        assert one.level <= DEEPEST
        assert one.label or one.text


@given(BODIES)
def test_problems_come_in_order_and_only_at_clauses(text: str) -> None:
    blocks = read(text)
    found = [one.at for one in problems(blocks)]

    assert found == sorted(set(found))
    assert all(blocks[at].label for at in found)


def test_a_blank_line_parts_paragraphs_and_a_line_break_stays() -> None:
    assert read("ย่อหน้าแรก\nบรรทัดที่สอง\n\n\n  ย่อหน้าที่สอง  ") == (
        Block(text="ย่อหน้าแรก\nบรรทัดที่สอง"),
        Block(text="ย่อหน้าที่สอง"),
    )


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("1. เรื่องเดิม", "1.", "เรื่องเดิม"),
        ("1.เรื่องเดิม", "1.", "เรื่องเดิม"),
        ("๑. เรื่องเดิม", "๑.", "เรื่องเดิม"),
        ("1. น.ส. กมลชนก", "1.", "น.ส. กมลชนก"),
        ("1.10 น.ส. กมลชนก", "1.10", "น.ส. กมลชนก"),
        ("2.1 สารคลอรีน", "2.1", "สารคลอรีน"),
        ("2.1. สารคลอรีน", "2.1.", "สารคลอรีน"),
        ("๒.๑.๓ สารคลอรีน", "๒.๑.๓", "สารคลอรีน"),
        ("ข้อ 1 ระเบียบนี้", "ข้อ 1", "ระเบียบนี้"),
        ("ข้อ ๑๒ ระเบียบนี้", "ข้อ ๑๒", "ระเบียบนี้"),
        ("(1) กรรมการ", "(1)", "กรรมการ"),
        ("(๑)กรรมการ", "(๑)", "กรรมการ"),
        ("    1.1 ย่อย", "1.1", "ย่อย"),
        ("1.", "1.", ""),
    ],
)
def test_a_line_that_begins_with_a_number_is_a_clause(line: str, label: str, text: str) -> None:
    [found] = read(line)

    assert (found.label, found.text) == (label, text)


@pytest.mark.parametrize(
    "line",
    [
        "13.30 น. ปิดประชุม",
        "๐๙.๓๐ น. เริ่มประชุม",
        "1,250 บาท",
        "1.5/2569",
        "2569 เป็นปีแรก",
        "ข้อ 10/1 ที่แก้ไข",
        "ข้อความ",
        "(1)/2569",
        "(ก) ข้อย่อย",
        "*ตัวหนา* # หัวข้อ",
    ],
)
def test_other_lines_are_text(line: str) -> None:
    assert read(line) == (Block(text=line),)


def test_brackets_stand_one_level_under_what_is_open() -> None:
    levels = [one.level for one in read("(1) ก\n1. ข\n(1) ค\n1.1 ง\n(1) จ\nข้อ 1 ฉ\n(1) ช\n1. ซ")]

    assert levels == [1, 1, 2, 2, 3, 1, 2, 2]


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda one: one.stem)
def test_texts_of_the_municipality_are_numbered_well(path: object) -> None:
    blocks = typed(getattr(path, "stem", ""))

    assert blocks
    assert problems(blocks) == ()


@pytest.mark.parametrize(
    "text",
    [
        "ข้อ 1 ก\n1.1 ข\n1.2 ค\nข้อ 2 ง\n1. จ\n1.1 ฉ\n2. ช",
        "1. ก\n\nย่อหน้า\n\n2. ข",
        "1. ก\n2. ข\n\nย่อหน้า\n\n1. ค\n2. ง",
        "1. ก\n(1) ข\n(2) ค\n2. ง\n(1) จ",
        "๑. ก\n2. ข\n๓. ค",
        "1. ก\n1.1 ข\n1.1.1 ค\n1.1.2 ง\n1.2 จ\n1.2.1 ฉ\n2. ช",
    ],
)
def test_numbers_that_follow_are_no_problem(text: str) -> None:
    assert problems(read(text)) == ()


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("1. ก\n3. ข", 1, "“3.” ข้ามลำดับ ตรงนี้ควรเป็น “2.”"),
        ("2. ก", 0, "ควรเป็น “1.”"),
        ("ข้อ 1 ก\nข้อ ๓ ข", 1, "“ข้อ ๓” ข้ามลำดับ ตรงนี้ควรเป็น “ข้อ 2”"),
        ("1. ก\n2. ข\n2. ค", 2, "“2.” ซ้ำหรือย้อนลำดับ ตรงนี้ควรเป็น “3.”"),
        ("ข้อ 1 ก\n\nย่อหน้า\n\nข้อ 1 ข", 2, "ควรเป็น “ข้อ 2”"),
        ("1. ก\n1.1 ข\n1.3 ค", 2, "ควรเป็น “1.2”"),
        ("1. ก\n2.1 ข", 1, "ไม่ได้อยู่ใต้ข้อ 2"),
        ("1. ก\n(1) ข\n(3) ค", 2, "ควรเป็น “(2)”"),
        ("1. ก\n1.1 ข\n1.1.1 ค\n(1) ง", 3, "ย่อยเกินสามชั้น"),
    ],
)
def test_a_number_that_does_not_follow_is_told(text: str, at: int, words: str) -> None:
    [found] = problems(read(text))

    assert found.at == at
    assert words in found.sentence.th
    assert found.sentence.en


def test_a_gap_is_told_once() -> None:
    assert [one.at for one in problems(read("1. ก\n5. ข\n6. ค\n7. ง"))] == [1]
