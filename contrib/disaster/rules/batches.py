"""What goes to the bank and what comes back: files whose every satang is accounted for.

The layout is our own (inference): banks give theirs to each office, and none was at hand.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from core.api import Text
from kit.documents import Fault, clean_cell, day_of_cell, find_columns
from kit.thai import Unreadable, ascii_digits, baht, parse_baht

HEADS = ("ลำดับ", "เลขอ้างอิง", "รหัสธนาคาร", "เลขที่บัญชี", "ชื่อบัญชี", "จำนวนเงิน")
TOTAL = "รวม"
PAID, REFUSED = "paid", "refused"
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "reference": ("เลขอ้างอิง", "อ้างอิง", "reference"),
    "amount": ("จำนวนเงิน", "amount"),
    "result": ("ผล", "ผลการโอน", "result"),
    "reason": ("เหตุผล", "สาเหตุ", "reason"),
    "settled_on": ("วันที่โอน", "วันที่", "date"),
}
_NEEDED = ("reference", "amount", "result", "settled_on")
_WORDS: Mapping[str, Literal["paid", "refused"]] = {
    "สำเร็จ": "paid",
    "โอนสำเร็จ": "paid",
    "paid": "paid",
    "ไม่สำเร็จ": "refused",
    "โอนไม่สำเร็จ": "refused",
    "refused": "refused",
}
_NO_RESULT = Text("ผลต้องเป็น สำเร็จ หรือ ไม่สำเร็จ", "The result is paid or refused.")
_NO_REASON = Text("โอนไม่สำเร็จต้องมีเหตุผล", "What was refused has a reason.")
_UNKNOWN = Text("ไม่มีเลขอ้างอิงนี้ในชุดจ่ายนี้", "The batch has no such reference.")
_OTHER_AMOUNT = Text(
    "จำนวนเงินไม่ตรงกับที่สั่งจ่าย {amount} บาท", "It is not the {amount} baht that were ordered."
)
_TWICE = Text("เลขอ้างอิงนี้ซ้ำกับแถวที่ {row}", "Row {row} has this reference too.")
_CHANGED = Text(
    "แถวนี้บอกผลต่างจากที่บันทึกไว้แล้ว สอบถามธนาคาร", "It says otherwise than was recorded. Ask the bank."
)


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A payment as the bank is told of it."""

    turn: int
    reference: str
    bank: str
    account: str
    name: str
    amount: int


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What the bank did with a payment."""

    reference: str
    state: Literal["paid", "refused"]
    reason: str
    settled_on: date


class Known(msgspec.Struct, frozen=True):
    """A payment as it stands: what was ordered, and what the bank has said already."""

    amount: int
    state: str


def reference(batch: int, turn: int) -> str:
    """Return by what the bank tells of a payment: ten digits, of batch and turn."""
    return f"{batch:05}{turn:05}"


def file_rows(orders: Sequence[Order]) -> list[tuple[str, ...]]:
    """Return the rows of the file for the bank, the last one with count and total."""
    rows = [
        (str(one.turn), one.reference, one.bank, one.account, one.name, plain(one.amount))
        for one in orders
    ]
    whole = plain(sum(one.amount for one in orders))
    return [*rows, (TOTAL, "", "", "", str(len(orders)), whole)]


def plain(satang: int) -> str:
    """Return an amount as machines read it: baht with two decimals and no commas."""
    return f"{satang // 100}.{satang % 100:02}"


def parse_results(
    table: Sequence[Sequence[Any]], known: Mapping[str, Known]
) -> tuple[list[Result], list[Fault]]:
    """Read what the bank did; rows without a reference are skipped, as is the total.

    :param table: at least its heads, which are the first row.
    :param known: the payments of the batch, by reference.
    :returns: results that are new, and all faults.
    """
    places, fault = find_columns(table[0], _COLUMNS, _NEEDED)
    if fault:
        return [], [fault]
    results, faults = list[Result](), list[Fault]()
    seen: dict[str, int] = {}
    for at, line in enumerate(table[1:], start=2):
        found = {name: clean_cell(line[n]) for name, n in places.items() if n < len(line)}
        code = ascii_digits(found.get("reference", ""))
        if not code:
            continue
        code = code.zfill(len(reference(0, 0)))
        if code in seen:
            faults.append(Fault(at, _COLUMNS["reference"][0], _TWICE.format(row=seen[code])))
            continue
        seen[code] = at
        result, wrong = _read(code, found, known.get(code))
        faults += [Fault(at, _COLUMNS[name][0], sentence) for name, sentence in wrong.items()]
        results += [result] if result else []
    return results, faults


def _read(
    code: str, found: Mapping[str, str], payment: Known | None
) -> tuple[Result | None, dict[str, Text]]:
    if payment is None:
        return None, {"reference": _UNKNOWN}
    wrong: dict[str, Text] = {}
    state, reason, day = (
        _WORDS.get(found.get("result", "").casefold()),
        found.get("reason", ""),
        None,
    )
    try:
        if parse_baht(found.get("amount", "")) != payment.amount:
            wrong["amount"] = _OTHER_AMOUNT.format(amount=baht(payment.amount))
    except Unreadable as refusal:
        wrong["amount"] = refusal.sentence
    try:
        day = day_of_cell(found.get("settled_on", ""))
    except Unreadable as refusal:
        wrong["settled_on"] = refusal.sentence
    if state is None:
        wrong["result"] = _NO_RESULT
    elif state == REFUSED and not reason:
        wrong["reason"] = _NO_REASON
    elif payment.state in (PAID, REFUSED) and payment.state != state:
        wrong["result"] = _CHANGED
    if wrong or state is None or day is None:
        return None, wrong
    if payment.state == state:
        return None, {}
    return Result(reference=code, state=state, reason=reason[:300], settled_on=day), {}
