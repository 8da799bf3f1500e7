"""What holds of every examination: doubt refers, worse is never better, words are complete."""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Text
from kit.casework import Examination, Verdict
from plugins.permits.rules.dated import BOOK
from plugins.permits.service.examining import EXAMINED, examine
from tests.plugins.permits.requests import HOUSE, PLANS, TODAY, changed, read_by_office

THAI = re.compile("[ก-๙]")
RULES = Path(__file__).parents[3] / "plugins" / "permits" / "rules"
WORTH = {Verdict.FAIL: 0, Verdict.REFER: 1, Verdict.PASS: 2}
ALWAYS_REFERRED = {"zoning", "encroachment", "drawings", "rooms"}
# Which rule cannot pass without a fact of the request.
NEEDS = {
    "work": {"way", "fees"},
    "use": {"way", "open-space"},
    "storeys": {"way", "engineer", "supervisor", "fees"},
    "area": {"way", "architect", "height", "supervisor", "validity", "fees"},
    "height": {"height", "fees"} | {f"setback-{one}" for one in ("front", "back", "left", "right")},
    "footprint": {"open-space"},
    "land_rai": {"open-space"},
    "land_ngan": {"open-space"},
    "land_wah": {"open-space"},
    "others": {"open-space"},
    "deed_number": {"land"},
    "land_owner": {"land"},
    "road": {"road", "answers"},
    "road_width": {"road"},
    "road_distance": {"road", "answers"},
    "water": {"water"},
    "supervisor": {"supervisor"},
    "days": {"validity"},
    "fence": {"fees"},
    **{f"{one}_wall": {f"setback-{one}"} for one in ("front", "back", "left", "right")},
    **{f"{one}_distance": {f"setback-{one}"} for one in ("front", "back", "left", "right")},
}
# One storey, so that no profession is needed by thresholds that the office has read.
LOW = {"storeys": 1, "area": "60.00", "height": "3.50"}
DISTANCES = {f"{one}_distance": f"setback-{one}" for one in ("front", "back", "left", "right")} | {
    "road_distance": "road",
    "water_distance": "water",
}


def metres(most: int) -> st.SearchStrategy[str]:
    return st.decimals(0, most, places=2).map(str)


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "work": st.sampled_from(["build", "alter", "demolish", "move"]),
        "use": st.sampled_from(["house", "shop", "public"]),
        "plan": st.sampled_from(["own", "dpt-1", "gone"]),
        "storeys": st.integers(1, 9),
        "area": metres(30_000),
        "height": metres(40),
        "footprint": metres(900),
        "fence": st.sampled_from(["none", "private", "public"]),
        "fence_length": metres(90),
        "land_wah": st.decimals(0, 99, places=1).map(str),
        "land_owner": st.sampled_from(["own", "shared", "consents", "no_consent"]),
        "neighbour": st.sampled_from(["no", "consent", "not_yet"]),
        "road": st.sampled_from(["public", "private", "none"]),
        "road_width": metres(30),
        "road_distance": metres(8),
        "water": st.sampled_from(["yes", "no"]),
        "water_width": metres(20),
        "water_distance": metres(9),
        "supervisor": st.sampled_from(["owner", "person", "engineer", "both"]),
        "days": st.integers(1, 900),
        **{f"{one}_wall": st.sampled_from(["openings", "solid"]) for one in ("front", "back")},
        **{f"{one}_distance": metres(4) for one in ("front", "back", "left")},
        "engineer_name": st.just("Anan"),
        "engineer_licence": st.sampled_from(["1", "A9"]),
    },
)
ODD = st.text("0129.-eE+NaNInfกข ", max_size=9) | st.booleans() | st.lists(st.just("front"))
READ = st.sets(st.sampled_from([entry.code for entry in BOOK.starting if not entry.verified]))


def examined(
    answers: dict[str, Any], service: str = "permits.build", read: Any = frozenset()
) -> Examination:
    return examine(service, answers, plans=PLANS, data=read_by_office(read), on=TODAY)


def verdicts(examination: Examination) -> dict[str, Verdict]:
    return {one.rule: one.verdict for one in examination.findings}


def test_with_everything_read_a_good_house_leaves_what_no_form_can_know() -> None:
    found = verdicts(examined(changed(LOW), "permits.small", None))

    assert {rule for rule, verdict in found.items() if verdict != Verdict.PASS} == ALWAYS_REFERRED


def test_of_a_standard_plan_only_the_site_is_left() -> None:
    found = verdicts(examined(changed({"plan": "dpt-1"}), "permits.small"))

    for rule in ("drawings", "engineer", "architect", "rooms", "height"):
        assert found[rule] == Verdict.PASS
    left = {rule for rule, verdict in found.items() if verdict != Verdict.PASS}
    assert left == {"zoning", "encroachment", "open-space", "supervisor", "fees"}


@pytest.mark.parametrize("fact", NEEDS)
def test_a_rule_that_lacks_its_fact_refers(fact: str) -> None:
    found = verdicts(examined(changed(LOW | {fact: None}), "permits.small", None))

    assert {rule for rule in NEEDS[fact] if found[rule] != Verdict.REFER} == set()


