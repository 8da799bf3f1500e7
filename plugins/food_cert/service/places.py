"""The register: places entered, found, changed, each with its history."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    new_id,
    numbers,
    transaction,
)
from kit.documents import new_code, read_code
from kit.thai import ascii_digits
from plugins.food_cert.rules.fees import counted_from
from plugins.food_cert.rules.places import ALIVE
from plugins.food_cert.tables.register import Place, PlaceEvent, PlacePaper

SERIES = "food_cert/place"
LONGEST = 500
_NONE = Text(
    "ไม่พบสถานที่นี้ในทะเบียน กลับไปที่ทะเบียนแล้วค้นอีกครั้ง",
    "The register has no such place. Go back to it and search again.",
)
_NO_NUMBER = Text(
    "ไม่พบเลขที่ {typed} ในทะเบียน ตรวจเลขที่บนหนังสือรับรองหรือใบอนุญาต เช่น 12/2569",
    "The register has no {typed}. Check the number on the certificate or licence, e.g. 12/2569.",
)
_TWO = Text(
    "เลขที่ {typed} มีทั้งหนังสือรับรองและใบอนุญาต ใส่รหัสใต้ QR ของสถานที่แทน ดูได้ที่หน้าของสถานที่ในทะเบียน",
    "A certificate and a licence have the number {typed}. Type the code below the QR instead: it "
    "is on the page of the place in the register.",
)
_MEANWHILE = Text(
    "มีผู้แก้ข้อมูลสถานที่นี้พร้อมกัน เปิดดูอีกครั้งก่อนทำต่อ",
    "This place was changed at the same moment. Look at it again before you go on.",
)


async def enter_place(ctx: Context, facts: Mapping[str, Any], *, opened_on: date) -> UUID | None:
    """Enter a place, and return its id; None where the same one is there already.

    :param facts: columns of ``Place`` that are known; the others begin empty.
    :param opened_on: from when it may be run.
    """
    row = place_row(ctx, facts, opened_on=opened_on)
    async with transaction(ctx):
        # Who draws a number waits for who draws one now, and then sees what was entered.
        row["number"] = await numbers.draw(ctx, SERIES)
        if await same_place(ctx, row["sameness"]):
            await numbers.give_back(ctx, SERIES, 1)
            return None
        await add(Place, row)
    id: UUID = row["id"]
    return id


def place_row(ctx: Context, facts: Mapping[str, Any], *, opened_on: date) -> dict[str, Any]:
    """Return the row of a new place, without its number; arguments as :func:`enter_place`.

    The years of fees of a licence that has a last day are those of the licence.
    """
    until = facts.get("until")
    return {
        **dict.fromkeys(("account", "payer", "pin", "case_id", "renewing", "paper")),
        **dict.fromkeys(("state_until", "until", "issued_on", "score", "graded_on", "closed_on")),
        **dict.fromkeys(("company_id", "phone", "paper_number", "grade"), ""),
        "workers": 0,
        "revision": 1,
        **facts,
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "code": new_code(),
        "begun_on": opened_on,
        "opened_on": counted_from(opened_on, until + timedelta(days=1)) if until else opened_on,
        "changed_at": ctx.now,
    }


async def same_place(ctx: Context, same: str) -> dict[str, Any] | None:
    """Return the place that is there already, by what makes it the same; None for none."""
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Place.select()
            .where(Place.of(ctx), Place.sameness == same, Place.state.is_in(sorted(ALIVE)))
            .first()
            .output(load_json=True)
        )
    return row


async def get_place(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a place.

    :raises NotFound: there is none.
    """
    return await _one(ctx, Place.id == id, _NONE)


async def places_of_paper(ctx: Context, typed: str) -> list[dict[str, Any]]:
    """Return the places whose paper has a number, as it was typed.

    A certificate and a licence may have the same one, for each is numbered on its own.
    """
    number = ascii_digits("".join(typed.split()))[:20]
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Place.select()
            .where(Place.of(ctx), Place.paper_number == (number or "-"))
            .order_by(Place.number)
            .output(load_json=True)
        )
    return rows


