"""The channels that the office sets up for itself, and how they are tried."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, InvalidInput, allow, page
from kit.forms import AnyRequest, Place, Reading, fill, first, read, read_posted
from plugins.eoffice.forms import setting as forms
from plugins.eoffice.rules.channels import Finding
from plugins.eoffice.rules.dispatching import CHANNELS
from plugins.eoffice.service import channels
from plugins.eoffice.service.rights import SETTINGS

PATH = "/desk/eoffice/settings/channels/{code:str}"
_SETTINGS = allow(SETTINGS)


@get(PATH, guards=[_SETTINGS])
async def show_channel(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Show how a channel is set up, to be changed."""
    return await _show(request, ctx, code)


async def _show(
    request: AnyRequest,
    ctx: Context,
    code: str,
    *,
    reading: Reading | None = None,
    refusal: InvalidInput | None = None,
    findings: Sequence[Finding] = (),
) -> Response[str]:
    kind = channels.kind_of(code)
    fields, row = forms.channel(code), (await channels.channels(ctx)).get(code)
    known: Mapping[str, Any] = {**row["config"], "active": row["active"]} if row else {}
    wrong = {**(reading.problems if reading else {}), **(refusal.problems if refusal else {})}
    return await page(
        request,
        ctx,
        "eoffice/channel.html",
        status_code=422 if wrong else 200,
        title=CHANNELS[code],
        secret=kind.secret,
        row=row,
        findings=findings,
        fields=fields,
        typed=reading.typed if reading else fill(fields, known or {"active": True}),
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        place=Place.of(ctx),
        channel=f"/desk/eoffice/settings/channels/{code}",
    )


@post(PATH, guards=[_SETTINGS])
async def keep(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str] | Redirect:
    """Set a channel up, or change it."""
    channels.kind_of(code)
    posted = await read_posted(request)
    reading = read(forms.channel(code), posted, Place.of(ctx))
    if reading.problems:
        return await _show(request, ctx, code, reading=reading)
    values = dict(reading.values)
    active, secret = bool(values.pop("active", False)), first(posted, "secret")[:200]
    try:
        await channels.keep(ctx, code, values, secret=secret, active=active)
    except InvalidInput as refusal:
        return await _show(request, ctx, code, reading=reading, refusal=refusal)
    return Redirect(f"/desk/eoffice/settings/channels/{code}", status_code=303)


@post(PATH + "/try", guards=[_SETTINGS])
async def probe(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Try a channel as it is set up, and show what was found."""
    channels.kind_of(code)
    return await _show(request, ctx, code, findings=await channels.probe(ctx, code))


router = Router("/", route_handlers=[show_channel, keep, probe])
