from datetime import UTC, date, datetime

import pytest
from jinja2 import Environment, StrictUndefined

from kit.thai import FILTERS

DAY = date(2026, 11, 25)
INSTANT = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)

environment = Environment(autoescape=True, undefined=StrictUndefined)
environment.filters |= FILTERS


def rendered(expression: str, lang: str, **values: object) -> str:
    return environment.from_string("{{ " + expression + " }}").render(lang=lang, **values)


@pytest.mark.parametrize(
    ("expression", "thai", "english"),
    [
        ("day | day", "25 พฤศจิกายน 2569", "25 November 2026 (B.E. 2569)"),
        (
            "day | day_full",
            "วันพุธที่ 25 พฤศจิกายน 2569",
            "Wednesday 25 November 2026 (B.E. 2569)",
        ),
        ("day | day_short", "25 พ.ย. 2569", "25 Nov 2026"),
        (
            "instant | moment",
            "20 พฤศจิกายน 2569 เวลา 10.42 น.",
            "20 November 2026 (B.E. 2569), 10:42",
        ),
        ("instant | moment_short", "20 พ.ย. 2569 เวลา 10.42 น.", "20 Nov 2026, 10:42"),
        ("instant | clock_time", "10.42 น.", "10:42"),
        ("day | weekday", "พุธ", "Wednesday"),
        ("day | month_year", "พฤศจิกายน 2569", "November 2026"),
        ("125025 | baht", "1,250.25", "1,250.25"),
        ("125025 | amount", "1,250.25 บาท", "1,250.25 baht"),
        ("'12/2569' | thai_digits", "๑๒/๒๕๖๙", "๑๒/๒๕๖๙"),
        ("'+66812344417' | phone", "08-1234-4417", "08-1234-4417"),
        ("'+66812344417' | phone_masked", "08•-•••-4417", "08•-•••-4417"),
        ("'1234545678781' | id_masked", "1-2345-•••••-••-1", "1-2345-•••••-••-1"),
        ("day | day_short(language='th')", "25 พ.ย. 2569", "25 พ.ย. 2569"),
    ],
)
def test_a_filter_speaks_the_language_of_the_page(expression: str, thai: str, english: str) -> None:
    assert rendered(expression, "th", day=DAY, instant=INSTANT) == thai
    assert rendered(expression, "en", day=DAY, instant=INSTANT) == english


def test_kept_text_is_escaped_once() -> None:
    assert rendered("'<b> 5 บาท' | keep", "th") == '&lt;b&gt; <span class="nb">5 บาท</span>'


def test_the_page_names_the_places_that_are_kept() -> None:
    assert rendered("'ชาวครึ่งทุกคน' | keep", "th", place_names=["ครึ่ง"]) == (
        'ชาว<span class="nb">ครึ่ง</span>ทุกคน'
    )


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("ป้าจันทร์", '<span lang="th">ป้าจันทร์</span>'),
        ("จ่าย 5 บาท", '<span lang="th">จ่าย <span class="nb">5 บาท</span></span>'),
        ("A street light", "A street light"),
        ("Handled by the division วัด", "Handled by the division วัด"),
    ],
)
def test_what_was_written_in_thai_is_marked_on_an_english_page(text: str, english: str) -> None:
    assert rendered("text | keep", "en", text=text) == english
    assert "lang" not in rendered("text | keep", "th", text=text)
