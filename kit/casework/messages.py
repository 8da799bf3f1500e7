"""What citizens are told about their cases: number, state, and the page to read on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Context, Message, Recipient, Text, notifications, transaction
from kit.casework.states import Act, Status
from kit.casework.tables import Case
from kit.documents import quoted_number

_READ_ON = Text("ดูรายละเอียดได้ที่หน้าเรื่องของท่าน", "Read on at the page of your request.")


def _message(name: str, th: str, en: str) -> Message:
    return Message(f"casework.{name}", Text(th, en), _READ_ON)


MESSAGES = (
    _message("filed", "ยื่นเรื่องแล้ว เลขรับ {number}", "Your request is filed, number {number}"),
    _message("accepted", "รับคำขอ {number} แล้ว เอกสารครบ", "Request {number} is accepted"),
    _message("returned", "คำขอ {number} ต้องส่งเอกสารเพิ่ม", "Request {number}: documents are missing"),
    _message("changes", "คำขอ {number} ต้องแก้ไขตามคำสั่ง", "Request {number} must be changed"),
    _message("lapsed", "คืนคำขอ {number}", "Request {number} is returned"),
    _message("approved", "คำขอ {number} อนุมัติแล้ว", "Request {number} is approved"),
    _message("to_pay", "คำขอ {number} อนุมัติแล้ว รอชำระค่าธรรมเนียม", "Request {number}: a fee to pay"),
    _message("issued", "ออกเอกสารของคำขอ {number} แล้ว", "The paper of request {number} is issued"),
    _message("refused", "แจ้งผลคำขอ {number}", "The decision on request {number}"),
    _message("extended", "ขยายเวลาพิจารณาคำขอ {number}", "Request {number}: more time is needed"),
    _message("late", "แจ้งเหตุล่าช้าของคำขอ {number}", "Request {number}: why it is late"),
    _message("revoked", "เอกสารในคำขอ {number} ถูกเพิกถอน", "A paper of request {number} is revoked"),
    _message("letter", "มีหนังสือถึงท่านเรื่องคำขอ {number}", "A letter to you about request {number}"),
    _message("asked", "เจ้าหน้าที่ถามเรื่องคำขอ {number}", "A question about request {number}"),
)

_TOLD = {
    Act.ACCEPT: "accepted",
    Act.RETURN: "returned",
    Act.CORRECT: "changes",
    Act.LAPSE: "lapsed",
    Act.APPROVE: "approved",
    Act.REFUSE: "refused",
    Act.ISSUE: "issued",
    Act.EXTEND: "extended",
}


async def tell_of_act(ctx: Context, case: Case, act: Act, status: str) -> None:
    """Tell the citizen what was done, where it is something to be told.

    :param status: where the case stands now.
    """
    if act in _TOLD:
        what = "to_pay" if status == Status.WAITING_FEE else _TOLD[act]
        await tell(ctx, case, what, turn=case.revision)


async def tell(ctx: Context, case: Case, what: str, *, turn: int | UUID = 0) -> None:
    """Send the message ``casework.<what>`` to the person of a case, who may have no account.

    :param turn: tells a second message of the kind from a repetition of the first.
    """
    await tell_person(ctx, {name: getattr(case, name) for name in _PERSON}, what, turn=turn)


async def tell_of_letter(ctx: Context, case: UUID, letter: UUID) -> None:
    """Tell the person of a case that they can read a letter where they follow it."""
    async with transaction(ctx):
        [row] = await Case.select(*_PERSON).where(Case.of(ctx), Case.id == case)
    await tell_person(ctx, row, "letter", turn=letter)


_PERSON = ("id", "number", "year", "track", "applicant", "email", "phone", "language")


async def tell_person(
    ctx: Context, case: Mapping[str, Any], what: str, *, turn: int | UUID = 0
) -> None:
    """Send what :func:`tell` sends, for a case that is at hand as a row."""
    if not (case["applicant"] or case["email"] or case["phone"]):
        return
    await notifications.send(
        ctx,
        to=Recipient(
            account=case["applicant"],
            email=case["email"],
            phone=case["phone"],
            language="en" if case["language"] == "en" else "th",
        ),
        template=f"casework.{what}",
        key=f"casework/{case['id']}/{what}/{turn}",
        href=f"/t/{case['track']}",
        number=quoted_number(case["number"], case["year"]),
    )
