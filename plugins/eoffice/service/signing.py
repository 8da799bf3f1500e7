"""Sign a document: a number is taken, the file is made and sealed, and it goes out.

The number is reserved first, in a moment of its own; then the file is made and signed, which may
take its time and may fail; then all becomes so at once. Whoever is cut off in between leaves a
reserved number, which the next attempt uses.

Law: Regulation on Correspondence B.E. 2526 (numbers are given when a letter is signed, unverified);
Electronic Transactions Act B.E. 2544, s. 9 and 26.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    Text,
    need,
    numbers,
    people,
    posts,
    transaction,
    write_now,
)
from kit.documents import (
    Acting,
    Signer,
    SigningKey,
    inspect_async,
    issue_made,
    lay_over,
    new_code,
    print_at_once,
    scan,
    sign_pdf_async,
)
from kit.thai import buddhist_year, full_moment
from plugins.eoffice.rules.books import NumberStamp
from plugins.eoffice.rules.kinds import KINDS
from plugins.eoffice.rules.registers import (
    CIRCULAR,
    MASKED,
    SECRET_SEND,
    SEND,
    letter_number,
    register_of,
)
from plugins.eoffice.rules.states import State
from plugins.eoffice.service import (
    certificates,
    codes,
    composing,
    petitions,
    pictures,
    posting,
    registers,
    tasks,
)
from plugins.eoffice.service.access import get_letter, lock_letter, record
from plugins.eoffice.service.endorsements import Written, write
from plugins.eoffice.service.endorsing import settle
from plugins.eoffice.service.files import add_file, keep
from plugins.eoffice.service.registers import Drawn
from plugins.eoffice.service.rights import SIGN
from plugins.eoffice.service.searching import add_words
from plugins.eoffice.tables.letters import Letter

_NOT_ASKED = Text("หนังสือฉบับนี้ไม่ได้เสนอให้ลงนาม", "This document does not wait for a signature.")
_CHANGED = Text(
    "ร่างเปลี่ยนไปหลังจากที่ท่านเปิดดู เปิดดูอีกครั้งก่อนลงนาม",
    "The draft changed after you opened it. Look at it again before you sign.",
)
_WHY = "สำรองเลขระหว่างลงนาม"


class Signing(Struct, frozen=True, kw_only=True):
    """How somebody signs.

    :param revision: which state of the draft was looked at.
    :param circular: the same to many, with ว in its number.
    :param reserved: a number that was reserved before; None for the next.
    :param passphrase: of the signer's certificate; "" to sign by the click alone.
    """

    revision: int
    text: str = ""
    circular: bool = False
    reserved: Drawn | None = None
    passphrase: str = ""


async def sign(ctx: Context, letter: UUID, task: UUID, how: Signing) -> str:
    """Sign a document that waits for a post in which the actor sits today; return its number.

    :raises NotAllowed: the actor does not sit there today, or may not sign.
    :raises Conflict: somebody else signed or changed it meanwhile.
    """
    need(ctx, SIGN)
    row = await get_letter(ctx, letter)
    seat = await _demand(ctx, row, task, how)
    key = await certificates.opened(ctx, how.passphrase)
    register, code = await _register(ctx, row, how)
    drawn = await _take_number(ctx, row, register, how)
    number = letter_number(*drawn, code) if drawn else ""
    made = await _made(ctx, row, seat, number, key)
    await _become(ctx, row, task, how, seat, drawn, number, made)
    return number


async def _demand(
    ctx: Context, row: Mapping[str, Any], task: UUID, how: Signing
) -> people.Signature:
    waiting = [one for one in await tasks.tasks_of(ctx, row["id"]) if one["id"] == task]
    if not waiting or waiting[0]["asked"] != "sign" or row["state"] != State.ROUTED:
        raise Conflict(_NOT_ASKED)
    if row["revision"] != how.revision:
        raise Conflict(_CHANGED)
    title = waiting[0]["post_title"]
    return await posts.sign_in_post(ctx, posts.read_post(waiting[0]["post"]), Text(title, title))


async def _register(ctx: Context, row: Mapping[str, Any], how: Signing) -> tuple[str, str]:
    """Return the register in which a document gets its number and the code before it; "" for none.

    :raises InvalidInput: for ``code``: its letters have no code yet.
    """
    book = KINDS[row["kind"]].book
    secret = row["secrecy"] != "normal"
    if book != SEND:
        return SECRET_SEND if book and secret else book, ""
    code, unit = await codes.code_of(ctx, row["unit"])
    if secret:
        return SECRET_SEND, code
    return (CIRCULAR if how.circular else register_of(SEND, unit)), code


async def _take_number(
    ctx: Context, row: Mapping[str, Any], register: str, how: Signing
) -> Drawn | None:
    if not register:
        return None
    if how.reserved is not None:
        if how.reserved.register != register or how.reserved.year != buddhist_year(ctx.today):
            raise InvalidInput({"reserved": registers.NOT_RESERVED})
        return how.reserved
    async with transaction(ctx):
        held = await lock_letter(ctx, row["id"])
        if before := held["content"].get("number"):
            drawn = Drawn(**before)
            if (drawn.register, drawn.year) == (register, buddhist_year(ctx.today)):
                return drawn
        year = buddhist_year(ctx.today)
        number = await numbers.draw(ctx, f"eoffice/{register}/{year}")
        drawn = Drawn(register, year, number)
        registers.write(ctx, drawn, "reserved", {"remark": _WHY})
        content = held["content"] | {"number": drawn._asdict()}
        await Letter.update({Letter.content: msgspec.json.encode(content).decode()}).where(
            Letter.of(ctx), Letter.id == row["id"]
        )
    return drawn


class _File(Struct, frozen=True):
    document: Any
    code: str
    pdf: bytes


async def _made(
    ctx: Context,
    row: Mapping[str, Any],
    seat: people.Signature,
    number: str,
    key: SigningKey | None,
) -> _File:
    """Return the file of the signed document, and its contents."""
    acting = None
    if seat.acting:
        acting = Acting(how=seat.acting.how, post=seat.acting.post, order=seat.acting.order)
    signer = Signer(
        name=seat.name, post=seat.post, acting=acting, signed=full_moment(ctx.now, "th")
    )
    # What is secret is not checked by a code: the page behind it says what stands on the paper.
    code = new_code() if row["secrecy"] == "normal" else ""
    verify = scan(ctx, f"/v/{code}", code) if code else None
    document = composing.contents(ctx, row, number=number, signer=signer, verify=verify)
    pdf = await _file(ctx, row, document, signer)
    if key is not None:
        place = ctx.tenant.name.th
        pdf = await sign_pdf_async(ctx, pdf, key, reason=row["subject"], place=place)
    return _File(document, code, pdf)


async def _file(ctx: Context, row: Mapping[str, Any], document: Any, signer: Signer) -> bytes:
    """Return the document on paper: from its text, or the file that it came as, with its number."""
    raw = await composing.own_file(ctx, row["id"])
    if raw is None:
        template = KINDS[row["kind"]].template
        return await print_at_once(ctx, template, document, await pictures.of_office(ctx))
    acting = signer.acting
    small = NumberStamp(
        title=document.title,
        number=document.number,
        date=document.date,
        issued_at=ctx.now,
        office=document.office,
        verify=None,
        signer=signer,
        line=posts.acting_line(acting.how, acting.post).th if acting else "",
    )
    return lay_over(raw, await print_at_once(ctx, "eoffice/numbered.typ", small))


async def _become(
    ctx: Context,
    row: Mapping[str, Any],
    task: UUID,
    how: Signing,
    seat: people.Signature,
    drawn: Drawn | None,
    number: str,
    made: _File,
) -> None:
    letter = row["id"]
    name = f"{number.replace('/', '-') or row['kind']}.pdf"
    kept = await keep(ctx, await inspect_async(made.pdf, name))
    template = KINDS[row["kind"]].template
    async with transaction(ctx):
        held = await lock_letter(ctx, letter)
        one = await tasks.take_task(ctx, letter, task)
        await _demand(ctx, held, task, how)
        paper = None
        if made.code:
            issued = await issue_made(
                ctx, template, made.document, made.pdf, subject=f"letter/{letter}", code=made.code
            )
            paper = issued.id
        facts = _entry(ctx, held, number)
        if drawn is not None:
            await registers.use_reserved(ctx, drawn, facts | {"letter_id": letter})
        signed = await write(
            ctx, held, one["post"], seat, Written(action="sign", text=how.text), ()
        )
        await tasks.close_task(ctx, task, "done", signed)
        add_file(ctx, letter, kept, role="signed", position=0)
        await Letter.update(
            {
                Letter.state: State.SIGNED,
                Letter.number: number,
                Letter.dated_on: ctx.today,
                Letter.paper: paper,
                Letter.revision: Letter.revision + 1,
            }
        ).where(Letter.of(ctx), Letter.id == letter)
        await write_now()
        signed_row = {**held, "number": number, "dated_on": ctx.today}
        if held["secrecy"] == "normal":
            await add_words(ctx, signed_row, filed=True)
        await settle(ctx, {**held, "state": State.SIGNED}, "sign")
        await petitions.give_answer(ctx, signed_row)
        await posting.post_letter(ctx, signed_row, held["content"].get("to", ()))
        await record(ctx, "eoffice.letter.signed", held, number=number)


def _entry(ctx: Context, row: Mapping[str, Any], number: str) -> dict[str, Any]:
    secret = row["secrecy"] != "normal"
    return {
        "letter_number": number,
        "dated_on": ctx.today,
        "sender": row["sender"],
        "recipient": row["recipient"],
        "subject": MASKED.th if secret else row["subject"],
    }
