import re
import subprocess
from pathlib import Path

import pytest

from core.api import Context
from core.db import transaction
from kit.treasury.codes.barcode import parse_barcode
from kit.treasury.codes.payments import BillPayment, Proxy, Transfer
from kit.treasury.codes.thai_qr import parse
from kit.treasury.refusals import Malformed
from kit.treasury.service import adjusting, billing, receipts, taking
from kit.treasury.service.billing import Asked
from tests.kit.treasury.routes.conftest import STALL, Enter, Make, PayTo

BILLER = {"biller": "099400061772101", "merchant": "MAEHIA MUNICIPALITY", "city": "CHIANG MAI"}
TAX_ID = "0994000617721"


def scanned(data: bytes, folder: Path) -> str:
    picture = folder / "code.png"
    picture.write_bytes(data)
    found = subprocess.run(  # noqa: S603 - a file of this test
        ["/usr/bin/env", "zbarimg", "-q", "--raw", picture], check=True, capture_output=True
    )
    return found.stdout.decode().removesuffix("\n")


async def pay(cashier: Context, made: Asked, amount: int, key: str = "one") -> taking.Taken:
    return await taking.take_cash(
        cashier, made.id, amount=amount, tendered=amount, till="1", key=key
    )


async def test_whoever_holds_the_code_sees_what_to_pay_and_no_more_of_the_payer(
    enter: Enter, make: Make, pay_to: PayTo
) -> None:
    await pay_to(**BILLER)
    made = await make(6000, 4000)

    answer = await (await enter()).get(f"/b/{made.code}")

    assert answer.status_code == 200
    assert "100.00" in answer.text
    assert "คุณสม••• ใ•••" in answer.text
    assert " ".join(re.findall("....", made.ref1)) in answer.text
    for private in ("สมชาย", "88/12", "หมู่ 5"):
        assert private not in answer.text
    assert "รอชำระ" in answer.text.partition("</title>")[0]
    assert answer.headers["cache-control"] == "no-store"


async def test_the_picture_of_the_qr_asks_for_what_is_owed_under_the_references(
    enter: Enter, make: Make, pay_to: PayTo, cashier: Context, tmp_path: Path
) -> None:
    await pay_to(**BILLER)
    made = await make(6000, 4000)
    await pay(cashier, made, 2550)

    answer = await (await enter()).get(f"/b/{made.code}/qr.png")

    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == f'inline; filename="qr-{made.ref1}.png"'
    asked = parse(scanned(answer.content, tmp_path))
    assert isinstance(asked, BillPayment)
    assert (asked.biller, asked.ref1, asked.ref2) == (BILLER["biller"], made.ref1, "257001")
    assert (asked.amount, asked.dynamic) == (7450, True)
    assert (asked.merchant, asked.city) == (BILLER["merchant"], BILLER["city"])


async def test_the_barcode_says_the_same_and_the_drawing_is_an_svg(
    enter: Enter, make: Make, pay_to: PayTo, tmp_path: Path
) -> None:
    await pay_to(**BILLER)
    made = await make(6000)
    stranger = await enter()

    bars = await stranger.get(f"/b/{made.code}/barcode.png")
    drawn = await stranger.get(f"/b/{made.code}/qr.svg")

    said = parse_barcode(scanned(bars.content, tmp_path))
    assert (said.biller, said.ref1, said.amount) == (BILLER["biller"], made.ref1, 6000)
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert drawn.text.startswith("<svg")


async def test_without_a_biller_a_transfer_is_asked_for_and_without_both_the_counter(
    enter: Enter, make: Make, pay_to: PayTo, tmp_path: Path
) -> None:
    made = await make(6000)
    stranger = await enter()

    bare = await stranger.get(f"/b/{made.code}")
    assert (await stranger.get(f"/b/{made.code}/qr.png")).status_code == 404
    await pay_to(tax_id=TAX_ID)
    answer = await stranger.get(f"/b/{made.code}/qr.png")
    paid_by_transfer = await stranger.get(f"/b/{made.code}")

    assert bare.status_code == 200
    assert "เคาน์เตอร์" in bare.text
    assert "qr.png" not in bare.text
    asked = parse(scanned(answer.content, tmp_path))
    assert isinstance(asked, Transfer)
    assert (asked.proxy, asked.number, asked.amount) == (Proxy.TAX_ID, TAX_ID, 6000)
    assert "QR นี้ไม่มีเลขอ้างอิง" in paid_by_transfer.text
    assert (await stranger.get(f"/b/{made.code}/barcode.png")).status_code == 404


