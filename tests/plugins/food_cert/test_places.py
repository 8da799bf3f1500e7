"""The register itself: a place is there once, and changes as it was read."""

import asyncio
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.context import Context
from core.errors import Conflict
from core.text import Text
from kit.geo import Address
from plugins.food_cert.rules.places import sameness, stands
from plugins.food_cert.service import places
from plugins.food_cert.tables.register import Place
from tests.plugins.food_cert.conftest import a_place

SITE = Address(house_no="88/12", moo="5", road="เชียงใหม่–หางดง", subdistrict="500109")


@given(st.sampled_from(["ครัว คำปัน", "ครัวคำปัน", "ครัว-คำปัน.", " ครัวคำปัน ", "ครัวคำปัน"]))
def test_blanks_and_points_make_no_other_place(name: str) -> None:
    assert sameness(name, "sell", SITE) == sameness("ครัวคำปัน", "sell", SITE)


def test_another_house_name_or_kind_is_another_place() -> None:
    one = sameness("ครัวคำปัน", "sell", SITE)
    others = [
        sameness("ครัวบัวผัน", "sell", SITE),
        sameness("ครัวคำปัน", "store", SITE),
        sameness("ครัวคำปัน", "sell", Address(house_no="88/13", moo="5", subdistrict="500109")),
        sameness("ครัวคำปัน", "sell", Address(house_no="8", moo="812", subdistrict="500109")),
    ]
    assert one not in others
    assert len(set(others)) == 4


@pytest.mark.parametrize(
    ("state", "until", "renewing", "expected"),
    [
        ("valid", None, None, "valid"),
        ("valid", date(2026, 11, 20), None, "valid"),
        ("valid", date(2026, 11, 19), None, "expired"),
        ("valid", date(2026, 11, 19), UUID(int=1), "renewing"),
        ("closed", date(2026, 11, 19), UUID(int=1), "closed"),
        ("suspended", None, None, "suspended"),
    ],
)
def test_how_a_place_stands_follows_from_the_day(
    state: str, until: date | None, renewing: UUID | None, expected: str
) -> None:
    place = {"state": state, "state_until": None, "until": until, "renewing": renewing}
    assert stands(place, date(2026, 11, 20)) == expected


def test_a_suspension_ends_by_itself_after_its_last_day() -> None:
    place = {"state": "suspended", "state_until": date(2026, 11, 20)}
    place |= {"until": None, "renewing": None}
    assert stands(place, date(2026, 11, 20)) == "suspended"
    assert stands(place, date(2026, 11, 21)) == "valid"


async def test_the_same_place_is_entered_once_also_by_ten_at_once(ctx: Context) -> None:
    async def enter() -> object:
        facts = {
            "name": "ครัวคำปัน",
            "kind": "sell",
            "instrument": "certificate",
            "area": Decimal(60),
            "holder": "นางคำปัน ใจยา",
            "subdistrict": SITE.subdistrict,
            "address": SITE.one_line("th"),
            "site": {},
            "sameness": sameness("ครัวคำปัน", "sell", SITE),
            "state": "notified",
        }
        return await places.enter_place(ctx, facts, opened_on=ctx.today)

    entered = await asyncio.gather(*(enter() for _ in range(10)))

    assert len([one for one in entered if one is not None]) == 1
    other = await places.get_place(ctx, await a_place(ctx, name="ครัวบัวผัน"))
    assert other["number"] == 2, "a place that was not entered takes no number"


async def test_of_two_who_change_a_place_at_once_the_second_is_told(ctx: Context) -> None:
    place = await places.get_place(ctx, await a_place(ctx, opened_on=date(2026, 1, 5)))
    words = Text("ย้ายชื่อ", "Renamed")
    await places.change_place(ctx, place, {Place.name: "ครัวใหม่"}, what="entered", words=words)

    with pytest.raises(Conflict):
        await places.change_place(ctx, place, {Place.name: "ครัวอื่น"}, what="entered", words=words)

    assert (await places.get_place(ctx, place["id"]))["name"] == "ครัวใหม่"
    assert [one["words_th"] for one in await places.events_of(ctx, place["id"])] == ["ย้ายชื่อ"]
