"""A process of clerks who take cash at once: each says on a line what it was given.

Run as a script it is killed by the test beside it, and run again with the same work: whoever is
not sure whether a payment was taken sends it again under its key.
"""

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from core import db
from core.context import EVERYWHERE, Actor
from core.discovery import find
from core.runtime import Runtime, make_runtime
from core.settings import read_settings
from core.tenants.tenant import Tenant
from kit.treasury.service import taking


async def sell(runtime: Runtime, tenant: Tenant, clerk: dict[str, Any]) -> None:
    held = {"treasury.collect": EVERYWHERE}
    actor = Actor(kind="officer", id=UUID(clerk["id"]), name=clerk["name"], permissions=held)
    for bill in clerk["bills"]:
        ctx = runtime.context(tenant, actor=actor, now=datetime.fromisoformat(sys.argv[3]))
        taken = await taking.take_cash(
            ctx, UUID(bill), amount=100, tendered=100, till=clerk["till"], key=bill
        )
        sys.stdout.write(f"{bill} {taken.receipt.number}\n")
        sys.stdout.flush()


async def main(work: list[dict[str, Any]]) -> None:
    settings = read_settings({"THONGTHIN_DATA": sys.argv[2], "THONGTHIN_SECRET": "ab" * 32})
    runtime = make_runtime(settings, sys.argv[1], find())
    await db.open_pool()
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    await asyncio.gather(*(sell(runtime, tenant, one) for one in work))
    await db.close_pool()


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[4]).read_text(encoding="utf-8"))))
