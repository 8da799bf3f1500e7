"""An office with letters that are secret and others that are not, and what tells a secret one."""

import asyncio
import contextlib
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from core import numbers
from core.context import Context
from core.db import across_tenants, transaction
from core.identity import accounts, holders, roles
from core.runtime import Runtime
from core.text import Text
from core.worker import Worker
from kit.casework import Applicant, file_case, get_offered
from kit.documents import inspect_async
from kit.thai import buddhist_year
from plugins.eoffice.service import (
    arrivals,
    codes,
    correspondents,
    drafts,
    endorsements,
    petitions,
    receiving,
    registers,
    tasks,
)
from plugins.eoffice.service.correspondents import Entry
from plugins.eoffice.service.drafts import Typed
from plugins.eoffice.service.endorsements import Written
from plugins.eoffice.service.endorsing import endorse, recall
from plugins.eoffice.service.returning import send_back
from tests.plugins.eoffice.conftest import STAFF, TownHall, a_head, rows, staffed
from tests.plugins.eoffice.letters import FIELDS, signs

MARK = "QZVAULT"  # stands in all that is secret
RECEIVED, SENT = 7654321, 8765432  # numbers of the secret registers
_DUE = """
SELECT count(*) FROM procrastinate_jobs
WHERE (task_name LIKE 'eoffice.%' OR task_name = 'core.hand_over')
  AND status IN ('todo', 'doing') AND coalesce(scheduled_at, now()) <= now()
"""
RIGHTS = ("read", "register", "draft", "sign", "oversee", "secrets")
# Of base64 the signs that are the same whatever stands before and after.
_BASE64 = [b64encode(b"." * n + MARK.encode())[(8 * n + 5) // 6 :][:8].decode() for n in range(3)]
_MARKS = re.compile("|".join((MARK, MARK.encode().hex(), *_BASE64)), re.IGNORECASE)
_NUMBERS = re.compile(rf"(?<![\w-])(?:{RECEIVED}|{SENT}|๗๖๕๔๓๒๑|๘๗๖๕๔๓๒)(?![\w-])")


def said(what: str) -> str:
    """Return words that stand only in something secret."""
    return f"พญาหงส์ {MARK}{what}"


def found_in(text: str) -> list[str]:
    """Return what a text tells of secret letters: their words, or their numbers."""
    return [match[0] for match in (*_MARKS.finditer(text), *_NUMBERS.finditer(text))]


def read_pdf(raw: bytes) -> str:
    reader = PdfReader(BytesIO(raw))
    return "\n".join([str(reader.metadata), *(page.extract_text() for page in reader.pages)])


def a_paper(words: str) -> bytes:
    """Return a PDF file with words in it that a search finds."""
    writer, out = PdfWriter(), BytesIO()
    page, stream = writer.add_blank_page(595, 842), DecodedStreamObject()
    stream.set_data(f"BT /F1 14 Tf 72 700 Td ({words}) Tj ET".encode())
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(out)
    return out.getvalue()


@contextlib.asynccontextmanager
async def at_work(runtime: Runtime, database: str) -> AsyncIterator[None]:
    """Let a worker do what waits."""
    task = asyncio.create_task(Worker(runtime, database).work())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until_done() -> None:
    """Wait until nothing is due any more that correspondence has to do."""
    async with asyncio.timeout(60):
        while await _due():  # noqa: ASYNC110 - the worker is not asked
            await asyncio.sleep(0.1)


async def _due() -> int:
    async with across_tenants() as connection:
        count: int = await connection.fetchval(_DUE)
    return count


@dataclass
class Vault:
    """The office, and where its letters are.

    :ivar secret: letters by what they are; ``plain`` those that are not secret.
    :ivar listed: who may know of any of the secret ones.
    """

    hall: TownHall
    neighbour: Context
    secret: dict[str, UUID] = field(default_factory=dict)
    plain: dict[str, UUID] = field(default_factory=dict)
    agencies: dict[str, UUID] = field(default_factory=dict)
    listed: set[UUID] = field(default_factory=set)

    async def sits(self, who: str) -> Context:
        return await self.hall.sits(who)

    async def writes(self, who: str, letter: UUID, **more: Any) -> UUID:
        ctx = await self.sits(who)
        [task, *_] = [one for one in await tasks.inbox(ctx) if one["letter_id"] == letter]
        await endorse(ctx, letter, task["id"], Written(**more))
        return UUID(str((await endorsements.endorsements_of(ctx, letter))[-1]["id"]))

    async def drafts(self, who: str, kind: str, secrecy: str, words: str, **more: Any) -> UUID:
        fields = FIELDS | {
            "subject": f"{words} subject",
            "to": f"{words} to",
            "body": f"{words} body",
            "references": f"{words} reference",
            "enclosures": f"{words} enclosure",
        }
        made = Typed(fields=fields, signer="mayor", secrecy=secrecy, keywords=words, **more)
        return await drafts.begin(await self.sits(who), kind, made)

    async def signed(self, who: str, kind: str, secrecy: str, words: str, **more: Any) -> UUID:
        letter = await self.drafts(who, kind, secrecy, words, **more)
        await drafts.submit(await self.sits(who), letter, to="mayor", text=words)
        await signs(await self.sits("mayor"), letter, text=words)
        return letter


async def a_vault(ctx: Context, other: Context) -> Vault:
    """Found an office of this moment with its registrar, and its neighbour with a mayor."""
    here, there = (replace(one, now=datetime.now(UTC)) for one in (ctx, other))
    vault = Vault(await staffed(here), there)
    rights = [f"eoffice.{one}" for one in RIGHTS]
    title = Text("นายทะเบียนข้อมูลข่าวสารลับ", "Registrar of secret documents")
    await roles.create_role(here, code="registrar", title=title, permissions=rights)
    await _officer(vault, "registrar", "registrar", "", "81")
    for one in (here, there):
        await codes.set_code(one, "", "ชม 52001")
    year = buddhist_year(here.today)
    async with transaction(here):
        for register, last in (("secret_receive", RECEIVED), ("secret_send", SENT)):
            await numbers.draw_some(here, f"eoffice/{register}/{year}", last - 1)
    for name, entry in (
        ("neighbour", Entry(name="นครยะลา", channel="neighbour", neighbour=there.tenant.id)),
        ("mailbox", Entry(name="อำเภอ", channel="email", mailbox="saraban@example.go.th")),
    ):
        vault.agencies[name] = await correspondents.keep(here, entry)
    return vault


async def _officer(vault: Vault, name: str, role: str, unit: str, phone: str) -> None:
    ctx = vault.hall.ctx
    vault.hall.accounts[name] = await accounts.register_officer(
        ctx,
        first_name="ผู้สืบ",
        last_name=f"ตำแหน่ง{phone}",
        post=f"ผู้ดำรงตำแหน่ง {name}",
        email=f"{name}@{ctx.tenant.id}.example",
        phone=f"08121111{phone}",
    )
    await holders.grant_role(ctx, account=vault.hall.accounts[name], role=role, unit=unit or None)


async def fill(vault: Vault) -> None:
    """Receive, draft, sign, send, send back and void; secret ones and others."""
    await _receive(vault)
    both = tuple(str(one) for one in vault.agencies.values())
    vault.secret["signed"] = await vault.signed(
        "registrar", "external", "secret", said("signed"), to=both
    )
    vault.secret["order"] = await vault.signed("registrar", "order", "secret", said("order"))
    vault.secret["draft"] = await vault.drafts("registrar", "memo", "secret", said("draft"))
    vault.plain["signed"] = await vault.signed("officer", "external", "normal", "เปิดเผย", to=both)
    vault.plain["draft"] = await vault.drafts("officer", "memo", "normal", "ร่างเปิดเผย")
    registrar = await vault.sits("registrar")
    answer = Typed(fields=FIELDS | {"subject": said("answer")}, signer="mayor", secrecy="secret")
    vault.secret["answer"] = await drafts.begin(
        await vault.sits("clerk"), "external", answer, answers=vault.secret["received"]
    )
    [_, void] = await registers.reserve(registrar, "secret_send", 2, said("reserved"))
    await registers.void(registrar, void, said("void"))
    vault.secret["back"] = await _taken(vault, "registrar", said("back"), secret=True)
    await send_back(registrar, vault.secret["back"], said("why"))
    vault.plain["waiting"] = await _taken(vault, "registry", "waiting", secret=False)
    await _petition(vault)


async def _petition(vault: Vault) -> None:
    """Have a citizen file a request, which is registered as something secret."""
    ctx = vault.hall.ctx
    case = await file_case(
        ctx,
        service=await get_offered(ctx, "oss.general"),
        applicant=Applicant(name="นายคำปัน ใจยา", phone="+66812345678"),
        answers={"subject": "ขอให้ตรวจสอบ", "details": "รายละเอียดตามที่แจ้งด้วยวาจา"},
        key="petition",
    )
    async with asyncio.timeout(60):
        while (found := await petitions.letter_of(ctx, case.id)) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    vault.secret["petition"] = found["id"]
    facts = {name: said(f"petition{name}") for name in ("sender", "subject", "keywords")}
    head = a_head(number=case.number, **facts, secrecy="secret")
    await receiving.register(await vault.sits("registrar"), found["id"], head)


async def _taken(vault: Vault, who: str, words: str, *, secret: bool) -> UUID:
    file = await inspect_async(a_paper(words.split()[-1]), f"{words}.pdf")
    return await arrivals.take_in(await vault.sits(who), [file], secret=secret)


async def _receive(vault: Vault) -> None:
    """Register two letters, and send them through the office; one is called back on its way."""
    plain = vault.plain["received"] = await _taken(vault, "registry", "plainfile", secret=False)
    head = a_head(subject="ขอเชิญประชุมเปิดเผย")
    await receiving.register(await vault.sits("registry"), plain, head)
    await vault.writes("clerk", plain, action="assign", text="มอบกองช่าง", to=("director-works",))
    file = said("file")
    letter = vault.secret["received"] = await _taken(vault, "registrar", file, secret=True)
    names = ("number", "sender", "recipient", "subject", "keywords", "remark")
    facts = {name: said(name) for name in names}
    head = a_head(**facts, secrecy="secret")
    await receiving.register(await vault.sits("registrar"), letter, head)
    sent = await vault.writes(
        "clerk", letter, action="propose", text=said("wrong"), to=("deputy_clerk",)
    )
    await recall(await vault.sits("clerk"), letter, sent, said("recall"))
    await vault.writes("clerk", letter, action="propose", text=said("endorsed"), to=("mayor",))


async def exchange(vault: Vault) -> None:
    """Have the neighbour send a secret letter and another one, which nobody has registered yet."""
    hall = await staffed(vault.neighbour)
    there = Vault(hall, vault.hall.ctx)
    book = await correspondents.all_of(vault.neighbour)
    here = vault.hall.ctx.tenant
    id = next((one["id"] for one in book if one["neighbour"] == here.id), None)
    if id is None:
        entry = Entry(name=here.name.th, channel="neighbour", neighbour=here.id)
        id = await correspondents.keep(vault.neighbour, entry)
    await there.signed("officer", "external", "secret", said("neighbour"), to=(str(id),))
    await there.signed("officer", "external", "normal", "เปิดเผยจากยะลา", to=(str(id),))


async def settle(vault: Vault) -> None:
    """Note what came, who is listed, and give every post a second holder, who is not."""
    for one in await arrivals.arrivals(vault.hall.ctx):
        if one["number"]:
            kind = vault.plain if one["secrecy"] == "normal" else vault.secret
            kind["arrived"] = one["id"]
    found = await rows(vault.hall.ctx, "SELECT DISTINCT account FROM eoffice.reader")
    vault.listed = {row["account"] for row in found}
    for number, (role, unit, *_) in enumerate(STAFF):
        await _officer(vault, f"next_{role}", role, unit, f"{number:02}")
    await _officer(vault, "administrator", "administrator", "", "80")
