"""What citizens ask of the office, entered in its register as the letter that it is.

The office says of which services; what is asked of another is entered where an officer wants it.
Who filed it sees the receive number, and the letter that answers, where the case is followed.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    defer,
    need,
    set_settings,
    transaction,
)
from kit.casework import Dossier, offered, read_dossier, tell_of_letter
from kit.documents import Store, inspect_async
from plugins.eoffice.rules.states import SENT
from plugins.eoffice.service.access import get_letter, record
from plugins.eoffice.service.arrivals import Intake, put_files, put_in
from plugins.eoffice.service.files import NO_FILE, Kept, keep
from plugins.eoffice.service.rights import REGISTER, SETTINGS
from plugins.eoffice.tables.letters import Letter

KIND = "petition"
SERVICES = "petitions"
# An office that does not offer it takes in none; each sets its own.
DEFAULTS: dict[str, Any] = {SERVICES: ["oss.general"]}
TAKE = "eoffice.take_petition"

_NOBODY = Text("ผู้ยื่นไม่ประสงค์ออกนาม", "Who filed it gives no name")
_TAKEN = Text(
    "เรื่องนี้รับเข้าเป็นหนังสือแล้ว ดูที่หน้ารับหนังสือหรือค้นหาด้วยเลขรับของเรื่อง",
    "This was taken in as a letter already. Look among those that wait, or search its number.",
)
_NOT_OFFERED = Text("เลือกบริการจากรายการ", "Choose services from the list.")
_NOT_GIVEN = Text(
    "ส่งให้ผู้ยื่นได้เฉพาะหนังสือภายนอกที่ลงนามแล้ว ไม่ลับ และเป็นของเรื่องที่ยื่น",
    "Only a signed external letter about a case, and not a secret one, can be given.",
)
_FOR_CASE = """
SELECT l.id, l.number, l.subject, f.id AS file, f.name, f.role, f.mime, f.digest
FROM eoffice.letter l JOIN eoffice.file f ON f.tenant_id = $1 AND f.letter_id = l.id
WHERE l.tenant_id = $1 AND l.case_id = $2 AND l.given_at IS NOT NULL
  AND f.role IN ('signed', 'enclosed') AND f.dropped_at IS NULL
