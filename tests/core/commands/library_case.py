"""A case of an outside plugin: run as a script.

``python library_case.py grant maehia`` files it, approves it, lets the worker tell the plugin,
and prints where its pages are. ``python library_case.py look maehia PATH …`` prints the statuses
of pages.
"""

import asyncio
import json
import os
import sys
import time
from dataclasses import replace
from typing import Any, cast

import httpx

from core.commands.surroundings import of_tenant, opened
from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from core.http.app import create_app
from core.runtime import Runtime
from core.settings import read_settings
from core.worker import Worker
from kit.casework.applicant import Applicant
from kit.casework.service import handling
from kit.casework.service.acting import PERMISSIONS
from kit.casework.service.catalogue import get_offered
from kit.casework.service.filing import file_case
from kit.documents.tables import IssuedPaper

_CLERK = Actor(
    kind="system",
    name="อรทัย มั่นคง",
    post="ปลัดเทศบาล",
    permissions=dict.fromkeys(PERMISSIONS.values(), EVERYWHERE),
)
_WHO = Applicant(name="นายสมชาย ใจดี", national_id="1234545678781", phone="+66812345678")


async def grant(runtime: Runtime, ctx: Context, url: str) -> list[str]:
    service = await get_offered(ctx, "library.request")
    answers = {"subject": "บัตรใหม่", "details": "ใช้ยืมหนังสือ"}
    filed = await file_case(ctx, service=service, applicant=_WHO, answers=answers, key="one")
    at = replace(ctx, actor=_CLERK)
    await handling.accept(at, filed.id, revision=1)
    await handling.forward(at, filed.id, opinion="", revision=2)
    await handling.approve(at, filed.id, opinion="", revision=3)
    working = asyncio.create_task(Worker(runtime, url).work())
    until = time.monotonic() + 30
    while not await entries(ctx):
        assert time.monotonic() < until, "the plugin did not hear of it"
        await asyncio.sleep(0.05)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    async with transaction(ctx):
        codes = await IssuedPaper.select(IssuedPaper.code).where(IssuedPaper.of(ctx))
    return [f"/t/{filed.track}", *(f"/v/{row['code']}" for row in codes)]


async def entries(ctx: Context) -> int:
    async with transaction(ctx) as connection:
        found: int = await connection.fetchval("SELECT count(*) FROM library.entry")
    return found


async def look(runtime: Runtime, ctx: Context, *paths: str) -> list[int]:
    transport = httpx.ASGITransport(cast("Any", create_app(runtime)))
    async with httpx.AsyncClient(transport=transport, base_url=ctx.origin) as browser:
        return [(await browser.get(path)).status_code for path in paths]


async def run(what: str, tenant: str, *paths: str) -> Any:
    settings = read_settings(os.environ)
    url = settings.database_url
    assert url is not None
    async with opened(settings, url) as runtime:
        ctx = await of_tenant(runtime, tenant)
        if what == "grant":
            return await grant(runtime, ctx, url)
        return await look(runtime, ctx, *paths)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(*sys.argv[1:]))))  # noqa: T201
