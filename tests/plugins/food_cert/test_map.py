"""Food premises on a map: their marks by how they stand, and the list beside it."""

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from core.context import Context
from kit.geo import Look, Point
from plugins.food_cert.rules.places import STANDS, TONES
from plugins.food_cert.service import mapping
from plugins.food_cert.service.finding import Sought
from tests.plugins.food_cert.conftest import a_place

PATH = "/desk/food/map"
FAR = {"lat": 18.76, "lon": 98.93}


@pytest.fixture
def today(ctx: Context) -> Context:
    """The system on the day on which the pages are asked for."""
    return replace(ctx, now=datetime.now(UTC))


async def test_a_mark_has_the_tone_of_what_needs_an_eye_first(ctx: Context) -> None:
    await a_place(ctx)
    await a_place(ctx, state="stopped")
    await a_place(ctx, pin=FAR, state="closed")
    await a_place(ctx, pin=FAR, state="applied")
    await a_place(ctx, pin=None)

    seen = await mapping.show_map(ctx, Sought(), Look())

    assert sorted((one.spot.count, one.tone) for one in seen.marks) == [(2, "bad"), (2, "warn")]
    assert (seen.total, seen.unplaced) == (5, 1)


def test_what_may_not_be_run_comes_before_all_else_and_every_standing_has_its_form() -> None:
    forms = list(mapping.MARKS.values())

    assert set(mapping.MARKS) == set(STANDS)
    assert forms == sorted(forms, key=["bad", "warn", "ok", ""].index)
    assert {one for one in STANDS if TONES[one] == "bad"} == {
        one for one, form in mapping.MARKS.items() if form == "bad"
    }


async def test_a_part_of_the_map_lists_what_lies_there(ctx: Context) -> None:
    await a_place(ctx, name="ร้านใกล้")
    await a_place(ctx, name="ร้านไกล", pin=FAR)

    near = await mapping.show_map(ctx, Sought(), Look(Point(**FAR), 5))

    assert [one["name"] for one in near.page] == ["ร้านไกล"]


async def test_the_page_says_in_words_what_the_marks_show_and_sifts(
    desk: httpx.AsyncClient, today: Context, other: Context
) -> None:
    alone = await a_place(today, name="โกดัง", kind="store", pin=FAR)
    await a_place(today)
    await a_place(today, state="stopped", grade="improve")
    await a_place(other, name="ร้านยะลา")

    seen, sifted = await desk.get(PATH), await desk.get(f"{PATH}?grade=improve")

    assert "2 แห่ง: สถานที่จำหน่ายอาหาร 2" in seen.text
    assert "สั่งหยุดดำเนินการ 1" in seen.text
    assert seen.text.count(f'href="/desk/food/places/{alone}"') == 2
    assert "ร้านยะลา" not in seen.text
    assert "โกดัง" not in sifted.text
    for odd in ("at=x&near=9999&skip=-1&kind=evil", "at=18.76,98.93&near=6&skip=99", "state=%00"):
        assert (await desk.get(f"{PATH}?{odd}")).status_code == 200, odd
    assert (await desk.get(f"{PATH}?kind=store&at=18.76,98.93&near=2")).text.count("โกดัง") == 1

    desk.cookies.clear()
    assert (await desk.get(PATH)).status_code in (302, 303, 401)
