"""The papers of the treasury: what each says, taken from its row."""

from typing import Any

from kit import documents
from kit.documents import Row, Table
from kit.thai import baht, baht_text, long_day
from kit.treasury.service.lines import said_line


def receipt_paper(row: dict[str, Any], stamp: documents.Stamp) -> documents.General:
    """Return what stands on the original of a receipt.

    :param row: as ``receipts.read_receipt`` gives it.
    """
    cells = [
        [str(place), said_line(line["title"]["th"], line["period"], "th"), baht(line["amount"])]
        for place, line in enumerate(row["lines"], start=1)
    ]
    cells.append(["", "รวมเป็นเงิน", baht(row["amount"])])
    return documents.General(
        **(stamp | {"date": long_day(row["issued_on"], "th")}),
        title="ใบเสร็จรับเงิน",
        mark="original",
        rows=[
            Row("ได้รับเงินจาก", row["payer_name"]),
            *([Row("ที่อยู่", row["payer_address"])] if row["payer_address"] else []),
        ],
        table=Table(
            heads=("ลำดับ", "รายการ", "จำนวนเงิน (บาท)"), rows=cells, numbers=(2,), total=True
        ),
        paragraphs=[f"จำนวนเงิน {baht_text(row['amount'])}"],
        signer=documents.Signer(name=row["issued_by_name"], post=row["issued_by_post"]),
    )
