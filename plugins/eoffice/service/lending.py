"""Lend documents: to an officer at once, to another agency when a director or above allows it.

Law: Regulation on Correspondence B.E. 2526 (loans and who allows them, unverified).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

import asyncpg
from msgspec import Struct

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    need,
    new_id,
    people,
    read_reason,
    transaction,
)
from plugins.eoffice.rules.lending import OPEN, Loan
from plugins.eoffice.rules.retention import WITH_OFFICE
from plugins.eoffice.service.access import lock_letter
from plugins.eoffice.service.kept import demand_unit, kept_of, units_kept
from plugins.eoffice.service.loan_messages import tell_asked
from plugins.eoffice.service.retention import RECORDS
from plugins.eoffice.service.rights import KEEP, LEND
from plugins.eoffice.tables import keeping as tables

LONGEST = 365  # days
MOST = 100  # on one page

Which = Literal["open", "late", "asked", "all"]

_OUT = Text("หนังสือฉบับนี้มีผู้ยืมหรือขอยืมอยู่แล้ว", "This document is lent, or asked for.")
_GONE = Text(
    "ให้ยืมได้เฉพาะหนังสือที่ลงทะเบียนแล้วและต้นฉบับยังอยู่",
    "Only a registered document whose paper is still here can be lent.",
)
_SECRET = Text(
    "เอกสารลับให้ยืมตามระเบียบว่าด้วยการรักษาความลับของทางราชการ ติดต่อนายทะเบียนข้อมูลข่าวสารลับ",
    "Secret documents are lent by the regulation on official secrets. Ask their registrar.",
)
_OFFICER = Text("เลือกเจ้าหน้าที่จากรายการ", "Choose an officer from the list.")
_AGENCY = Text("กรอกชื่อหน่วยงาน ชื่อและตำแหน่งผู้ยืม", "Give agency, name and post of the borrower.")
_PURPOSE = Text("กรอกว่านำไปใช้ในราชการใด", "Say what it is needed for.")
_DUE = Text(f"กำหนดส่งคืนภายใน {LONGEST} วันนับจากวันนี้", f"Due back within {LONGEST} days from today.")
_NO_LOAN = Text("ไม่พบการยืมนี้", "There is no such loan.")
_MOVED = Text("รายการยืมนี้เปลี่ยนไปแล้ว เปิดหน้านี้ใหม่", "This loan has changed. Open the page again.")
_WHO = Text("กรอกชื่อผู้นำมาส่งคืน", "Say who brought it back.")


class Borrowing(Struct, frozen=True, kw_only=True):
    """Who borrows a document, what for, until when.

    :param account: an officer of the office; else ``agency``, ``name`` and ``post`` are given.
    """

    due_on: date
    purpose: str
    account: UUID | None = None
    agency: str = ""
    name: str = ""
    post: str = ""


async def lend(ctx: Context, letter: UUID, borrowing: Borrowing) -> UUID:
    """Lend a document to an officer, or ask that another agency may have it.

    :raises InvalidInput: borrower, purpose or day are missing.
    :raises Conflict: it is lent, or is no paper of this office any more.
    """
    name, post = await _borrower(ctx, borrowing)
    _check(ctx, borrowing)
    id, inside = new_id(), borrowing.account is not None
    row = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "letter_id": letter,
        "state": Loan.LENT if inside else Loan.ASKED,
        "account": borrowing.account,
        "agency": borrowing.agency,
        "name": name,
        "post": post,
        "purpose": borrowing.purpose,
        "due_on": borrowing.due_on,
        "asked_at": ctx.now,
        "asked_by": ctx.actor.id,
        "asked_by_name": ctx.actor.name,
        "lent_on": ctx.today if inside else None,
    }
    blank = ("decided_by_name", "decided_by_post", "why", "returned_by", "taken_by_name")
    try:
        async with transaction(ctx):
            lent = await _demand(ctx, letter)
            await add(tables.Loan, {**dict.fromkeys(blank, ""), **row})
            if not inside:
                await tell_asked(ctx, id, lent, borrowing.agency)
            act = "given" if inside else "asked"
            await audit.record(
                ctx, f"eoffice.loan.{act}", f"letter/{letter}", due_on=borrowing.due_on
            )
    except asyncpg.UniqueViolationError as clash:
        raise Conflict(_OUT) from clash
    return id


async def _borrower(ctx: Context, borrowing: Borrowing) -> tuple[str, str]:
    if borrowing.account is None:
        if not (borrowing.agency and borrowing.name and borrowing.post):
            raise InvalidInput({"agency": _AGENCY})
        return borrowing.name, borrowing.post
    officer = await people.find_account(ctx, borrowing.account)
    if officer is None or officer.kind != "officer" or not officer.active:
        raise InvalidInput({"account": _OFFICER})
    return officer.name, officer.post


def _check(ctx: Context, borrowing: Borrowing) -> None:
    problems = {}
    if not borrowing.purpose:
        problems["purpose"] = _PURPOSE
    if not ctx.today <= borrowing.due_on <= ctx.today + timedelta(LONGEST):
        problems["due_on"] = _DUE
    if problems:
        raise InvalidInput(problems)


async def _demand(ctx: Context, letter: UUID) -> Mapping[str, Any]:
    row = await lock_letter(ctx, letter)
    demand_unit(ctx, KEEP, row["unit"])
    if row["secrecy"] != "normal":
        raise Conflict(_SECRET)
    kept = await kept_of(ctx, letter)
    if row["state"] not in RECORDS or (kept is not None and kept["stage"] not in WITH_OFFICE):
        raise Conflict(_GONE)
    return row


async def allow(ctx: Context, loan: UUID) -> None:
    """Allow that another agency has a document; it goes out today.

    :raises Conflict: that was decided before.
    """
    await _decide(ctx, loan, "allowed", Loan.LENT, {tables.Loan.lent_on: ctx.today})


async def refuse(ctx: Context, loan: UUID, why: str) -> None:
    """Refuse that another agency has a document.

    :raises Conflict: that was decided before.
    """
    await _decide(ctx, loan, "refused", Loan.REFUSED, {tables.Loan.why: read_reason(why)})


async def _decide(
    ctx: Context, loan: UUID, act: str, state: Loan, change: Mapping[Any, Any]
) -> None:
    async with transaction(ctx):
        row = await get_loan(ctx, loan)
        demand_unit(ctx, LEND, row["unit"])
        moved = (
            await tables.Loan.update(
                {
                    tables.Loan.state: state,
                    tables.Loan.decided_at: ctx.now,
                    tables.Loan.decided_by_name: ctx.actor.name,
                    tables.Loan.decided_by_post: ctx.actor.post,
                    **change,
                }
            )
            .where(tables.Loan.of(ctx), tables.Loan.id == loan, tables.Loan.state == Loan.ASKED)
            .returning(tables.Loan.id)
        )
        if not moved:
            raise Conflict(_MOVED)
        await audit.record(ctx, f"eoffice.loan.{act}", f"letter/{row['letter_id']}")


async def take_back(ctx: Context, loan: UUID, brought_by: str) -> None:
    """Take a document back.

    :param brought_by: who brought it.
    :raises Conflict: it is not out.
    """
    if not 1 <= len(brought_by) <= 200:
        raise InvalidInput({"brought_by": _WHO})
    async with transaction(ctx):
        row = await get_loan(ctx, loan)
        demand_unit(ctx, KEEP, row["unit"])
        moved = (
            await tables.Loan.update(
                {
                    tables.Loan.state: Loan.RETURNED,
                    tables.Loan.returned_on: ctx.today,
                    tables.Loan.returned_by: brought_by,
                    tables.Loan.taken_by_name: ctx.actor.name,
                }
            )
            .where(tables.Loan.of(ctx), tables.Loan.id == loan, tables.Loan.state == Loan.LENT)
            .returning(tables.Loan.id)
        )
        if not moved:
            raise Conflict(_MOVED)
        await audit.record(ctx, "eoffice.loan.returned", f"letter/{row['letter_id']}")


# $1 tenant; the divisions are those that the actor keeps, or allows loans of.
_LOANS = """
SELECT b.*, l.subject, l.number, l.unit, l.secrecy, k.file_code, k.place
FROM eoffice.loan b JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = b.letter_id
LEFT JOIN eoffice.kept k ON k.tenant_id = $1 AND k.letter_id = b.letter_id
WHERE b.tenant_id = $1 AND l.unit = ANY ($2) AND l.secrecy = 'normal'
"""
_ONE = _LOANS + " AND b.id = $3"
_LIST = (
    _LOANS
    + """
  AND b.state = ANY ($3) AND ($4::date IS NULL OR b.due_on < $4)
