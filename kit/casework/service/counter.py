"""What a clerk at the counter does for who has come: know the person again, hand out the slip."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, NotAllowed, Text, audit, people, transaction
from kit.casework.applicant import fingerprint
from kit.casework.declaration import load
from kit.casework.service import papers
from kit.casework.service.acting import Open, take
from kit.casework.tables import Attachment, Moment
from kit.documents import print_at_once, quoted_number
from kit.forms import JSON, AddressField
from kit.thai import parse_national_id

# Of the cases of one person so many are looked through for an address.
_LOOKED_THROUGH = 5

_CASES = """
SELECT c.id, c.applicant, c.applicant_name, c.phone, c.email, c.answers, v.declaration,
  count(*) OVER () AS visits
FROM casework."case" c JOIN casework.service_version v
  ON v.tenant_id = c.tenant_id AND v.service = c.service AND v.version = c.version
WHERE c.tenant_id = $1 AND c.applicant_print = $2
ORDER BY c.filed_at DESC, c.id DESC LIMIT $3
"""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A person who has been here before.

    :param phone: E.164.
    :param home: the latest address given as the person's own, as ``kit.forms`` keeps it.
    :param visits: how many cases the person has filed here with this number.
    """

    name: str
    phone: str | None
    email: str | None
    account: UUID | None
    home: JSON | None
    visits: int


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the slip of a case.

    :param received: what was handed in or shown, a line each.
    """

    id: UUID
    number: str
    service: Text
    subject: str
    applicant: str
    track: str
    filed_at: datetime
    received: Sequence[Text]


async def find_known(ctx: Context, national_id: str) -> Known | None:
    """Return the person of a national ID, from the account or from earlier cases.

    That the data was read is recorded, where the person sees it.

    :param national_id: as typed.
    :raises kit.thai.Unreadable: it is no number of a person.
    """
    number = parse_national_id(national_id)
    account = await people.find_citizen(ctx, national_id=number)
    async with transaction(ctx) as connection:
        mark = fingerprint(ctx, number)
        rows = await connection.fetch(_CASES, ctx.tenant.id, mark, _LOOKED_THROUGH)
        if not rows and account is None:
            return None
        owner = account.id if account else rows[0]["applicant"]
        subject = f"case/{rows[0]['id']}" if rows else f"account/{owner}"
        await audit.record(ctx, "casework.applicant.read", subject, owner=owner, at="counter")
    last: dict[str, Any] = dict(rows[0]) if rows else {}
    return Known(
        name=account.name if account else last["applicant_name"],
        phone=(account.phone if account else None) or last.get("phone"),
        email=(account.email if account else None) or last.get("email"),
        account=owner,
        home=_home(rows),
        visits=rows[0]["visits"] if rows else 0,
    )


def _home(rows: Sequence[Any]) -> JSON | None:
    """Return the latest answer to a question for the person's own address."""
    for row in rows:
        answers = msgspec.json.decode(row["answers"])
        for field in load(msgspec.json.decode(row["declaration"])).form:
            if isinstance(field, AddressField) and field.autofill and answers.get(field.name):
                return answers[field.name]
    return None


async def read_slip(ctx: Context, case: UUID) -> Slip:
    """Return what the slip of a case says.

    :raises NotFound: there is no such case.
    :raises NotAllowed: neither did the actor file it, nor may the actor read it.
    """
    async with transaction(ctx):
        opened = await _open(ctx, case)
        return await _slip(ctx, opened)


async def print_slip(ctx: Context, case: UUID) -> bytes:
    """Return the slip as a PDF for the printer of the counter, 80 mm wide.

    :raises NotFound: there is no such case.
    :raises NotAllowed: neither did the actor file it, nor may the actor read it.
    """
    async with transaction(ctx):
        opened = await _open(ctx, case)
        slip = await _slip(ctx, opened)
        paper = await papers.slip(ctx, opened)
    received = [one.th for one in slip.received]
    return await print_at_once(ctx, "slip", msgspec.structs.replace(paper, documents=received))


async def _open(ctx: Context, case: UUID) -> Open:
    opened = await take(ctx, case)
    mine = opened.case.filed_by is not None and opened.case.filed_by == ctx.actor.id
    if not mine and not ctx.actor.may("casework.read", opened.case.unit):
        raise NotAllowed(
            Text(
                "ใบรับนี้ผู้อื่นเป็นผู้ออก ติดต่อกองเจ้าของเรื่อง",
                "Somebody else gave out this slip. Ask the division whose case it is.",
            )
        )
    if not mine:
        await audit.record(ctx, "casework.case.read", f"case/{case}", owner=opened.case.applicant)
    return opened


async def _slip(ctx: Context, opened: Open) -> Slip:
    case = opened.case
    filed = (
        await Moment.select(Moment.detail)
        .where(Moment.of(ctx), Moment.case_id == case.id, Moment.act == "file")
        .first()
        .output(load_json=True)
    )
    received = [
        Text("{name} (ดูตัวจริง)", "{name} (original seen)").format(name=Text(**one))
        for one in (filed or {"detail": {}})["detail"].get("seen", ())
    ]
    files = await Attachment.count().where(Attachment.of(ctx), Attachment.case_id == case.id)
    if files:
        received.append(Text("ไฟล์แนบ {n} ไฟล์", "Files: {n}").format(n=files))
    return Slip(
        id=case.id,
        number=quoted_number(case.number, case.year),
        service=opened.service.title,
        subject=case.subject,
        applicant=case.applicant_name,
        track=case.track,
        filed_at=case.filed_at,
        received=received,
    )
