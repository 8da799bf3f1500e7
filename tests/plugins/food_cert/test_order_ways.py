"""Whatever is ordered, served, withdrawn and run out, a place has a way out, by the law."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.api import AppError, new_id
from core.context import Context
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.rules.ordering import Known, refusal, suspensions
from plugins.food_cert.rules.orders import GROUNDS, last_barred, last_day, most_days, stand_under
from plugins.food_cert.rules.places import State, stands
from plugins.food_cert.service import order_ends, orders, places
from plugins.food_cert.service.order_reading import orders_about
from plugins.food_cert.service.orders import Wanted
from tests.plugins.food_cert.conftest import a_place, an_officer

CODES = [one.code for one in GROUNDS]
BY_CODE = {one.code: one for one in GROUNDS}
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("order"), st.sampled_from(CODES), st.integers(-3, 40)),
        st.tuples(
            st.sampled_from(["serve", "complied", "withdrawn"]), st.just(""), st.integers(0, 5)
        ),
        st.tuples(st.just("wait"), st.just(""), st.integers(1, 20)),
    ),
    max_size=14,
)


@given(st.dates(max_value=GROUNDS[0].since.replace(year=2200), min_value=GROUNDS[0].since))
def test_no_suspension_or_ban_runs_longer_than_the_law_allows(day: Any) -> None:
    suspend, ban = BY_CODE["suspend-wrong"], BY_CODE["ban-unnotified"]
    last = last_day(suspend, most_days(suspend, LATEST, day), day)
    assert last == day + timedelta(days=14)
    last = last_day(ban, most_days(ban, LATEST, day), day)
    assert last is not None
    assert (last + timedelta(days=1)).year == day.year + 2
    bar = last_barred(day, 1)
    assert 365 <= (bar - day).days <= 366
    if (day.month, day.day) not in ((2, 28), (2, 29)):
        assert (bar.month, bar.day) == (day.month, day.day)


@given(
    st.lists(st.tuples(st.sampled_from(["suspend", "stop", "revoke", "ban"]), st.integers(-9, 9))),
    st.sampled_from([State.VALID, State.NOTIFIED]),
)
def test_the_hardest_order_that_runs_counts(ones: list[tuple[str, int]], base: State) -> None:
    today = GROUNDS[0].since
    timed = ("suspend", "ban")
    rows = [
        {"kind": kind, "until": today + timedelta(days=left) if kind in timed else None}
        for kind, left in ones
    ]
    state, until = stand_under(rows, base, today)
    running = {kind for kind, left in ones if kind not in timed or left >= 0}

    expected = {
        State.REVOKED: "revoke" in running,
        State.STOPPED: bool(running & {"stop", "ban"}),
        State.SUSPENDED: "suspend" in running,
        base: True,
    }
    assert state == next(one for one, so in expected.items() if so)
    assert (until is not None) == (state is State.SUSPENDED)
    assert until is None or until >= today


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, instrument=st.sampled_from(["licence", "licence", "certificate"]))
async def test_no_orders_leave_a_place_without_a_way_out_or_beyond_the_law(
    ctx: Context, acts: list[tuple[str, str, int]], instrument: str
) -> None:
    mayor = an_officer(ctx)
    until = ctx.today + timedelta(days=1_000) if instrument == "licence" else None
    place = await a_place(ctx, name=f"ร้าน {uuid4().hex}", instrument=instrument, until=until)
    for act, code, number in acts:
        if act == "wait":
            mayor = replace(mayor, now=mayor.now + timedelta(days=number))
        else:
            await _do(mayor, place, act, code, number)
        await _holds(mayor, place)

    # The way out: whatever is in force can be withdrawn, or ends by itself.
    await order_ends.end_lapsed(mayor, place)
    for one in await orders_about(mayor, place):
        if one["state"] == "open":
            await order_ends.close(mayor, one["id"], state="withdrawn", why="ทดสอบทางออก")
    assert stands(await places.get_place(mayor, place), mayor.today) == "valid"


async def _do(ctx: Context, place: UUID, act: str, code: str, number: int) -> None:
    """Do one act as far as the law lets it; what is refused changes nothing."""
    about = await orders_about(ctx, place)
    try:
        if act == "order":
            wanted = Wanted(ground=code, days=number, facts="ทดสอบ", place=place)
            await orders.issue_order(ctx, wanted, key=new_id())
        elif about:
            id = about[number % len(about)]["id"]
            if act == "serve":
                await order_ends.serve(ctx, id, how="signed", on=ctx.today, note="ลงชื่อ")
            else:
                await order_ends.close(ctx, id, state=act, why="ทดสอบ")
    except AppError:
        assert len(await orders_about(ctx, place)) == len(about)


async def _holds(ctx: Context, place: UUID) -> None:
    row, about = await places.get_place(ctx, place), await orders_about(ctx, place)
    now = stands(row, ctx.today)
    running = [
        one
        for one in about
        if one["state"] == "open" and (one["until"] is None or one["until"] >= ctx.today)
    ]
    kinds = {one["kind"] for one in running}
    assert (now == State.REVOKED) == ("revoke" in kinds)
    assert (now == State.STOPPED) == ("revoke" not in kinds and "stop" in kinds)
    assert (now == State.SUSPENDED) == (kinds - {"improve"} == {"suspend"})
    suspended = [one for one in about if one["kind"] == "suspend"]
    assert all(0 <= (one["until"] - one["issued_on"]).days < 15 for one in suspended)
    if now == State.SUSPENDED:
        assert row["state_until"] == max(one["until"] for one in running if one["until"])
    for one in running:
        if one["kind"] == "revoke":
            assert row["instrument"] == "licence"
            earlier = [other for other in suspended if other["id"] < one["id"]]
            assert one["code"] != "revoke-suspended" or len(earlier) >= 2


@given(st.sampled_from(GROUNDS), st.sampled_from(list(State)), st.booleans())
def test_what_is_refused_says_which_way_is_open(ground: Any, state: State, licence: bool) -> None:
    today = GROUNDS[0].since
    place = {
        "instrument": "licence" if licence else "certificate",
        "state": state,
        "state_until": None,
        "until": None,
        "renewing": None,
        "holder": "นางคำปัน ใจยา",
    }
    known = Known(place=place, orders=[], unpaid=0, limits=LATEST, today=today)
    said = refusal(ground, known)

    assert suspensions(known) == 0
    assert said is None or (len(said.th) > 30 and "{" not in said.th + said.en)
    if ground.code in ("improve-wrong", "stop-danger"):
        assert said is None
