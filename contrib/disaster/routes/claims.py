"""Claims for aid at the desk: listed, taken, inspected, refused, certified."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.disaster.forms.claims import CLAIM, MENDED, REFUSED, account_of
from contrib.disaster.rules.claim_form import asked_of
from contrib.disaster.rules.claims import BANKS, COMMITTEES, HOUSES, SCHEMES, STATES, TONES
from contrib.disaster.service import (
    appraising,
    certifying,
    claim_list,
    claims,
    events,
    households,
    paying,
    resolving,
)
from contrib.disaster.service.rights import CLAIMS, PAY, RESOLVE
from core.api import AppError, Context, Ctx, Text, allow, page
from kit.documents import KeptPhoto, open_photo
from kit.forms import AnyRequest, Sheet, read_page, read_posted, read_sheet, revision_of, show_sheet

HOME = "/desk/disaster/claims"
_CLAIMS, _RESOLVE = allow(CLAIMS), allow(RESOLVE)
_NEW = Sheet(
    title=Text("รับคำขอเงินช่วยเหลือ", "Take a claim for aid"),
    back=(HOME, Text("เงินช่วยเหลือ", "Claims for aid")),
    groups=CLAIM,
    button=Text("บันทึกคำขอ", "Take the claim"),
    intro=Text(
        "ครัวเรือนหนึ่งขอเงินแต่ละประเภทของเหตุการณ์หนึ่งได้ครั้งเดียว",
        "A household claims each kind of aid once for a disaster.",
    ),
)


def words(ctx: Context) -> dict[str, Any]:
    """Return the words of codes in the reader's language, and how states are shown."""
    given: dict[str, Any] = {
        "schemes": SCHEMES,
        "states": STATES,
        "houses": HOUSES,
        "banks": BANKS,
        "committees": COMMITTEES,
    }
    said = {
        name: {code: text.to(ctx.language) for code, text in one.items()}
        for name, one in given.items()
    }
    return said | {"tones": TONES}


