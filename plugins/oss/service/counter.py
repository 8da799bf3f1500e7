"""Counter mode: a clerk files for who has come, on a number, an ID and one sentence."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from litestar.datastructures import UploadFile

from core.api import Context, InvalidInput, Text, people
from kit.casework import (
    Applicant,
    Filed,
    Service,
    file_case,
    find_filed,
    forget_files,
    keep_file,
    offered,
)
from kit.documents import FileRefused
from plugins.oss.rules.queue import find_services
from plugins.oss.service import chosen

_NONE = Text(
    "ไม่พบบริการ “{typed}” พิมพ์รหัส 2 หลักหรือคำแรกของชื่อบริการ",
    "There is no service “{typed}”. Type its two digits or the first letters of its name.",
)
_SEVERAL = Text(
    "“{typed}” ตรงกับหลายบริการ: {names} พิมพ์รหัสของบริการที่ต้องการ",
    "“{typed}” fits several services: {names}. Type the number of the one you mean.",
)
_EMPTY = Text(
    "พิมพ์รหัสบริการ 2 หลัก เช่น 01 หรือคำแรกของชื่อบริการ",
    "Type the two digits of the service, for example 01, or the first letters of its name.",
)
_NAMED = 3


async def listed(ctx: Context) -> Sequence[tuple[str, Service]]:
    """Return the services that can be filed, with the numbers by which clerks know them.

    The office says which come first, so that a new service does not renumber them.
    """
    all_of_them = await offered(ctx)
    first = [code for code in chosen.counters(ctx).services if code in all_of_them]
    codes = dict.fromkeys([*first, *all_of_them])
    return [(f"{place:02}", all_of_them[code]) for place, code in enumerate(codes, 1)]


def choose(services: Sequence[tuple[str, Service]], typed: str, *, control: str) -> Service:
    """Return the service that a clerk means.

    :param services: of :func:`listed`.
    :param control: at which a refusal is shown.
    :raises InvalidInput: none, or more than one.
    """
    found = find_services(typed, [one.title for _, one in services])
    if len(found) == 1:
        return services[found[0]][1]
    if not typed.strip():
        raise InvalidInput({control: _EMPTY})
    if not found:
        raise InvalidInput({control: _NONE.format(typed=typed[:60])})
    names = [f"{services[n][0]} {services[n][1].title.th}" for n in found[:_NAMED]]
    english = [f"{services[n][0]} {services[n][1].title.en}" for n in found[:_NAMED]]
    told = Text(", ".join(names), ", ".join(english))
    raise InvalidInput({control: _SEVERAL.format(typed=typed[:60], names=told)})


async def file_errand(
    ctx: Context,
    *,
    service: Service,
    person: Mapping[str, Any],
    answers: Mapping[str, Any],
    seen: Sequence[Text],
    files: Sequence[UploadFile],
    document: str,
    control: str,
    key: str,
) -> Filed:
    """File a case for who has come; sent twice under one key it is one case.

    :param person: national_id, name, phone; those that were given.
    :param document: with which document the files are kept.
    :param control: at which a file that cannot be taken is refused.
    :raises InvalidInput: a file cannot be taken; nothing was filed.
    """
    if (before := await find_filed(ctx, key)) is not None:
        return before
    applicant = Applicant(**person, account=await _account_of(ctx, person))
    kept = await _keep(ctx, files, document, control)
    filed = await file_case(
        ctx,
        service=service,
        applicant=applicant,
        answers=answers,
        key=key,
        channel="counter",
        attachments=kept,
        seen=seen,
    )
    if filed.again:
        # The same was sent at the same moment, and its files are with the case already.
        await forget_files(ctx, kept)
    return filed


async def _account_of(ctx: Context, person: Mapping[str, Any]) -> UUID | None:
    """Return the account of the person, where number and name are both the account's."""
    if not person.get("national_id"):
        return None
    known = await people.find_citizen(ctx, national_id=person["national_id"])
    same = known is not None and known.name.split() == str(person.get("name", "")).split()
    return known.id if known and same else None


async def _keep(
    ctx: Context, files: Sequence[UploadFile], document: str, control: str
) -> list[UUID]:
    kept: list[UUID] = []
    for file in files:
        try:
            kept.append((await keep_file(ctx, document, file.filename, await file.read())).id)
        except FileRefused as refusal:
            await forget_files(ctx, kept)
            raise InvalidInput({control: refusal.sentence}) from refusal
    return kept
