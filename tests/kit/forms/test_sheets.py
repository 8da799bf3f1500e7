import re
from collections.abc import AsyncIterator
from types import ModuleType
from typing import Any

import httpx
import pytest
from litestar import Response, Router, get, post

from core.api import Conflict, Context, Ctx, InvalidInput, Manifest, Text, hookimpl, public
from core.discovery import Found, find
from core.runtime import make_runtime
from core.settings import Settings
from kit.forms import (
    AnyRequest,
    Day,
    File,
    Line,
    Number,
    SentFile,
    Sheet,
    fields_of,
    read_sheet,
    show_sheet,
    ungrouped,
)
from tests.conftest import app_of

TAKEN = Text("มีชื่อนี้แล้ว ใช้ชื่ออื่น", "The name is taken. Choose another.")
ODD = Text("เลข 13 ใช้ไม่ได้ กรอกเลขอื่น", "13 cannot be used. Give another number.")
GONE = Text("มีผู้แก้แล้ว ดูอีกครั้ง", "It was changed. Look again.")
NAME = Line("name", Text("ชื่อ", "Name"), longest=20)
COUNT = Number("count", Text("จำนวน", "How many"), least=1, most=99)
PLAIN = Sheet(
    title=Text("ทะเบียนเรือ", "Register of boats"),
    back=("/boats", Text("เรือบ้านเหนือ", "เรือบ้านเหนือ")),
    groups=ungrouped(NAME, COUNT),
    button=Text("บันทึก", "Save"),
    hidden={"revision": "7"},
)
GROUPED = Sheet(
    title=Text("ขึ้นทะเบียนเรือ", "Enter a boat"),
    back=("/boats", Text("เรือทั้งหมด", "All boats")),
    groups=(
        (Text("ตัวเรือ", "The boat"), (NAME, Day("on", Text("วันที่ต่อ", "Built on")))),
        (Text("เอกสาร", "Papers"), (File("papers", Text("ทะเบียนเดิม", "Papers")),)),
    ),
    button=Text("ขึ้นทะเบียน", "Enter it"),
    intro=Text("กรอกตามใบเดิม", "Fill it in from the paper."),
    danger=True,
)


@get("/boats/one", guards=[public])
async def show_one(request: AnyRequest, ctx: Ctx) -> Response[str]:
    return await show_sheet(request, ctx, PLAIN, values={"name": "แม่ย่านาง"}, about="ลำที่ 1")


@post("/boats/one", guards=[public])
async def keep_one(request: AnyRequest, ctx: Ctx) -> Response[str]:
    reading = await read_sheet(request, ctx, PLAIN)
    refusal = {
        "ซ้ำ": InvalidInput({"name": TAKEN, "elsewhere": GONE}),
        "เก่า": Conflict(GONE),
    }.get(reading.values.get("name", ""))
    wrong = {"count": ODD} if reading.values.get("count") == 13 else {}
    return await show_sheet(request, ctx, PLAIN, reading=reading, refusal=refusal, wrong=wrong)


@get("/boats/new", guards=[public])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    files = {"f1": SentFile("ทะเบียน.pdf", 2_000)}
    return await show_sheet(request, ctx, GROUPED, values={"papers": ["f1"]}, files=files)


@hookimpl
def register_routes() -> list[Router]:
    return [Router("/", route_handlers=[show_one, keep_one, show_new])]


@pytest.fixture
async def http(
    ctx: Context, database: str, settings: Settings, anyio_backend: str
) -> AsyncIterator[httpx.AsyncClient]:
    boats: Any = ModuleType("boats")
    boats.MANIFEST = Manifest(name="boats", title=Text("เรือ", "Boats"), fixed=True)
    boats.register_routes = register_routes
    runtime = make_runtime(settings, database, [*find(["kit"]), Found("boats", boats)])
    app = app_of(runtime)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", headers={"Accept": "text/html"}
    ) as client:
        yield client


async def send(http: httpx.AsyncClient, **typed: str) -> httpx.Response:
    """Fill in the form at /boats/one as it was shown, and send it where it says."""
    page = (await http.get("/boats/one?from=list")).text
    action = page.split('method="post" action="')[1].split('"')[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    return await http.post(action, data=hidden | typed)


def summary(page: str) -> str:
    return page.split('<div id="problem"')[1].split("</div>")[0]


async def test_a_form_is_shown_with_what_is_known_and_sent_to_its_own_address(
    http: httpx.AsyncClient,
) -> None:
    page = await http.get("/boats/one?from=list")

    assert page.status_code == 200
    assert 'action="/boats/one?from=list" novalidate>' in page.text
    assert '<input type="hidden" name="revision" value="7">' in page.text
    assert "<b>ลำที่ 1</b>" in page.text
    assert 'value="แม่ย่านาง"' in page.text
    assert "role" not in summary(page.text)


async def test_fields_without_a_heading_stand_in_no_card(http: httpx.AsyncClient) -> None:
    plain, grouped = (await http.get("/boats/one")).text, (await http.get("/boats/new")).text

    assert "<h2" not in plain.split("<form")[-1]
    assert "card" not in plain.split('method="post"')[-1].split("</form>")[0]
    assert [one in grouped for one in ("<h2>ตัวเรือ</h2>", "<h2>เอกสาร</h2>")] == [True, True]
    assert "กรอกตามใบเดิม" in grouped
    assert 'class="btn danger"' in grouped
    assert [one.name for one in fields_of(GROUPED.groups)] == ["name", "on", "papers"]


async def test_a_form_with_a_field_for_files_can_send_them_and_names_those_it_holds(
    http: httpx.AsyncClient,
) -> None:
    plain, grouped = (await http.get("/boats/one")).text, (await http.get("/boats/new")).text

    assert "multipart/form-data" not in plain
    assert 'enctype="multipart/form-data"' in grouped
    assert "ทะเบียน.pdf" in grouped


async def test_what_is_wrong_stands_beside_the_fields_in_their_order(
    http: httpx.AsyncClient,
) -> None:
    page = await send(http, name="", count="13")

    assert page.status_code == 422
    assert re.findall(r'href="#(\w+)"', summary(page.text)) == ["name", "count"]
    assert page.text.count(ODD.th) == 2
    assert 'value="13"' in page.text


async def test_a_refusal_stands_beside_its_fields_or_above_the_form(
    http: httpx.AsyncClient,
) -> None:
    taken, gone = await send(http, name="ซ้ำ", count="2"), await send(http, name="เก่า", count="2")

    assert (taken.status_code, gone.status_code) == (422, 409)
    assert re.findall(r'href="#(\w+)"', summary(taken.text)) == ["name", "elsewhere"]
    assert taken.text.count(TAKEN.th) == 2
    assert GONE.th in summary(gone.text)
    assert 'value="เก่า"' in gone.text


async def test_what_was_sent_well_is_shown_as_it_was_sent(http: httpx.AsyncClient) -> None:
    page = await send(http, name=" ลม   เหนือ ", count="๑๒")

    assert page.status_code == 200
    assert 'value="๑๒"' in page.text
    assert "แม่ย่านาง" not in page.text


async def test_on_the_english_page_only_what_people_wrote_is_thai_and_marked(
    http: httpx.AsyncClient,
) -> None:
    http.cookies.set("language", "en", domain="maehia.localhost")
    main = (await http.get("/boats/one")).text.partition("<main")[2].partition("</main>")[0]

    assert "Register of boats" in main
    assert 'lang="th">เรือบ้านเหนือ<' in main
