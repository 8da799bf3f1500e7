from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from contrib.catalog.service.rights import CURATE, READ, SUBMIT
from core.context import Context
from core.runtime import Runtime
from tests.contrib.catalog.conftest import ANSWERS, HOME, handed_in, sent
from tests.desks import signed_in

FORM = {**ANSWERS, "rights": "yes"}


@pytest.fixture
async def sender(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """Who may hand in, at a browser without scripts."""
    async with signed_in(runtime, ctx, [READ, SUBMIT], f"{HOME}/publisher") as client:
        yield client


def files(**more: Any) -> dict[str, Any]:
    one = sent(**more)
    return {"wheel": (one.wheel_name, one.wheel), "source": (one.source_name, one.source)}


async def test_a_publisher_registers_hands_in_and_follows(sender: httpx.AsyncClient) -> None:
    first = await sender.get(f"{HOME}/new")
    assert first.headers["location"] == f"{HOME}/publisher"
    facts = {"code": "acme", "title": "บริษัท แอคมี", "email": "it@acme.example"}
    bad = await sender.post(f"{HOME}/publisher", data=facts | {"code": "root"})
    assert bad.status_code == 422
    done = await sender.post(f"{HOME}/publisher", data=facts)
    assert done.headers["location"] == f"{HOME}/new"

    bare = await sender.post(f"{HOME}/new", data=FORM)
    assert bare.status_code == 422
    assert "แนบไฟล์ wheel" in bare.text
    less = await sender.post(f"{HOME}/new", data=FORM | {"rights": ""}, files=files())
    assert less.status_code == 422
    wrong = files() | {"wheel": ("library.whl", b"no wheel")}
    refused = await sender.post(f"{HOME}/new", data=FORM, files=wrong)
    assert refused.status_code == 422
    assert "ไม่รับ wheel ไฟล์นี้" in refused.text
    assert "ทะเบียนหนังสือ" in refused.text

    taken = await sender.post(f"{HOME}/new", data=FORM, files=files())
    assert taken.status_code == 303
    home = taken.headers["location"]
    page = await sender.get(home)
    assert "รอผู้ตรวจรับไปตรวจ" in page.text
    assert "ทุกไฟล์ใน wheel ตรงกับซอร์ส" in page.text
    for query in ("", "?q=LIBRARY&state=submitted", "?page=x&state=dance", "?q=%00"):
        assert "library 0.1.0" in (await sender.get(f"{HOME}{query}")).text
    for query in ("?q=parks", "?state=published", "?page=9"):
        none = await sender.get(f"{HOME}{query}")
        assert "library 0.1.0" not in none.text
        assert "ไม่พบปลั๊กอินที่ตรงกับที่ค้น" in none.text
    wheel = await sender.get(f"{home}/files/wheel")
    assert wheel.content == sent().wheel
    assert "thongthin_library-0.1.0" in wheel.headers["content-disposition"]
    assert (await sender.get(f"{home}/files/source")).status_code == 200
    assert (await sender.post(f"{home}/take", data={"revision": "1"})).status_code == 403
    assert (await sender.post(f"{home}/dance", data={"revision": "1"})).status_code == 404
    no_reason = await sender.post(f"{home}/withdraw", data={"revision": "1"})
    assert no_reason.status_code == 422
    gone = await sender.post(f"{home}/withdraw", data={"revision": "1", "why": "ส่งผิด"})
    assert gone.status_code == 303
    assert "ส่งผิด" in (await sender.get(home)).text


async def test_a_curator_takes_and_refuses_on_the_page(
    runtime: Runtime, ctx: Context, publisher: Context
) -> None:
    id = await handed_in(publisher)
    home = f"{HOME}/{id}"

    async with signed_in(runtime, ctx, [READ, CURATE], home) as desk:
        assert "ส่งปลั๊กอิน</span>" not in (await desk.get(HOME)).text
        assert (await desk.get(f"{HOME}/new")).status_code == 403
        assert (await desk.post(f"{home}/take", data={"revision": "1"})).status_code == 303
        late = await desk.post(f"{home}/refuse", data={"revision": "1", "why": "ข้อมูลรั่ว"})
        assert late.status_code == 409
        assert "ข้อมูลรั่ว" in late.text
        done = await desk.post(f"{home}/refuse", data={"revision": "2", "why": "ข้อมูลรั่ว"})
        assert done.status_code == 303
        assert "ไม่รับ" in (await desk.get(home)).text
