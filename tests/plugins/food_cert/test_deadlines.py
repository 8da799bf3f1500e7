"""Every deadline of a notice and of a licence against a slow count, through the real services."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.api import Conflict, Text
from core.context import Context
from kit.casework.service import citizens, handling, returning, timing
from kit.casework.service.returning import Defect
from plugins.food_cert.rules.instrument import LICENSE, NOTIFY
from plugins.food_cert.rules.places import stands
from tests.plugins.food_cert.cases import (
    LARGE,
    SHOP,
    an_office,
    filed,
    judged,
    place_after,
    the_case,
    told,
)

WRONG = [Defect("พื้นที่", "แจ้งพื้นที่ให้ตรง")]
lives = settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
OVER = ("issued", "lapsed", "cancelled", "rejected")
HOLIDAYS = st.sets(st.integers(1, 120), max_size=30)


def with_holidays(ctx: Context, holidays: set[int], start: int) -> Context:
    """Return the office on a day, closed on some of the days that follow."""
    first = ctx.today + timedelta(days=start)
    closed = {first + timedelta(days=one): Text("ปิด", "Closed") for one in holidays}
    tenant = replace(ctx.tenant, closed=closed)
    return replace(ctx, tenant=tenant, now=ctx.now + timedelta(days=start))


def is_open(ctx: Context, day: date) -> bool:
    return day.weekday() < 5 and day not in ctx.tenant.closed


def working(ctx: Context, day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= is_open(ctx, day)
    return day


def calendar(ctx: Context, day: date, count: int) -> date:
    day += timedelta(days=count)
    while not is_open(ctx, day):
        day += timedelta(days=1)
    return day


class Notice:
    """A notice of a shop, led on with its days counted on the fingers."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.told_once = False

    async def file(self) -> None:
        self.id = await filed(self.ctx, NOTIFY, SHOP | {"business_name": f"ครัว {uuid4()}"})
        self.due_on = working(self.ctx, self.ctx.today, 7)

    async def acts(self) -> list[str]:
        row = await the_case(self.ctx, self.id)
        if row["status"] == "returned_for_fix":
            return ["lapse"] if self.ctx.today > self.fix_by else ["mend"]
        if row["status"] in OVER:
            return []
        if row["step"] == "check":
            return ["forward", "cancel", *([] if self.told_once else ["tell"])]
        return ["approve", *(["lapse"] if self.told_once else [])]

    async def do(self, act: str) -> None:
        here, id = self.ctx, self.id
        office, revision = an_office(here), (await the_case(here, id))["revision"]
        if act == "tell":
            await returning.return_for_fix(
                office, id, defects=WRONG, fix_by=None, revision=revision
            )
            self.told_once, self.fix_by = True, working(here, here.today, 7)
        elif act == "mend":
            await citizens.mend(here, id, files={}, words="แก้แล้ว", revision=revision)
            self.due_on = working(here, here.today, 7)
        elif act == "lapse":
            await returning.lapse(office, id, reason="ไม่แก้ไข", revision=revision)
        elif act == "cancel":
            await citizens.cancel(here, id, revision=revision)
        elif act == "forward":
            await judged(office, id)
            revision = (await the_case(here, id))["revision"]
            await handling.forward(office, id, opinion="", revision=revision)
        else:
            await handling.approve(office, id, opinion="", revision=revision)
        await told(here, id)

    async def agrees(self) -> None:
        row, place = await the_case(self.ctx, self.id), await place_after(self.ctx, self.id)
        assert row["due_on"] == self.due_on
        if row["status"] == "returned_for_fix":
            assert row["fix_by"] == self.fix_by
        became = {"issued": "valid", "lapsed": "lapsed", "cancelled": "closed"}
        # As long as nothing was decided the receipt lets the shop be run.
        assert stands(place, self.ctx.today) == became.get(row["status"], "notified")


@lives
@given(
    chosen=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), min_size=3, max_size=8),
    holidays=HOLIDAYS,
    start=st.integers(0, 40),
)
async def test_a_notice_has_a_way_out_everywhere_and_its_shop_stands_as_it_says(
    ctx: Context, chosen: Sequence[tuple[int, int]], holidays: set[int], start: int
) -> None:
    one = Notice(with_holidays(ctx, holidays, start))
    await one.file()
    for which, wait in chosen:
        one.ctx = replace(one.ctx, now=one.ctx.now + timedelta(days=wait))
        acts = await one.acts()
        if not acts:
            assert (await the_case(ctx, one.id))["status"] in OVER, "a notice without a way out"
            break
        await one.do(acts[which % len(acts)])
        await one.agrees()


@lives
@given(
    waits=st.lists(st.integers(0, 40), min_size=1, max_size=4),
    holidays=HOLIDAYS,
    start=st.integers(0, 40),
)
async def test_a_licence_is_decided_within_thirty_days_and_two_letters_of_fifteen(
    ctx: Context, waits: Sequence[int], holidays: set[int], start: int
) -> None:
    here = with_holidays(ctx, holidays, start)
    case = await filed(here, LICENSE, LARGE | {"business_name": f"สวนอาหาร {uuid4()}"})
    await handling.accept(an_office(here), case, revision=1)
    due_on, letters = calendar(here, here.today, 30), 0
    for wait in waits:
        here = replace(here, now=here.now + timedelta(days=wait))
        row: Any = await the_case(here, case)
        assert (row["due_on"], row["extensions"]) == (due_on, letters)
        extending = timing.extend(
            an_office(here), case, reason="รอผลตรวจน้ำ", revision=row["revision"]
        )
        if letters == 2 or here.today > due_on:
            with pytest.raises(Conflict):
                await extending
        else:
            await extending
            due_on, letters = calendar(here, due_on, 15), letters + 1
    # Whether in time or late, it can be decided.
    office = an_office(here)
    await judged(office, case)
    for _ in range(4):
        revision = (await the_case(here, case))["revision"]
        await handling.forward(office, case, opinion="", revision=revision)
    revision = (await the_case(here, case))["revision"]
    await handling.refuse(office, case, reasons=["ไม่ถูกสุขลักษณะ"], revision=revision)
    await told(office, case)
    assert stands(await place_after(here, case), here.today) == "refused"
