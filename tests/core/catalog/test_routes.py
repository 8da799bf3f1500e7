"""The catalog and the switchboard in the browser of an administrator."""

import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import msgspec
import pytest

from core import db
from core.catalog.client import Catalog
from core.catalog.following import apply_stops
from core.catalog.installed import Installations
from core.catalog.installing import install
from core.catalog.policy import write_policy
from core.catalog.repository import read_entry, with_entry
from core.catalog.starting import Starts
from core.context import Context
from core.discovery import find
from core.errors import Conflict
from core.host import Host
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from core.tenants.service import switch_plugin
from core.text import Text

Keepers = Any  # the classes of conftest.py, which cannot be imported
MakeWheel = Callable[..., tuple[str, bytes]]
Post = Callable[..., Awaitable[httpx.Response]]
HOME = "/desk/catalog"


def words(answer: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", answer.text))


def decide_here(catalog: Catalog, settings: Settings, **changed: Any) -> None:
    policy = msgspec.structs.replace(catalog.policy, deciders=("maehia",), **changed)
    write_policy(settings.data, policy)


@pytest.fixture
def known(keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel) -> Catalog:
    keepers.enter(a_wheel())
    catalog.refresh()
    return catalog


def stop(keepers: Keepers, catalog: Catalog) -> None:
    reason = Text("ส่งข้อมูลออกนอกหน่วยงาน", "It sends data elsewhere.")
    keepers.repository.set_state("library", "0.1.0", "stopped", reason, keepers.now)
    keepers.publish()
    catalog.refresh()


@pytest.fixture
def installed() -> tuple[str, ...]:
    """What is installed when the platform starts."""
    return ()


@pytest.fixture
async def runtime(
    database: str, settings: Settings, known: Catalog, installed: tuple[str, ...]
) -> AsyncIterator[Runtime]:
    for plugin in installed:
        install(settings.data, plugin, None, datetime.now(UTC))
    finders = list(sys.meta_path)
    made = make_runtime(settings, database, find(data=settings.data))
    await db.open_pool()
    yield made
    await made.host.quarantine.settle()
    await db.close_pool()
    # What is tried next in this process may be called the same.
    sys.meta_path[:] = finders
    for name in [one for one in sys.modules if one.partition(".")[0] == "thongthin_library"]:
        del sys.modules[name]


async def test_where_no_catalog_was_added_the_page_says_how(
    administrator: httpx.AsyncClient, settings: Settings
) -> None:
    (settings.data / "catalog" / "catalog.json").unlink()

    answer = await administrator.get(HOME)

    assert answer.status_code == 200
    assert "ยังไม่ได้เพิ่มบัญชีโมดูลที่รับรอง" in words(answer)


async def test_what_is_approved_is_told_before_it_is_installed(
    administrator: httpx.AsyncClient,
) -> None:
    listed = words(await administrator.get(HOME))
    assert "ห้องสมุด" in listed
    assert "ระดับทอง · รุ่น 0.1.0 · acme" in listed
    assert "ติดตั้งได้" in listed

    told = words(await administrator.get(f"{HOME}/library"))
    for part in ("ข้อมูลส่วนบุคคล", "สมหญิง ใจดี, สมชาย ใจดี", "library.see", "litestar", "รุ่นแรก"):
        assert part in told
    assert "ติดตั้งรุ่น 0.1.0" not in told
    assert "ให้ผู้ดูแลระบบกลางเป็นผู้ติดตั้ง" in told
    assert (await administrator.get(f"{HOME}/nothing")).status_code == 404


async def test_a_stranger_sees_nothing_of_it(client: httpx.AsyncClient) -> None:
    for path in (HOME, f"{HOME}/library"):
        assert (await client.get(path)).status_code == 303


async def test_who_does_not_decide_here_installs_nothing(post: Post, settings: Settings) -> None:
    answer = await post(f"{HOME}/library", {"deed": "install"})

    assert answer.status_code == 403
    assert Installations(settings.data).read() == {}


async def test_who_decides_installs_pins_updates_goes_back_and_removes(
    administrator: httpx.AsyncClient,
    post: Post,
    known: Catalog,
    keepers: Keepers,
    settings: Settings,
    a_wheel: MakeWheel,
    ctx: Context,
    other: Context,
) -> None:
    decide_here(known, settings)
    assert "ติดตั้งรุ่น 0.1.0" in words(await administrator.get(f"{HOME}/library"))

    async def do(deed: str) -> str:
        answer = await post(f"{HOME}/library", {"deed": deed})
        assert answer.headers["location"] == f"{HOME}/library?done={deed}"
        return words(await administrator.get(answer.headers["location"]))

    assert "รุ่น 0.1.0 จะเริ่มทำงานเมื่อระบบเริ่มใหม่" in await do("install")
    # It is told at once: the server goes down before another page could be asked for.
    started = await post(f"{HOME}/library", {"deed": "start"})
    assert "ใช้งานได้อีกครั้งภายใน 1 นาที" in words(started)
    assert Starts(settings.data).is_due(ctx.now) is False
    assert "ให้อัปเดตตามบัญชีได้อีก" in await do("pin")
    await do("unpin")
    keepers.enter(a_wheel(version="0.2.0"))
    known.refresh()
    assert "มีรุ่นใหม่" in words(await administrator.get(HOME))
    assert "กลับไปรุ่น 0.1.0" in await do("update")
    await do("back")
    assert Installations(settings.data).read()["library"].current.version == "0.1.0"
    await do("remove")
    assert Installations(settings.data).read() == {}

    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT action, actor_name FROM core.audit_entry"
            " WHERE tenant_id = $1 AND subject = 'plugin/library' ORDER BY id",
            ctx.tenant.id,
        )
    assert [row["action"] for row in rows] == [
        "core.plugin.installed",
        "core.plugin.started",
        "core.plugin.installed",
        "core.plugin.returned",
        "core.plugin.taken_away",
    ]
    async with db.across_tenants() as connection:
        tasks = await connection.fetch(
            "SELECT args FROM procrastinate.procrastinate_jobs WHERE task_name = 'core.note_plugin'"
        )
    assert len(tasks) == 5
    assert all(f'"{other.tenant.id}"' in str(row["args"]) for row in tasks)


