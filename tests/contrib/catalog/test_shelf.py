"""The public pages of the catalog, its feeds and badges."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from core.catalog.entries import Quality
from core.context import Context
from core.settings import Settings
from core.text import Text
from tests.contrib.catalog.conftest import keeping
from tests.core.catalog.conftest import Keepers, make_wheel

HOME = "/catalog"
LEAK = Text("ส่งข้อมูลออกนอกหน่วยงาน", "It sends data elsewhere.")


@pytest.fixture
def settings(tmp_path: Path, keepers: Keepers) -> Settings:
    return keeping(tmp_path, keepers)


def words(answer: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", answer.text))


def stop(keepers: Keepers, version: str) -> None:
    keepers.repository.set_state("library", version, "stopped", LEAK, keepers.now)
    keepers.publish()


def tried(days: int) -> Quality:
    on = (datetime.now(UTC) - timedelta(days=days)).date()
    return Quality(tier="silver", report="cd" * 32, on=on)


async def test_everybody_sees_what_is_approved_and_what_was_stopped_and_why(
    client: httpx.AsyncClient, keepers: Keepers
) -> None:
    keepers.enter(make_wheel())
    keepers.enter(make_wheel(version="0.2.0"))
    stop(keepers, "0.1.0")
    keepers.enter(make_wheel("parks"), "green", title=Text("สวน", "Parks"))

    listed = words(await client.get(HOME))
    told = words(await client.get(f"{HOME}/library"))

    for part in ("ทั้งหมด 2 ปลั๊กอิน", "ระดับทอง", "รุ่น 0.2.0 · acme · API 1", "ข้อมูลส่วนบุคคล"):
        assert part in listed, part
    assert f"ระงับรุ่น 0.1.0 {LEAK.th}" in listed
    for part in ("รุ่น 0.2.0", "รุ่น 0.1.0", LEAK.th, "สมหญิง ใจดี, สมชาย ใจดี", "ab" * 32):
        assert part in told, part
    assert "library.see" in told
    assert "thongthin catalog install library" in told
    assert (await client.get(f"{HOME}/nothing")).status_code == 404


async def test_a_plugin_is_found_by_every_word_of_its_texts_in_both_languages(
    client: httpx.AsyncClient, keepers: Keepers
) -> None:
    keepers.enter(make_wheel())
    keepers.enter(make_wheel("parks"), "green", title=Text("สวน", "Parks"))

    for sought, count in (("ห้องสมุด", 2), ("LIBRARY acme", 1), ("green", 1), ("สวน ไม่มี", 0)):
        found = words(await client.get(HOME, params={"q": sought}))
        assert f"พบ {count} จาก 2 ปลั๊กอิน" in found, sought


async def test_what_waits_to_be_signed_is_not_shown(
    client: httpx.AsyncClient, keepers: Keepers
) -> None:
    keepers.enter(make_wheel())
    keepers.repository.set_state("library", "0.1.0", "stopped", LEAK, keepers.now)

    assert LEAK.th not in words(await client.get(HOME))
    keepers.publish()
    assert LEAK.th in words(await client.get(HOME))


async def test_a_tier_whose_evidence_is_old_falls_on_page_and_badge(
    client: httpx.AsyncClient, keepers: Keepers
) -> None:
    keepers.enter(make_wheel(), quality=tried(180))
    keepers.enter(make_wheel("parks"), "green", quality=tried(178))

    assert "หมดอายุการตรวจ" in words(await client.get(f"{HOME}/library"))
    assert "ระดับเงิน" not in words(await client.get(f"{HOME}/library"))
    assert "หมดอายุการตรวจ" in (await client.get(f"{HOME}/library/badge.svg")).text
    english = await client.get(f"{HOME}/library/badge.svg", params={"lang": "en"})
    assert "Not tried for 180 days" in english.text
    listed = words(await client.get(HOME))
    assert "หมดอายุการตรวจ" in listed
    assert "ระดับเงิน" in listed
    assert "ระดับเงิน" in (await client.get(f"{HOME}/parks/badge.svg")).text


async def test_a_badge_may_be_shown_on_pages_of_others_and_says_that_all_was_stopped(
    client: httpx.AsyncClient, keepers: Keepers
) -> None:
    keepers.enter(make_wheel())
    stop(keepers, "0.1.0")

    badge = await client.get(f"{HOME}/library/badge.svg")

    assert "ถูกระงับ" in badge.text
    assert badge.headers.get_list("cross-origin-resource-policy") == ["cross-origin"]
    assert badge.headers["content-type"].startswith("image/svg+xml")
    assert "set-cookie" not in badge.headers
    page = await client.get(HOME)
    assert page.headers.get_list("cross-origin-resource-policy") == ["same-origin"]
    assert (await client.get(f"{HOME}/nothing/badge.svg")).status_code == 404


async def test_both_feeds_tell_approvals_and_stops_the_newest_first_with_ids_that_stay(
    client: httpx.AsyncClient, keepers: Keepers, ctx: Context
) -> None:
    keepers.enter(make_wheel())
    keepers.now += timedelta(seconds=2)
    stop(keepers, "0.1.0")

    told = json.loads((await client.get(f"{HOME}/feed.json")).content)
    atom = await client.get(f"{HOME}/feed.atom")
    root = ElementTree.fromstring(atom.content)  # noqa: S314 - our own

    first, second = told["items"]
    assert first["title"] == "ระงับ ห้องสมุด รุ่น 0.1.0 / Stopped: Library 0.1.0"
    assert first["content_text"] == f"{LEAK.th} / {LEAK.en}"
    assert second["title"].startswith("รับรอง ห้องสมุด")
    assert first["url"] == f"{ctx.origin}{HOME}/library"
    assert first["date_published"] > second["date_published"]
    space = "{http://www.w3.org/2005/Atom}"
    ids = [one.text for one in root.iter(f"{space}id")]
    assert ids == [f"{ctx.origin}{HOME}", first["id"], second["id"]]
    assert atom.headers["content-type"].startswith("application/atom+xml")

    keepers.repository.renew("acme", keepers.now)
    keepers.publish()
    again = json.loads((await client.get(f"{HOME}/feed.json")).content)
    assert [one["id"] for one in again["items"]] == [first["id"], second["id"]]
    page = (await client.get(HOME)).text
    for kind in ("application/feed+json", "application/atom+xml"):
        assert re.search(f'<link rel="alternate" type="{re.escape(kind)}"', page)


async def test_a_catalog_that_is_not_signed_in_time_or_cannot_be_read_says_so(
    client: httpx.AsyncClient, keepers: Keepers
) -> None:
    keepers.enter(make_wheel())
    keepers.repository.sign_state(keepers.key("online"), keepers.now - timedelta(days=8))
    assert "ไม่ได้ลงลายมือชื่อตามกำหนด" in words(await client.get(HOME))

    stamp = keepers.repository.metadata / "timestamp.json"
    stamp.write_bytes(stamp.read_bytes().replace(b'"version":', b'"version":1', 1))
    assert "ห้องสมุด" in words(await client.get(HOME))
    stamp.unlink()
    assert "ขณะนี้อ่านคลังไม่ได้" in words(await client.get(HOME))
    assert (await client.get(f"{HOME}/feed.json")).status_code == 404


async def test_another_office_has_no_such_pages(client: httpx.AsyncClient, other: Context) -> None:
    for path in ("", "/library", "/feed.json", "/feed.atom", "/library/badge.svg"):
        answer = await client.get(f"http://{other.tenant.id}.localhost{HOME}{path}")
        assert answer.status_code == 404
    assert HOME in (await client.get("/")).text
    assert f'href="{HOME}"' not in (await client.get(f"http://{other.tenant.id}.localhost/")).text
