"""The map of permits at the desk, with its list."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, Router, get

from core.api import Ctx, allow, page
from kit.geo import Point
from kit.thai import Unreadable
from plugins.permits.routes.register import HOME, sought_of, words
from plugins.permits.service import mapping
from plugins.permits.service.mapping import CLOSEST, Asked, Mark
from plugins.permits.service.rights import READ

PATH = "/desk/permits/map"
AnyRequest = Request[Any, Any, Any]


def _asked(request: AnyRequest) -> Asked:
    given, sought = request.query_params, sought_of(request)
    # At first what counts now: the permits of past years would hide it.
    stands = sought.stands if "state" in given else "valid"
    return Asked(
        work=sought.work,
        stands=stands,
        at=_place(given.get("at", "")),
        near=_number(given.get("near", ""), CLOSEST),
        skip=_number(given.get("skip", ""), 10**6),
    )


def _place(typed: str) -> Point | None:
    try:
        return Point.parse(typed[:60]) if typed else None
    except Unreadable:
        return None


def _number(typed: str, most: int) -> int:
    plain = typed.isascii() and typed.isdigit() and len(typed) < 8
    return min(int(typed), most) if plain else 0


def _address(asked: Asked, **other: Any) -> str:
    values = {
        "work": asked.work,
        "state": asked.stands,
        "at": str(asked.at) if asked.at else "",
        "near": asked.near or "",
    }
    kept = {name: value for name, value in (values | other).items() if value or name == "state"}
    return f"{PATH}?{urlencode(kept)}"


@get(PATH, guards=[allow(READ)])
async def show_map(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show where what may be built, on a map and in a list."""
    asked = _asked(request)
    mapped = await mapping.show_map(ctx, asked)
    last = asked.skip + len(mapped.permits)
    return await page(
        request,
        ctx,
        "permits/map.html",
        asked=asked,
        mapped=mapped,
        marks=[(one, _leads(asked, one)) for one in mapped.marks],
        ways=_ways(asked),
        previous=_address(asked, skip=max(0, asked.skip - mapping.PAGE)) if asked.skip else None,
        next=_address(asked, skip=last) if last < mapped.total else None,
        **words(ctx),
    )


def _leads(asked: Asked, mark: Mark) -> str:
    """Return where a mark leads: to its only permit, or closer, or to the list of what is here."""
    if mark.spot.count == 1:
        return f"{HOME}/{mark.spot.first}"
    near = min(asked.near + 1, CLOSEST)
    here = "#permits" if asked.near >= CLOSEST else ""
    return _address(asked, at=str(mark.spot.centre), near=near) + here


def _ways(asked: Asked) -> dict[str, str | None]:
    """Return the ways out of a part of the map."""
    if not asked.at:
        return {"out": None, "whole": None}
    near = asked.near - 1
    out = _address(asked, near=near) if near > 0 else _address(asked, at="", near="")
    return {"out": out, "whole": _address(asked, at="", near="")}


router = Router("/", route_handlers=[show_map])
