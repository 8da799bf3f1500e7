"""A version on its whole way, over HTTP and by the commands, from a publisher to an office."""

import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from contrib.catalog.rules.checklist import POINTS, words_of
from contrib.catalog.service.rights import CURATE, READ, SUBMIT
from core.__main__ import main
from core.catalog.client import Catalog
from core.catalog.installing import InstallRefused, install
from core.context import Context
from core.runtime import Runtime
from tests.contrib.catalog.conftest import ANSWERS, HOME, sent
from tests.contrib.catalog.kept import settings, tried
from tests.core.catalog.conftest import PHRASE, Keepers
from tests.core.catalog.conftest import catalog as catalog
from tests.core.catalog.conftest import served as served
from tests.desks import signed_in

__all__ = ["settings"]
SIGN = f"{HOME}/signing"
FINE = {one.code: "yes" for one in POINTS}
Browser = httpx.AsyncClient


class Machine:
    """A curator's own machine, with their key and nothing of the server."""

    def __init__(self, folder: Path, key: Path) -> None:
        self.folder = folder
        self._key = key
        folder.mkdir()
        (folder / "phrase").write_text(PHRASE, encoding="utf-8")

    def sign(self, role: str, data: bytes) -> bytes:
        file = self.folder / f"{role}.json"
        file.write_bytes(data)
        opened = ("--key", str(self._key), "--passphrase-file", str(self.folder / "phrase"))
        assert main(["catalog", "sign", str(file), *opened]) == 0
        return file.read_bytes()


async def act(browser: Browser, home: str, name: str, **more: str) -> None:
    page = (await browser.get(home)).text
    [revision] = set(re.findall(r'name="revision" value="(\d+)"', page))
    data = {"revision": revision, **more}
    answer = await browser.post(f"{home}/{name}", data=data)
    assert answer.status_code == 303, answer.text


async def sign_all(browser: Browser, machine: Machine) -> httpx.Response:
    """Sign what waits, each document downloaded, signed and handed in."""
    page = (await browser.get(SIGN)).text
    for role in re.findall(rf"{SIGN}/([a-z-]+)/document", page):
        given = await browser.get(f"{SIGN}/{role}/document")
        back = machine.sign(role, given.content)
        answer = await browser.post(f"{SIGN}/{role}", files={"signed": (f"{role}.json", back)})
        assert answer.status_code == 303, answer.text
    return await browser.get(answer.headers["location"])


async def handed(browser: Browser) -> str:
    facts = {"code": "acme", "title": "บริษัท แอคมี", "email": "it@acme.example"}
    await browser.post(f"{HOME}/publisher", data=facts)
    one = sent()
    files = {"wheel": (one.wheel_name, one.wheel), "source": (one.source_name, one.source)}
    form = {**ANSWERS, "rights": "yes"}
    return (await browser.post(f"{HOME}/new", data=form, files=files)).headers["location"]


@pytest.fixture
def machines(
    keepers: Keepers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Machine, Machine]:
    monkeypatch.setenv("THONGTHIN_DATA", str(tmp_path / "elsewhere"))
    one, two = ("curator1", "curator3")
    return (
        Machine(tmp_path / one, keepers.keys / one),
        Machine(tmp_path / two, keepers.keys / two),
    )


async def test_a_version_is_handed_in_signed_by_two_installed_and_stopped(
    runtime: Runtime,
    ctx: Context,
    machines: tuple[Machine, Machine],
    catalog: Catalog,
    tmp_path: Path,
) -> None:
    async with (
        signed_in(runtime, ctx, [READ, SUBMIT], f"{HOME}/publisher") as publisher,
        signed_in(runtime, ctx, [READ, CURATE], HOME) as first,
        signed_in(runtime, ctx, [READ, CURATE], HOME, first_name="สมชาย") as second,
    ):
        home = await handed(publisher)
        await act(first, home, "take")
        half = {"revision": "2", "law": "na"}
        wrong = await first.post(f"{home}/checklist", data=half)
        assert wrong.status_code == 422
        assert "เขียนว่าตรวจพบอะไร" in wrong.text
        kept = await first.post(f"{home}/checklist", data=half | {words_of("law"): "ไม่อ้างกฎหมาย"})
        assert kept.headers["location"] == home
        assert "ไม่อ้างกฎหมาย" in (await first.get(f"{home}/checklist")).text
        assert (await publisher.get(f"{home}/checklist")).status_code == 403
        await first.post(f"{home}/checklist", data={"revision": "3", **FINE})
        await tried(ctx, UUID(home.rpartition("/")[2]))
        await act(first, home, "propose")
        assert "เห็นชอบ" not in (await first.get(home)).text
        await act(second, home, "agree")

        waiting = (await first.get(SIGN)).text
        assert "library 0.1.0" in waiting
        assert "ลงแล้ว 0 จาก 2" in waiting
        bare = await first.post(f"{SIGN}/acme", data={})
        assert bare.status_code == 422
        odd = await first.post(f"{SIGN}/acme", files={"signed": ("acme.json", b"%PDF")})
        assert (odd.status_code, "อ่านเป็น JSON" in odd.text) == (409, True)
        assert (await publisher.get(SIGN)).status_code == 403
        assert "รับลายมือชื่อแล้ว" in (await sign_all(first, machines[0])).text
        assert "เผยแพร่แล้ว" in (await sign_all(second, machines[1])).text
        assert "เผยแพร่แล้ว" in (await publisher.get(home)).text

        catalog.refresh()
        assert install(tmp_path / "data", "library", None, datetime.now(UTC)).version == "0.1.0"

        assert (await first.get(f"{home}/stop")).status_code == 200
        page = (await first.get(home)).text
        revision = re.findall(r'name="revision" value="(\d+)"', page)[0]
        reason = {"revision": revision, "reason_th": "ข้อมูลรั่ว", "reason_en": "It leaks"}
        assert (
            await first.post(f"{home}/stop", data=reason | {"reason_en": ""})
        ).status_code == 422
        assert (await first.post(f"{home}/stop", data=reason)).headers["location"] == SIGN
        twice = await first.post(f"{home}/stop", data=reason | {"revision": str(int(revision) + 1)})
        assert (twice.status_code, "รอลงลายมือชื่ออยู่" in twice.text) == (409, True)
        assert "ข้อมูลรั่ว" in (await second.get(SIGN)).text
        await sign_all(first, machines[0])
        await sign_all(second, machines[1])
        assert "สั่งหยุดแล้ว" in (await publisher.get(home)).text

    catalog.refresh()
    assert catalog.stops()["library", "0.1.0"].th == "ข้อมูลรั่ว"
    with pytest.raises(InstallRefused, match="was stopped: It leaks"):
        install(tmp_path / "data", "library", "0.1.0", datetime.now(UTC))