async def test_what_is_refused_is_said_with_its_cause_and_changes_nothing(
    administrator: httpx.AsyncClient, post: Post, known: Catalog, settings: Settings
) -> None:
    decide_here(known, settings)

    answer = await post(f"{HOME}/library", {"deed": "update"})
    assert answer.status_code == 409
    assert "ไม่มีอะไรเปลี่ยน" in words(answer)
    assert "library is not installed" in words(answer)
    assert (await post(f"{HOME}/library", {"deed": "explode"})).status_code == 404


async def test_a_catalog_that_is_old_or_over_is_told(
    administrator: httpx.AsyncClient, keepers: Keepers, known: Catalog, settings: Settings
) -> None:
    decide_here(known, settings)
    keepers.now = datetime.now(UTC) - timedelta(days=4)
    keepers.repository.sign_state(keepers.key("online"), keepers.now)
    known.refresh()
    assert "ผ่านมาครึ่งอายุแล้ว" in words(await administrator.get(HOME))

    (settings.data / "catalog" / "online" / "timestamp.json").write_bytes(b"{}")
    told = words(await administrator.get(HOME))
    assert "อ่านบัญชีไม่ได้" in told
    assert "โมดูลที่ใช้อยู่ทำงานต่อตามปกติ" in told


def grown_old(keepers: Keepers, days: int) -> None:
    """Have the last good run of every version be so long ago."""
    signed = keepers.repository.latest("acme").signed
    on = (datetime.now(UTC) - timedelta(days=days)).date()
    for path, target in signed.targets.items():
        entry = read_entry(target)
        quality = msgspec.structs.replace(entry.quality, on=on)
        entry = msgspec.structs.replace(entry, quality=quality)
        signed.targets[path] = with_entry(target, entry)
    keepers.repository.propose("acme", signed, keepers.now)
    keepers.publish()


async def test_the_tier_of_a_module_is_that_of_its_entry_and_falls_with_it(
    administrator: httpx.AsyncClient,
    ctx: Context,
    keepers: Keepers,
    known: Catalog,
    settings: Settings,
    a_wheel: MakeWheel,
) -> None:
    ctx.host.origins["permits"] = "approved"
    keepers.enter(a_wheel("permits"))
    known.refresh()
    paths = ("/desk/modules", "/desk/modules/permits", HOME, f"{HOME}/permits")
    for path in paths:
        assert "ระดับทอง" in words(await administrator.get(path)), path

    grown_old(keepers, 181)
    known.refresh()

    for path in paths:
        told = words(await administrator.get(path))
        assert "หมดอายุการตรวจ" in told, path
        assert "ระดับทอง" not in told
    (settings.data / "catalog" / "online").unlink()
    assert "ยังไม่ได้ประเมินคุณภาพ" in words(await administrator.get("/desk/modules/permits"))


