from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from core.api import Text
from core.context import EVERYWHERE, Actor, Context
from kit.treasury.service import billing, charging
from kit.treasury.service.billing import Asked
from kit.treasury.service.charging import Due, Who

WASTE = Text("ค่าเก็บขนมูลฝอย", "Waste collection")
Bill = Callable[..., Awaitable[Asked]]


def with_rights(ctx: Context, *rights: str, name: str = "สมหญิง เก็บเงิน") -> Context:
    held = {f"treasury.{right}": EVERYWHERE for right in rights}
    actor = Actor(kind="officer", id=uuid4(), name=name, post="เจ้าพนักงานการเงิน", permissions=held)
    return replace(ctx, actor=actor)


@pytest.fixture
def cashier(ctx: Context) -> Context:
    return with_rights(ctx, "collect", "read")


@pytest.fixture
def director(ctx: Context) -> Context:
    return with_rights(ctx, "cancel", "adjust", "read", name="วิชัย การคลัง")


@pytest.fixture
async def payer(ctx: Context) -> UUID:
    who = Who(source="waste_fees", subject="point/1", name="นายสมชาย ใจดี", address="88/12 หมู่ 5")
    return await charging.keep_payer(ctx, who)


@pytest.fixture
def bill(ctx: Context, payer: UUID) -> Bill:
    """Make a bill of some amounts in satang, each due a month after the one before."""

    async def bill(*amounts: int, mark: str = "one") -> Asked:
        dues = [
            Due(
                reference=f"{mark}/{n}",
                revenue="waste_fees.collect",
                title=WASTE,
                amount=amount,
                due_on=date(2027, n + 1, 28),
                period=f"2570{n + 1:02}",
            )
            for n, amount in enumerate(amounts)
        ]
        raised = await charging.raise_charges(ctx, source="waste_fees", payer=payer, dues=dues)
        return await billing.make_bill(
            ctx,
            source="waste_fees",
            subject="point/1",
            kind="01",
            title=WASTE,
            charges=[raised[one.reference] for one in dues],
            due_on=dues[-1].due_on,
        )

    return bill
