import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import httpx
import pytest

from core.context import Context
from core.host import Host
from core.modules import tiers
from core.runtime import Runtime
from core.tenants.service import rest_plugin, switch_plugin

Post = Callable[..., Awaitable[httpx.Response]]
HOME = "/desk/modules"


def words(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", answer.text))


async def test_all_modules_are_listed_those_of_the_platform_apart(
    administrator: httpx.AsyncClient, ctx: Context
) -> None:
    said = words(await administrator.get(HOME))

    switched, _, fixed = said.partition("ส่วนของระบบ เปิดอยู่เสมอ")
    for manifest in ctx.host.plugins.values():
        assert manifest.title.th in (fixed if manifest.fixed else switched)
    assert "ยังไม่ได้ประเมินคุณภาพ · รุ่น 0.1.0" in switched


async def test_only_who_may_switch_modules_sees_them(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    for path in (HOME, f"{HOME}/oss", f"{HOME}/oss/switch?on=no"):
        assert (await client.get(path)).status_code == 303


@pytest.mark.parametrize("name", ["oss", "permits", "casework", "thai"])
async def test_a_module_has_a_page_of_its_own_with_rights_and_space(
    name: str, administrator: httpx.AsyncClient, ctx: Context
) -> None:
    said = words(await administrator.get(f"{HOME}/{name}"))

    manifest = ctx.host.plugins[name]
    assert manifest.title.th in said
    for sentence in manifest.permissions.values():
        assert sentence.th in said
    assert ("เมกะไบต์ รวมทุกหน่วยงานในระบบนี้" in said) == (name != "thai")
    assert ("ปิดโมดูลนี้" in said) == (not manifest.fixed)


async def test_who_holds_a_right_is_counted_once_and_an_unknown_module_is_not_found(
    administrator: httpx.AsyncClient, ctx: Context
) -> None:
    page = (await administrator.get(f"{HOME}/casework")).text
    row = next(one for one in page.split("<tr") if "ดูสถิติการให้บริการ" in one)

    assert re.search(r"ผู้ดูแลระบบ\S*</a> \(1 คน\)", row), row
    assert re.search(r'class="num"[^>]*>1<', row), row

    assert (await administrator.get(f"{HOME}/nothing")).status_code == 404


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("oss", f"{HOME}/oss/settings"),
        ("eoffice", "/desk/eoffice/settings"),
        ("treasury", "/desk/treasury"),
    ],
)
async def test_the_page_of_a_module_leads_to_what_is_set_in_it(
    name: str, path: str, administrator: httpx.AsyncClient
) -> None:
    assert f'href="{path}"' in (await administrator.get(f"{HOME}/{name}")).text
    assert (await administrator.get(path)).status_code == 200


async def test_the_preview_tells_services_jobs_rights_and_switches_nothing(
    administrator: httpx.AsyncClient, runtime: Runtime
) -> None:
    said = words(await administrator.get(f"{HOME}/food_cert/switch?on=no"))

    for part in ("เมนู", "งานเบื้องหลัง", "สิทธิของเจ้าหน้าที่", "บริการที่ประชาชนยื่นได้"):
        assert part in said
    assert "ยื่นใหม่ไม่ได้" in said
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    assert "food_cert" in tenant.plugins


async def test_off_and_on_again_by_the_buttons(
    administrator: httpx.AsyncClient, post: Post
) -> None:
    answer = await post(f"{HOME}/food_cert/switch", {"on": "no"})
    assert answer.headers["location"] == f"{HOME}?done=food_cert"
    assert "ปิดโมดูล" in words(await administrator.get(answer.headers["location"]))
    assert await followed(administrator, 404)

    said = words(await administrator.get(f"{HOME}/food_cert/switch?on=yes"))
    assert "เพิ่ม" in said
    await post(f"{HOME}/food_cert/switch", {"on": "yes"})
    assert await followed(administrator, 200)


async def followed(browser: httpx.AsyncClient, status: int) -> bool:
    """Ask for up to two seconds whether the public register of food premises is open."""
    for _ in range(40):
        if (await browser.get("/food/places")).status_code == status:
            return True
        await asyncio.sleep(0.05)
    return False


