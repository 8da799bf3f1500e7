from datetime import date, timedelta
from decimal import Decimal

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.context import Context
from kit.forms import Place
from plugins.permits.forms.plot import read_plot, sides
from plugins.permits.service import files, library
from tests.conftest import a_tenant
from tests.plugins.permits.conftest import a_picture, a_plan, add_plan, the_files

PLANS = "/permits/plans"
TENANT = a_tenant("maehia", "เทศบาลเมืองแม่เหียะ", "อำเภอเมืองเชียงใหม่")
HERE = Place(TENANT, date(2026, 11, 20))


async def test_everybody_sees_the_plans_of_today_the_smallest_first(
    client: httpx.AsyncClient, now: Context
) -> None:
    empty = await client.get(PLANS)
    await add_plan(now, a_plan("big", area=Decimal(120)))
    small = a_plan("small", area=Decimal(60), footprint=Decimal(60))
    await add_plan(now, small)
    await add_plan(now, a_plan("coming"), now.today + timedelta(days=1))
    seen = await client.get(PLANS)

    assert "ยังไม่มีแบบบ้านให้เลือก" in empty.text
    assert seen.text.index(f'href="{PLANS}/small"') < seen.text.index(f'href="{PLANS}/big"')
    assert "coming" not in seen.text
    assert (await client.get(f"{PLANS}/coming")).status_code == 404


async def test_a_plan_leads_to_the_request_with_itself_filled_in(
    client: httpx.AsyncClient, now: Context
) -> None:
    await add_plan(now, a_plan())
    seen = await client.get(f"{PLANS}/dpt-120")

    assert 'href="/services/permits.small?plan=dpt-120"' in seen.text
    assert f'href="{PLANS}/dpt-120/1/drawings.pdf"' in seen.text
    assert "2 หน้า" in seen.text
    assert 'role="img" aria-label="เค้าโครงบ้าน 1 ชั้น กว้าง 12 เมตร สูง 5 เมตร"' in seen.text


async def test_a_plan_with_a_picture_shows_it_in_place_of_its_outline(
    client: httpx.AsyncClient, now: Context
) -> None:
    picture = await files.keep(now, "picture", "บ้าน.png", a_picture())
    kept = await the_files(now) | {"picture": picture.id}
    await library.add_plan(now, a_plan(), from_on=now.today, files=kept, why="ทดสอบ")
    seen = await client.get(f"{PLANS}/dpt-120")
    whole = await client.get(f"{PLANS}/dpt-120/1/picture")

    assert f'src="{PLANS}/dpt-120/1/picture?small=1"' in seen.text
    assert "เค้าโครงบ้าน" not in seen.text
    assert whole.headers["content-type"] == "image/png"


async def test_a_withdrawn_plan_says_so_and_its_drawings_stay(
    client: httpx.AsyncClient, now: Context
) -> None:
    await add_plan(now, a_plan())
    await library.withdraw_plan(now, "dpt-120", from_on=now.today, why="ฐานรากไม่พอ")
    seen = await client.get(f"{PLANS}/dpt-120")

    assert "เลือกแบบนี้ไม่ได้ตั้งแต่" in seen.text
    assert "permits.small" not in seen.text
    assert "dpt-120" not in (await client.get(PLANS)).text
    assert (await client.get(f"{PLANS}/dpt-120/1/drawings.pdf")).status_code == 200


@pytest.mark.parametrize(
    ("plot", "said"),
    [
        ("plot_width=16&plot_depth=14", "<b>ลงได้</b>"),
        ("plot_width=๑๖&plot_depth=14.0", "<b>ลงได้</b>"),
        ("plot_width=14&plot_depth=16", "หันด้านข้างของบ้านเข้าถนน"),
        ("plot_width=15.5&plot_depth=13", "แคบไป 0.5 เมตร และตื้นไป 1 เมตร"),
        ("plot_width=20&plot_depth=13", "ที่ดินตื้นไป 1 เมตร"),
    ],
)
async def test_the_page_says_whether_the_house_has_room(
    client: httpx.AsyncClient, now: Context, plot: str, said: str
) -> None:
    await add_plan(now, a_plan())
    seen = await client.get(f"{PLANS}/dpt-120?{plot}")

    assert seen.status_code == 200
    assert said in seen.text
    assert "ที่ดินกว้าง 16 ลึก 14 เมตรขึ้นไป โดยเว้นรอบบ้านด้านละ 2 เมตร" in seen.text


@pytest.mark.parametrize(
    "plot", ["plot_width=กว้าง&plot_depth=14", "plot_width=0&plot_depth=1", "plot_depth=-3"]
)
async def test_a_plot_that_cannot_be_read_is_said_beside_its_field(
    client: httpx.AsyncClient, now: Context, plot: str
) -> None:
    await add_plan(now, a_plan())
    seen = await client.get(f"{PLANS}/dpt-120?{plot}")

    assert 'id="plot_width-error"' in seen.text
    assert "<title>พบ" in seen.text
    assert "โดยเว้นรอบบ้าน" not in seen.text


async def test_a_house_that_is_too_high_for_a_first_look_is_left_to_officers(
    client: httpx.AsyncClient, now: Context
) -> None:
    await add_plan(now, a_plan(height=Decimal(24)))
    seen = await client.get(f"{PLANS}/dpt-120?plot_width=50&plot_depth=50")

    assert "เจ้าหน้าที่จะตรวจเมื่อท่านยื่นคำขอ" in seen.text


@pytest.mark.parametrize(
    "path",
    ["/x", "/DPT-120", "/%00", "/dpt-120/0/drawings.pdf", f"/dpt-120/{'9' * 40}/drawings.pdf",
     "/dpt-120/-1/picture", "/dpt-120/1/picture", "/dpt-120/2/drawings.pdf"],
)  # fmt: skip
async def test_what_is_not_there_is_not_found(
    client: httpx.AsyncClient, now: Context, path: str
) -> None:
    await add_plan(now, a_plan())

    assert (await client.get(PLANS + path)).status_code in (400, 404)


async def test_another_municipality_does_not_show_the_plan(
    client: httpx.AsyncClient, now: Context, other: Context
) -> None:
    await add_plan(now, a_plan())

    for path in ("", "/1/drawings.pdf"):
        there = await client.get(f"http://yala.localhost{PLANS}/dpt-120{path}")
        assert there.status_code == 404
    assert "dpt-120" not in (await client.get(f"http://yala.localhost{PLANS}")).text


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_plot_is_read_or_refused_whatever_is_typed(width: str, depth: str) -> None:
    plot = read_plot({"plot_width": width, "plot_depth": depth}, HERE)

    assert plot is not None
    found = sides(plot)
    assert bool(found) == (not plot.problems)
    assert all(1 <= side <= 1000 for side in found or ())


@given(st.decimals(1, 1000, places=2), st.booleans())
def test_a_figure_is_read_to_the_centimetre_in_either_digits(side: Decimal, thai: bool) -> None:
    typed = f"{side:,f}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) if thai else str(side)
    plot = read_plot({"plot_width": typed, "plot_depth": "10"}, HERE)

    assert plot is not None
    assert sides(plot) == [side, 10]


def test_nothing_typed_is_no_question() -> None:
    assert read_plot({"q": "1"}, HERE) is None
