import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.api import Actor, Conflict, Context, InvalidInput, Text, new_id, numbers
from kit.offline import Answer, Sending, note_answer, once
from kit.offline.receipts import KEPT, drop_old, find_answer

KEY = "0f9dd1c1-8a57-4b1b-9a0f-1f2a3b4c5d6e"
SOMEBODY = Actor(kind="officer", id=new_id(), name="วิชัย")


def sending(body: str = "house 12/3", *, who: Actor | None = None, key: str = KEY) -> Sending:
    return Sending(key, who.id if who else None, body.encode())


def visit(ctx: Context) -> Callable[[], Awaitable[Answer]]:
    async def act() -> Answer:
        number = await numbers.draw(ctx, "rounds")
        return Answer(f"/visits/{number}", Text(f"เลขที่ {number}", f"No. {number}"))

    return act


async def test_the_same_sending_is_done_once_and_answered_alike(ctx: Context) -> None:
    answers = [await once(ctx, sending(), visit(ctx)) for _ in range(3)]

    assert answers == [Answer("/visits/1", Text("เลขที่ 1", "No. 1"))] * 3
    assert await numbers.draw(ctx, "rounds") == 2


async def test_twenty_at_the_same_moment_do_it_once(ctx: Context) -> None:
    answers = await asyncio.gather(*(once(ctx, sending(), visit(ctx)) for _ in range(20)))

    assert {answer.location for answer in answers} == {"/visits/1"}
    assert await numbers.draw(ctx, "rounds") == 2


async def test_another_key_is_another_wish(ctx: Context) -> None:
    first = await once(ctx, sending(), visit(ctx))
    second = await once(ctx, sending(key="another-key"), visit(ctx))

    assert [first.location, second.location] == ["/visits/1", "/visits/2"]


async def test_something_else_under_the_same_key_is_refused_and_not_done(ctx: Context) -> None:
    await once(ctx, sending(), visit(ctx))

    with pytest.raises(Conflict, match="other details"):
        await once(ctx, sending("house 14"), visit(ctx))

    assert await numbers.draw(ctx, "rounds") == 2


@pytest.mark.parametrize(("first", "second"), [(None, SOMEBODY), (SOMEBODY, None)])
async def test_another_account_is_refused_and_not_told_the_answer(
    ctx: Context, first: Actor | None, second: Actor | None
) -> None:
    await once(ctx, sending(who=first), visit(ctx))

    with pytest.raises(Conflict, match="another account"):
        await once(ctx, sending(who=second), visit(ctx))

    asking = replace(ctx, actor=second or Actor())
    assert await find_answer(asking, KEY) is None


async def test_the_sender_finds_the_answer_by_the_key(ctx: Context) -> None:
    mine = replace(ctx, actor=SOMEBODY)

    assert await find_answer(mine, KEY) is None
    answer = await once(mine, sending(who=SOMEBODY), visit(mine))
    assert await find_answer(mine, KEY) == answer


async def test_the_same_key_in_another_municipality_is_another_wish(
    ctx: Context, other: Context
) -> None:
    await once(ctx, sending(), visit(ctx))
    answer = await once(other, sending("house 14"), visit(other))

    assert answer.location == "/visits/1"
    assert await numbers.draw(other, "rounds") == 2


async def test_what_was_refused_may_come_again_corrected_under_the_same_key(ctx: Context) -> None:
    async def refuse() -> Answer:
        await numbers.draw(ctx, "rounds")
        raise InvalidInput({"house": Text("กรอกเลขที่บ้าน", "Give the number of the house.")})

    with pytest.raises(InvalidInput):
        await once(ctx, sending(""), refuse)

    assert (await once(ctx, sending(), visit(ctx))).location == "/visits/1"


async def test_who_waited_for_a_sending_that_failed_does_it(ctx: Context) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def fail() -> Answer:
        begun.set()
        await go_on.wait()
        raise OSError("disk full")

    first = asyncio.create_task(once(ctx, sending(), fail))
    await begun.wait()
    second = asyncio.create_task(once(ctx, sending(), visit(ctx)))
    await asyncio.sleep(0.1)
    assert not second.done()
    go_on.set()

    with pytest.raises(OSError, match="disk full"):
        await first
    assert (await second).location == "/visits/1"


async def test_the_answer_noted_first_stands(ctx: Context) -> None:
    first = await note_answer(ctx, sending(), Answer("/t/ABC", Text("เลขรับ 1", "No. 1")))
    second = await note_answer(ctx, sending(), Answer("/t/DEF", Text("เลขรับ 2", "No. 2")))

    assert first == second == Answer("/t/ABC", Text("เลขรับ 1", "No. 1"))
    with pytest.raises(Conflict):
        await note_answer(ctx, sending("house 14"), Answer("/t/ABC"))


async def test_receipts_are_kept_for_thirty_days(ctx: Context, other: Context) -> None:
    stranger = replace(ctx, actor=Actor())
    answer = await once(ctx, sending(), visit(ctx))

    await drop_old(replace(ctx, now=ctx.now + KEPT))
    assert await find_answer(stranger, KEY) == answer
    await drop_old(replace(other, now=ctx.now + KEPT + timedelta(days=1)))
    assert await find_answer(stranger, KEY) == answer

    await drop_old(replace(ctx, now=ctx.now + KEPT + timedelta(seconds=1)))
    assert await find_answer(stranger, KEY) is None
