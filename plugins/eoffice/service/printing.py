"""Papers about letters: registers, the sheet of endorsements, the copy with the receive stamp."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import structs

from core.api import Context, InvalidInput, Text, transaction
from kit.documents import (
    Acting,
    Signer,
    Store,
    inspect_async,
    join_pdfs,
    lay_over,
    pdf_of_picture,
    print_at_once,
    stamp,
)
from kit.thai import clock_time, full_moment, long_day, short_day
from plugins.eoffice.rules.books import (
    Endorsement,
    Endorsements,
    Entry,
    ReceiveStamp,
    Register,
)
from plugins.eoffice.rules.endorsing import ACTIONS
from plugins.eoffice.rules.registers import RECEIVE, SECRET_RECEIVE, book_of, title_of
from plugins.eoffice.service import endorsements, registers
from plugins.eoffice.service.access import open_letter
from plugins.eoffice.service.files import add_file, files_of, keep

MOST_LINES = 3_000  # of one printing; a year of a large office is printed in parts
_AT_ONCE = 250  # lines of one sheet

STAMP = "eoffice.stamp_copy"
_SPAN = Text(
    f"กรอกเลขเริ่มและเลขสุดท้าย ครั้งละไม่เกิน {MOST_LINES:,} เลข",
    f"Give the first and last number, at most {MOST_LINES:,} at a time.",
)


async def print_register(ctx: Context, register: str, year: int, *, first: int, last: int) -> bytes:
    """Return a register from one number to another as the regulation lays it out.

    :raises InvalidInput: the span is none, or too long, or holds nothing.
    """
    if not 1 <= first <= last or last - first >= MOST_LINES:
        raise InvalidInput({"first": _SPAN})
    entries = await registers.span_of(ctx, register, year, first, last)
    if not entries:
        raise InvalidInput({"first": _SPAN})
    sheets = [
        await print_at_once(
            ctx, "eoffice/register.typ", _sheet(ctx, register, year, entries[at : at + _AT_ONCE])
        )
        for at in range(0, len(entries), _AT_ONCE)
    ]
    async with transaction(ctx):
        told = {"year": year, "lines": len(entries)}
        await registers.record(ctx, "eoffice.register.printed", register, **told)
    return join_pdfs(sheets) if len(sheets) > 1 else sheets[0]


def _sheet(ctx: Context, register: str, year: int, entries: Sequence[Any]) -> Register:
    received = book_of(register)[0] in (RECEIVE, SECRET_RECEIVE)
    days = [
        one["entered_at"].astimezone(ctx.tenant.zone).date() for one in (entries[0], entries[-1])
    ]
    span = " – ".join(dict.fromkeys(long_day(day, "th") for day in days))
    return Register(
        **stamp(ctx, number=f"{year}", verify=None),
        title=title_of(register, ctx.tenant).th,
        direction="receive" if received else "send",
        form="แบบที่ 13" if received else "แบบที่ 14",
        keeper=ctx.tenant.name.th,
        span=span,
        entries=[_line(one) for one in entries],
    )


def _line(entry: Mapping[str, Any]) -> Entry:
    used = entry["state"] == "used"
    return Entry(
        serial=str(entry["number"]),
        number=entry["letter_number"],
        dated=short_day(entry["dated_on"], "th") if entry["dated_on"] else "",
        sender=entry["sender"],
        receiver=entry["recipient"],
        subject=entry["subject"],
        action=entry["action"],
        remark=entry["remark"] if used else "",
        state=entry["state"],
        why="" if used else entry["remark"],
    )


async def print_endorsements(ctx: Context, letter: UUID) -> bytes:
    """Return the sheet of endorsements of a letter that the actor may see."""
    row = await open_letter(ctx, letter)
    sheet = Endorsements(
        **stamp(ctx, number=row["number"], verify=None),
        title="ใบเกษียนหนังสือ",
        subject=row["subject"],
        letter_number=row["number"],
        dated=long_day(row["dated_on"], "th") if row["dated_on"] else "",
        sender=row["sender"],
        endorsements=[
            _written(ctx, one) for one in await endorsements.endorsements_of(ctx, letter)
        ],
    )
    return await print_at_once(ctx, "eoffice/endorsements.typ", sheet)


def _written(ctx: Context, one: Mapping[str, Any]) -> Endorsement:
    acting = one["acting"]
    signer = Signer(
        name=one["name"],
        post=one["post"],
        acting=Acting(how=acting["how"], post=acting["post"], order=acting["order"])
        if acting
        else None,
        signed=full_moment(one["at"], "th"),
    )
    return Endorsement(
        action=ACTIONS[one["action"]].title.th,
        to=", ".join(one["sent_to"]),
        text=one["text"],
        signer=signer,
    )


async def stamp_copy(ctx: Context, letter: str) -> None:
    """Make a copy of a received letter with the receive stamp; the file itself stays as it came.

    The job of the worker: a letter that has its copy, or no file, is left alone.
    """
    id = UUID(letter)
    files = await files_of(ctx, id)
    main = next((one for one in files if one["role"] == "main"), None)
    if main is None or any(one["role"] == "stamped" for one in files):
        return
    if main["mime"].startswith("text/"):
        return  # The words of a mail have no first page.
    entries = await registers.entries_of(ctx, id)
    at = entries[0]["entered_at"].astimezone(ctx.tenant.zone)
    small = ReceiveStamp(
        **stamp(ctx, number=str(entries[0]["number"]), verify=None),
        title="ตรารับ",
        time=clock_time(at, "th"),
    )
    small = structs.replace(small, date=short_day(at.date(), "th"))
    raw = await Store(ctx.settings.data / "files").read_async(ctx.tenant.id, main["digest"])
    pdf = raw if main["mime"] == "application/pdf" else pdf_of_picture(raw)
    copy = lay_over(pdf, await print_at_once(ctx, "eoffice/stamp.typ", small))
    name = f"{entries[0]['number']}-{entries[0]['year']}.pdf"
    kept = await keep(ctx, await inspect_async(copy, name))
    async with transaction(ctx):
        add_file(ctx, id, kept, role="stamped", position=-1)
