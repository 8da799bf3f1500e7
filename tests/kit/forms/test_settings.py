import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core import db
from core.api import Context, Text, set_settings
from core.runtime import Runtime
from kit.forms import Email, Line, Number, OfficeSettings, Place, SettingsGroup, fill, read
from kit.forms.settings import known

Post = Callable[..., Awaitable[httpx.Response]]
PAGE = "/desk/modules/oss/settings"
FILLED = re.compile(r'name="(count|minutes|ahead|notice)"[^>]* value="([^"]*)"')
SENT = {"count": "7", "minutes": "๑๒", "ahead": "14", "notice": "0"}


async def settings_of(runtime: Runtime, until: Callable[[Mapping[str, Any]], bool]) -> Any:
    """Return what every page goes by, which follows within two seconds."""
    for _ in range(40):
        tenant = await runtime.directory.get("maehia")
        assert tenant is not None
        if until(tenant.settings["oss"]):
            return tenant.settings["oss"]
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen in time")


async def test_the_form_stands_filled_with_what_the_plugin_begins_with(
    administrator: httpx.AsyncClient,
) -> None:
    page = (await administrator.get(PAGE)).text

    values = dict(FILLED.findall(page))
    assert values == {"count": "4", "minutes": "6", "ahead": "30", "notice": "60"}
    assert PAGE in (await administrator.get("/desk/modules/oss")).text


async def test_what_is_set_counts_and_what_lies_beside_it_stays(
    administrator: httpx.AsyncClient, post: Post, runtime: Runtime, ctx: Context
) -> None:
    before = ctx.tenant.settings["oss"]

    answer = await post(PAGE, SENT)

    assert answer.headers["location"] == "/desk/modules/oss"
    now = await settings_of(runtime, lambda one: one["counters"]["count"] == 7)
    set_now = {"counters": {"count": 7, "minutes": 12}, "appointments": {"ahead": 14, "notice": 0}}
    for name, values in set_now.items():
        assert now[name] == json.loads(json.dumps({**before[name], **values}))
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT actor_name, detail FROM core.audit_entry"
            " WHERE tenant_id = $1 AND action = 'core.plugin.set' AND subject = 'plugin/oss'",
            ctx.tenant.id,
        )
    [entry] = rows
    assert entry["actor_name"] == "สมศรี ใจดี"
    assert '"count":7' in entry["detail"].replace(" ", "")


async def test_what_does_not_fit_comes_back_with_the_reason_and_changes_nothing(
    post: Post, runtime: Runtime, ctx: Context
) -> None:
    answer = await post(PAGE, {**SENT, "count": "0", "minutes": ""})

    assert answer.status_code == 422
    assert 'value="14"' in answer.text
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    assert tenant.settings == ctx.tenant.settings


async def test_saved_unchanged_nothing_is_written(
    post: Post, runtime: Runtime, ctx: Context
) -> None:
    await post(PAGE, SENT)
    await settings_of(runtime, lambda one: one["counters"]["count"] == 7)
    await post(PAGE, SENT)

    async with db.transaction(ctx) as connection:
        count = await connection.fetchval(
            "SELECT count(*) FROM core.audit_entry WHERE tenant_id = $1 AND action = $2",
            ctx.tenant.id,
            "core.plugin.set",
        )
    assert count == 1


async def test_what_was_set_by_hand_and_does_not_fit_leaves_the_field_empty(
    administrator: httpx.AsyncClient, runtime: Runtime, ctx: Context
) -> None:
    await set_settings(ctx, plugin="oss", settings={"counters": {"count": [1]}, "appointments": 3})
    await settings_of(runtime, lambda one: one["appointments"] == 3)

    page = await administrator.get(PAGE)

    assert page.status_code == 200
    assert dict(FILLED.findall(page.text)).get("count", "") == ""


@pytest.mark.parametrize("name", ["casework", "permits", "nothing", "%00"])
async def test_a_plugin_that_declares_nothing_has_no_such_page(
    name: str, administrator: httpx.AsyncClient
) -> None:
    assert (await administrator.get(f"/desk/modules/{name}/settings")).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        (Email("reply_to", Text("อีเมล", "E-mail"), personal=True),),
        (Line("same", Text("ก", "A")), Line("same", Text("ข", "B"))),
        (Number("most", Text("ก", "A"), least=3, most=1),),
        (),
    ],
)
def test_a_declaration_that_could_not_be_served_is_refused(fields: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        OfficeSettings(groups=(SettingsGroup(heading=Text("ก", "A"), fields=fields),))


FORM = OfficeSettings(
    groups=(
        SettingsGroup(
            heading=Text("ก", "A"),
            fields=(Number("days", Text("วัน", "Days"), most=99), Line("note", Text("คำ", "Note"))),
        ),
        SettingsGroup(
            heading=Text("ข", "B"),
            fields=(Number("count", Text("จำนวน", "Count"), most=99),),
            within="held",
        ),
    )
)
_ODD = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.sampled_from(["days", "note", "count"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(some.one_of(_ODD, some.fixed_dictionaries({"days": _ODD, "note": _ODD, "held": _ODD})))
def test_whatever_stands_in_the_settings_the_form_can_be_shown(stored: Any) -> None:
    tenant = SimpleNamespace(settings={"parks": stored if isinstance(stored, dict) else {}})

    values = known(cast("Context", SimpleNamespace(tenant=tenant)), "parks", FORM)

    for _, field in FORM.placed():
        if field.name in values:
            assert all(isinstance(text, str) for text in field.fill(values[field.name])[field.name])


@given(some.integers(0, 99), some.text("กขab ", min_size=1, max_size=9).filter(str.strip))
def test_what_is_known_is_read_back_as_it_was(days: int, note: str) -> None:
    stored = {"days": days, "note": " ".join(note.split()), "held": {"count": days, "more": 1}}
    tenant = SimpleNamespace(settings={"parks": stored})
    values = known(cast("Context", SimpleNamespace(tenant=tenant)), "parks", FORM)
    fields = [field for _, field in FORM.placed()]

    posted = fill(fields, values)

    assert read(fields, posted, cast("Place", None)).values == values
