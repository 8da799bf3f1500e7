from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Tenant
from kit.geo import Look, Point, Sight, View, Ways, look_of, view_of
from kit.geo.looking import CLOSEST, PAGE

Municipality = Callable[..., Tenant]
TONES = {"late": "bad", "soon": "warn", "fine": "ok"}
HERE, THERE = Point(18.7412, 98.95), Point(18.76, 98.93)
things = st.lists(
    st.fixed_dictionaries(
        {
            "place": st.none() | st.builds(Point, st.floats(18.7, 18.78), st.floats(98.9, 98.98)),
            "stands": st.sampled_from([*TONES, "over"]),
        }
    ),
    max_size=40,
).map(lambda made: [{"id": at, **one} for at, one in enumerate(made)])
looks = st.builds(Look, st.none() | st.sampled_from([HERE, THERE]), st.integers(0, CLOSEST))


def see(thing: Mapping[str, Any]) -> Sight:
    return Sight(str(thing["id"]), thing["place"], thing["stands"])


def many(count: int, place: Point | None = HERE) -> list[dict[str, Any]]:
    return [{"id": at, "place": place, "stands": "fine"} for at in range(count)]


def followed(address: str | None) -> Look:
    assert address is not None
    return look_of(dict(parse_qsl(urlsplit(address).query)))


@pytest.mark.parametrize(
    ("params", "look"),
    [
        ({}, Look()),
        ({"at": "18.7412,98.95", "near": "3", "skip": "50"}, Look(HERE, 3, 50)),
        ({"at": "18.7412,98.95", "near": "9999"}, Look(HERE, CLOSEST)),
        ({"at": "x", "near": "3", "skip": "-1"}, Look()),
        ({"at": "99,99", "skip": "๕๐"}, Look()),
        ({"near": "3", "skip": "9999999"}, Look(skip=10**6)),
        ({"skip": "9" * 5000}, Look()),
    ],
)
def test_what_an_address_cannot_mean_is_nothing(params: dict[str, str], look: Look) -> None:
    assert look_of(params) == look


@given(things, looks)
def test_every_thing_of_the_part_is_in_one_mark_and_in_the_list_in_its_order(
    municipality: Municipality, found: list[dict[str, Any]], look: Look
) -> None:
    view = view_of(municipality("maehia"), look, found, see, TONES)
    marked = sorted(one["id"] for mark in view.marks for one in mark.things)

    assert len(marked) == len(set(marked)) == sum(mark.spot.count for mark in view.marks)
    listed = [one["id"] for one in view.things]
    assert listed == (marked if look.at else [one["id"] for one in found])
    assert view.unplaced == sum(one["place"] is None for one in found)


@given(things)
def test_a_mark_has_the_tone_of_what_needs_an_eye_first(
    municipality: Municipality, found: list[dict[str, Any]]
) -> None:
    for mark in view_of(municipality("maehia"), Look(), found, see, TONES).marks:
        stands = {one["stands"] for one in mark.things}
        first = next((code for code in TONES if code in stands), "")
        assert mark.tone == TONES.get(first, "")
        assert mark.stands.total() == mark.spot.count


def test_without_an_area_there_is_no_map_and_the_whole_list(municipality: Municipality) -> None:
    view = view_of(municipality("nowhere"), Look(HERE, 3), many(3), see, TONES)

    assert view.drawing is None
    assert view.marks == []
    assert (view.total, view.first, view.last) == (3, 1, 3)


def test_closer_and_further_are_steps_on_one_way(municipality: Municipality) -> None:
    tenant, found = municipality("maehia"), [*many(2), {"id": 9, "place": THERE, "stands": "late"}]

    def seen(look: Look) -> Ways:
        return Ways("/map", {"state": "ก ข"}, view_of(tenant, look, found, see, TONES))

    def close(ways: Ways) -> str:
        mark = next(one for one in ways.view.marks if one.spot.count == 2)
        return ways.into(mark, "/things/", "list")

    ways = seen(Look())
    assert (ways.further, ways.whole) == (None, None)
    alone = next(one for one in ways.view.marks if one.tone == "bad")
    assert ways.into(alone, "/things/", "list") == "/things/9"
    for near in range(1, CLOSEST + 1):
        assert not close(ways).endswith("#list")
        assert dict(parse_qsl(urlsplit(close(ways)).query))["state"] == "ก ข"
        ways = seen(followed(close(ways)))
        assert ways.view.look == Look(HERE, near)
    assert close(ways) == ways.to(Look(HERE, CLOSEST)) + "#list"
    for near in range(CLOSEST - 1, 0, -1):
        ways = seen(followed(ways.further))
        assert ways.view.look == Look(HERE, near)
    assert followed(ways.further) == followed(ways.whole) == Look()


@pytest.mark.parametrize("look", [Look(), Look(HERE, 2)])
def test_the_pages_of_the_list_hold_each_thing_once_in_both_directions(
    municipality: Municipality, look: Look
) -> None:
    tenant, found = municipality("maehia"), many(2 * PAGE + 7)

    def seen(look: Look) -> View:
        return view_of(tenant, look, found, see, TONES)

    def ways(view: View) -> Ways:
        return Ways("/map", {}, view)

    pages = [seen(look)]
    while ways(pages[-1]).next:
        pages.append(seen(followed(ways(pages[-1]).next)))
    assert [one["id"] for view in pages for one in view.page] == [one["id"] for one in found]
    assert [(view.first, view.last) for view in pages] == [(1, 50), (51, 100), (101, 107)]
    back = pages[-1].look
    for view in reversed(pages[:-1]):
        back = followed(ways(seen(back)).previous)
        assert back == view.look
    assert ways(seen(back)).previous is None


def test_a_page_after_the_last_is_empty_and_leads_back(municipality: Municipality) -> None:
    view = view_of(municipality("maehia"), Look(skip=10**6), many(3), see, TONES)

    assert list(view.page) == []
    assert Ways("/map", {}, view).next is None
    assert followed(Ways("/map", {}, view).previous).skip == 10**6 - PAGE
