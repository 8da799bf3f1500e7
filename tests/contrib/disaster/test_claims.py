"""A household claims once, a committee resolves a list, the bank pays once, whoever is at it."""

from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest

from contrib.disaster.rules.valuing import Damage
from contrib.disaster.service import appraising, certifying, claims, paying, resolving
from core.context import Context
from core.errors import AppError, Conflict, InvalidInput
from kit.documents import verify
from tests.contrib.disaster.claiming import approved, claimed, said_by_bank, wanted
from tests.contrib.disaster.conftest import a_flood, an_officer, rows


async def at_once(
    count: int, act: Callable[[], Awaitable[Any]]
) -> tuple[list[Any], list[AppError]]:
    """Do something so often at the same moment; return what came of it, and the refusals."""
    done: list[Any] = []
    refused: list[AppError] = []

    async def one() -> None:
        try:
            done.append(await act())
        except AppError as refusal:
            refused.append(refusal)

    async with anyio.create_task_group() as group:
        for _ in range(count):
            group.start_soon(one)
    return done, refused


async def test_a_household_claims_a_scheme_of_a_disaster_once_also_at_the_same_moment(
    officer: Context,
) -> None:
    await a_flood(officer)
    done, refused = await at_once(5, lambda: claimed(officer))

    assert len(done) == 1
    assert [one.sentence.th for one in refused] == [
        "ครัวเรือนนี้ขอเงินช่วยเหลือค่าดำรงชีพ (เหมาจ่ายต่อครัวเรือน)ของเหตุการณ์นี้แล้ว เลขที่ 1 ขอซ้ำไม่ได้"
    ] * 4
    assert len(await rows(officer, "SELECT 1 FROM disaster.claim")) == 1
    second = await claimed(officer, 2)
    assert (await claims.get_claim(officer, second))["number"] == 2
    await claimed(officer, scheme="repair")


async def test_a_claim_without_a_disaster_of_its_day_is_refused(officer: Context) -> None:
    await a_flood(officer)

    with pytest.raises(InvalidInput):
        await claimed(officer, kind="fire")


async def test_the_number_of_an_account_cannot_be_read_in_the_database(officer: Context) -> None:
    await a_flood(officer)
    await claimed(officer)
    [row] = await rows(
        officer, "SELECT account, account_end, c::text AS whole FROM disaster.claim c"
    )

    assert row["account_end"] == "0001"
    assert wanted(officer).account not in row["whole"]


async def test_a_claim_is_valued_by_what_was_found_and_refused_only_before_the_committee(
    officer: Context,
) -> None:
    event = await a_flood(officer)
    [id] = await approved(officer, event)
    row = await claims.get_claim(officer, id)
    assert (row["state"], row["amount"]) == ("approved", 900_000)

    with pytest.raises(Conflict):
        await appraising.appraise(
            officer, id, Damage(house="part", days=1), [], revision=row["revision"]
        )
    with pytest.raises(Conflict):
        await appraising.refuse(officer, id, "ไม่เข้าเกณฑ์", revision=row["revision"])


async def test_of_two_inspections_sent_for_the_same_claim_the_second_is_told(
    officer: Context,
) -> None:
    await a_flood(officer)
    id = await claimed(officer)
    found = Damage(house="part", days=9)
    done, refused = await at_once(
        2, lambda: appraising.appraise(officer, id, found, [], revision=1)
    )

    assert (len(done), len(refused)) == (1, 1)


async def test_a_resolution_approves_all_of_its_list_or_none(officer: Context) -> None:
    event = await a_flood(officer)
    [first] = await approved(officer, event)
    second = await claimed(officer, 2)
    await appraising.appraise(officer, second, Damage(house="part", days=9), [], revision=1)
    known: dict[str, Any] = {
        "committee": "district",
        "number": "4/2569",
        "resolved_on": officer.today,
    }

    with pytest.raises(Conflict):
        await resolving.resolve(officer, event, [first, second], **known)
    assert (await claims.get_claim(officer, second))["state"] == "valued"
    with pytest.raises(InvalidInput):
        await resolving.resolve(officer, event, [], **known)
    done, refused = await at_once(3, lambda: resolving.resolve(officer, event, [second], **known))
    assert (len(done), len(refused)) == (1, 2)


