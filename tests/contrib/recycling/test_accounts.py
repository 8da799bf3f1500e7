import asyncio
from uuid import UUID, uuid4

import pytest

from contrib.recycling.service import accounts, books, members, weighing
from contrib.recycling.service.accounts import Wanted
from contrib.recycling.service.weighing import Weighed
from core.context import Context
from core.errors import AppError, Conflict, InvalidInput, NotAllowed
from tests.contrib.recycling.conftest import a_call, a_citizen, an_officer, rows, taken, weighed


def wanted(amount: int, way: str = "cash") -> Wanted:
    return Wanted(amount=amount, way=way, shown="id_card")


async def test_what_was_sold_can_be_withdrawn_and_not_a_satang_more(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, petclear=10_000)

    with pytest.raises(InvalidInput):
        await accounts.withdraw(officer, household, wanted(8_001), key="k1")
    await accounts.withdraw(officer, household, wanted(5_000), key="k2")
    await accounts.withdraw(officer, household, wanted(3_000, "promptpay"), key="k3")
    with pytest.raises(InvalidInput):
        await accounts.withdraw(officer, household, wanted(1), key="k4")

    assert await books.balance_of(officer, household) == 0
    trial = await books.trial_balance(officer)
    assert (trial["cash"], trial["bank"], trial["on_way"]) == (-5_000, -3_000, 8_000)
    assert sum(trial.values()) == 0


async def test_an_approved_advance_is_how_far_below_zero_an_account_goes(
    officer: Context, household: UUID
) -> None:
    await accounts.approve_advance(officer, household, 2_000, why="ค่าเทอม")

    with pytest.raises(InvalidInput):
        await accounts.withdraw(officer, household, wanted(2_001), key="k1")
    await accounts.withdraw(officer, household, wanted(2_000), key="k2")
    assert await books.balance_of(officer, household) == -2_000

    with pytest.raises(InvalidInput):
        await accounts.approve_advance(officer, household, 1_999, why="เลิก")
    await weighed(officer, household, petclear=2_500)
    await accounts.approve_advance(officer, household, 0, why="เลิก")
    assert await books.balance_of(officer, household) == 0


async def test_the_same_withdrawal_is_paid_once(officer: Context, household: UUID) -> None:
    await weighed(officer, household, petclear=10_000)

    first = await accounts.withdraw(officer, household, wanted(3_000), key="same")
    again = await accounts.withdraw(officer, household, wanted(3_000), key="same")
    with pytest.raises(Conflict):
        await accounts.withdraw(officer, household, wanted(4_000), key="same")

    assert first == again
    assert await books.balance_of(officer, household) == 5_000


async def test_of_twenty_withdrawals_at_once_as_many_are_paid_as_there_is_money(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, petclear=10_000)

    results = await asyncio.gather(
        *(accounts.withdraw(officer, household, wanted(1_500), key=f"k{n}") for n in range(20)),
        return_exceptions=True,
    )

    assert sum(isinstance(one, UUID) for one in results) == 5
    assert all(isinstance(one, UUID | InvalidInput) for one in results)
    assert await books.balance_of(officer, household) == 500


async def test_sales_withdrawals_and_advances_at_once_leave_no_account_below_its_advance(
    officer: Context, household: UUID
) -> None:
    async def sell(n: int) -> object:
        return await weighed(officer, household, cash=n % 2 == 0, petclear=700 + n)

    async def take(n: int) -> object:
        return await accounts.withdraw(officer, household, wanted(900 + n), key=f"take{n}")

    async def advance(n: int) -> object:
        await accounts.approve_advance(officer, household, 400 * (n % 3), why="ทดสอบ")
        return n

    work = [act(n) for n in range(12) for act in (sell, take, advance)]
    results = await asyncio.gather(*work, return_exceptions=True)

    assert [
        one for one in results if isinstance(one, Exception) and not isinstance(one, AppError)
    ] == []
    member = await members.find_row(officer, household)
    assert member is not None
    entries = await books.statement_of(officer, household)
    assert min(one["balance"] for one in entries) >= -800
    assert await books.balance_of(officer, household) >= -member["advance"]
    assert sum((await books.trial_balance(officer)).values()) == 0


async def test_of_two_sendings_of_one_call_at_once_one_is_paid(officer: Context) -> None:
    citizen = await a_citizen(officer)
    call = await taken(officer, await a_call(citizen))
    told = Weighed(quantities={"carton": 5_000})

    results = await asyncio.gather(
        *(weighing.weigh_call(officer, call, told) for _ in range(6)), return_exceptions=True
    )

    assert sum(isinstance(one, UUID) for one in results) == 1
    mine = await members.own_member(citizen)
    assert await books.balance_of(officer, mine["id"]) == 1_500


async def test_money_is_paid_by_who_may(officer: Context, household: UUID) -> None:
    await weighed(officer, household, petclear=10_000)
    collector = an_officer(officer, "recycling.collect", "recycling.read")

    with pytest.raises(NotAllowed):
        await accounts.withdraw(collector, household, wanted(100), key="k")
    with pytest.raises(NotAllowed):
        await accounts.approve_advance(collector, household, 100, why="ขอ")
    with pytest.raises(NotAllowed):
        await books.pay_in(collector, 100, to_bank=True)


async def test_every_withdrawal_says_who_saw_which_document(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, petclear=10_000)
    await accounts.withdraw(officer, household, wanted(1_000), key="k")

    [row] = await rows(officer, "SELECT * FROM recycling.withdrawal")
    assert (row["shown"], row["officer_name"]) == ("id_card", "สุภาพร ใจดี")
    [entry] = await rows(
        officer, "SELECT detail FROM core.audit_entry WHERE action = 'recycling.money.withdrawn'"
    )
    assert '"shown": "id_card"' in entry["detail"].replace('":"', '": "')


async def test_another_municipality_sees_none_of_it(
    officer: Context, other: Context, household: UUID
) -> None:
    await weighed(officer, household, petclear=10_000)

    assert await books.balance_of(other, household) == 0
    assert set((await books.trial_balance(other)).values()) == {0}
    with pytest.raises(AppError):
        await accounts.withdraw(an_officer(other), household, wanted(100), key=str(uuid4()))
