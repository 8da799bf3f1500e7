import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.context import Acting, Context
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.identity import accounts, acting, holders, people

TODAY = date(2026, 11, 20)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


async def appointed(ctx: Context, actor: UUID, **more: Any) -> UUID:
    order: dict[str, Any] = {
        "role": "mayor",
        "post": "นายกเทศมนตรีเมืองแม่เหียะ",
        "mode": "replacing",
        "order_no": "123/2569",
        "order_on": TODAY,
        "from_on": TODAY,
        "to_on": TODAY + timedelta(days=9),
    }
    return await acting.appoint_acting(ctx, acting.Order(actor=actor, **order | more))


def on(ctx: Context, day: date) -> Context:
    return replace(ctx, now=ctx.now + (day - TODAY))


async def test_who_acts_has_the_permissions_of_the_post_from_the_first_to_the_last_day(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    await appointed(ctx, officer)

    async def may(day: date) -> bool:
        actor = (await become(on(stranger, day), officer)).actor
        assert (actor.acting is not None) == actor.may("core.audit")
        return bool(actor.may("core.audit"))

    assert [await may(TODAY + timedelta(days=day)) for day in (-1, 0, 9, 10)] == [
        False,
        True,
        True,
        False,
    ]


async def test_days_are_counted_where_the_municipality_is(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    await appointed(ctx, officer, from_on=TODAY + timedelta(days=1))
    late = replace(stranger, now=stranger.now.replace(hour=17, minute=30))  # 00.30 on the 21st

    assert (await become(late, officer)).actor.may("core.audit")


async def test_the_words_under_the_signature_name_the_post(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    order = await appointed(ctx, officer, mode="delegated")
    deputy = await become(stranger, officer)

    signed = await people.signature(deputy, "core.audit")

    assert signed.acting == Acting(how="delegated", post="นายกเทศมนตรีเมืองแม่เหียะ", order="123/2569")
    assert (signed.name, signed.post) == ("นายสมชาย ตั้งใจ", "นายช่างโยธา")
    assert (signed.order, signed.order_on) == (order, TODAY)
    assert acting.MODES["delegated"].th == "ปฏิบัติราชการแทน"


async def test_in_the_own_post_one_signs_as_oneself(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    await appointed(ctx, officer)
    await holders.grant_role(ctx, account=officer, role="clerk", unit="works")
    clerk = await become(stranger, officer)

    assert (await people.signature(clerk, "core.audit", unit="works")).acting is None
    assert (await people.signature(clerk, "core.audit", unit="clerk")).acting is not None
    with pytest.raises(NotAllowed):
        await people.signature(clerk, "core.modules", unit="works")


async def test_of_two_posts_the_higher_is_shown(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    await appointed(ctx, officer, role="director", unit="works", post="ผู้อำนวยการกองช่าง")
    await appointed(ctx, officer)

    assert (await become(stranger, officer)).actor.acting.post == "นายกเทศมนตรีเมืองแม่เหียะ"


async def test_an_order_that_was_ended_gives_nothing_and_frees_the_days(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    order = await appointed(ctx, officer, to_on=None)
    await acting.end_acting(ctx, order=order)

    assert not (await become(stranger, officer)).actor.may("core.audit")
    assert await acting.acting_orders(ctx) == []
    with pytest.raises(NotFound):
        await acting.end_acting(ctx, order=order)
    await appointed(ctx, officer)


async def test_only_one_replaces_a_post_at_a_time_but_many_may_be_delegated(
    ctx: Context, officer: UUID
) -> None:
    await appointed(ctx, officer)

    with pytest.raises(Conflict):
        await appointed(ctx, officer, from_on=TODAY + timedelta(days=9), to_on=None)
    await appointed(ctx, officer, from_on=TODAY + timedelta(days=10), to_on=None)
    await appointed(ctx, officer, mode="delegated")
    await appointed(ctx, officer, mode="delegated")
    await appointed(ctx, officer, role="director", unit="works", post="ผอ.กองช่าง")
    await appointed(ctx, officer, role="director", unit="clerk", post="หัวหน้าสำนักปลัด")


async def test_of_two_orders_entered_at_once_the_second_is_refused(
    ctx: Context, officer: UUID
) -> None:
    results = await asyncio.gather(
        *(appointed(ctx, officer) for _ in range(5)), return_exceptions=True
    )

    assert sum(isinstance(one, UUID) for one in results) == 1
    assert sum(isinstance(one, Conflict) for one in results) == 4


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(days, st.none() | st.integers(0, 60)), min_size=1, max_size=6))
async def test_no_day_ever_has_two_who_replace_one_post(
    ctx: Context, officer: UUID, spans: list[tuple[date, int | None]]
) -> None:
    for order in await acting.acting_orders(replace(ctx, now=ctx.now - timedelta(days=900))):
        await acting.end_acting(ctx, order=order["id"])
    taken: list[tuple[date, date]] = []
    for first, length in spans:
        last = date.max if length is None else first + timedelta(days=length)
        clashes = any(first <= end and start <= last for start, end in taken)
        to_on = None if length is None else last
        try:
            await appointed(ctx, officer, from_on=first, to_on=to_on)
        except Conflict:
            assert clashes
        else:
            assert not clashes
            taken.append((first, last))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"post": "  "}, "post"),
        ({"order_no": ""}, "order_no"),
        ({"to_on": TODAY - timedelta(days=1)}, "to_on"),
        ({"mode": "pretending"}, "mode"),
        ({"unit": "moon"}, "unit"),
    ],
)
async def test_an_order_with_gaps_is_refused(
    ctx: Context, officer: UUID, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await appointed(ctx, officer, **wrong)

    assert list(caught.value.problems) == [field]


async def test_nobody_acts_for_themselves_and_no_citizen_acts(
    ctx: Context, officer: UUID, citizen: UUID
) -> None:
    with pytest.raises(InvalidInput):
        await appointed(ctx, officer, principal=officer)
    with pytest.raises(NotFound):
        await appointed(ctx, citizen)


async def test_who_cares_for_one_division_appoints_there_only(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    await holders.grant_role(ctx, account=officer, role="clerk", unit="works")
    chief = await become(stranger, officer)
    someone = await accounts.register_officer(
        ctx, first_name="อรทัย", last_name="ดี", email="o@maehia.example", post="นิติกร"
    )

    await appointed(chief, someone, role="director", unit="works")
    with pytest.raises(NotAllowed):
        await appointed(chief, someone)