async def test_a_switch_that_needs_others_names_them_and_takes_them_along(
    administrator: httpx.AsyncClient, post: Post, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    needing = replace_needs(ctx.host, "permits", ("food_cert",))
    monkeypatch.setitem(ctx.host.plugins, "permits", needing)

    page = await administrator.get(f"{HOME}/food_cert/switch?on=no")
    assert 'name="along" value="permits"' in page.text
    assert "ปิดทั้ง 2 โมดูล" in page.text
    refused = await post(f"{HOME}/food_cert/switch", {"on": "no"})
    assert refused.status_code == 409
    assert "ปิดโมดูล “" in refused.text

    done = await post(f"{HOME}/food_cert/switch", {"on": "no", "along": "permits"})
    assert done.status_code == 303
    page = await administrator.get(f"{HOME}/permits/switch?on=yes")
    assert 'name="along" value="food_cert"' in page.text


def replace_needs(host: Host, plugin: str, needs: tuple[str, ...]) -> object:
    manifest = host.plugins[plugin]
    fields = {name: getattr(manifest, name) for name in manifest.__struct_fields__}
    return type(manifest)(**{**fields, "needs": needs})


async def test_a_room_that_cannot_tell_is_named_in_the_preview(
    administrator: httpx.AsyncClient, database: str
) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute("REVOKE SELECT ON treasury.bill FROM thongthin_app")
    await owner.close()

    said = words(await administrator.get(f"{HOME}/oss/switch?on=no"))

    assert "ยังบอกไม่ได้ว่าจะกระทบ การเงิน อย่างไร" in said


async def test_a_module_that_rests_is_told_with_cause_and_count_and_resumed(
    administrator: httpx.AsyncClient, post: Post, ctx: Context
) -> None:
    now = replace(ctx, now=datetime.now(UTC))
    for cause in ("links: OSError: first", "links: OSError: second"):
        await rest_plugin(now, "oss", cause)
        await switch_plugin(now, plugin="oss", on=True)
    await rest_plugin(now, "oss", "links: OSError: third")

    for path in (HOME, f"{HOME}/oss"):
        said = words(await administrator.get(path))
        assert "พักโมดูล “บริการจุดเดียวเบ็ดเสร็จ” ไว้ชั่วคราว" in said
        assert "เป็นครั้งที่ 3 ใน 30 วัน" in said
        assert "links: OSError: third" in said

    await post(f"{HOME}/oss/switch", {"on": "yes"})
    assert "ไว้ชั่วคราว" not in words(await administrator.get(HOME))


async def test_failures_of_a_day_are_counted_for_the_municipality_where_they_were(
    administrator: httpx.AsyncClient, ctx: Context, other: Context
) -> None:
    now = replace(ctx, now=datetime.now(UTC))
    quarantine = ctx.host.quarantine
    for _ in range(2):
        quarantine.failed(now, "oss", "cards_for_home", OSError("call 081-234-5678"))
    quarantine.failed(replace(now, tenant=other.tenant), "permits", "cards_for_home", OSError())
    await quarantine.settle()

    said = words(await administrator.get(HOME))
    assert said.count("ผิดพลาด 2 ครั้งใน 1 วัน") == 1
    assert "ผิดพลาด 1 ครั้ง" not in said
    assert "call •••" in words(await administrator.get(f"{HOME}/oss"))


async def test_what_hooks_and_pages_took_stands_on_the_page(
    administrator: httpx.AsyncClient, ctx: Context
) -> None:
    await administrator.get("/services")
    page = (await administrator.get(f"{HOME}/casework")).text

    for where in ("links_for_navigation", "/services"):
        [row] = [one for one in page.split("<tr") if f">{where}</th>" in one] or [page]
        assert re.search(r"\d+\.\d\d</td>", row), row


def test_the_tier_comes_from_the_report_and_one_that_is_broken_says_nothing(
    ctx: Context, tmp_path: Path
) -> None:
    (tmp_path / "oss.json").write_text(json.dumps({"tier": "gold", "rules": [1]}))
    (tmp_path / "permits.json").write_text('{"tier": "best"}')
    (tmp_path / "waste_fees.json").write_text('{"tier": null}')
    told = replace(ctx, settings=replace(ctx.settings, reports=tmp_path))

    names = ("oss", "permits", "waste_fees", "eoffice")
    assert [tiers.tier_of(told, name) for name in names] == ["gold", None, None, None]
