"""Claims for aid: taken once for a household, a disaster and a scheme.

The database holds one row of each; who files it a second time, or at the same moment, is told of
the first.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contrib.disaster.rules.claim_form import Asked
from contrib.disaster.rules.claims import BEFORE, SCHEMES
from contrib.disaster.rules.households import sameness
from contrib.disaster.service.accounts import account_columns, open_account
from contrib.disaster.service.households import household_row
from contrib.disaster.service.reading import get_row
from contrib.disaster.service.rights import CLAIMS
from contrib.disaster.tables.claims import Claim
from contrib.disaster.tables.events import Event
from contrib.disaster.tables.households import Household
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
    numbers,
    transaction,
)
from kit.geo import own_subdistricts

_SERIES = "disaster/claim"
_NONE = Text("ไม่พบคำขอนี้ กลับไปที่รายการ", "There is no such claim. Go back to the list.")
_NO_EVENT = Text(
    "ไม่มีเหตุการณ์ประเภทนี้ในวันนั้น ตรวจประเภทภัยและวันที่",
    "There was no such disaster on that day. Check the kind and the day.",
)
TWICE = Text(
    "ครัวเรือนนี้ขอ{scheme}ของเหตุการณ์นี้แล้ว เลขที่ {number} ขอซ้ำไม่ได้",
    "This household has asked for this aid in this disaster already, no. {number}: {scheme}. It "
    "cannot be asked for twice.",
)
_MOVED = Text(
    "คำขอนี้ไม่อยู่ในขั้นที่ทำได้แล้ว เปิดดูอีกครั้ง",
    "This claim does not stand where that can be done. Look at it again.",
)


async def event_of(ctx: Context, asked: Asked) -> UUID:
    """Return the disaster of a claim, by its kind and day.

    :raises InvalidInput: there was none.
    """
    day = asked.happened_on
    async with transaction(ctx):
        row = (
            await Event.select(Event.id)
            .where(
                Event.of(ctx),
                Event.kind == asked.kind,
                Event.begun_on <= day,
                Event.ended_on.is_null() | (Event.ended_on >= day),
            )
            .order_by(Event.begun_on, Event.id, ascending=False)
            .first()
        )
    if row is None:
        raise InvalidInput({"happened_on": _NO_EVENT})
    id: UUID = row["id"]
    return id


async def enter(
    ctx: Context, asked: Asked, *, name: str, phone: str, case: UUID | None = None
) -> UUID:
    """Enter a claim and return its id.

    :param case: by which it was filed; the same case is the same claim.
    :raises InvalidInput: there was no such disaster.
    :raises Conflict: the household has claimed this already.
    """
    event = await event_of(ctx, asked)
    id = new_id()
    async with transaction(ctx):
        household = await _household(ctx, asked, name, phone)
        row = _row(ctx, id, asked) | {
            "event_id": event,
            "household_id": household,
            "case_id": case,
            "name": name,
            "phone": phone,
            "number": await numbers.draw(ctx, _SERIES),
        }
        same = ("tenant_id", "event_id", "household_id", "scheme")
        if not await add(Claim, row, unless=same):
            await numbers.give_back(ctx, _SERIES, 1)
            return await _known(ctx, row)
        await audit.record(ctx, "disaster.claim.filed", f"claim/{id}", scheme=asked.scheme)
    return id


def _row(ctx: Context, id: UUID, asked: Asked) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "scheme": asked.scheme,
        **account_columns(ctx, id, asked.bank, asked.account, asked.account_name),
        "told": asked.told,
        "found": None,
        "lines": [],
        "photos": [],
        "amount": 0,
        "state": "filed",
        "why": "",
        "resolution_id": None,
        "filed_on": ctx.today,
        "inspected_at": None,
        "inspected_by_name": "",
        "revision": 1,
        "changed_at": ctx.now,
    }


async def _household(ctx: Context, asked: Asked, name: str, phone: str) -> UUID:
    """Return the household of a house code; one that is not known yet is entered."""
    facts = {
        "house_code": asked.house_code,
        "name": name,
        "phone": phone,
        "address": asked.address,
        "village": asked.village,
        "subdistrict": next((one.code for one in own_subdistricts(ctx.tenant)), ""),
        "pin": asked.pin,
        "floor_cm": 0,
        "members": asked.members,
        "flags": {},
        "sameness": sameness(asked.house_code, "", "", ""),
    }
    await add(Household, household_row(ctx, facts), unless=("tenant_id", "sameness"))
    which = Household.of(ctx) & (Household.sameness == asked.house_code)
    id: UUID = (await get_row(ctx, Household.select(Household.id).where(which), _NONE))["id"]
    return id


async def _known(ctx: Context, wanted: Mapping[str, Any]) -> UUID:
    """Return the claim that is there already where this one is the same, or takes its place."""
    row = await find_same(ctx, wanted["event_id"], wanted["household_id"], wanted["scheme"])
    if row is None:
        raise NotFound(_NONE)
    id: UUID = row["id"]
    if wanted["case_id"] is not None and row["case_id"] == wanted["case_id"]:
        return id
    if row["state"] != "withdrawn":
        scheme = SCHEMES[wanted["scheme"]]
        raise Conflict(TWICE.format(scheme=scheme, number=row["number"]))
    told = {name: wanted[name] for name in ("case_id", "name", "phone", "told")}
    sealed = open_account(ctx, wanted["id"], wanted["account"])
    told |= account_columns(ctx, id, wanted["bank"], sealed, wanted["account_name"])
    await move(ctx, id, "filed", {getattr(Claim, name): value for name, value in told.items()})
    await audit.record(ctx, "disaster.claim.filed", f"claim/{id}", scheme=wanted["scheme"])
    return id


async def find_same(
    ctx: Context, event: UUID, household: UUID, scheme: str
) -> dict[str, Any] | None:
    """Return the claim of a household in a disaster under a scheme; None for none."""
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Claim.select()
            .where(
                Claim.of(ctx),
                Claim.event_id == event,
                Claim.household_id == household,
                Claim.scheme == scheme,
            )
            .first()
        )
    return row


async def same_as(ctx: Context, asked: Asked) -> dict[str, Any] | None:
    """Return the claim that the household of a request has already and did not withdraw."""
    event = await event_of(ctx, asked)
    async with transaction(ctx):
        home = (
            await Household.select(Household.id)
            .where(Household.of(ctx), Household.sameness == asked.house_code)
            .first()
        )
        found = await find_same(ctx, event, home["id"], asked.scheme) if home else None
    return found if found and found["state"] != "withdrawn" else None


async def move(
    ctx: Context,
    id: UUID,
    to: Any,
    values: Mapping[Any, Any],
    *,
    revision: int | None = None,
) -> None:
    """Let a claim stand elsewhere, from where it may, in the transaction that is open.

    :param to: a State of the rules.
    :param revision: of the claim as it was looked at, where somebody did.
    :raises Conflict: it does not stand there any more.
    """
    own: dict[Any, Any] = {
        Claim.state: to,
        Claim.revision: Claim.revision + 1,
        Claim.changed_at: ctx.now,
    }
    which = Claim.of(ctx) & (Claim.id == id) & Claim.state.is_in(list(BEFORE[to]))
    if revision is not None:
        which &= Claim.revision == revision
    done = await Claim.update({**values, **own}).where(which).returning(Claim.id)
    if not done:
        await get_claim(ctx, id)
        raise Conflict(_MOVED)


async def get_claim(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a claim.

    :raises NotFound: there is none.
    """
    return await get_row(ctx, Claim.select().where(Claim.of(ctx), Claim.id == id), _NONE)


async def read_claim(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a claim for an officer; that it was opened is recorded."""
    need(ctx, CLAIMS)
    async with transaction(ctx):
        row = await get_claim(ctx, id)
        await audit.record(ctx, "disaster.claim.read", f"claim/{id}")
    return row
