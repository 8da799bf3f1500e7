import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest

from core import db
from core.context import STRANGER, Context
from core.identity import accounts
from core.identity.sessions import Browser, open_session, resume
from core.notifications.tables import MessageRow

LastCode = Callable[[Context], Awaitable[str]]
Became = Callable[[Context, UUID], Awaitable[Context]]


@pytest.fixture
def last_code() -> LastCode:
    async def read(ctx: Context) -> str:
        async with db.transaction(ctx):
            row = (
                await MessageRow.select()
                .where(MessageRow.of(ctx), MessageRow.template == "core.one_time_code")
                .order_by(MessageRow.id, ascending=False)
                .first()
            )
        assert row is not None
        found = re.search(r"\d{6}", row["subject_th"])
        assert found is not None
        return found[0]

    return read


@pytest.fixture
def become() -> Became:
    async def signed_in(ctx: Context, account: UUID) -> Context:
        row = await accounts.get(ctx, account)
        opened = await open_session(ctx, account, row["kind"], browser=Browser(), how="test")
        return await resume(ctx, opened.token)

    return signed_in


@pytest.fixture
def password() -> str:
    return "บันได แมว น้ำปลา"


@pytest.fixture
async def citizen(ctx: Context, password: str) -> UUID:
    return await accounts.register_citizen(
        ctx,
        title="นางสาว",
        first_name="วิภาดา",
        last_name="แสงคำ",
        national_id="1-2345-45678-78-1",
        phone="081-234-5678",
        password=password,
        verified=True,
    )


@pytest.fixture
async def officer(ctx: Context, password: str) -> UUID:
    return await accounts.register_officer(
        ctx,
        title="นาย",
        first_name="สมชาย",
        last_name="ตั้งใจ",
        email="somchai@maehia.example",
        post="นายช่างโยธา",
        unit="works",
        password=password,
    )


@pytest.fixture
def stranger(ctx: Context) -> Context:
    return replace(ctx, actor=STRANGER, address="203.0.113.7")