async def test_batches_made_at_once_pay_every_claim_once_to_the_satang(officer: Context) -> None:
    event = await a_flood(officer)
    await approved(officer, event, 12)
    done, refused = await at_once(4, lambda: paying.make_batch(officer, event))

    assert (len(done), len(refused)) == (1, 3)
    [batch] = await paying.read_batches(officer)
    assert (batch["payments"], batch["total"]) == (12, 12 * 900_000)
    file = (await paying.bank_file(officer, done[0])).decode("utf-8-sig").splitlines()
    assert file[-1].endswith(",12,108000.00")
    assert "20000000001" in file[1]


async def test_a_refused_account_is_mended_and_paid_in_the_next_round_and_nobody_twice(
    officer: Context,
) -> None:
    event = await a_flood(officer)
    ids = await approved(officer, event, 3)
    first = await paying.make_batch(officer, event)
    said = said_by_bank(await paying.bank_file(officer, first), {2: "ชื่อบัญชีไม่ตรง"})
    done, refused = await at_once(3, lambda: paying.settle(officer, first, said))
    assert refused == []
    assert sorted(count for count, _ in done) == [0, 0, 3]
    states = [(await claims.get_claim(officer, id))["state"] for id in ids]
    assert states == ["paid", "returned", "paid"]

    with pytest.raises(Conflict):
        await paying.make_batch(officer, event)
    row = await claims.get_claim(officer, ids[1])
    new = {"bank": "006", "account": "9876543210", "name": "นางแมะ สาและ"}
    await paying.mend_account(officer, ids[1], **new, revision=row["revision"])
    second = await paying.make_batch(officer, event)
    file = await paying.bank_file(officer, second)
    assert file.decode("utf-8-sig").splitlines()[1].startswith("1,0000200001,006,9876543210")
    await paying.settle(officer, second, said_by_bank(file))
    assert (await claims.get_claim(officer, ids[1]))["state"] == "paid"
    paid = await rows(
        officer,
        "SELECT claim_id, count(*) AS times FROM disaster.payment WHERE state = 'paid' GROUP BY 1",
    )
    assert sorted((one["claim_id"], one["times"]) for one in paid) == sorted((id, 1) for id in ids)
    with pytest.raises(Conflict):
        await paying.make_batch(officer, event)


async def test_a_file_with_one_fault_settles_nothing(officer: Context) -> None:
    event = await a_flood(officer)
    ids = await approved(officer, event, 2)
    batch = await paying.make_batch(officer, event)
    said = said_by_bank(await paying.bank_file(officer, batch)).replace(b"9000.00", b"9000.01", 1)
    count, faults = await paying.settle(officer, batch, said)

    assert count == 0
    assert [one.row for one in faults] == [2]
    assert (await claims.get_claim(officer, ids[1]))["state"] == "approved"


async def test_an_account_cannot_be_changed_while_its_payment_is_at_the_bank(
    officer: Context,
) -> None:
    event = await a_flood(officer)
    [id] = await approved(officer, event)
    await paying.make_batch(officer, event)
    row = await claims.get_claim(officer, id)
    new: dict[str, str] = {"bank": "006", "account": "9876543210", "name": "คนอื่น"}

    with pytest.raises(Conflict):
        await paying.mend_account(officer, id, **new, revision=row["revision"])


async def test_the_database_itself_refuses_a_second_payment(officer: Context) -> None:
    event = await a_flood(officer)
    await approved(officer, event)
    await paying.make_batch(officer, event)
    again = """INSERT INTO disaster.payment SELECT tenant_id, gen_random_uuid(), batch_id, claim_id,
        2, '9999999999', amount, bank, account, account_end, account_name, 'waiting', '', NULL
        FROM disaster.payment"""

    with pytest.raises(Exception, match="payment_once"):
        await rows(officer, again)


async def test_a_victim_is_certified_by_a_paper_that_anybody_can_check(officer: Context) -> None:
    event = await a_flood(officer)
    waiting = await claimed(officer, 9)
    with pytest.raises(Conflict):
        await certifying.certify(officer, waiting)
    [id] = await approved(officer, event)
    paper = await certifying.certify(officer, id)

    checked = await verify(officer, paper.code)
    assert checked.state == "valid"
    assert "ผู้ประสบอุทกภัย" in str(checked.lines)
    data, _ = await certifying.certificate_pdf(officer, id, paper.id)
    assert data.startswith(b"%PDF")


async def test_another_office_sees_no_claim_and_no_batch(officer: Context, other: Context) -> None:
    event = await a_flood(officer)
    await approved(officer, event)
    await paying.make_batch(officer, event)
    elsewhere = an_officer(other)

    assert await paying.read_batches(elsewhere) == []
    with pytest.raises(Conflict):
        await paying.make_batch(elsewhere, event)
