"""Tell payers that their money was taken, where an address of theirs is known."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.api import Context, Message, Recipient, Text, notifications
from kit.thai import baht
from kit.treasury.service.charging import payer_of

RECEIPT = Message(
    "treasury.receipt.given",
    Text("รับเงิน {amount} บาท แล้ว", "{amount} baht received"),
    Text(
        "รับเงิน {amount} บาท แล้ว ใบเสร็จเลขที่ {receipts} ดูรายการได้ที่หน้านี้ ข้อความนี้ไม่ใช่ใบเสร็จ",
        "{amount} baht were received, receipt no. {receipts}. This page shows what was paid. "
        "This message is not the receipt itself.",
    ),
)
MESSAGES = (RECEIPT,)


async def tell_payer(
    ctx: Context, bill: Mapping[str, Any], *, amount: int, receipts: Sequence[str], key: str
) -> None:
    """Send the payer of a bill word of the receipts, in the change's own transaction.

    :param bill: a row of bills; its page, which its code opens, is where one reads on.
    :param amount: satang.
    :param receipts: their numbers, as they are quoted.
    :param key: what was taken; the same is told once.
    """
    payer = await payer_of(ctx, bill["payer_id"])
    to = Recipient(
        account=payer["account"],
        email=payer["email"],
        phone=payer["phone"],
        language="en" if payer["language"] == "en" else "th",
    )
    if to.account or to.email or to.phone:
        await notifications.send(
            ctx,
            to=to,
            template=RECEIPT,
            key=f"treasury/{key}",
            href=f"/b/{bill['code']}",
            amount=baht(amount),
            receipts=", ".join(receipts),
        )
