from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

import pytest

from core.api import Text
from core.context import Context
from kit.treasury.service import billing, charging, tills
from kit.treasury.service.billing import Asked
from kit.treasury.service.charging import Due, Who
from tests.kit.treasury.service.people import with_rights

WASTE = Text("ค่าเก็บขนมูลฝอย", "Waste collection")
Bill = Callable[..., Awaitable[Asked]]


@pytest.fixture
async def cashier(ctx: Context) -> Context:
    """A collector who has opened till 1."""
    made = with_rights(ctx, "collect", "read")
    await tills.open_till(made, "1")
    return made


@pytest.fixture
def director(ctx: Context) -> Context:
    return with_rights(ctx, "cancel", "adjust", "close", "read", name="วิชัย การคลัง")


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
