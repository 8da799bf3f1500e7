"""A plugin goes its whole way: handed in, signed, published, found, used, updated, taken off."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from core.text import Text
from tests.browser.keeping import (
    Machine,
    Platform,
    a_version,
    agrees,
    begins_anew,
    bundled,
    follow,
    hands_in,
    looks_through,
    opens_library,
    registers,
    signs,
)
from tests.browser.people import at_browser, press, sign_in
from tests.core.catalog.conftest import Keepers
from tests.core.catalog.conftest import keepers as keepers
from tests.core.catalog.conftest import keyring as keyring

OFFER = "/desk/catalog/library"


@pytest.fixture
def platform(keepers: Keepers, database: str, tmp_path: Path) -> Iterator[Platform]:
    """What the operator runs for แม่เหียะ and for itself, who keeps the catalog."""
    phrase = tmp_path / "phrase"
    phrase.write_text("ข้าวเหนียวมะม่วง 2569", encoding="utf-8")
    made = Platform(
        tmp_path / "platform",
        database,
        THONGTHIN_OPERATOR="dga",
        THONGTHIN_REPOSITORY=str(keepers.folder),
        THONGTHIN_REPOSITORY_KEY=str(keepers.keys / "online"),
        THONGTHIN_REPOSITORY_PASSPHRASE_FILE=str(phrase),
    )
    made.found("dga", "maehia")
    yield made
    made.close()


@pytest.fixture
async def desk(chromium: Browser, platform: Platform) -> AsyncIterator[tuple[Page, Page, Page]]:
    """A publisher at a telephone and two curators at their desks, at the operator's platform."""
    platform.serve()
    async with (
        at_browser(chromium, platform, tenant="dga") as one,
        at_browser(chromium, platform, tenant="dga", width=1280) as two,
        at_browser(chromium, platform, tenant="dga", width=1280) as three,
    ):
        people = [await one.new_page(), await two.new_page(), await three.new_page()]
        for page, role in zip(people, ("officer", "head", "director"), strict=True):
            await sign_in(page, role, "dga")
        publisher, first, second = people
        yield publisher, first, second


async def published(
    desk: tuple[Page, Page, Page], machines: list[Machine], version: str, folder: Path
) -> None:
    """Bring a version its way through the desk, from its publisher into the catalog."""
    publisher, first, second = desk
    submission = await hands_in(publisher, version, folder)
    await expect(publisher.get_by_text("รอผู้ตรวจรับไปตรวจ")).to_be_visible()
    await looks_through(first, version)
    await agrees(second, version)
    await signs(first, machines[0], "รับลายมือชื่อแล้ว")
    await signs(second, machines[1], "เผยแพร่แล้ว")
    await publisher.goto(submission)
    await expect(publisher.get_by_text("เผยแพร่แล้ว").first).to_be_visible()


async def installed(page: Page, platform: Platform) -> None:
    """Let an administrator find the library, look at it, install it and switch it on."""
    await page.goto("/desk/modules")
    await follow(page, "ดูโมดูลที่ผ่านการรับรอง")
    await follow(page, "ห้องสมุดชุมชน")
    await expect(page.get_by_role("heading", name="สิ่งที่โปรแกรมทำได้")).to_be_visible()
    await press(page, "ติดตั้งรุ่น 0.1.0")
    await begins_anew(page, platform)
    await follow(page, "เปิดใช้ในหน่วยงานของท่าน")
    await follow(page, "เปิดโมดูลนี้")
    await expect(page.get_by_role("heading", name="ถ้าเปิด “ห้องสมุดชุมชน”")).to_be_visible()
    await press(page, "เปิดโมดูลนี้")
    await expect(page.get_by_text("เปิดโมดูล “ห้องสมุดชุมชน” แล้ว")).to_be_visible()
    await opens_library(page, "0.1.0")


async def taken_on_and_off(page: Page, platform: Platform) -> None:
    """Let an administrator update the library, go back, and take it off."""
    for button, version in (("อัปเดตเป็นรุ่น 0.2.0", "0.2.0"), ("กลับไปรุ่น 0.1.0", "0.1.0")):
        await page.goto(OFFER)
        await press(page, button)
        await begins_anew(page, platform)
        await opens_library(page, version)
    await page.goto(OFFER)
    await press(page, "ถอนออกจากระบบ")
    await begins_anew(page, platform)
    answer: Any = await page.goto("/library")
    assert answer.status == 404
    await page.goto(OFFER)
    await expect(page.get_by_text("ยังไม่ได้ติดตั้ง").first).to_be_visible()


def trusted(platform: Platform, keepers: Keepers, *where: str) -> None:
    """Trust the catalog of the keepers, and let แม่เหียะ decide what is installed."""
    root = platform.folder / "root.json"
    root.write_bytes(keepers.root)
    platform.do("catalog", "add", "--root", str(root), *where)
    platform.do("catalog", "policy", "--deciders", "maehia")


async def test_a_plugin_is_handed_in_signed_found_used_updated_and_taken_off(
    desk: tuple[Page, Page, Page],
    platform: Platform,
    keepers: Keepers,
    chromium: Browser,
    tmp_path: Path,
) -> None:
    machines = [Machine(tmp_path, keepers, who) for who in ("curator1", "curator2")]
    await registers(desk[0])
    await published(desk, machines, "0.1.0", tmp_path)
    trusted(platform, keepers, "--url", platform.url("/catalog/repository", "dga"))
    platform.do("catalog", "refresh")
    async with at_browser(chromium, platform) as browser:
        administrator = await browser.new_page()
        await sign_in(administrator, "administrator")
        await installed(administrator, platform)
        await published(desk, machines, "0.2.0", tmp_path)
        platform.do("catalog", "refresh")
        await taken_on_and_off(administrator, platform)
    assert set(platform.asked.read_text().split()) == {"127.0.0.1"}


@pytest.fixture
def island(database: str, tmp_path: Path) -> Iterator[Platform]:
    """What แม่เหียะ runs for itself, and no network leads there."""
    made = Platform(tmp_path / "island", database)
    made.found("maehia")
    yield made
    made.close()


async def test_from_a_bundle_it_is_installed_and_used_where_there_is_no_network(
    island: Platform, keepers: Keepers, chromium: Browser, tmp_path: Path
) -> None:
    keepers.enter(a_version("0.1.0"), title=Text("ห้องสมุดชุมชน", "Community library"))
    trusted(island, keepers)
    island.do("catalog", "bundle", str(bundled(keepers, tmp_path)))
    island.serve()
    async with at_browser(chromium, island) as browser:
        administrator = await browser.new_page()
        await sign_in(administrator, "administrator")
        await installed(administrator, island)

    assert set(island.asked.read_text().split()) == {"127.0.0.1"}
    out = "import socket; socket.create_connection(('203.0.113.1', 443), 5)"
    assert "there is no network: 203.0.113.1" in island.run("-c", out).stderr
