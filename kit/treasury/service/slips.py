"""The remittance slip (ใบนำส่งเงิน): what a collector hands over for a day, and to whom."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from kit import documents
from kit.documents import Row, Signer, Table
from kit.thai import baht, baht_text, clock_time, long_day
from kit.treasury.rules.denominations import DENOMINATIONS
from kit.treasury.service.takings import Takings

# More lines make a paper that nobody reads; the register of receipts has them all.
MOST_LINES = 1_000


class Till(Protocol):
    """A till that is closed, as ``closing.read_till`` gives it."""

    @property
    def row(self) -> dict[str, Any]:
        """The day of the till."""

    @property
    def takings(self) -> Takings:
        """What was taken."""


class Remittance(documents.Paper, frozen=True, kw_only=True):
    """What stands on the slip.

    :param receipts: the columns that the treasury expects.
    :param pieces: notes and coins.
    """

    rows: Sequence[Row]
    receipts: Table
    pieces: Table
    words: str
    collector: Signer
    receiver: Signer


def slip_paper(till: Till, stamp: documents.Stamp) -> Remittance:
    """Return what stands on the slip of a till that is being closed."""
    row, takings = till.row, till.takings
    total = row["counted"] + row["cheques"]
    return Remittance(
        **(stamp | {"date": long_day(row["day"], "th")}),
        title="ใบนำส่งเงิน",
        rows=_facts(row, takings),
        receipts=_receipts(takings),
        pieces=_pieces(row["pieces"], row["counted"]),
        words=f"รวมนำส่งทั้งสิ้น {baht(total)} บาท ({baht_text(total)})",
        collector=Signer(name=row["collector_name"], post=row["collector_post"]),
        receiver=Signer(name="." * 40, post=""),
    )


def _facts(row: Mapping[str, Any], takings: Takings) -> list[Row]:
    times = [clock_time(row[name], "th") for name in ("opened_at", "closed_at")]
    facts = [
        Row("ช่องรับเงิน", row["till"]),
        Row("เวลา", " ถึง ".join(times)),
        Row("ใบเสร็จ", ", ".join(takings.ranges) or "ไม่มี"),
        Row("จำนวน", f"{len(takings.receipts)} ฉบับ ยกเลิก {takings.cancelled} ฉบับ"),
        Row("เงินทอนตั้งต้น", f"{baht(row['change'])} บาท"),
        Row("รับเงินสด", f"{baht(takings.cash)} บาท"),
        Row("รับเช็ค", f"{baht(takings.cheques)} บาท"),
        Row("คืนเงินสด", f"{baht(takings.refunds)} บาท"),
        Row("เงินสดที่ต้องมี", f"{baht(row['expected'])} บาท"),
        Row("เงินสดที่นับได้", f"{baht(row['counted'])} บาท"),
    ]
    if row["difference"]:
        word = "เกิน" if row["difference"] > 0 else "ขาด"
        facts.append(Row(f"เงิน{word}", f"{baht(abs(row['difference']))} บาท {row['why']}"))
    if row["closed_by"] != row["collector"]:
        facts.append(Row("ผู้ปิดช่องแทน", row["closed_by_name"]))
    return facts


def _receipts(takings: Takings) -> Table:
    shown = takings.receipts[:MOST_LINES]
    cells = [
        [
            str(place),
            one["no"],
            one["payer_name"],
            "เช็ค" if one["way"] == "cheque" else "เงินสด",
            baht(one["amount"]),
            "ยกเลิก" if one["cancelled_at"] else "",
        ]
        for place, one in enumerate(shown, start=1)
    ]
    left = len(takings.receipts) - len(shown)
    if left:
        cells.append(["", f"อีก {left} ฉบับ ตามทะเบียนใบเสร็จ", "", "", "", ""])
    sum_of = baht(takings.cash + takings.cheques)
    cells.append(["", "", "รวม (ไม่นับที่ยกเลิก)", "", sum_of, ""])
    heads = ("ลำดับ", "เล่มที่/เลขที่", "ผู้ชำระ", "ประเภท", "จำนวนเงิน", "หมายเหตุ")
    return Table(heads=heads, rows=cells, numbers=(4,), total=True, caption="ใบเสร็จรับเงิน")


def _pieces(pieces: Mapping[str, int], counted: int) -> Table:
    cells = [
        [one.name.th, f"{count:,}", baht(count * one.value)]
        for one in DENOMINATIONS
        if (count := pieces.get(str(one.value), 0))
    ]
    cells.append(["รวมเงินสด", "", baht(counted)])
    heads = ("ธนบัตรและเหรียญ", "จำนวน", "เป็นเงิน (บาท)")
    return Table(heads=heads, rows=cells, numbers=(1, 2), total=True, caption="นับเงินสด")
