"""Which entry of a code holds on a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kit.law import Entry, Rulebook, in_force

DAYS = st.dates(date(1990, 1, 1), date(1990, 3, 1))


def entry(code: str, since: date, value: str) -> Entry:
    return Entry(code=code, since=since, value=value, law="กฎ", source="", verified=True)


@given(st.lists(st.tuples(st.sampled_from("ab"), DAYS), max_size=12), DAYS)
def test_the_last_entry_that_has_begun_holds(pairs: list[tuple[str, date]], on: date) -> None:
    entries = [entry(code, since, str(place)) for place, (code, since) in enumerate(pairs)]
    holding = in_force(entries, on)

    for code in {code for code, _ in pairs}:
        own = [one for one in entries if one.code == code]
        begun = [one for one in own if one.since <= on]
        if begun:
            last = max(one.since for one in begun)
            assert holding[code] is [one for one in begun if one.since == last][-1]
        else:
            assert holding[code].since == min(one.since for one in own)


def test_days_before_the_first_entry_are_judged_by_it(book: Rulebook) -> None:
    first = book.starting[1]

    held = in_force(book.starting, first.since - timedelta(days=1))["visit.days"]

    assert held is first
    assert book.latest["visit.days"].value == "15"