ORDER BY b.state <> 'asked', b.due_on, b.id LIMIT $5
"""
)
_STATES: Mapping[str, tuple[str, ...]] = {
    "open": OPEN,
    "late": (Loan.LENT,),
    "asked": (Loan.ASKED,),
    "all": tuple(Loan),
}


def units_of_loans(ctx: Context) -> list[str]:
    """Return the divisions of whose documents the actor sees the loans."""
    lends = [unit for unit in ctx.tenant.units if ctx.actor.may(LEND, unit)]
    return sorted({*units_kept(ctx), *lends})


async def get_loan(ctx: Context, loan: UUID) -> dict[str, Any]:
    """Return a loan with its document.

    :raises NotFound: there is none in the divisions of the actor.
    """
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_ONE, ctx.tenant.id, units_of_loans(ctx), loan)
    if row is None:
        raise NotFound(_NO_LOAN)
    return dict(row)


async def loans(ctx: Context, which: Which = "open") -> list[Any]:
    """Return loans: those that are asked for first, then by the day on which they are due.

    :raises NotAllowed: the actor keeps no documents and allows no loans.
    """
    if not units_of_loans(ctx):
        need(ctx, LEND)
    late = ctx.today if which == "late" else None
    states = [str(state) for state in _STATES[which]]
    async with transaction(ctx) as connection:
        return list(
            await connection.fetch(_LIST, ctx.tenant.id, units_of_loans(ctx), states, late, MOST)
        )


async def loans_of(ctx: Context, letter: UUID) -> Sequence[dict[str, Any]]:
    """Return the loans of a document, the last first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await tables.Loan.select()
            .where(tables.Loan.of(ctx), tables.Loan.letter_id == letter)
            .order_by(tables.Loan.id, ascending=False)
        )
    return rows
