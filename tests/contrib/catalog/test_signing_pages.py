from datetime import UTC, datetime, timedelta

from contrib.catalog.service.rights import CURATE, READ
from core.context import Context
from core.runtime import Runtime
from tests.contrib.catalog.conftest import HOME
from tests.contrib.catalog.kept import settings
from tests.core.catalog.conftest import Keepers
from tests.desks import signed_in

__all__ = ["settings"]
SIGN = f"{HOME}/signing"


async def test_curators_are_warned_and_propose_another_term(
    runtime: Runtime, ctx: Context, keepers: Keepers
) -> None:
    earlier = datetime.now(UTC) - timedelta(days=80)
    keepers.repository.renew("targets", earlier)
    keepers.publish()

    async with signed_in(runtime, ctx, [READ, CURATE], HOME) as desk:
        assert "ใกล้หมดอายุ 1 ฉบับ" in (await desk.get(HOME)).text
        assert "ไม่มีเอกสารรอลงลายมือชื่อ" in (await desk.get(SIGN)).text
        for role, status in (("acme", 409), ("targets", 303), ("targets", 409)):
            answer = await desk.post(f"{SIGN}/{role}/renew")
            assert answer.status_code == status, answer.text
        page = (await desk.get(SIGN)).text
        assert "เนื้อหาเหมือนเดิม" in page
        given = await desk.get(f"{SIGN}/targets/document")
        assert given.content == (keepers.repository.pending / "targets.json").read_bytes()
        assert (await desk.get(f"{SIGN}/nobody/document")).status_code == 404
        assert "ใกล้หมดอายุ" not in (await desk.get(HOME)).text
