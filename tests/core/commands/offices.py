"""Many municipalities with an administrator each: run as a script.

``python offices.py town0 town1`` founds them with every plugin on and prints the sessions by
municipality as JSON.
"""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from core.commands.surroundings import database, opened
from core.context import Context
from core.identity import accounts, holders, sessions
from core.settings import read_settings
from core.tenants.service import create_tenant
from core.tenants.tenant import Tenant
from core.text import Text


async def sign_in(ctx: Context) -> str:
    account = await accounts.register_officer(
        ctx,
        first_name="ธีรพงษ์",
        last_name="วงศ์คำ",
        email=f"administrator@{ctx.tenant.id}.example",
        post="ผู้ดูแลระบบ",
    )
    for role in ("administrator", "registry"):
        await holders.grant_role(ctx, account=account, role=role)
    browser = sessions.Browser()
    session = await sessions.open_session(ctx, account, "officer", browser=browser, how="test")
    return session.token


async def run(names: Sequence[str], url: str) -> dict[str, str]:
    told = {}
    async with opened(read_settings(os.environ), url) as runtime:
        plugins = [name for name, one in runtime.host.plugins.items() if not one.fixed]
        for name in names:
            words = Text(f"เทศบาลเมือง {name}", f"{name} Municipality")
            tenant = Tenant(
                id=name, kind="เทศบาลเมือง", name=words, place=words, address=words, units={}
            )
            ctx = runtime.context(tenant, now=datetime.now(UTC))
            await create_tenant(ctx, plugins=plugins)
            found = await runtime.directory.get(name)
            assert found is not None
            told[name] = await sign_in(replace(ctx, tenant=found))
    return told


if __name__ == "__main__":
    with database(read_settings(os.environ)) as url:
        print(json.dumps(asyncio.run(run(sys.argv[1:], url))))  # noqa: T201
