"""The paper of an agreement (บันทึกข้อตกลงผ่อนชำระ): what is owed, in which parts, until when."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from core.api import Context
from kit import documents
from kit.documents import Row, Signer, Table
from kit.thai import baht, baht_text, long_day, short_day
from kit.treasury.rules.instalments import Instalment


class Proposal(Protocol):
    """What an agreement says, as ``agreements.propose`` gives it."""

    @property
    def bills(self) -> list[dict[str, Any]]:
        """The bills, the oldest due first."""

    @property
    def amount(self) -> int:
        """Satang that are owed of them together."""

    @property
    def parts(self) -> tuple[Instalment, ...]:
        """The instalments."""


class Agreed(documents.Paper, frozen=True, kw_only=True):
    """What stands on the paper; both sides sign it.

    :param debts: the bills.
    :param parts: the instalments.
    """

    rows: Sequence[Row]
    debts: Table
    parts: Table
    paragraphs: Sequence[str]
    payer: Signer
    approver: Signer


def agreement_paper(ctx: Context, proposal: Proposal, why: str, stamp: documents.Stamp) -> Agreed:
    """Return what stands on the paper of an agreement that is being made."""
    first = proposal.bills[0]
    return Agreed(
        **stamp,
        title="บันทึกข้อตกลงผ่อนชำระ",
        rows=[
            Row("ผู้ชำระ", first["payer_name"]),
            *([Row("ที่อยู่", first["payer_address"])] if first["payer_address"] else []),
            Row("เหตุผล", why),
        ],
        debts=_debts(proposal.bills, proposal.amount),
        parts=_parts(proposal.parts, proposal.amount),
        paragraphs=[
            f"ผู้ชำระรับว่าค้างชำระต่อ{ctx.tenant.name.th} เป็นเงิน {baht(proposal.amount)} บาท "
            f"({baht_text(proposal.amount)}) และตกลงชำระเป็นงวดตามตารางข้างต้น",
            "เงินที่ชำระตัดงวดที่ถึงกำหนดก่อน หากผิดนัดงวดใด หน่วยงานยกเลิกข้อตกลงนี้ได้ "
            "และยอดที่เหลือถึงกำหนดตามใบแจ้งเดิม",
        ],
        payer=Signer(name=first["payer_name"]),
        approver=documents.signer(ctx),
    )


def _debts(bills: Sequence[Mapping[str, Any]], amount: int) -> Table:
    cells = [
        [one["title_th"], one["ref1"], short_day(one["due_on"], "th"), baht(one["owed"])]
        for one in bills
    ]
    return Table(
        heads=("รายการ", "เลขอ้างอิง", "ครบกำหนดเดิม", "ค้าง (บาท)"),
        rows=[*cells, ["รวม", "", "", baht(amount)]],
        numbers=(3,),
        total=True,
        caption="ยอดค้างชำระ",
    )


def _parts(parts: Sequence[Instalment], amount: int) -> Table:
    cells = [[str(one.number), long_day(one.due_on, "th"), baht(one.amount)] for one in parts]
    return Table(
        heads=("งวดที่", "ชำระภายใน", "จำนวนเงิน (บาท)"),
        rows=[*cells, ["รวม", "", baht(amount)]],
        numbers=(2,),
        total=True,
        caption="งวดชำระ",
    )
