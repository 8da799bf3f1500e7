"""With food premises switched off what was issued opens still, and can be checked."""

import httpx

from core.context import Context
from core.runtime import Runtime
from core.tenants.service import switch_plugin
from kit.documents import papers_of
from plugins.food_cert.rules.instrument import NOTIFY
from tests.plugins.food_cert.cases import SHOP, an_office, decided, filed, place_after, the_case
from tests.plugins.food_cert.conftest import rows


async def test_old_papers_open_and_are_checked_when_food_premises_are_switched_off(
    ctx: Context, runtime: Runtime, client: httpx.AsyncClient
) -> None:
    office = an_office(ctx)
    case = await filed(ctx, NOTIFY, SHOP)
    await decided(office, case)
    place, track = await place_after(ctx, case), (await the_case(ctx, case))["track"]
    papers = await papers_of(ctx, f"case/{case}")
    known = {
        row["id"]: row["code"] for row in await rows(ctx, "SELECT id, code FROM documents.paper")
    }
    page = (await client.get(f"/v/{known[place['paper']]}")).text
    assert "เปิดได้ตามกฎหมาย" in page
    before = [(await client.get(f"/t/{track}/papers/{one['id']}")).content for one in papers]

    await switch_plugin(office, plugin="food_cert", on=False)
    runtime.directory.forget()
    for way in ("/food", "/food/places", f"/food/places/{place['code']}"):
        assert (await client.get(way)).status_code == 404
    for paper, content in zip(papers, before, strict=True):
        opened = await client.get(f"/t/{track}/papers/{paper['id']}")
        assert content.startswith(b"%PDF")
        assert opened.content == content
        page = (await client.get(f"/v/{known[paper['id']]}")).text
        assert "เอกสารจริง" in page
        assert "เปิดได้ตามกฎหมาย" not in page
    assert (await client.get(f"/t/{track}")).status_code == 200
