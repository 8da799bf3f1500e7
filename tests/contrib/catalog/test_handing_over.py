import httpx
import pytest

from contrib.catalog.rules.states import Act
from contrib.catalog.service.comparing import compare
from contrib.catalog.service.handing_over import hand_over
from contrib.catalog.service.rights import CURATE, READ
from contrib.catalog.service.signing import to_sign
from contrib.catalog.service.submissions import read_submission
from core.context import Context
from core.db import transaction
from core.errors import Conflict, InvalidInput, NotAllowed
from core.runtime import Runtime
from tests.contrib.catalog.conftest import HOME, a_publisher, handed_in
from tests.contrib.catalog.kept import done, proposed, second, seen, settings, signed, states
from tests.core.catalog.conftest import Keepers
from tests.desks import signed_in

__all__ = ["second", "settings"]
WHY = {"reason": "บริษัทเลิกกิจการ", "decided_on": "2026-11-18", "decided_by": "ผอ. สมหญิง ใจดี"}
FORM = {
    **{"plugin": "library", "publisher": "other", "reason": WHY["reason"]},
    **{"decided_on.day": "18", "decided_on.month": "11", "decided_on.year": "2569"},
    "decided_by": WHY["decided_by"],
}


async def test_a_plugin_goes_to_another_publisher_whose_next_version_supersedes(
    ctx: Context, publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    old = await proposed(publisher, curator, second)
    await signed(curator, keepers)
    heir = await a_publisher(ctx, "other")
    with pytest.raises(InvalidInput):
        await handed_in(heir, "0.2.0")

    assert await hand_over(curator, plugin="library", publisher="other", **WHY)
    new = await handed_in(heir, "0.2.0")
    with pytest.raises(InvalidInput):
        await handed_in(publisher, "0.3.0")
    await seen(curator, new)
    await done(curator, new, Act.PROPOSE)
    with pytest.raises(Conflict, match="library is acme's"):
        await done(second, new, Act.AGREE)
    [targets] = (await to_sign(curator)).waiting
    assert targets.handed == {"library": "other"}
    await signed(curator, keepers)
    await done(second, new, Act.AGREE)
    await signed(second, keepers)

    assert states(keepers) == {"0.1.0": "superseded", "0.2.0": "approved"}
    assert (await read_submission(curator, old))["state"] == "superseded"
    found = await compare(curator, new)
    assert found.before is not None
    assert found.before["version"] == "0.1.0"
    assert (await compare(heir, new)).earlier == []
    query = "SELECT detail::text FROM core.audit_entry WHERE action = $1"
    async with transaction(ctx) as connection:
        [told] = await connection.fetch(query, "catalog.plugin.handed_over")
    assert "acme" in told[0]
    assert "2026-11-18" in told[0]


async def test_nothing_is_handed_over_to_nobody_or_to_oneself(
    ctx: Context, publisher: Context, curator: Context
) -> None:
    await handed_in(publisher)
    heir = await a_publisher(ctx, "other")

    for plugin, code in (("parks", "other"), ("library", "nobody"), ("library", "acme")):
        with pytest.raises(InvalidInput):
            await hand_over(curator, plugin=plugin, publisher=code, **WHY)
    with pytest.raises(NotAllowed):
        await hand_over(heir, plugin="library", publisher="other", **WHY)
    assert not await hand_over(curator, plugin="library", publisher="other", **WHY)
    assert await handed_in(heir, "0.2.0")


async def test_it_is_handed_over_on_the_page(
    runtime: Runtime, ctx: Context, publisher: Context
) -> None:
    await handed_in(publisher)
    await a_publisher(ctx, "other")

    async with signed_in(runtime, ctx, [READ, CURATE], f"{HOME}/hand-over") as desk:

        async def sent(**other: str) -> httpx.Response:
            return await desk.post(f"{HOME}/hand-over", data=FORM | other)

        assert (await sent(reason="")).status_code == 422
        wrong = await sent(plugin="parks")
        assert (wrong.status_code, "บริษัทเลิกกิจการ" in wrong.text) == (422, True)
        assert (await sent()).headers["location"] == HOME
        assert f"{HOME}/hand-over" in (await desk.get(HOME)).text