@given(st.sets(st.sampled_from(sorted(NEEDS)), min_size=1), st.sampled_from(EXAMINED))
def test_nothing_that_lacks_a_fact_is_ever_all_pass(facts: set[str], service: str) -> None:
    found = verdicts(examined(changed(LOW | dict.fromkeys(facts)), service, None))

    doubted = {rule for rule, verdict in found.items() if verdict == Verdict.REFER}
    assert {rule for fact in facts for rule in NEEDS[fact]} <= doubted


@given(ANSWERS, READ, st.sampled_from(sorted(DISTANCES)), st.decimals(0, 9, places=2))
def test_worsening_a_distance_never_improves_its_verdict(
    answers: dict[str, Any], read: set[str], distance: str, less: Decimal
) -> None:
    water = {"water": "yes", "water_width": "9.00", "water_distance": "5.00"}
    before = changed(water | answers)
    worse = before | {distance: str(min(less, Decimal(before[distance])))}

    rule = DISTANCES[distance]
    first, then = (verdicts(examined(one, read=read)).get(rule) for one in (before, worse))
    assert (first is None) == (then is None)
    if first is not None and then is not None:
        assert WORTH[then] <= WORTH[first]


@given(ANSWERS, READ)
def test_reading_the_law_turns_doubt_into_an_answer_and_never_one_answer_into_another(
    answers: dict[str, Any], read: set[str]
) -> None:
    before, after = (verdicts(examined(changed(answers), read=one)) for one in (set(), read))

    for rule, verdict in before.items():
        if verdict != Verdict.REFER:
            assert after[rule] == verdict


def texts(examination: Examination) -> Iterator[Text]:
    yield examination.way
    yield from examination.problems.values()
    for finding in examination.findings:
        yield from (finding.title, finding.sentence)
    for line in examination.fees:
        yield from (line.title, line.basis)


@given(ANSWERS, READ, st.sampled_from(EXAMINED))
def test_every_sentence_is_whole_in_both_languages(
    answers: dict[str, Any], read: set[str], service: str
) -> None:
    examination = examined(answers, service, read)

    for text in texts(examination):
        assert THAI.search(text.th), text
        assert text.en, text
        assert not THAI.search(text.en), text
        assert "{" not in text.th + text.en, text
    rules = [finding.rule for finding in examination.findings]
    assert len(set(rules)) == len(rules)
    assert all(line.amount > 0 for line in examination.fees)


@given(st.dictionaries(st.sampled_from(sorted(HOUSE)), st.none() | ODD | st.integers()))
def test_answers_of_any_kind_are_examined_without_an_error(answers: dict[str, Any]) -> None:
    for service in EXAMINED:
        assert examined(answers, service).findings


@pytest.mark.parametrize(
    ("storeys", "area", "by", "verdict"),
    [
        (1, "150.00", "owner", Verdict.PASS),
        (1, "150.01", "owner", Verdict.FAIL),
        (2, "100.00", "person", Verdict.FAIL),
        (2, "100.00", "engineer", Verdict.PASS),
        (2, "150.01", "engineer", Verdict.FAIL),
        (1, "150.01", "architect", Verdict.PASS),
        (2, "150.01", "architect", Verdict.FAIL),
        (9, "9000.00", "both", Verdict.PASS),
    ],
)
def test_who_may_supervise_hangs_on_storeys_and_area(
    storeys: int, area: str, by: str, verdict: Verdict
) -> None:
    named = {
        f"supervising_{trade}_{what}": word
        for trade in ("engineer", "architect")
        for what, word in (("name", "Anan"), ("licence", "1"))
    }
    given = named | {"storeys": storeys, "area": area, "supervisor": by}

    assert verdicts(examined(changed(given), read=None))["supervisor"] == verdict
    without = verdicts(examined(changed(given)))["supervisor"]
    assert without == (Verdict.PASS if by == "both" else Verdict.REFER)


@pytest.mark.parametrize(
    ("rule", "given", "verdict"),
    [
        ("engineer", {"storeys": 1}, Verdict.PASS),
        ("engineer", {"storeys": 2}, Verdict.FAIL),
        ("architect", {"area": "150.00"}, Verdict.PASS),
        ("architect", {"area": "150.01"}, Verdict.FAIL),
    ],
)
def test_thresholds_of_professions_decide_once_an_office_has_read_them(
    rule: str, given: dict[str, Any], verdict: Verdict
) -> None:
    assert verdicts(examined(changed(given), read=None))[rule] == verdict
    assert verdicts(examined(changed(given)))[rule] == Verdict.REFER


def test_a_neighbours_consent_puts_no_doubt_on_a_wall_that_needs_none() -> None:
    given = {"neighbour": "consent", "back_wall": "solid", "back_distance": "0.50"}

    assert verdicts(examined(changed(given), read=None))["setback-back"] == Verdict.PASS


@pytest.mark.parametrize(
    "name",
    [
        "after",
        "boundaries",
        "drawings",
        "fees",
        "people",
        "problems",
        "renewal",
        "roads",
        "site",
        "ways",
    ],
)
def test_no_figure_of_law_stands_in_code(name: str) -> None:
    tree = ast.parse((RULES / f"{name}.py").read_text(encoding="utf-8"))
    figures = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    }

    # A half of the road, a hundredth for per cent, and places in a row.
    assert figures <= {0, 1, 2, 100}