async def place_of_paper(ctx: Context, typed: str) -> dict[str, Any]:
    """Return the place of the number of a paper, or of the code of its page, as it was typed.

    :raises InvalidInput: for ``number``: there is none, or more than one.
    """
    rows = await places_of_paper(ctx, typed)
    if len(rows) > 1:
        raise InvalidInput({"number": _TWO.format(typed=typed)})
    if rows:
        return rows[0]
    try:
        return await place_of_code(ctx, typed)
    except NotFound:
        raise InvalidInput({"number": _NO_NUMBER.format(typed=typed)}) from None


async def place_of_code(ctx: Context, typed: str) -> dict[str, Any]:
    """Return the place of a public page.

    :raises NotFound: there is none.
    """
    return await _one(ctx, Place.code == (read_code(typed) or "-"), _NONE)


async def place_of_case(ctx: Context, case: UUID) -> dict[str, Any] | None:
    """Return the place that was entered by a case; None where none was."""
    try:
        return await _one(ctx, Place.case_id == case, _NONE)
    except NotFound:
        return None


async def _one(ctx: Context, which: Any, missing: Text) -> dict[str, Any]:
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Place.select().where(Place.of(ctx), which).first().output(load_json=True)
        )
    if row is None:
        raise NotFound(missing)
    return row


async def change_place(
    ctx: Context,
    place: Mapping[str, Any],
    values: Mapping[Any, Any],
    *,
    what: str,
    words: Text,
    case: UUID | None = None,
    day: date | None = None,
) -> None:
    """Change a place that still stands as it was read, with its history and its audit entry.

    :param place: as it was read.
    :param values: columns and what they become; may be empty, then only the history is written.
    :param what: one word, up to 20 characters; the audit action is ``food_cert.place.<what>``.
    :param day: on which it counts; today where none is given.
    :raises Conflict: somebody changed it meanwhile.
    """
    async with transaction(ctx):
        changed = (
            await Place.update(
                {**values, Place.revision: place["revision"] + 1, Place.changed_at: ctx.now}
            )
            .where(
                Place.of(ctx),
                Place.id == place["id"],
                Place.revision == place["revision"],
            )
            .returning(Place.id)
        )
        if not changed:
            raise Conflict(_MEANWHILE)
        await note_event(ctx, place["id"], what=what, words=words, case=case, day=day)


async def note_event(
    ctx: Context,
    place: UUID,
    *,
    what: str,
    words: Text,
    case: UUID | None = None,
    day: date | None = None,
) -> None:
    """Write what became of a place into its history and into the audit trail."""
    row = event_row(ctx, place, what=what, words=words, case=case, day=day)
    async with transaction(ctx):
        await add(PlaceEvent, row)
        await audit.record(ctx, f"food_cert.place.{what}", f"place/{place}")


def event_row(
    ctx: Context,
    place: UUID,
    *,
    what: str,
    words: Text,
    case: UUID | None = None,
    day: date | None = None,
) -> dict[str, Any]:
    """Return a row of the history of a place."""
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "place_id": place,
        "what": what,
        "day": day or ctx.today,
        "case_id": case,
        "words_th": words.th[:LONGEST],
        "words_en": words.en[:LONGEST],
        "at": ctx.now,
        "actor_name": ctx.actor.name,
    }


async def keep_paper(
    ctx: Context, place: UUID, *, paper: UUID, what: str, number: str, subject: str
) -> bool:
    """Keep which paper is about a place; return whether it was not known before."""
    row = {
        "tenant_id": ctx.tenant.id,
        "paper": paper,
        "place_id": place,
        "what": what,
        "number": number,
        "subject": subject,
        "issued_on": ctx.today,
    }
    async with transaction(ctx):
        return await add(PlacePaper, row, unless=("tenant_id", "paper"))


async def events_of(ctx: Context, place: UUID) -> list[dict[str, Any]]:
    """Return what became of a place, the oldest first: rows of ``PlaceEvent``."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await PlaceEvent.select()
            .where(PlaceEvent.of(ctx), PlaceEvent.place_id == place)
            .order_by(PlaceEvent.id)
        )
    return rows


async def papers_about(ctx: Context, place: UUID) -> list[dict[str, Any]]:
    """Return the papers about a place, the oldest first: rows of ``PlacePaper``."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await PlacePaper.select()
            .where(PlacePaper.of(ctx), PlacePaper.place_id == place)
            .order_by(PlacePaper.paper)
        )
    return rows
