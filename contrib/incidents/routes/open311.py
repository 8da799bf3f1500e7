"""Open311 GeoReport v2 for other programs: discovery, services, requests, as XML and JSON.

Anybody may read and call it from a page of their own; who sends a report needs a key. No report is
made later, so no tokens are given.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from litestar import Response, Router, get, post
from litestar.params import FromPath

from contrib.incidents.forms.georeport import check_located, read_point, read_request
from contrib.incidents.rules import georeport
from contrib.incidents.rules.categories import CATEGORIES, Category
from contrib.incidents.rules.georeport import Format, Value, Wrong
from contrib.incidents.service import assets, keys, open311, sending
from contrib.incidents.service.sending import Wish
from core.api import AppError, Context, Ctx, NotFound, Text, TooMany, attempts, public
from kit.forms import AnyRequest, Place, Posted, first, read_posted
from kit.geo import Point

PATH = "/open311/v2"
_CORS = {"Access-Control-Allow-Origin": "*"}
_NO_PLACE = Text("ไม่พบ jurisdiction_id นี้ ใช้ {known}", "jurisdiction_id not found; it is {known}.")
_NO_CODE = Text("ไม่ได้ส่ง service_code", "service_code was not provided.")
_UNKNOWN = Text("ไม่พบ service_code: {code}", "service_code not found: {code}.")
_NO_KEY = Text("ไม่ได้ส่ง api_key", "api_key was not provided.")
_BAD_KEY = Text("api_key ใช้ไม่ได้หรือถูกถอนแล้ว", "api_key is not valid, or was withdrawn.")
_NO_REQUEST = Text("ไม่พบ service_request_id: {code}", "service_request_id not found: {code}.")
_NO_STATUS = Text("status ต้องเป็น open หรือ closed", "status must be open or closed.")
_NO_FORMAT = Text("รูปแบบต้องเป็น xml หรือ json", "The format must be xml or json.")
_STATUSES = {"open", "closed"}
Handler = Callable[..., Awaitable[Response[bytes]]]


def _both(name: str) -> list[str]:
    return [f"{PATH}/{name}.{format}" for format in georeport.MEDIA]


def _format(request: AnyRequest) -> Format:
    return "json" if request.url.path.endswith(".json") else "xml"


def _answer(request: AnyRequest, root: str, value: Value, status: int = 200) -> Response[bytes]:
    format = _format(request)
    body = georeport.written(root, value, format)
    media = georeport.MEDIA[format]
    return Response(body, status_code=status, media_type=media, headers=dict(_CORS))


def _told(handler: Handler) -> Handler:
    """Let what a handler refuses be told as the specification has it; and who is asked checked."""

    @wraps(handler)
    async def telling(request: AnyRequest, ctx: Context, **more: Any) -> Response[bytes]:
        try:
            _check_jurisdiction(ctx, await _jurisdiction(request))
            return await handler(request=request, ctx=ctx, **more)
        except Wrong as wrong:
            status, sentences, wait = wrong.status, wrong.sentences, None
        except AppError as refusal:
            status, sentences = refusal.status_code, (refusal.in_short,)
            wait = refusal.retry_after if isinstance(refusal, TooMany) else None
        told = [{"code": status, "description": one.to(ctx.language)} for one in sentences]
        answer = _answer(request, "errors", told, status)
        if wait is not None:
            answer.headers["Retry-After"] = str(wait)
        return answer

    return telling


async def _jurisdiction(request: AnyRequest) -> str:
    if request.method == "POST":
        return first(await read_posted(request), "jurisdiction_id")
    return request.query_params.get("jurisdiction_id", "")


def _check_jurisdiction(ctx: Context, given: str) -> None:
    host = ctx.origin.partition("://")[2].partition(":")[0]
    if given and given not in (host, ctx.tenant.id):
        raise Wrong(404, _NO_PLACE.format(known=host))


def _code_of(last: str) -> str:
    """Return the code of which the last part of an address speaks, without its format."""
    code, _, format = last.rpartition(".")
    if format not in georeport.MEDIA:
        raise Wrong(404, _NO_FORMAT)
    return code


def _category(code: str) -> Category:
    if not code:
        raise Wrong(400, _NO_CODE)
    if code not in CATEGORIES:
        raise Wrong(404, _UNKNOWN.format(code=code[:40]))
    return CATEGORIES[code]


@get(_both("discovery"), guards=[public])
@_told
async def discover(request: AnyRequest, ctx: Ctx) -> Response[bytes]:
    """Tell where the interface is."""
    return _answer(request, "discovery", open311.discovery(ctx))


@get(_both("services"), guards=[public])
@_told
async def list_services(request: AnyRequest, ctx: Ctx) -> Response[bytes]:
    """List the kinds of incidents."""
    return _answer(request, "services", open311.services(ctx))


@get(f"{PATH}/services/{{code:str}}", guards=[public])
@_told
async def define_service(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[bytes]:
    """Tell what else a kind asks for."""
    found = open311.definition(ctx, _category(_code_of(code)))
    return _answer(request, "service_definition", found)


@get(_both("requests"), guards=[public])
@_told
async def list_requests(request: AnyRequest, ctx: Ctx) -> Response[bytes]:
    """List reports: those of some numbers, or those that fit."""
    params = request.query_params
    if numbers := _listed(params.get("service_request_id", "")):
        found = await open311.requests_of(ctx, numbers)
        return _answer(request, "service_requests", found)
    start = georeport.moment(params.get("start_date", ""), "start_date")
    end = georeport.moment(params.get("end_date", ""), "end_date")
    since, until = georeport.span(start, end, ctx.now)
    codes = [_category(code).code for code in _listed(params.get("service_code", ""))]
    found = await open311.requests_within(
        ctx, since, until, categories=codes or None, is_open=_is_open(params.get("status", ""))
    )
    return _answer(request, "service_requests", found)


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _is_open(text: str) -> bool | None:
    wanted = set(_listed(text))
    if wanted - _STATUSES:
        raise Wrong(400, _NO_STATUS)
    return None if len(wanted) != 1 else wanted == {"open"}


@get(f"{PATH}/requests/{{code:str}}", guards=[public])
@_told
async def show_request(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[bytes]:
    """Show one report."""
    number = _code_of(code)
    found = await open311.requests_of(ctx, [number])
    if not found:
        raise Wrong(404, _NO_REQUEST.format(code=number[:40]))
    return _answer(request, "service_requests", found)


@post(_both("requests"), guards=[public], exclude_from_csrf=True, status_code=200)
@_told
async def send_request(request: AnyRequest, ctx: Ctx) -> Response[bytes]:
    """Take a report of another program, which has a key."""
    posted = await read_posted(request)
    if not (given := first(posted, "api_key")):
        raise Wrong(403, _NO_KEY)
    if (key := await keys.key_of(ctx, given)) is None:
        raise Wrong(403, _BAD_KEY)
    category = _category(first(posted, "service_code"))
    wish = await _wish(ctx, posted, category, key)
    await attempts.take(ctx, "incidents.open311", f"{key} {ctx.now:%j %H}", attempts.FILINGS)
    sent = await sending.send(ctx, wish, other=True)
    notice = (await open311.notice(ctx, category)).to(ctx.language)
    told = {"service_request_id": sent.code, "service_notice": notice, "account_id": None}
    return _answer(request, "service_requests", [told])


async def _wish(ctx: Context, posted: Posted, category: Category, key: UUID) -> Wish:
    place = Place.of(ctx)
    values = read_request(posted, place).values
    point = read_point(first(posted, "lat"), first(posted, "long"), place)
    asset = await _asset(ctx, posted)
    address = values.get("address_string", "")
    check_located(point, address, asset)
    if asset:
        point = Point(asset["lat"], asset["lon"])
    names = (values.get("first_name", ""), values.get("last_name", ""))
    return Wish(
        category=category.code,
        description=values.get("description", ""),
        key=str(uuid4()),
        asset=asset["id"] if asset else None,
        point=point,
        address=address,
        place=asset["place"] if asset else "",
        name=" ".join(filter(None, names)),
        phone=values.get("phone", ""),
        email=values.get("email", ""),
        media_url=values.get("media_url", ""),
        channel="open311",
        api_key=key,
    )


async def _asset(ctx: Context, posted: Posted) -> dict[str, Any] | None:
    """Return the asset that is named: by the attribute, or as what our addresses are."""
    code = first(posted, f"attribute[{open311.ASSET}]") or first(posted, "address_id")
    if not code:
        return None
    try:
        return await assets.asset_of_code(ctx, code)
    except NotFound as refusal:
        raise Wrong(400, refusal.sentence) from None


router = Router(
    "/",
    route_handlers=[
        discover,
        list_services,
        define_service,
        list_requests,
        show_request,
        send_request,
    ],
)
