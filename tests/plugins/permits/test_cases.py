"""The sixty cases of ``cases.json``, decided as the tables of the law say."""

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kit.casework import Finding, Verdict
from plugins.permits.rules.dated import BOOK
from plugins.permits.service.examining import examine
from tests.plugins.permits.requests import PLANS, TODAY, changed, read_by_office


class Case(msgspec.Struct, forbid_unknown_fields=True):
    says: str
    table: str
    service: str
    rule: str
    verdict: Verdict
    answers: dict[str, Any]
    read: tuple[str, ...] = ()


class _File(msgspec.Struct):
    about: str
    cases: list[Case]


CASES = msgspec.json.decode((Path(__file__).parent / "cases.json").read_bytes(), type=_File).cases
KNOWN = {entry.code: entry for entry in BOOK.starting}


def decided(case: Case) -> Finding:
    examination = examine(
        case.service,
        changed(case.answers),
        plans=PLANS,
        data=read_by_office(case.read),
        on=TODAY,
    )
    [finding] = [one for one in examination.findings if one.rule == case.rule]
    return finding


def test_there_are_twenty_cases_of_each_verdict_and_no_two_alike() -> None:
    assert Counter(case.verdict for case in CASES) == dict.fromkeys(Verdict, 20)
    assert len({case.says for case in CASES}) == len(CASES)
    assert {code for case in CASES for code in case.read} <= KNOWN.keys()
    assert not [case.says for case in CASES if any(KNOWN[code].verified for code in case.read)]


@pytest.mark.parametrize("case", CASES, ids=[f"{one.verdict}: {one.says}" for one in CASES])
def test_a_case_is_decided_as_the_table_says(case: Case) -> None:
    finding = decided(case)

    assert finding.verdict == case.verdict, finding.sentence.en
    assert finding.law
    assert finding.since <= TODAY


@pytest.mark.parametrize("case", CASES, ids=[f"{one.verdict}: {one.says}" for one in CASES])
def test_without_what_an_office_has_read_nothing_gets_better(case: Case) -> None:
    without = decided(msgspec.structs.replace(case, read=()))

    assert without.verdict == (Verdict.REFER if case.read else case.verdict)


def test_what_was_said_stands_beside_the_limit() -> None:
    [case] = [one for one in CASES if one.says == "openings at 1.50 m"]
    finding = decided(case)

    assert finding.sentence.th == "ผนังด้านขวามีช่องเปิด ห่างเขตที่ดิน 1.50 ม. ต้องไม่น้อยกว่า 2.00 ม."
    assert "1.50 m from the boundary; at least 2.00 m." in finding.sentence.en
    assert finding.law == "กฎกระทรวง ฉบับที่ 55 (พ.ศ. 2543) ข้อ 50"
