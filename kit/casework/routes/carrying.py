"""The page of what was granted and waits, because the register of its plugin does not fit it."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, Text, allow, page, typed
from kit.casework.service.carrying import (
    Carrier,
    drop_grant,
    finish_grant,
    grant_target,
    waiting_grants,
)
from kit.forms import AnyRequest


def grants_router(
    carrier: Carrier,
    *,
    title: Text,
    intro: Text,
    label: Text,
    read: str = "",
    leads: str = "",
    template: str = "casework/grants.html",
) -> Router:
    """Return the page at ``carrier.path``, on which an officer deals with what waits.

    :param title: what waits, in two or three words.
    :param intro: why it waits.
    :param label: what the number is of that can be corrected, e.g. the number of the permit.
    :param read: permission of who may look without dealing with it; empty for nobody else.
    :param leads: begin of the address of what was changed, whose id follows; empty to stay.
    :param template: one of the plugin that extends ``casework/grants.html`` by its own parts.
    """

    async def show(
        request: AnyRequest, ctx: Context, refusal: AppError | None = None, **sent: str
    ) -> Response[str]:
        return await page(
            request,
            ctx,
            template,
            status_code=refusal.status_code if refusal else 200,
            waiting=await waiting_grants(ctx, carrier),
            carrier=carrier,
            words={"title": title, "intro": intro, "label": label},
            may={carrier.permission: ctx.actor.may(carrier.permission)},
            refusal=refusal.in_short.to(ctx.language) if refusal else None,
            sent=sent,
        )

    @get(carrier.path, guards=[allow(read or carrier.permission)])
    async def show_grants(request: AnyRequest, ctx: Ctx) -> Response[str]:
        """Show what waits."""
        return await show(request, ctx)

    @post(f"{carrier.path}/{{case:uuid}}", guards=[allow(carrier.permission)])
    async def deal(request: AnyRequest, ctx: Ctx, case: FromPath[UUID]) -> Response[str] | Redirect:
        """Carry a request out, or let it be; refused it comes back as it was sent."""
        sent = await typed(request, "do", "number", "why")
        target = None
        try:
            if sent["do"] == "drop":
                await drop_grant(ctx, carrier, case, why=sent["why"])
            else:
                await finish_grant(ctx, carrier, case, number=sent["number"].strip())
                target = await grant_target(ctx, carrier, case) if leads else None
        except AppError as refusal:
            return await show(request, ctx, refusal, case=str(case), **sent)
        return Redirect(f"{leads}/{target}" if target else carrier.path, status_code=303)

    return Router("/", route_handlers=[show_grants, deal])
