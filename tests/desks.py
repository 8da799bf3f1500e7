"""A browser without scripts at an officer's desk."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import httpx

from core.context import Context
from core.identity import accounts, holders, roles, sessions
from core.runtime import Runtime
from core.text import Text
from tests.conftest import app_of
from tests.phones import a_phone


@asynccontextmanager
async def signed_in(
    runtime: Runtime,
    ctx: Context,
    permissions: Sequence[str],
    at: str,
    first_name: str = "จันทร์เพ็ญ",
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without scripts, at which an officer has signed in.

    :param at: a page of theirs with a form, whose token the browser sends from then on.
    """
    here = replace(ctx, now=datetime.now(UTC))
    app = app_of(runtime)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", timeout=60
    ) as client:
        account = await accounts.register_officer(
            here,
            post="นักวิชาการเงิน",
            first_name=first_name,
            last_name="ทองดี",
            phone=a_phone(),
        )
        title, role = Text("คลัง", "Treasury"), f"till_{account.hex}"
        await roles.create_role(here, code=role, title=title, permissions=permissions)
        await holders.grant_role(here, account=account, role=role)
        opened = await sessions.open_session(
            here, account, "officer", browser=sessions.Browser(), how="password"
        )
        client.cookies.set(sessions.COOKIE, opened.token)
        page = await client.get(at)
        token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
        client.headers["X-CSRFToken"] = token
        yield client
