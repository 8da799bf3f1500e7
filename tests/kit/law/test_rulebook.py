"""What a plugin brings: its files, its words, and what can be set."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from kit.law import Entry, Rulebook, bare, read_rulebook
from kit.law.faults import fault_of
from tests.kit.law.conftest import FIGURES, written


def test_a_figure_without_a_title_is_told_when_the_files_are_read(tmp_path: Path) -> None:
    folder = written(tmp_path, FIGURES[:2], **{"path.width": "m"})

    with pytest.raises(ValueError, match=r"parks: .* missing of visit\.days"):
        read_rulebook("parks", folder, ["figures"])


def test_a_title_without_a_figure_or_with_an_unknown_unit_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path, FIGURES[:1], **{"path.width": "m", "path.slope": "percent"})
    with pytest.raises(ValueError, match=r"missing of path\.slope"):
        read_rulebook("parks", folder, ["figures"])

    written(tmp_path, FIGURES[:1], **{"path.width": "cubits"})
    with pytest.raises(ValueError, match="parks: there is no unit cubits"):
        read_rulebook("parks", folder, ["figures"])


def test_a_figure_is_shown_with_its_unit_and_money_in_baht(book: Rulebook) -> None:
    shown = {code: named.shown(book.latest[code]).th for code, named in book.named.items()}

    assert shown == {
        "path.width": "1.5 เมตร",
        "visit.days": "15 วัน",
        "fee.stall": "20.00 บาท",
        "ceiling.stall": "100.00 บาท",
        "keeper.licence": "(ก|ข)[0-9]{1,6}",
        "form.stall": "สว.1",
        "trees.kept": "ใช้",
        "sane.width": "50 เมตร",
    }
    assert book.group_of["sane.width"].code == "all"


def test_noughts_behind_a_figure_say_nothing(book: Rulebook) -> None:
    width = book.latest["path.width"]
    longer = msgspec.structs.replace(width, value="1.5")

    assert book.named["path.width"].is_same(width, longer)
    assert [bare(one) for one in (1200, width.number, book.latest["fee.stall"].whole)] == [
        "1,200",
        "1.5",
        "2,000",
    ]


@pytest.mark.parametrize(
    ("code", "change", "field", "words"),
    [
        ("path.width", {"value": "ครึ่งเมตร"}, "value", "ครึ่งเมตร"),
        ("path.width", {"value": "-1"}, "value", "-1"),
        ("path.width", {"value": "NaN"}, "value", "NaN"),
        ("path.width", {"value": "1e9"}, "value", "1e9"),
        ("path.width", {"value": "100001"}, "value", "0 ถึง 100,000"),
        ("path.width", {"value": "1.505"}, "value", "ไม่เกิน 2 ตำแหน่ง"),
        ("visit.days", {"value": "1.5"}, "value", "จำนวนเต็ม"),
        ("visit.days", {"value": "0"}, "value", "1 ถึง 3,650"),
        ("fee.stall", {"value": "10001"}, "value", "เพดาน 100.00 บาท"),
        ("keeper.licence", {"value": "(ก[0-9]+"}, "value", "อ่านไม่ได้"),
        ("form.stall", {"value": ""}, "value", "100 ตัวอักษร"),
        ("form.stall", {"value": "ก" * 101}, "value", "100 ตัวอักษร"),
        ("path.width", {"law": " "}, "law", "กฎหมายหรือประกาศ"),
        ("path.width", {"law": "ก" * 301}, "law", "300 ตัวอักษร"),
    ],
)
def test_what_no_rule_can_reckon_with_is_refused(
    book: Rulebook, code: str, change: dict[str, Any], field: str, words: str
) -> None:
    entry: Entry = msgspec.structs.replace(book.latest[code], **change)

    faults = fault_of(book, entry, book.latest)

    assert faults.keys() == {field}
    assert words in faults[field].th


def test_what_the_files_say_can_be_set_as_it_is(book: Rulebook) -> None:
    faults = {one.code: fault_of(book, one, book.latest) for one in book.starting}

    assert set(faults) == set(book.named)
    assert not any(faults.values())


def test_a_fee_may_be_as_high_as_its_ceiling_and_a_ceiling_is_under_none(book: Rulebook) -> None:
    for code in ("fee.stall", "ceiling.stall"):
        entry = msgspec.structs.replace(book.latest[code], value="10000")
        assert fault_of(book, entry, book.latest) == {}
