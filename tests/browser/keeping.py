"""Those who keep a catalog and live by it: platforms, machines with keys, and steps on pages."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import asyncpg
from playwright.async_api import Page, expect

from tests.browser.people import press
from tests.contrib.catalog.conftest import source_of
from tests.core.catalog.conftest import PHRASE, Keepers, make_wheel
from tests.core.commands.conftest import ROOT, Installation, Server, until
from tests.forked import run_forked

HERE = Path(__file__).parent
DESK = "/desk/curation"
PLUGIN = '''
"""When the library is open."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, Router, get

from core.api import Context, Ctx, Manifest, NavItem, Text, hookimpl, page, public

TITLE = Text("ห้องสมุดชุมชน", "Community library")
MANIFEST = Manifest(
    name="{name}",
    version="{version}",
    title=TITLE,
    summary=Text("บอกเวลาเปิดของห้องสมุด", "Tells when the library is open"),
)


@get("/", guards=[public])
async def show(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show when it is open."""
    return await page(request, ctx, "{name}/hello.html")


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the page."""
    return [Router("/{name}", route_handlers=[show])]


@hookimpl
async def links_for_module(ctx: Context, plugin: str) -> Sequence[NavItem]:
    """Lead to the page."""
    return [NavItem(TITLE, "/{name}")] if plugin == MANIFEST.name else []
'''
PAGE = """{{%- extends "core/base.html" -%}}
{{%- block title %}}{{{{ t("ห้องสมุดชุมชน", "Community library") }}}}{{% endblock -%}}
{{%- block main %}}<h1>{{{{ t("ห้องสมุดชุมชน", "Community library") }}}}</h1>
<p>{{{{ t("{thai}", "{english}") }}}}</p>{{% endblock -%}}
"""
OPEN = {
    "0.1.0": ("เปิดวันอังคารถึงวันเสาร์", "Open from Tuesday to Saturday"),
    "0.2.0": ("เปิดทุกวัน", "Open daily"),
}


def a_version(version: str) -> tuple[str, bytes]:
    """Return the wheel of a version of the library."""
    thai, english = OPEN[version]
    page = PAGE.format(thai=thai, english=english).encode()
    more = {"thongthin_library/templates/hello.html": page}
    return make_wheel(version=version, source=PLUGIN, more=more)


class Platform(Installation):
    """A whole installation whose network ends at this machine.

    :ivar asked: whom its processes asked for, a line each.
    """

    def __init__(self, folder: Path, database: str, **more: str) -> None:
        super().__init__(folder)
        self.asked = folder / "asked.txt"
        self.environment |= {
            "PYTHONPATH": f"{HERE / 'network'}:{ROOT}",
            "NETWORK_ASKED": str(self.asked),
            "THONGTHIN_DATABASE_URL": database,
            "THONGTHIN_DEMO": "1",
            "THONGTHIN_WORKERS": "1",
            **more,
        }

    def begin(self, *arguments: str) -> Server:
        """Begin it anew, on the network that ends here."""
        with self.out.open("wb") as out, self.err.open("wb") as err:
            return subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "core", *arguments],
                env=self.environment,
                cwd=self.folder,
                stdout=out,
                stderr=err,
            )

    def do(self, *arguments: str) -> str:
        """Run a command that is done, on the network that ends here; return what it says."""
        ran = self.run("-m", "core", *arguments)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def found(self, *offices: str) -> None:
        ran = self.run(str(HERE / "founding.py"), *offices)
        assert ran.returncode == 0, ran.stderr

    def url(self, path: str, tenant: str = "maehia") -> str:
        return f"http://{tenant}.localhost:{self.port}{path}"

    async def rows(self, query: str) -> Sequence[asyncpg.Record]:
        connection = await asyncpg.connect(self.environment["THONGTHIN_DATABASE_URL"])
        rows: Sequence[asyncpg.Record] = await connection.fetch(query)
        await connection.close()
        return rows


class Machine:
    """A machine on which documents are signed, with one key and nothing of any platform."""

    def __init__(self, folder: Path, keepers: Keepers, who: str) -> None:
        self.folder = folder / who
        self.folder.mkdir()
        self._phrase = self.folder / "phrase"
        self._phrase.write_text(PHRASE, encoding="utf-8")
        self._key = keepers.keys / who

    def do(self, *arguments: str) -> str:
        """Run a command of those who keep a catalog, and return what it says."""
        environment = {
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "THONGTHIN_DATA": str(self.folder / "data"),
        }
        ran = run_forked(("catalog", *arguments), environment, self.folder)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def sign(self, document: Path) -> None:
        """Sign with the key that lies here."""
        opened = ("--key", str(self._key), "--passphrase-file", str(self._phrase))
        self.do("sign", str(document), *opened)


def bundled(keepers: Keepers, folder: Path) -> Path:
    """Have what is published signed for places without network; return the file to carry there."""
    names = ("root1", "root2", "bundle1", "bundle2")
    machines = [Machine(folder, keepers, one) for one in names]
    repository, to = str(keepers.folder), folder / "bundle.zip"
    for line in machines[2].do("pack", repository).splitlines():
        document = Path(line.removeprefix("to sign: "))
        for machine in machines[:2] if document.stem == "root" else machines[2:]:
            machine.sign(document)
    machines[2].do("pack", repository, "--to", str(to))
    return to


async def follow(page: Page, link: str) -> None:
    """Follow a link of what the page is about, by the beginning of its name."""
    name = re.compile(f"^{re.escape(link)}")
    async with page.expect_navigation():
        await page.get_by_role("main").get_by_role("link", name=name).click()


async def registers(page: Page) -> None:
    """Let a publisher say who it is."""
    await page.goto(DESK)
    await follow(page, "ส่งปลั๊กอิน")
    await page.fill("#code", "acme")
    await page.fill("#title", "บริษัท แอคมี จำกัด")
    await page.fill("#email", "it@acme.example")
    await press(page, "ลงทะเบียน")


async def hands_in(page: Page, version: str, folder: Path) -> str:
    """Let the publisher hand in a version; return the path of its page."""
    name, wheel = a_version(version)
    files = {"wheel": folder / name, "source": folder / f"library-{version}.zip"}
    files["wheel"].write_bytes(wheel)
    files["source"].write_bytes(source_of(wheel))
    await page.goto(f"{DESK}/new")
    for field, file in files.items():
        await page.set_input_files(f"#{field}", file)
    told = {"title": ("ห้องสมุดชุมชน", "Community library"), "notes": OPEN[version]}
    told["summary"] = ("บอกเวลาเปิดของห้องสมุด", "Tells when the library is open")
    for field, (thai, english) in told.items():
        await page.fill(f"#{field}_th", thai)
        await page.fill(f"#{field}_en", english)
    await page.get_by_label("ข้อมูลที่เปิดเผยได้").check()
    await page.get_by_label("ไม่", exact=True).check()
    await page.fill("#licence", "EUPL-1.2")
    await page.get_by_label("ผู้ส่งมีสิทธิเผยแพร่").check()
    await press(page, "ส่งเข้าตรวจ")
    return "/" + page.url.split("/", 3)[3]


async def looks_through(page: Page, version: str) -> None:
    """Let the first curator take a version, have it tried, answer and put it forward."""
    await page.goto(DESK)
    await follow(page, f"library {version}")
    await press(page, "รับไปตรวจ")
    await follow(page, "ดูสิ่งที่ต่างจากรุ่นก่อน")
    await page.go_back()
    await press(page, "ทดสอบตามเกณฑ์")
    async with asyncio.timeout(300):
        while not await page.get_by_text(re.compile(r"ผ่าน \d+ จาก \d+ ข้อ")).count():
            await asyncio.sleep(1)
            await page.reload()
    await follow(page, "ตอบรายการตรวจ")
    for answer in await page.get_by_label("ใช่", exact=True).all():
        await answer.check()
    await press(page, "บันทึกรายการตรวจ")
    await press(page, "เสนอผู้ตรวจคนที่สอง")


async def agrees(page: Page, version: str) -> None:
    """Let the second curator agree, which enters the version."""
    await page.goto(DESK)
    await follow(page, f"library {version}")
    await press(page, "เห็นชอบ และเสนอลงลายมือชื่อ")


async def signs(page: Page, machine: Machine, done: str) -> None:
    """Let a curator take along what waits, sign it and bring it back.

    :param done: what the page says at the end.
    """
    await page.goto(DESK)
    await follow(page, "ลงลายมือชื่อ")
    await page.get_by_role("heading", name="ลงลายมือชื่ออย่างไร").wait_for()
    for role in await page.locator("section[aria-labelledby^=of-]").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-labelledby').slice(3))"
    ):
        card = page.locator(f"section[aria-labelledby=of-{role}]")
        async with page.expect_download() as begun:
            await card.get_by_role("link", name=f"ดาวน์โหลด {role}.json").click()
        file = machine.folder / f"{role}.json"
        await (await begun.value).save_as(file)
        machine.sign(file)
        await card.locator("input[type=file]").set_input_files(file)
        async with page.expect_navigation():
            await card.get_by_role("button", name="ส่งลายมือชื่อ").click()
    await expect(page.get_by_text(done)).to_be_visible()


async def begins_anew(page: Page, platform: Platform) -> None:
    """Press the button for it, and wait until it answers again."""
    before = platform.said().count("Ready after")
    async with page.expect_navigation():
        await page.get_by_role("button", name=re.compile("^เริ่มระบบใหม่ตอนนี้")).click()
    await expect(page.get_by_text("กำลังเริ่มระบบใหม่")).to_be_visible()
    await asyncio.to_thread(until, lambda: platform.said().count("Ready after") > before, 120)
    await follow(page, "ครบ 1 นาทีแล้ว")


async def opens_library(page: Page, version: str) -> None:
    """See the plugin's own page, by the way that its module's page shows."""
    await page.goto("/desk/modules/library")
    await follow(page, "ห้องสมุดชุมชน")
    await expect(page.get_by_text(OPEN[version][0])).to_be_visible()
