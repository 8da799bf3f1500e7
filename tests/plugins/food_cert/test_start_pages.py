"""The three questions and the change of size, as everybody sends them."""

import httpx
import pytest

from core.context import Context
from tests.plugins.food_cert.cases import OTHER_PHONE, PHONE, a_certified, an_office


@pytest.mark.parametrize(
    ("area", "market", "says", "leads"),
    [
        ("60", "no", "จึงแจ้งเพื่อรับ", "/services/food_cert.notify"),
        ("200.00", "no", "จึงแจ้งเพื่อรับ", "/services/food_cert.notify"),
        ("๒๐๐.๐๑", "no", "จึงต้องได้รับ", "/services/food_cert.licence"),
        ("1,000", "no", "จึงต้องได้รับ", "/services/food_cert.licence"),
        ("1000", "yes", "ไม่ต้องแจ้งและไม่ต้องขออนุญาต", ""),
    ],
)
async def test_three_questions_lead_to_the_right_paper_with_the_reason(
    client: httpx.AsyncClient, area: str, market: str, says: str, leads: str
) -> None:
    asked = {"kind": "sell", "area": area, "market": market}
    page = (await client.get("/food", params=asked)).text
    assert says in page
    for way in ("/services/food_cert.notify", "/services/food_cert.licence"):
        assert (way in page) is (way == leads)


@pytest.mark.parametrize("area", ["0", "-5", "กว้าง", "", "0.5"])
async def test_an_area_that_cannot_be_comes_back_with_what_was_typed(
    client: httpx.AsyncClient, area: str
) -> None:
    page = await client.get("/food", params={"kind": "store", "area": area, "market": "no"})
    assert page.status_code == 200
    assert 'id="problem"' in page.text
    assert "จึงแจ้งเพื่อรับ" not in page.text
    assert f'value="{area}"' in page.text or not area


async def test_who_does_not_know_the_telephone_of_a_place_cannot_begin_for_it(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    place = await a_certified(ctx, an_office(ctx))
    page = await client.get("/food/change")
    token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
    sent = {"_csrf_token": token, "paper": place["paper_number"], "area": "220"}
    other = await client.post("/food/change", data=sent | {"paper_phone": OTHER_PHONE})
    assert other.status_code == 422
    assert "ไม่ตรงกับทะเบียน" in other.text
    assert 'value="220"' in other.text
    own = await client.post("/food/change", data=sent | {"paper_phone": PHONE})
    assert own.status_code == 303
    assert own.headers["location"].startswith("/apply/")
