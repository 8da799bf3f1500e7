from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from contrib.incidents.rules.book import BOOK
from contrib.incidents.rules.states import State
from contrib.incidents.service import demo, doors, following, jobs, reading, sending
from contrib.incidents.service.matters import get_report
from contrib.incidents.service.rights import FIGURES, READ
from core.context import Actor, Context
from core.identity import accounts, holders
from core.runtime import Runtime
from core.tenants.service import switch_plugin
from kit.documents.kept import get_kept, shelves
from kit.law import set_figure
from tests.contrib.incidents.conftest import an_officer, rows
from tests.contrib.incidents.reports import a_report, a_wish, assigned, now_of, report_id, worked


async def test_who_reported_is_forgotten_some_time_after_closing(officer: Context) -> None:
    closed, still_open = [await a_report(officer, phone="+66812345678") for _ in range(2)]
    await worked(officer, await assigned(officer, closed))

    await jobs.forget(now_of(officer, days=364))
    phones = "SELECT phone FROM incidents.voice ORDER BY id"
    assert [row["phone"] for row in await rows(officer, phones)] == ["+66812345678"] * 2
    for _ in range(2):
        await jobs.forget(now_of(officer, days=366))

    assert [row["phone"] for row in await rows(officer, phones)] == ["", "+66812345678"]
    trail = "SELECT 1 FROM core.audit_entry WHERE action = 'incidents.reporters.forgotten'"
    assert len(await rows(officer, trail)) == 1
    assert still_open.track


async def test_with_who_reported_their_account_and_their_words_are_forgotten(
    ctx: Context, officer: Context
) -> None:
    citizen = replace(ctx, actor=Actor(kind="citizen", id=uuid4(), name="วิภาดา"))
    sent = await sending.send(citizen, a_wish(description="หน้าบ้านผม"), other=True)
    await worked(officer, await assigned(officer, sent))
    await following.rate(citizen, sent.track, 5, "ขอบคุณจากบ้านเลขที่ 9")
    kept = "SELECT account, words, rating_words, rating FROM incidents.voice"
    assert [*(await rows(ctx, kept))[0]][1:] == ["หน้าบ้านผม", "ขอบคุณจากบ้านเลขที่ 9", 5]

    await jobs.forget(now_of(officer, days=366))

    assert [*(await rows(ctx, kept))[0]] == [None, "", "", 5]
    noted = await rows(ctx, "SELECT 1 FROM incidents.event WHERE words LIKE '%บ้านเลขที่ 9%'")
    assert noted == []


async def test_who_screens_hears_once_a_day_of_what_is_late(ctx: Context, officer: Context) -> None:
    account = await accounts.register_officer(
        ctx, post="ธุรการ", first_name="อรทัย", last_name="มั่นคง", email="o@maehia.example"
    )
    await holders.grant_role(ctx, account=account, role="registry")
    await a_report(officer)

    await jobs.remind_late(now_of(officer, hours=1))
    assert await rows(officer, "SELECT 1 FROM core.message") == []
    for _ in range(2):
        await jobs.remind_late(now_of(officer, days=4))

    told = await rows(officer, "SELECT subject_th FROM core.message WHERE channel = 'inbox'")
    assert [row["subject_th"] for row in told] == ["มีเรื่องแจ้งเหตุเกินเวลา 1 เรื่อง"]


async def test_a_time_that_the_office_sets_counts_for_what_begins_after_it(
    officer: Context,
) -> None:
    facts: Any = {"permission": FIGURES, "law": "", "why": "สัญญาใหม่", "revision": 0}
    tomorrow = officer.today + timedelta(days=1)
    await set_figure(officer, BOOK, "wire.screen", value="6", since=tomorrow, **facts)

    dues = []
    for here in (officer, now_of(officer, days=1)):
        report = await get_report(
            here, await report_id(here, await a_report(here, category="wire"))
        )
        dues.append(report["due_at"] - here.now)

    assert dues == [timedelta(hours=2), timedelta(hours=6)]


@pytest.mark.parametrize(
    ("right", "href"),
    [
        ("incidents.read", "/desk/incidents"),
        ("incidents.assets", "/desk/incidents/import"),
        ("incidents.keys", "/desk/incidents/keys"),
        ("permits.read", None),
    ],
)
async def test_officers_are_led_to_the_page_that_they_may_open(
    ctx: Context, right: str, href: str | None
) -> None:
    await a_report(ctx)

    links = await doors.links(an_officer(ctx, "อรทัย มั่นคง", right))

    assert [link.href for link in links] == ([href] if href else [])
    assert [link.count for link in links] == ([1] if right == READ else [0] if href else [])


async def test_the_demonstration_has_a_report_in_every_state(ctx: Context) -> None:
    await demo.fill(ctx)

    states = await rows(ctx, "SELECT DISTINCT state FROM incidents.report")
    assert {row["state"] for row in states} == set(State)
    for table in ("asset", "imported", "voice", "photo", "period", "event", "api_key"):
        assert await rows(ctx, f"SELECT 1 FROM incidents.{table} LIMIT 1"), table  # noqa: S608
    await demo.fill(replace(ctx, tenant=replace(ctx.tenant, id="ไม่มีเขต")))


async def test_reports_are_read_as_they_were_left_while_the_plugin_is_off(
    ctx: Context, officer: Context, runtime: Runtime, client: httpx.AsyncClient
) -> None:
    sent = await a_report(officer, phone="+66812345678")
    id = await assigned(officer, sent)
    await worked(officer, id)
    times = (await reading.read_matter(officer, id)).times
    assert len(times) == 3

    await switch_plugin(officer, plugin="incidents", on=False)
    runtime.directory.forget()
    for way in ("/incidents", f"/incidents/t/{sent.track}", "/open311/v2/services.json"):
        assert (await client.get(way)).status_code == 404
    founded = await runtime.directory.get(ctx.tenant.id)
    assert founded is not None
    off = replace(officer, tenant=founded)
    assert "incidents" in await shelves(off)
    kept = await get_kept(off, "incidents", id)
    assert (kept["number"], kept["title"], kept["sender"]) == (sent.code, "ไฟดับ ปากซอย 5", "")
    assert [note.action.th for note in kept["notes"]] == ["ปิดงาน"]
    assert [file.mime for file in kept["files"]] == ["image/jpeg"]
    assert "812345678" not in str(kept)
