"""Who checks the paper of a permit reads how the permit stands today."""

import re
from datetime import date

import httpx
import pytest

from core.context import Context
from core.db import transaction
from core.runtime import Runtime
from core.tenants.service import switch_plugin
from kit.documents.tables import IssuedPaper
from plugins.permits import plugin
from plugins.permits.tables.register import Permit
from tests.plugins.permits.granted import an_office, issued


@pytest.fixture
async def code(ctx: Context) -> str:
    """The code on a permit that is in the register."""
    case = await issued(an_office(ctx))
    await plugin.on_case_moved(ctx, event=case, case=case, service="permits.small", status="issued")
    async with transaction(ctx):
        [row] = await Permit.select(Permit.paper).where(Permit.of(ctx), Permit.case_id == case)
        paper = await IssuedPaper.objects().get(
            (IssuedPaper.tenant_id == ctx.tenant.id) & (IssuedPaper.id == row["paper"])
        )
        # Pages are of the day on which they are asked for.
        await Permit.update({Permit.until: date(2099, 1, 1)}).where(
            Permit.of(ctx), Permit.case_id == case
        )
    assert paper is not None
    found: str = paper.code
    return found


async def test_a_permit_that_counts_is_genuine_and_valid(
    code: str, client: httpx.AsyncClient
) -> None:
    page = (await client.get(f"/v/{code}")).text
    assert "เอกสารจริง และยังใช้ได้" in page
    assert "2642" in page


async def test_one_that_has_expired_is_genuine_but_not_in_force(
    code: str, client: httpx.AsyncClient, ctx: Context
) -> None:
    async with transaction(ctx):
        await Permit.update({Permit.until: date(2026, 1, 1)}).where(Permit.of(ctx))

    page = (await client.get(f"/v/{code}")).text
    assert "เอกสารจริง แต่ตอนนี้ใช้ไม่ได้" in page
    assert "ไม่ได้ต่ออายุ" in page


async def test_with_permits_switched_off_the_paper_is_checked_all_the_same(
    code: str, client: httpx.AsyncClient, ctx: Context, runtime: Runtime
) -> None:
    await switch_plugin(ctx, plugin="permits", on=False)
    runtime.directory.forget()

    page = (await client.get(f"/v/{code}")).text
    assert "เอกสารจริง และยังใช้ได้" in page
    assert not re.search(r"\b2642\b", page)
    assert (await client.get("/permits/register")).status_code == 404
