"""A plugin that goes wrong while the demonstration is filled is named; the others fill theirs."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core import db
from core.commands import demo
from core.discovery import find
from core.host import Host
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from tests.core.faults import faulty
from tests.core.faults.asking import IN_THE_DEMO
from tests.core.faults.cells import ALL
from tests.core.faults.faulty import BLOCKS, FAULTS, HANGS, ORDERS

# It may take a quarter of an hour, and nobody is served meanwhile: it is not waited for here.
TRIED = [fault for fault in FAULTS if fault != HANGS] if ALL else [BLOCKS]


@pytest.fixture
async def runtime(database: str, settings: Settings, folder: Path) -> AsyncIterator[Runtime]:
    parts = [one for one in find() if str(one.module).startswith("kit.")]
    plugin = faulty.make_plugin(Host(parts), folder)
    made = make_runtime(replace(settings, demo=True), database, [*parts, plugin])
    await made.open()
    yield made
    await made.close()


@pytest.mark.parametrize("fault", TRIED)
async def test_the_demonstration_is_made_without_it(
    fault: str, runtime: Runtime, capsys: pytest.CaptureFixture[str]
) -> None:
    id = f"try-{FAULTS.index(fault)}"
    ORDERS[id, IN_THE_DEMO] = fault
    words = {name: [f"เทศบาลเมือง {id}", id] for name in ("name", "place", "address")}
    await demo.found(runtime, {**words, "id": id})

    assert "  faulty could not fill it: " in capsys.readouterr().out
    tenant = await runtime.directory.get(id)
    assert tenant is not None
    async with db.transaction(runtime.context(tenant)) as connection:
        people = await connection.fetchval(
            "SELECT count(*) FROM core.account WHERE tenant_id = $1", id
        )
    assert people > 5
