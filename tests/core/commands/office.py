"""An administrator who has signed in, and a case that has ended in its paper: run as a script.

``python office.py maehia`` prints the session and the case as JSON.
"""

import asyncio
import json
import os
import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.commands.surroundings import database, opened
from core.context import EVERYWHERE, Actor, Context
from core.identity import accounts, holders, sessions
from core.settings import read_settings
from kit.casework.applicant import Applicant
from kit.casework.service import handling
from kit.casework.service.acting import PERMISSIONS
from kit.casework.service.catalogue import get_offered
from kit.casework.service.filing import file_case

_CLERK = Actor(
    kind="system",
    name="อรทัย มั่นคง",
    post="เจ้าพนักงานธุรการ",
    permissions=dict.fromkeys(PERMISSIONS.values(), EVERYWHERE),
)


async def sign_in(ctx: Context) -> str:
    account = await accounts.register_officer(
        ctx,
        title="นาย",
        first_name="ธีรพงษ์",
        last_name="วงศ์คำ",
        email=f"administrator@{ctx.tenant.id}.example",
        post="ผู้ดูแลระบบ",
        unit="clerk",
        password="บันได แมว น้ำปลา",  # noqa: S106
    )
    for role in ("administrator", "registry"):
        await holders.grant_role(ctx, account=account, role=role)
    browser = sessions.Browser()
    session = await sessions.open_session(ctx, account, "officer", browser=browser, how="test")
    return session.token


async def end_a_case(ctx: Context) -> dict[str, str]:
    service = await get_offered(ctx, "oss.general")
    answers = {"subject": "ขอให้ติดกระจกโค้ง", "details": "ที่ทางแยกหน้าวัด"}
    applicant = Applicant(name="นายสมชาย ใจดี", national_id="1234545678781", phone="+66812345678")
    filed = await file_case(
        ctx, service=service, applicant=applicant, answers=answers, key="before/1"
    )
    at = replace(ctx, actor=_CLERK)
    await handling.take_up(at, filed.id, revision=1)
    await handling.accept(at, filed.id, revision=2)
    await handling.forward(at, filed.id, opinion="เห็นควรอนุมัติ", revision=3)
    await handling.approve(at, filed.id, opinion="", revision=4)
    return {"id": str(filed.id), "number": filed.number, "track": filed.track}


async def run(tenant: str, url: str) -> dict[str, Any]:
    async with opened(read_settings(os.environ), url) as runtime:
        found = await runtime.directory.get(tenant)
        assert found is not None
        ctx = runtime.context(found)
        earlier = replace(ctx, now=ctx.now - timedelta(days=3))
        return {"session": await sign_in(ctx), "case": await end_a_case(earlier)}


if __name__ == "__main__":
    with database(read_settings(os.environ)) as url:
        print(json.dumps(asyncio.run(run(sys.argv[1], url))))  # noqa: T201
