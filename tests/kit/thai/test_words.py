import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from kit.thai import glue, keep

SENTENCE = "ยื่นคำขอใบอนุญาต ภายใน 25 พ.ย. 2569 ค่าธรรมเนียม 1,250.25 บาท"
TEXTS = st.text(
    st.sampled_from("ใบอนุญาต ลงนาม 0123456789๑๒<>&\"'./-– พ.ย. บาท วัน\n") | st.characters(),
    max_size=60,
)


def kept(text: str, *names: str) -> list[str]:
    return re.findall('<span class="nb">(.*?)</span>', keep(text, names))


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("เริ่มนับ 9 พฤศจิกายน 2569 ซึ่ง", ["9 พฤศจิกายน 2569"]),
        ("วันพุธที่ 25 พฤศจิกายน 2569", ["25 พฤศจิกายน 2569"]),
        ("๒๕ พฤศจิกายน พ.ศ. ๒๕๖๙", ["๒๕ พฤศจิกายน พ.ศ. ๒๕๖๙"]),
        ("รอบ กรกฎาคม 2569", ["กรกฎาคม 2569"]),
        ("25 November 2026 (B.E. 2569)", ["25 November 2026", "B.E. 2569"]),
        ("เมื่อ 9 พ.ย. นี้", ["9 พ.ย."]),
        ("ชำระ 60.00 บาท ภายใน 7 วันทำการ", ["60.00 บาท", "7 วันทำการ"]),
        ("pay 60.00 baht in 7 working days", ["60.00 baht", "7 working days"]),
        ("พื้นที่ 149.50 ตร.ม. กว้าง 40 ม.", ["149.50 ตร.ม.", "40 ม."]),
        ("นัด เวลา 10.00 น.", ["เวลา 10.00 น."]),
        ("เปิด จันทร์–ศุกร์ 08.30–16.30 น.", ["จันทร์–ศุกร์", "08.30–16.30 น."]),
        ("เลขรับ 1254/2569", ["เลขรับ", "1254/2569"]),
        ("เลข 1-2345-•••••-••-1", ["1-2345-•••••-••-1"]),
        ("บ้านเลขที่ 12/3 หมู่ที่ 5", ["12/3", "หมู่ที่ 5"]),
        ("ใช้แบบ ข.1 เท่านั้น", ["แบบ ข.1"]),
        ("แนบใบเสร็จรับเงินแล้วลงนาม", ["ใบเสร็จรับเงิน", "ลงนาม"]),
        ("อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่", ["เมืองเชียงใหม่", "เชียงใหม่"]),
        ("5 mistakes in 3 mayors' letters", []),
        ("ยังไม่ได้รับเงิน", []),
    ],
)
def test_what_would_be_torn_stays_together(text: str, together: list[str]) -> None:
    assert kept(text) == together


def test_the_places_of_a_municipality_stay_together_wherever_they_stand() -> None:
    assert kept("ชาวแม่เหียะยื่นได้", "แม่เหียะ") == ["แม่เหียะ"]
    assert kept("at A&B Co.", "A&B") == ["A&amp;B"]


def test_a_sentence_behind_a_kind_of_place_is_not_kept_whole() -> None:
    assert kept("อำเภอจะส่งหนังสือแจ้งผลการพิจารณาให้ท่านทราบ") == []


def test_text_is_escaped_and_markup_is_not_touched() -> None:
    assert "<b>" not in keep("<b>5 บาท</b>")
    assert keep(Markup('<a title="5 บาท">5 บาท</a>')) == Markup(
        '<a title="5 บาท"><span class="nb">5 บาท</span></a>'
    )


@given(TEXTS)
def test_keeping_adds_nothing_but_its_spans(text: str) -> None:
    page = str(keep(text))

    assert page.replace('<span class="nb">', "").replace("</span>", "") == escape(text)


def test_a_paper_gets_joiners_and_spaces_that_do_not_break() -> None:
    assert glue("ลงนาม 5 วัน") == "ล\u2060ง\u2060น\u2060า\u2060ม 5\u2060\u00a0\u2060วั\u2060น"


def test_a_letter_is_never_parted_from_what_stands_above_it() -> None:
    glued = glue("น้ำแม่คำ", ["น้ำแม่คำ"])

    assert glued == "น้ำ\u2060แ\u2060ม่\u2060คำ"


@given(TEXTS)
def test_a_glued_text_is_the_same_text(text: str) -> None:
    plain = text.replace("\u2060", "").replace("\u00a0", " ")
    glued = glue(plain)

    assert glued.replace("\u2060", "").replace("\u00a0", " ") == plain


def test_pages_and_papers_keep_the_same_together() -> None:
    glued = re.findall("[^ ]*\u2060[^ ]*", glue(SENTENCE))
    plain = [part.replace("\u2060", "").replace("\u00a0", " ") for part in glued]

    assert [part for part in kept(SENTENCE) if not any(part in whole for whole in plain)] == []
    assert kept(SENTENCE) == ["คำขอ", "ใบอนุญาต", "25 พ.ย. 2569", "ค่าธรรมเนียม", "1,250.25 บาท"]