@get(HOME, guards=[_CLAIMS])
async def show_claims(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List the claims, in the order in which they were filed."""
    asked = request.query_params
    query, state = asked.get("q", "").replace("\0", ""), asked.get("state", "")
    at = read_page(asked.get("page", ""))
    found = await claim_list.list_claims(ctx, state=state, query=query, page=at)
    ways = [
        f"{HOME}?{urlencode({'q': query, 'state': state, 'page': n})}" for n in (at - 1, at + 1)
    ]
    return await page(
        request,
        ctx,
        "disaster/claims.html",
        found=found,
        query=query,
        state=state,
        events=await events.read_events(ctx),
        previous=ways[0] if at > 1 else None,
        next=ways[1] if found.last < found.total else None,
        **words(ctx),
    )


@get(f"{HOME}/new", guards=[_CLAIMS])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about a claim."""
    return await show_sheet(request, ctx, _NEW)


@post(f"{HOME}/new", guards=[_CLAIMS])
async def take(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Take a claim."""
    reading = await read_sheet(request, ctx, _NEW)
    if reading.problems:
        return await show_sheet(request, ctx, _NEW, reading=reading)
    who = {"name": reading.values["claimant"], "phone": reading.values["phone"]}
    try:
        id = await claims.enter(ctx, asked_of(reading.values), **who)
    except AppError as refusal:
        return await show_sheet(request, ctx, _NEW, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


@get(f"{HOME}/{{claim:uuid}}", guards=[_CLAIMS])
async def show_claim(request: AnyRequest, ctx: Ctx, claim: FromPath[UUID]) -> Response[str]:
    """Show a claim with how its amount was reckoned and what the bank did."""
    return await _show(request, ctx, claim)


async def _show(
    request: AnyRequest, ctx: Context, id: UUID, refusal: AppError | None = None
) -> Response[str]:
    row = await claims.read_claim(ctx, id)
    return await page(
        request,
        ctx,
        "disaster/claim.html",
        status_code=refusal.status_code if refusal else 200,
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        claim=row,
        lines=appraising.lines_of(row),
        event=await events.get_event(ctx, row["event_id"]),
        home=await households.get_household(ctx, row["household_id"]),
        resolution=await resolving.get_resolution(ctx, row["resolution_id"]),
        payments=await paying.payments_for(ctx, id),
        certificates=await certifying.certificates_of(ctx, id),
        may={"certify": ctx.actor.may(RESOLVE), "pay": ctx.actor.may(PAY)},
        **words(ctx),
    )


def _refusal(claim: UUID, revision: int) -> Sheet:
    return Sheet(
        title=Text("ไม่อนุมัติคำขอเงินช่วยเหลือ", "Refuse a claim for aid"),
        back=(f"{HOME}/{claim}", Text("คำขอนี้", "This claim")),
        groups=REFUSED,
        button=Text("ไม่อนุมัติ", "Refuse it"),
        hidden={"revision": str(revision)},
        danger=True,
    )


@get(f"{HOME}/{{claim:uuid}}/refuse", guards=[_CLAIMS])
async def show_refusal(request: AnyRequest, ctx: Ctx, claim: FromPath[UUID]) -> Response[str]:
    """Ask why a claim is refused."""
    row = await claims.read_claim(ctx, claim)
    return await show_sheet(request, ctx, _refusal(claim, row["revision"]), about=row["name"])


@post(f"{HOME}/{{claim:uuid}}/refuse", guards=[_CLAIMS])
async def refuse(request: AnyRequest, ctx: Ctx, claim: FromPath[UUID]) -> Response[str] | Redirect:
    """Refuse a claim."""
    revision = revision_of(await read_posted(request))
    sheet = _refusal(claim, revision)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        await appraising.refuse(ctx, claim, reading.values["why"], revision=revision)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{claim}", status_code=303)


def _account(claim: UUID, revision: int) -> Sheet:
    return Sheet(
        title=Text("แก้บัญชีรับเงิน", "Mend the account"),
        back=(f"{HOME}/{claim}", Text("คำขอนี้", "This claim")),
        groups=MENDED,
        button=Text("บันทึกบัญชีใหม่", "Keep the new account"),
        intro=Text(
            "ชุดจ่ายรอบถัดไปใช้บัญชีนี้ ยอดเดิมไม่เปลี่ยน",
            "The next batch pays to it. The amount stays.",
        ),
        hidden={"revision": str(revision)},
    )


@get(f"{HOME}/{{claim:uuid}}/account", guards=[_CLAIMS])
async def show_account(request: AnyRequest, ctx: Ctx, claim: FromPath[UUID]) -> Response[str]:
    """Ask for another account."""
    row = await claims.read_claim(ctx, claim)
    known = {"bank": row["bank"], "account_name": row["account_name"]}
    sheet = _account(claim, row["revision"])
    return await show_sheet(request, ctx, sheet, values=known, about=row["name"])


@post(f"{HOME}/{{claim:uuid}}/account", guards=[_CLAIMS])
async def mend(request: AnyRequest, ctx: Ctx, claim: FromPath[UUID]) -> Response[str] | Redirect:
    """Put another account in place of one that the bank refused."""
    revision = revision_of(await read_posted(request))
    sheet = _account(claim, revision)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        await paying.mend_account(ctx, claim, **account_of(reading.values), revision=revision)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{claim}", status_code=303)


@post(f"{HOME}/{{claim:uuid}}/certificate", guards=[_RESOLVE])
async def certify(request: AnyRequest, ctx: Ctx, claim: FromPath[UUID]) -> Response[str] | Redirect:
    """Certify that a household suffered from a disaster."""
    try:
        await certifying.certify(ctx, claim)
    except AppError as refusal:
        return await _show(request, ctx, claim, refusal)
    return Redirect(f"{HOME}/{claim}#certificates", status_code=303)


@get(f"{HOME}/{{claim:uuid}}/certificates/{{paper:uuid}}", guards=[_CLAIMS])
async def give_certificate(
    ctx: Ctx, claim: FromPath[UUID], paper: FromPath[UUID]
) -> Response[bytes]:
    """Give a certificate as a file."""
    data, name = await certifying.certificate_pdf(ctx, claim, paper)
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=headers)


@get(f"{HOME}/{{claim:uuid}}/photos/{{number:int}}", guards=[_CLAIMS])
async def give_photo(ctx: Ctx, claim: FromPath[UUID], number: FromPath[int]) -> Response[bytes]:
    """Give a photo of the inspection."""
    photo: KeptPhoto = await appraising.photo_of(ctx, claim, number)
    data, media_type = await open_photo(ctx, photo)
    headers = {"Content-Disposition": "inline", "Cache-Control": "private, no-store"}
    return Response(data, media_type=media_type, headers=headers)


router = Router(
    "/",
    route_handlers=[
        show_claims,
        show_new,
        take,
        show_claim,
        show_refusal,
        refuse,
        show_account,
        mend,
        certify,
        give_certificate,
        give_photo,
    ],
)
