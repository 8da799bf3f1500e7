"""A figure of law that nobody has read decides nothing."""

from datetime import date

import pytest

from core.api import Text
from kit.casework import Verdict, judged, missing
from kit.law import Entry

TITLE, SENTENCE = Text("ทางเดิน", "Path"), Text("กว้าง 2 เมตร", "2 m wide.")


def entry(verified: bool) -> Entry:
    return Entry(
        code="path.width",
        since=date(2020, 1, 1),
        value="1.50",
        law="ข้อบัญญัติ ข้อ 3",
        source="",
        verified=verified,
    )


@pytest.mark.parametrize(
    ("fine", "by", "also", "verdict"),
    [
        (True, True, (), Verdict.PASS),
        (False, True, (True,), Verdict.FAIL),
        (True, False, (), Verdict.REFER),
        (False, False, (), Verdict.REFER),
        (True, True, (True, False), Verdict.REFER),
    ],
)
def test_a_rule_decides_only_where_every_figure_was_read(
    fine: bool, by: bool, also: tuple[bool, ...], verdict: Verdict
) -> None:
    finding = judged("path", TITLE, fine, SENTENCE, entry(by), [entry(one) for one in also])

    assert finding.verdict == verdict
    assert finding.sentence.en.startswith("2 m wide.")
    assert ("not yet read" in finding.sentence.en) == (verdict == Verdict.REFER)
    assert (finding.law, finding.since) == ("ข้อบัญญัติ ข้อ 3", date(2020, 1, 1))


def test_what_is_not_known_goes_to_an_officer() -> None:
    finding = missing("path", TITLE, Text("ความกว้าง", "the width"), entry(True))

    assert finding.verdict == Verdict.REFER
    assert "the width" in finding.sentence.en