async def test_what_was_set_by_hand_and_is_wrong_closes_no_page(
    enter: Enter, make: Make, now: Context
) -> None:
    made = await make(6000)
    async with transaction(now) as connection:
        await connection.execute(
            'INSERT INTO core.plugin_switch (tenant_id, plugin, "on", settings, changed_at)'
            """ VALUES ('maehia', 'treasury', false, '{"biller": "12"}', now())"""
        )

    assert (await (await enter()).get(f"/b/{made.code}")).status_code == 200


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("overdue", "เกินกำหนดมา 3 วัน"),
        ("paid", "1/0001/"),
        ("cancelled", "ใบแจ้งนี้ยกเลิกแล้ว ไม่ต้องชำระ"),
        ("waived", "ไม่ต้องชำระ"),
        ("beyond", "รับเงินเกินมา 25.00 บาท"),
        ("owed again", "ต้องชำระ"),
    ],
)
async def test_the_page_says_how_a_bill_stands(
    enter: Enter,
    make: Make,
    pay_to: PayTo,
    now: Context,
    cashier: Context,
    director: Context,
    state: str,
    words: str,
) -> None:
    await pay_to(**BILLER)
    made = await make(6000, due=-3 if state == "overdue" else 20)
    [charge] = (await billing.read_bill(now, made.id))["charges"]
    if state in ("paid", "beyond", "owed again"):
        taken = await pay(cashier, made, 6000)
    if state == "cancelled":
        await adjusting.cancel_bill(director, made.id, why="ออกผิดราย")
    if state in ("waived", "beyond"):
        amount = 6000 if state == "waived" else 2500
        await adjusting.waive(director, charge["id"], amount=amount, why="ยกเว้น")
    if state == "owed again":
        await receipts.cancel(director, taken.receipt.id, why="รับผิดราย")

    answer = await (await enter()).get(f"/b/{made.code}")

    assert words in answer.text
    to_be_paid = state in ("overdue", "owed again")
    assert (f"/b/{made.code}/qr.png" in answer.text) == to_be_paid
    # A receipt that was cancelled is none any more.
    assert ("1/0001/" in answer.text) == (state in ("paid", "beyond"))


async def test_a_wrong_code_asks_again_and_guessing_is_slowed_down(
    enter: Enter, make: Make
) -> None:
    made = await make(6000)
    stranger = await enter()

    wrong = await stranger.get("/b/2222-2222-2222")
    by_reference = await stranger.get(f"/b/{made.ref1}")

    assert wrong.status_code == by_reference.status_code == 404
    assert "ไม่พบใบแจ้งของรหัสนี้" in wrong.text
    assert 'value="2222-2222-2222"' in wrong.text
    answers = [await stranger.get(f"/b/2222-2222-{n:04}") for n in range(60)]
    assert answers[-1].status_code == 429
    assert (await stranger.get(f"/b/{made.code}")).status_code == 200


async def test_a_code_is_typed_as_people_type_and_leads_to_its_bill(
    enter: Enter, make: Make
) -> None:
    made = await make(6000)
    stranger = await enter()

    found = await stranger.get(f"/b?code={made.code.lower().replace('-', ' ')}")
    nonsense = await stranger.get("/b?code=123")

    assert found.url.path == f"/b/{made.code}"
    assert nonsense.status_code == 200
    assert 'href="#code"' in nonsense.text


async def test_the_bill_of_another_municipality_is_not_shown(
    enter: Enter, make: Make, other: Context
) -> None:
    made = await make(6000, ctx=other)

    assert (await (await enter()).get(f"/b/{made.code}")).status_code == 404


async def test_a_reference_that_no_code_can_carry_makes_no_bill(now: Context, make: Make) -> None:
    made = await make(6000)
    [charge] = (await billing.read_bill(now, made.id))["charges"]
    for ref2 in ("a1", "1-2", "1234545678781"):
        with pytest.raises(Malformed):
            await billing.make_bill(
                now, source="market", subject="x", kind="99", title=STALL,
                charges=[charge["id"]], due_on=now.today, ref2=ref2,
            )  # fmt: skip
