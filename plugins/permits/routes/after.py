"""After a permit: what its holder can ask for, and what officers put right in the register."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, Router, get
from litestar.response import Redirect

from core.api import Ctx, Text, page, public
from kit.casework import grants_router, offered
from plugins.permits.rules.after import AFTER, RENEW
from plugins.permits.service.carrying import CARRIER

AnyRequest = Request[Any, Any, Any]
# What a link may fill in; everything else is asked.
_KNOWN = ("permit", "work")


def _known(request: AnyRequest) -> str:
    given = {one: request.query_params.get(one, "")[:20] for one in _KNOWN}
    return urlencode({name: value for name, value in given.items() if value})


@get("/permits/after", guards=[public])
async def show_after(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what can be asked for once there is a permit."""
    services = await offered(ctx)
    return await page(
        request,
        ctx,
        "permits/after.html",
        services=[services[code] for code in AFTER if code in services],
        known=_known(request),
    )


@get("/permits/renew", guards=[public])
async def show_renewal(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Lead from a reminder to the renewal, with the number filled in."""
    return Redirect(f"/services/{RENEW}?{_known(request)}", status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_after,
        show_renewal,
        grants_router(
            CARRIER,
            title=Text("ใบอนุญาตที่รอแก้ทะเบียน", "Permits to put right"),
            intro=Text(
                "คำขอที่ออกเอกสารแล้ว แต่ยังไม่แก้ทะเบียน เพราะต้องให้เจ้าหน้าที่ตรวจก่อน",
                "The paper was issued, but an officer has to look before the register is changed.",
            ),
            label=Text("เลขที่ใบอนุญาต", "Number of the permit"),
        ),
    ],
)
