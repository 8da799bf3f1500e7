from dataclasses import replace

from contrib.recycling.service import books, calls, demo, dividends, loads, lots, members
from core.context import Context
from core.identity import accounts, people
from tests.contrib.recycling.conftest import an_officer, rows


async def test_the_demonstration_is_a_village_whose_books_balance(ctx: Context) -> None:
    await accounts.register_officer(
        ctx, post="เจ้าหน้าที่งานบริการ", first_name="สุภาพร", last_name="ใจดี", phone="0810000011"
    )
    for number, phone in (("1234545678781", "0812345678"), ("3100600445635", "0898765432")):
        await accounts.register_citizen(
            ctx,
            first_name="วิภาดา",
            last_name="แสงคำ",
            national_id=number,
            phone=phone,
            verified=True,
        )

    await demo.fill(ctx)

    officer = an_officer(ctx)
    trial = await books.trial_balance(ctx)
    assert sum(trial.values()) == 0
    assert trial["cash"] > 0
    assert trial["surplus"] < 0
    assert {one["state"] for one in await loads.recent_loads(officer)} == {"booked", "questioned"}
    assert len(await lots.recent_lots(officer)) == demo.WEEKS - 1
    assert len(await dividends.dividends(officer)) == 1
    assert len(await members.find_members(officer)) == 8
    for one in await members.find_members(officer):
        assert await books.balance_of(ctx, one["id"]) >= 0
    [collector] = await people.officers(ctx, search="สุภาพร")
    own = replace(officer, actor=replace(officer.actor, id=collector["id"]))
    assert len(await calls.my_round(own)) == 1
    assert len(await calls.waiting_calls(own)) == 2
    assert len(await rows(ctx, "SELECT 1 FROM recycling.ticket")) == 8 * demo.WEEKS + 1