def replace_plugins(host: Host) -> Any:
    """Return what a worker has that started after the module was removed."""
    return SimpleNamespace(plugins={}, origins=host.origins)


@pytest.mark.parametrize("installed", [("library",)])
async def test_a_stopped_module_is_off_everywhere_with_its_reason_and_comes_back(
    administrator: httpx.AsyncClient,
    post: Post,
    ctx: Context,
    other: Context,
    runtime: Runtime,
    keepers: Keepers,
    known: Catalog,
    settings: Settings,
) -> None:
    assert (await administrator.get("/library")).text == "library 0.1.0"
    assert "ผ่านการรับรอง" in words(await administrator.get("/desk/modules"))
    assert "ดูโมดูลที่เปิดอยู่" in words(await administrator.get(f"{HOME}/library"))

    stop(keepers, known)
    await apply_stops(runtime.host, settings.data)
    runtime.directory.forget()

    refused = await administrator.get("/library")
    assert refused.status_code == 404
    assert "ส่งข้อมูลออกนอกหน่วยงาน" in words(refused)
    for path in ("/desk/modules", "/desk/modules/library", HOME, f"{HOME}/library"):
        told = words(await administrator.get(path))
        assert "ระงับโมดูล “ห้องสมุด” รุ่น 0.1.0 ทุกหน่วยงาน" in told, path
        assert "ส่งข้อมูลออกนอกหน่วยงาน" in told
    answer = await post("/desk/modules/library/switch", {"on": "yes"})
    assert answer.status_code == 409
    assert "ถูกระงับ" in words(answer)

    # Removed or replaced, it stays stopped for every trail; nothing is taken back.
    installation = Installations(settings.data)
    kept = installation.read()
    installation.write({})
    await apply_stops(replace_plugins(runtime.host), settings.data)
    async with db.across_tenants() as connection:
        assert await connection.fetchval("SELECT count(*) FROM core.plugin_stop") == 0
        told = await connection.fetch(
            "SELECT args ->> 'action' AS action FROM procrastinate.procrastinate_jobs"
            " WHERE task_name = 'core.note_plugin'"
        )
    assert {row["action"] for row in told} == {"core.plugin.stopped"}
    installation.write(kept)
    await apply_stops(runtime.host, settings.data)

    keepers.repository.set_state("library", "0.1.0", "approved", None, keepers.now)
    keepers.publish()
    known.refresh()
    await apply_stops(runtime.host, settings.data)
    runtime.directory.forget()
    assert (await administrator.get("/library")).status_code == 200


async def test_a_module_that_was_not_approved_is_marked_and_decided_for_by_name(
    administrator: httpx.AsyncClient,
    post: Post,
    ctx: Context,
    known: Catalog,
    settings: Settings,
) -> None:
    ctx.host.origins["permits"] = "local"
    assert words(await administrator.get("/desk/modules")).count("ไม่ผ่านการรับรอง") == 1
    await post("/desk/modules/permits/switch", {"on": "no"})
    page = words(await administrator.get("/desk/modules/permits/switch?on=yes"))
    assert "ท่านเป็นผู้ตัดสินใจ" in page

    refused = await post("/desk/modules/permits/switch", {"on": "yes"})
    assert refused.status_code == 409
    assert "ต้องลงชื่อและเขียนเหตุผล" in words(refused)
    done = await post("/desk/modules/permits/switch", {"on": "yes", "why": "สภามีมติแล้ว"})
    assert done.status_code == 303

    system = replace(ctx, now=ctx.now + timedelta(minutes=1))
    await switch_plugin(system, plugin="permits", on=False)
    with pytest.raises(Conflict, match="was not approved"):
        await switch_plugin(system, plugin="permits", on=True, why="มติ")
    await switch_plugin(system, plugin="permits", on=True, why="มติ", by="นายกเทศมนตรี")
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT detail FROM core.audit_entry WHERE tenant_id = $1"
            " AND action = 'core.plugin.local_allowed' ORDER BY id",
            ctx.tenant.id,
        )
    assert [msgspec.json.decode(row["detail"]) for row in rows] == [
        {"why": "สภามีมติแล้ว", "by": ""},
        {"why": "มติ", "by": "นายกเทศมนตรี"},
    ]