ORDER BY l.id, f.role DESC, f.position, f.id
"""


def services_taken(ctx: Context) -> Sequence[str]:
    """Return the codes of the services of which every request is taken in."""
    chosen: Sequence[str] = ctx.tenant.settings.get("eoffice", {}).get(SERVICES, ())
    return chosen


async def titles_taken(ctx: Context) -> Sequence[Text]:
    """Return what those services are called that the office offers now."""
    services = await offered(ctx)
    return [services[code].title for code in services_taken(ctx) if code in services]


async def set_services(ctx: Context, codes: Sequence[str]) -> None:
    """Keep of which services every request that comes from now on is taken in.

    :raises InvalidInput: the office does not offer one of them.
    """
    need(ctx, SETTINGS)
    if set(codes) - set(await offered(ctx)):
        raise InvalidInput({SERVICES: _NOT_OFFERED})
    await set_settings(ctx, plugin="eoffice", settings={SERVICES: list(codes)})


async def follow_filed(ctx: Context, case: UUID, service: str) -> None:
    """Have a request taken in, where the office wants those of its service."""
    if service in services_taken(ctx):
        async with transaction(ctx):
            await defer(ctx, TAKE, case=str(case))


async def take_by_itself(ctx: Context, case: str) -> None:
    """Take a request in; the job of the worker, which may run more than once."""
    if await letter_of(ctx, UUID(case)) is None:
        await _take(ctx, UUID(case))


async def take_in(ctx: Context, case: UUID) -> UUID:
    """Take a request in that an officer wants among the letters.

    :raises NotAllowed: the officer may not read the case.
    :raises Conflict: it is there already.
    """
    need(ctx, REGISTER)
    return await _take(ctx, case)


async def _take(ctx: Context, case: UUID) -> UUID:
    dossier = await read_dossier(ctx, case)
    name = f"{dossier.number.replace('/', '-')}.pdf"
    paper = await keep(ctx, await inspect_async(dossier.paper, name))
    handed_in = [
        Kept(one.name, one.media_type, one.digest, one.size, one.pages) for one in dossier.files
    ]
    try:
        async with transaction(ctx):
            letter = put_in(ctx, _intake(ctx, case, dossier))
            put_files(ctx, letter, [paper, *handed_in])
            head = {"id": letter, "secrecy": "normal"}
            await record(ctx, "eoffice.letter.arrived", head, files=1 + len(handed_in))
    except asyncpg.UniqueViolationError as clash:
        if clash.constraint_name != "letter_petition_key":
            raise
        raise Conflict(_TAKEN) from clash
    return letter


def _intake(ctx: Context, case: UUID, dossier: Dossier) -> Intake:
    about = [dossier.service.th, dossier.subject]
    return Intake(
        kind=KIND,
        case_id=case,
        number=dossier.number,
        dated_on=dossier.filed_on,
        subject=" ".join(filter(None, about))[:500],
        sender=dossier.applicant or _NOBODY.th,
        recipient=ctx.tenant.name.th,
    )


async def letter_of(ctx: Context, case: UUID) -> Mapping[str, Any] | None:
    """Return the letter that a request was taken in as; None where it was not."""
    async with transaction(ctx):
        row: Mapping[str, Any] | None = (
            await Letter.select(Letter.id, Letter.secrecy, Letter.subject, Letter.state)
            .where(Letter.of(ctx), Letter.case_id == case, Letter.kind == KIND)
            .first()
        )
    return row


async def give_answer(ctx: Context, letter: Mapping[str, Any]) -> None:
    """Give the letter that was just signed to who filed, where it answers and addresses them.

    In the transaction that is open. One to somebody else about the case stays in the office.
    """
    if not letter["answers"] or not _may_be_given(letter):
        return
    asked = await letter_of(ctx, letter["case_id"])
    if asked is None or asked["id"] != letter["answers"] or asked["secrecy"] != "normal":
        return
    [row] = await Letter.select(Letter.sender).where(Letter.of(ctx), Letter.id == asked["id"])
    if "".join(row["sender"].split()) == "".join(letter["recipient"].split()):
        await _give(ctx, letter)


async def give(ctx: Context, letter: UUID) -> None:
    """Give a signed letter to who filed its case, where they follow it.

    :raises Conflict: it is none that can be given, or was given already.
    """
    need(ctx, REGISTER)
    row = await get_letter(ctx, letter)
    if not may_give(row):
        raise Conflict(_NOT_GIVEN)
    async with transaction(ctx):
        await _give(ctx, row)


def may_give(letter: Mapping[str, Any]) -> bool:
    """Return whether a letter can be given to who filed its case, and was not yet."""
    return _may_be_given(letter) and letter["state"] in SENT and letter["given_at"] is None


def _may_be_given(letter: Mapping[str, Any]) -> bool:
    return (
        letter["way"] == "out"
        and letter["kind"] == "external"
        and letter["secrecy"] == "normal"
        and letter["case_id"] is not None
    )


async def _give(ctx: Context, letter: Mapping[str, Any]) -> None:
    given = (
        await Letter.update({Letter.given_at: ctx.now})
        .where(Letter.of(ctx), Letter.id == letter["id"], Letter.given_at.is_null())
        .returning(Letter.id)
    )
    if given:
        await tell_of_letter(ctx, letter["case_id"], letter["id"])
        await record(ctx, "eoffice.letter.given", letter)


async def given_files(ctx: Context, case: UUID) -> Sequence[Mapping[str, Any]]:
    """Return the files that who filed a case was given, each letter before what it encloses."""
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_FOR_CASE, ctx.tenant.id, case))


async def read_given(ctx: Context, case: UUID, file: UUID) -> tuple[bytes, str, str]:
    """Return bytes, name and type of a file that who filed a case was given.

    :raises NotFound: there is none.
    """
    given = await given_files(ctx, case)
    row = next((one for one in given if one["file"] == file), None)
    if row is None:
        raise NotFound(NO_FILE)
    data = await Store(ctx.settings.data / "files").read_async(ctx.tenant.id, row["digest"])
    return data, row["name"], row["mime"]
