"""What members are told, in both languages."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Context, Message, Recipient, Text, notifications
from kit.thai import amount as in_words

MESSAGES: Mapping[str, Message] = {
    "accepted": Message(
        "recycling.accepted",
        Text("มีผู้รับซื้อรับงานเรียกรถของท่านแล้ว", "A collector will come to you"),
        Text(
            "{name} จะไปรับซื้อวันที่ {day} เตรียมวัสดุแยกประเภทไว้หน้าบ้าน",
            "{name} will come on {day}. Have the sorted material ready in front of the house.",
        ),
    ),
    "weighed": Message(
        "recycling.weighed",
        Text("บัตรชั่งเลขที่ {number} {amount}", "Weighing ticket {number}: {amount}"),
        Text(
            "ขายวัสดุได้ {amount} รับเงินสด {cash} ส่วนที่เหลืออยู่ในบัญชีสมาชิก ราคาตามเวลาที่ชั่ง ไม่เปลี่ยนภายหลัง",
            "You sold for {amount} and took {cash} in cash; the rest is in your account. "
            "The prices are those of the moment of weighing and will not change.",
        ),
    ),
    "withdrawn": Message(
        "recycling.withdrawn",
        Text("ถอนเงินจากธนาคารขยะ {amount}", "{amount} withdrawn from the waste bank"),
        Text(
            "ถ้าท่านไม่ได้ถอน แจ้งเจ้าหน้าที่ทันที",
            "If it was not you, tell the office at once.",
        ),
    ),
    "dividend": Message(
        "recycling.dividend",
        Text("เงินเฉลี่ยคืนจากธนาคารขยะ {amount}", "A dividend of {amount} from the waste bank"),
        Text("เข้าบัญชีสมาชิกของท่านแล้ว", "It is in your account now."),
    ),
    "lapsed": Message(
        "recycling.lapsed",
        Text("ยังไม่มีผู้รับซื้อไปรับตามวันที่ท่านเรียก", "No collector came on the day of your call"),
        Text(
            "ขออภัย เรียกรถใหม่โดยเลือกวันอื่น หรือนำวัสดุมาที่ศูนย์",
            "We are sorry. Call again for another day, or bring the material to the centre.",
        ),
    ),
}


async def tell(
    ctx: Context, member: Mapping[str, Any], what: str, about: UUID, **facts: Any
) -> None:
    """Tell a member something, where there is a way to reach it.

    :param facts: those called ``amount`` and ``cash`` are satang.
    :raises RuntimeError: outside a transaction.
    """
    to: UUID | Recipient | None = member["account"]
    if to is None and member["phone"]:
        to = Recipient(phone=member["phone"])
    if to is None:
        return
    for name in facts.keys() & {"amount", "cash"}:
        facts[name] = Text(in_words(facts[name], "th"), in_words(facts[name], "en"))
    await notifications.send(
        ctx,
        to=to,
        template=MESSAGES[what].name,
        key=f"recycling/{about}/{what}/{member['id']}",
        href="/my/recycling",
        **facts,
    )
