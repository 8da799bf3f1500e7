import re

import httpx
import pytest

from core.context import Context
from core.identity import attempts
from tests.contrib.incidents.conftest import a_pole, rows
from tests.contrib.incidents.reports import a_report, assigned, picture, worked
from tests.today import at_present, year

NEW = "/incidents/new"
FILLED = {"category": "lighting", "description": "ไฟดับทั้งซอย", "phone": "081-234-5678"}


@pytest.fixture
def ctx(ctx: Context) -> Context:
    """As pages see it."""
    return at_present(ctx)


@pytest.fixture
async def phone(client: httpx.AsyncClient) -> httpx.AsyncClient:
    client.headers["X-CSRFToken"] = hidden(await client.get(NEW), "_csrf_token")
    return client


def hidden(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found
    return found[1]


async def test_the_label_of_a_pole_leads_straight_to_a_report_about_it(
    phone: httpx.AsyncClient, ctx: Context
) -> None:
    await a_pole(ctx)

    page = await phone.get("/incidents/a/mh-0123")
    assert "เสาไฟ MH-0123" in page.text
    assert 'name="pin"' not in page.text
    assert page.text.index("แสงสว่าง") < page.text.index("ถนน</option>")
    form = FILLED | {"asset": hidden(page, "asset"), "key": hidden(page, "key")}
    files = {"photo": ("เสา.jpg", picture(), "image/jpeg")}
    sent = await phone.post(NEW, data=form, files=files)

    assert sent.status_code == 303
    assert (await phone.post(NEW, data=form)).headers["location"] == sent.headers["location"]
    seen = await phone.get(sent.headers["location"])
    assert f"{year()}-00001" in seen.text
    assert "MH-0123" in seen.text
    [small] = re.findall(r'src="(/incidents/t/[^"]+small=1)"', seen.text)
    assert (await phone.get(small)).headers["content-type"] == "image/jpeg"
    assert "มีผู้แจ้งแล้ว" in (await phone.get("/incidents/a/MH-0123")).text
    assert (await phone.get("/incidents/a/MH-9999")).status_code == 404


async def test_what_is_missing_is_said_and_photos_need_not_be_sent_again(
    phone: httpx.AsyncClient, ctx: Context
) -> None:
    form = {"category": "lighting", "description": "", "key": "key-1234-5678"}
    files = {"photo": ("เสา.jpg", picture(), "image/jpeg")}

    bad = await phone.post(NEW, data=form, files=files)
    assert bad.status_code == 422
    assert "เขียนสั้น ๆ ว่าเกิดอะไรขึ้น" in bad.text
    assert "แนบรูปไว้แล้ว 1 รูป" in bad.text
    nowhere = await phone.post(NEW, data=form | {"description": "มืด", "held": hidden(bad, "held")})
    assert "บอกว่าเกิดที่ไหน" in nowhere.text
    outside = await phone.post(NEW, data=form | {"description": "มืด", "pin": "13.7, 100.5"})
    assert "นอกเขต" in outside.text
    noise = await phone.post(NEW, data=form, files={"photo": ("x.jpg", b"x", "image/jpeg")})
    assert noise.status_code == 422

    good = form | {"description": "มืด", "address": "หน้าวัด", "held": hidden(bad, "held")}
    assert (await phone.post(NEW, data=good)).status_code == 303
    assert len(await rows(ctx, "SELECT 1 FROM incidents.photo")) == 1


async def test_all_that_is_missing_is_said_at_once(phone: httpx.AsyncClient, ctx: Context) -> None:
    bad = await phone.post(NEW, data={"category": "lighting", "key": "key-1234-5678"})

    assert "เขียนสั้น ๆ ว่าเกิดอะไรขึ้น" in bad.text
    assert "บอกว่าเกิดที่ไหน" in bad.text


async def test_a_pole_that_is_gone_takes_nothing_of_what_was_filled_in(
    phone: httpx.AsyncClient, ctx: Context
) -> None:
    files = {"photo": ("เสา.jpg", picture(), "image/jpeg")}
    form = FILLED | {"asset": "MH-9999", "key": "key-1234-5678"}

    bad = await phone.post(NEW, data=form, files=files)
    assert bad.status_code == 404
    assert "ไฟดับทั้งซอย</textarea>" in bad.text
    again = FILLED | {"held": hidden(bad, "held"), "key": hidden(bad, "key"), "address": "หน้าวัด"}
    assert (await phone.post(NEW, data=again)).status_code == 303
    assert len(await rows(ctx, "SELECT 1 FROM incidents.photo")) == 1


async def test_who_sends_too_much_waits_before_photos_are_looked_into(
    phone: httpx.AsyncClient, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "FILINGS", attempts.FILINGS._replace(free=2))
    for _ in range(2):
        assert (await phone.post(NEW, data={"category": "lighting"})).status_code == 422

    files = {"photo": ("เสา.jpg", b"no picture", "image/jpeg")}
    late = await phone.post(NEW, data=FILLED, files=files)

    assert late.status_code == 429
    assert "ลองหลายครั้งเกินไป" in late.text
    assert "ไฟดับทั้งซอย</textarea>" in late.text


async def test_what_was_closed_while_somebody_joined_it_is_sent_once_more_as_a_new_one(
    phone: httpx.AsyncClient, ctx: Context, officer: Context
) -> None:
    first = await a_report(ctx)
    await worked(officer, await assigned(officer, first))
    form = FILLED | {"pin": "18.7402, 98.9502", "key": "key-1234-5678", "this": first.code}
    files = {"photo": ("เสา.jpg", picture(), "image/jpeg")}

    closed = await phone.post(NEW, data=form, files=files)
    assert closed.status_code == 409
    assert "กดส่งเรื่องอีกครั้ง" in closed.text
    kept = {name: hidden(closed, name) for name in ("held", "key")}
    sent = await phone.post(NEW, data=FILLED | {"pin": "18.7402, 98.9502"} | kept)
    assert f"{year()}-00002" in (await phone.get(sent.headers["location"])).text


@pytest.mark.parametrize("same", [True, False])
async def test_what_is_alike_is_shown_before_sending_and_the_sender_decides(
    phone: httpx.AsyncClient, ctx: Context, same: bool
) -> None:
    first = await a_report(ctx, phone="+66899999999")
    form = FILLED | {"pin": "18.7402, 98.9502", "key": "key-1234-5678"}
    files = {"photo": ("เสา.jpg", picture(), "image/jpeg")}

    asked = await phone.post(NEW, data=form, files=files)
    assert asked.status_code == 200
    assert first.code in asked.text
    assert "ห่าง 11 เมตร" in asked.text
    assert "89999" not in asked.text
    assert len(await rows(ctx, "SELECT 1 FROM incidents.voice")) == 1

    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', asked.text))
    choice = {"this": first.code} if same else {"other": "yes"}
    sent = await phone.post(NEW, data=kept | choice)
    assert sent.status_code == 303
    seen = await phone.get(sent.headers["location"])
    assert f"{year()}-0000{1 if same else 2}" in seen.text
    assert len(await rows(ctx, "SELECT 1 FROM incidents.report")) == (1 if same else 2)
    assert len(await rows(ctx, "SELECT 1 FROM incidents.photo")) == 1


async def test_a_report_is_followed_by_its_code_alone(
    phone: httpx.AsyncClient, ctx: Context
) -> None:
    sent = await a_report(ctx, phone="+66812345678")

    typed = await phone.get(f"/incidents/t?code={sent.track.lower()}")
    assert typed.headers["location"] == f"/incidents/t/{sent.track}"
    page = await phone.get(typed.headers["location"])
    assert "รอรับเรื่อง" in page.text
    assert "ให้คะแนนการทำงาน" not in page.text
    assert (await phone.get("/incidents/t?code=2222")).status_code == 404
    assert (await phone.get("/incidents/t")).status_code == 200
    early = await phone.post(f"/incidents/t/{sent.track}/rate", data={"stars": "5"})
    assert early.status_code == 409
    none = await phone.post(f"/incidents/t/{sent.track}/rate", data={"stars": "9"})
    assert none.status_code == 422
    english = await phone.get(f"/incidents/t/{sent.track}", headers={"Cookie": "language=en"})
    assert english.status_code == 200


async def test_stars_and_reasons_are_asked_for_as_in_every_form(
    phone: httpx.AsyncClient, ctx: Context, officer: Context
) -> None:
    sent = await a_report(ctx)
    await worked(officer, await assigned(officer, sent))
    home = f"/incidents/t/{sent.track}"

    none = await phone.post(f"{home}/rate", data={"words": "เร็วดี"})
    assert none.status_code == 422
    assert "เลือกคะแนน 1 ถึง 5" in none.text
    assert "เร็วดี</textarea>" in none.text
    long = await phone.post(f"{home}/rate", data={"stars": "4", "words": "ก" * 501})
    assert long.status_code == 422
    assert (await phone.post(f"{home}/rate", data={"stars": "4"})).status_code == 303
    assert re.search(r'value="4"[^>]* checked', (await phone.get(home)).text)
    silent = await phone.post(f"{home}/reopen", data={"why": " "})
    assert silent.status_code == 422
    assert 'href="#why"' in silent.text
    assert (await phone.post(f"{home}/reopen", data={"why": "ยังดับอยู่"})).status_code == 303
    late = await phone.post(f"{home}/rate", data={"stars": "5", "words": "เร็วดี"})
    assert late.status_code == 409
