from dataclasses import replace
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from core import db
from core.context import Context
from core.discovery import Found
from core.errors import Conflict, InvalidInput, NotFound
from core.host import Host
from core.identity import defaults, holders, roles
from core.identity.tables import RoleHolder
from core.manifest import Manifest
from core.text import Text

WORDS = Text("อ่าน", "Read")


def a_plugin(name: str, **more: Any) -> Found:
    module = ModuleType(name)
    given: dict[str, Any] = {"permissions": {f"{name}.read": WORDS, f"{name}.sign": WORDS}}
    module.MANIFEST = Manifest(name=name, title=Text(name, name), **given | more)  # type: ignore[attr-defined]
    return Found(name, module)


async def permissions(ctx: Context, code: str) -> set[str]:
    return set((await holders.get_role(ctx, code))["permissions"])


async def test_a_new_municipality_has_the_usual_roles(ctx: Context) -> None:
    rows = await roles.list_roles(ctx)

    assert {row["code"] for row in rows} >= {"registry", "head", "director", "clerk", "mayor"}
    assert {row["code"] for row in rows} == defaults.CODES
    assert [row["title_th"] for row in rows][-2:] == ["ปลัดเทศบาล", "นายกเทศมนตรี"]
    assert await permissions(ctx, "administrator") >= set(defaults.PERMISSIONS)


@pytest.mark.parametrize(
    ("kind", "mayor"),
    [
        ("องค์การบริหารส่วนตำบล", "นายกองค์การบริหารส่วนตำบล"),
        ("เทศบาลนคร", "นายกเทศมนตรี"),
        ("กรุงเทพมหานคร", "ผู้ว่าราชการกรุงเทพมหานคร"),
        ("?", "นายก"),
    ],
)
def test_the_highest_post_is_called_as_the_kind_of_office_has_it(kind: str, mayor: str) -> None:
    assert defaults.default_roles(kind)[-1][1].th == mayor


async def test_a_plugin_that_is_switched_on_gives_roles_what_it_proposes(ctx: Context) -> None:
    host = Host([a_plugin("parks", roles={"head": ("parks.read", "parks.sign")})])
    ctx = replace(ctx, host=host)
    before = await permissions(ctx, "head")

    await roles.ensure_roles(ctx, ["parks"])

    assert await permissions(ctx, "head") == before | {"parks.read", "parks.sign"}
    assert "parks.read" not in await permissions(ctx, "director")


async def test_what_an_office_took_away_is_not_given_again(ctx: Context) -> None:
    host = Host([a_plugin("parks", roles={"head": ("parks.read", "parks.sign")})])
    tenant = replace(ctx.tenant, plugins=frozenset({"parks"}))
    ctx = replace(ctx, host=host, tenant=tenant)
    await roles.ensure_roles(ctx, ["parks"])
    await roles.change_role(ctx, code="head", title=WORDS, permissions=["parks.read"])

    await roles.ensure_roles(ctx, ["parks"])

    assert "parks.sign" not in await permissions(ctx, "head")


async def test_a_plugin_that_is_not_switched_on_gives_nothing(ctx: Context) -> None:
    host = Host([a_plugin("parks", roles={"head": ("parks.read",)})])
    ctx = replace(ctx, host=host)

    await roles.ensure_roles(ctx)

    assert "parks.read" not in await permissions(ctx, "head")


@pytest.mark.parametrize(
    ("given", "reason"),
    [({"boss": ("parks.read",)}, "no role"), ({"head": ("parks.fly",)}, "none of its")],
)
def test_a_manifest_that_proposes_nonsense_is_refused(
    given: dict[str, tuple[str, ...]], reason: str
) -> None:
    host = Host([a_plugin("parks", roles=given)])

    assert reason in host.refused["parks"].reason


async def test_an_office_makes_changes_and_deletes_roles_of_its_own(ctx: Context) -> None:
    title = Text("นายตรวจ", "Inspector")
    await roles.create_role(ctx, code="inspector", title=title, permissions=["core.audit"])
    assert await permissions(ctx, "inspector") == {"core.audit"}

    await roles.change_role(ctx, code="inspector", title=title, permissions=[])
    assert await permissions(ctx, "inspector") == set()

    await roles.delete_role(ctx, code="inspector")
    with pytest.raises(NotFound):
        await holders.get_role(ctx, "inspector")


@pytest.mark.parametrize(
    ("code", "title", "given", "field"),
    [
        ("clerk", WORDS, [], "code"),
        ("Chief!", WORDS, [], "code"),
        ("chief", Text("หัวหน้า", " "), [], "title_th"),
        ("chief", WORDS, ["core.fly"], "permissions"),
    ],
)
async def test_a_role_that_makes_no_sense_is_refused(
    ctx: Context, code: str, title: Text, given: list[str], field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await roles.create_role(ctx, code=code, title=title, permissions=given)

    assert list(caught.value.problems) == [field]


async def test_a_role_of_the_platform_or_in_use_is_not_deleted(ctx: Context, officer: UUID) -> None:
    await roles.create_role(ctx, code="chief", title=WORDS, permissions=[])
    await holders.grant_role(ctx, account=officer, role="chief")

    for code in ("mayor", "chief"):
        with pytest.raises(Conflict):
            await roles.delete_role(ctx, code=code)


async def test_permissions_of_a_plugin_that_is_off_outlive_a_change_of_the_role(
    ctx: Context,
) -> None:
    on = replace(
        ctx,
        host=Host([a_plugin("parks", roles={"head": ("parks.read",)})]),
        tenant=replace(ctx.tenant, plugins=frozenset({"parks"})),
    )
    await roles.ensure_roles(on, ["parks"])
    before = await permissions(ctx, "head")
    off = replace(on, tenant=replace(ctx.tenant, plugins=frozenset()))

    await roles.change_role(off, code="head", title=WORDS, permissions=["core.audit"])

    assert "parks.read" in before
    assert await permissions(ctx, "head") == before | {"core.audit"}


async def test_roles_of_one_municipality_are_unknown_in_another(
    ctx: Context, other: Context
) -> None:
    await roles.create_role(ctx, code="chief", title=WORDS, permissions=[])

    with pytest.raises(NotFound):
        await holders.get_role(other, "chief")
    async with db.transaction(other):
        assert await RoleHolder.count().where(RoleHolder.of(other)) == 0
