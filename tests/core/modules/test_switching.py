from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core import db
from core.context import Context
from core.discovery import Found
from core.errors import Conflict, NotFound
from core.manifest import Manifest
from core.modules.preview import preview
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from core.tenants.service import before_switch, switch_plugin
from core.tenants.tables import Switch
from core.text import Text
from tests.conftest import NOW

MakePlugin = Callable[..., Found]
NEEDS = {"parks": (), "trees": ("parks",), "fruit": ("trees",), "bees": ("fruit", "parks")}


@pytest.fixture
async def gardens(
    ctx: Context, settings: Settings, database: str, a_plugin: MakePlugin
) -> AsyncIterator[tuple[Runtime, Context]]:
    """แม่เหียะ on a host of four plugins, each of which needs the one before; all are off."""
    found = [a_plugin(name, manifest={"needs": needs}) for name, needs in NEEDS.items()]
    runtime = make_runtime(settings, database, found)
    await db.open_pool()
    yield runtime, replace(ctx, host=runtime.host)
    await runtime.host.quarantine.settle()


async def on_there(ctx: Context) -> set[str]:
    async with db.transaction(ctx):
        rows = await Switch.select(Switch.plugin).where(Switch.of(ctx), Switch.on.eq(True))
    return {row["plugin"] for row in rows} & NEEDS.keys()


async def acts(ctx: Context) -> list[str]:
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT action, subject FROM core.audit_entry WHERE tenant_id = $1"
            " AND action LIKE 'core.plugin.%' AND at = $2 ORDER BY id",
            ctx.tenant.id,
            ctx.now,
        )
    return [f"{row['action'].rpartition('_')[2]} {row['subject']}" for row in rows]


async def test_what_it_needs_is_switched_on_with_it_in_one_go(
    gardens: tuple[Runtime, Context],
) -> None:
    _, ctx = gardens
    later = replace(ctx, now=NOW.replace(hour=4))

    done = await switch_plugin(later, plugin="fruit", on=True, along=["trees", "parks", "bees"])

    assert done == ["parks", "trees", "fruit"]
    assert await on_there(ctx) == {"parks", "trees", "fruit"}
    assert await acts(later) == ["on plugin/parks", "on plugin/trees", "on plugin/fruit"]


async def test_the_preview_of_one_without_links_and_jobs_says_that_there_are_none(
    gardens: tuple[Runtime, Context],
) -> None:
    _, ctx = gardens

    told = await preview(ctx, "parks", on=True)

    said = {one.what.en: one.effect.en for one in told.change.effects}
    assert said["Menus"] == said["Work in the background"] == "none"


async def test_what_needs_it_is_switched_off_first(gardens: tuple[Runtime, Context]) -> None:
    _, ctx = gardens
    await switch_plugin(ctx, plugin="bees", on=True, along=NEEDS)

    done = await switch_plugin(ctx, plugin="trees", on=False, along=NEEDS)

    assert done == ["bees", "fruit", "trees"]
    assert await on_there(ctx) == {"parks"}


async def test_without_a_word_for_the_others_nothing_is_switched(
    gardens: tuple[Runtime, Context],
) -> None:
    _, ctx = gardens

    with pytest.raises(Conflict, match="“parks”, “trees”"):
        await switch_plugin(ctx, plugin="fruit", on=True)
    assert await on_there(ctx) == set()

    await switch_plugin(ctx, plugin="fruit", on=True, along=NEEDS)
    with pytest.raises(Conflict, match="“fruit”"):
        await switch_plugin(ctx, plugin="trees", on=False, along=["parks"])
    assert await on_there(ctx) == {"parks", "trees", "fruit"}


async def test_what_is_not_installed_or_always_on_cannot_be_switched(
    ctx: Context, gardens: tuple[Runtime, Context]
) -> None:
    _, here = gardens

    for name in ("casework", "lakes"):
        with pytest.raises(NotFound):
            await switch_plugin(ctx, plugin=name, on=True)
    here.host.plugins.pop("parks")
    with pytest.raises(Conflict, match="parks"):
        await switch_plugin(here, plugin="trees", on=True)


@given(
    some.dictionaries(
        some.sampled_from("abcdef"), some.sets(some.sampled_from("abcdef")), min_size=6
    ),
    some.sets(some.sampled_from("abcdef")),
    some.sampled_from("abcdef"),
    some.booleans(),
)
def test_switched_in_that_order_nothing_ever_lacks_what_it_needs(
    needs: dict[str, set[str]], wanted: set[str], plugin: str, on: bool
) -> None:
    # Needs that go one way: a letter needs earlier ones only.
    plugins = {
        name: Manifest(
            name=name, title=Text(name, name), needs=tuple(sorted(one for one in few if one < name))
        )
        for name, few in needs.items()
    }
    now: set[str] = set()
    for name in sorted(wanted):
        now |= {name} if set(plugins[name].needs) <= now else set()

    for one in [*before_switch(plugins, now, plugin, on=on), plugin]:
        now = now | {one} if on else now - {one}
        assert all(set(plugins[name].needs) <= now for name in now)
    assert (plugin in now) == on


def test_those_that_need_each_other_are_switched_together() -> None:
    needs = {"eggs": ("hens",), "hens": ("eggs", "corn"), "corn": (), "cake": ("eggs",)}
    plugins = {
        name: Manifest(name=name, title=Text(name, name), needs=few) for name, few in needs.items()
    }

    assert before_switch(plugins, set(), "cake", on=True) == ["corn", "hens", "eggs"]
    assert before_switch(plugins, set(plugins), "corn", on=False) == ["cake", "eggs", "hens"]
