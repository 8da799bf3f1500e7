from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from kit.documents.contents import Paper
from kit.documents.letters import Letters
from kit.documents.rendering import Press

CONSONANTS = [chr(sign) for sign in range(0xE01, 0xE2F)]
VOWELS = ["", *"\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39"]
TONES = ["", *"\u0e48\u0e49\u0e4a\u0e4b\u0e4c"]


@pytest.mark.parametrize("tone", TONES)
def test_every_syllable_is_found_as_it_was_written(
    press: Press, papers: dict[str, Paper], tone: str, text_of: Callable[[bytes], str]
) -> None:
    words = [f"{letter}{vowel}{tone}น" for vowel in VOWELS for letter in CONSONANTS]
    # No word has sara am under the sign of a silent letter.
    words += [f"{letter}{tone}ำ" for letter in CONSONANTS if tone != "\u0e4c"]
    paper = msgspec.structs.replace(
        papers["general"], table=None, paragraphs=[f"A{' '.join(words)}Z"]
    )
    text = text_of(press.render("documents/general.typ", paper))

    assert text[text.index("A") + 1 : text.index("Z")] == "".join(words)


def test_an_office_paper_is_found_word_by_word(
    press: Press, papers: dict[str, Paper], text_of: Callable[[bytes], str]
) -> None:
    text = text_of(press.render("documents/decision.typ", papers["decision"]))

    for written in (
        "นางสาววิภาดาพรรณรายณ์แสงคำเรืองวัฒนานุกูลกิจณเชียงใหม่",
        "ผนังด้านทิศเหนือซึ่งมีหน้าต่างห่างแนวเขตที่ดิน๑.๔๐เมตร",
        "คณะกรรมการพิจารณาอุทธรณ์โดยยื่นต่อเจ้าพนักงานท้องถิ่น",
        "รักษาราชการแทนนายกเทศมนตรีเมืองแม่เหียะ",
    ):
        assert written in text


def test_what_is_no_file_of_the_typesetter_is_a_bug() -> None:
    fonts = sorted((Path(__file__).parents[3] / "assets" / "fonts").glob("*.ttf"))

    with pytest.raises(ValueError, match="does not end"):
        Letters(fonts).put_right(b"%PDF-1.7")
