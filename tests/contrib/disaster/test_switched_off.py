"""Switched off, the pages are not there, and what was issued can still be checked."""

import httpx

from contrib.disaster.rules.events import Zone
from contrib.disaster.service import declaring
from core.context import Context
from core.runtime import Runtime
from core.tenants.service import switch_plugin
from tests.contrib.disaster.conftest import a_flood, an_officer


async def test_a_notice_is_checked_and_no_page_opens_when_the_plugin_is_off(
    ctx: Context, runtime: Runtime, client: httpx.AsyncClient
) -> None:
    office = an_officer(ctx)
    event = await a_flood(office, Zone(name="ตลาดเก่า", villages=("ตลาดเก่า",), depth_cm=90))
    paper = await declaring.declare(office, event)
    assert (await client.get("/disaster")).status_code == 200

    await switch_plugin(office, plugin="disaster", on=False)
    runtime.directory.forget()
    for path in ("/disaster", "/disaster/help", "/disaster/situation.json"):
        assert (await client.get(path)).status_code == 404
    assert "เอกสารจริง" in (await client.get(f"/v/{paper.code}")).text
