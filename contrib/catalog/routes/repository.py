"""The repository of the catalog, as installations fetch it: documents and wheels, nothing else.

A document with a number and a wheel with its hash never change, so anybody may keep them; of the
timestamp everybody asks whether there is another one.
"""

from hashlib import sha256

from litestar import Response, Router, get
from litestar.datastructures import ETag
from litestar.params import FromPath
from litestar.response import File

from contrib.catalog.service.published import STAMP, find_wheel, read_document
from core.api import AWAKE, Ctx, public
from kit.forms import AnyRequest

PATH = "/catalog/repository"
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK = "public, no-cache"
# The next root is asked for until it is there.
_NOTHING = {"Cache-Control": "no-store"}
_JSON, _WHEEL = "application/json", "application/octet-stream"


@get(f"{PATH}/metadata/{{name:str}}", guards=[public], exclude_from_csrf=True, opt=AWAKE)
async def give_document(request: AnyRequest, ctx: Ctx, name: FromPath[str]) -> Response[bytes]:
    """Give a signed document."""
    data = await read_document(ctx, name)
    if data is None:
        return _nothing()
    tag = f'W/"{sha256(data).hexdigest()}"'  # weak: it may be sent compressed
    headers = {"Cache-Control": _ASK if name == STAMP else _FOR_EVER, "ETag": tag}
    if _has(request, tag):
        return Response(b"", status_code=304, headers=headers)
    return Response(data, media_type=_JSON, headers=headers)


@get(
    f"{PATH}/targets/{{publisher:str}}/{{file:str}}",
    guards=[public],
    exclude_from_csrf=True,
    opt=AWAKE,
)
async def give_wheel(
    request: AnyRequest, ctx: Ctx, publisher: FromPath[str], file: FromPath[str]
) -> Response[bytes] | File:
    """Give a wheel that was approved."""
    found = await find_wheel(ctx, publisher, file)
    if found is None:
        return _nothing()
    path, digest = found
    headers = {"Cache-Control": _FOR_EVER}
    if _has(request, f'"{digest}"'):
        return Response(b"", status_code=304, headers={**headers, "ETag": f'"{digest}"'})
    return File(path, media_type=_WHEEL, headers=headers, etag=ETag(value=digest))


def _nothing() -> Response[bytes]:
    return Response(b"", status_code=404, media_type="text/plain", headers=_NOTHING)


def _has(request: AnyRequest, tag: str) -> bool:
    """Return whether who asks has it already."""
    asked = request.headers.get("if-none-match", "")
    known = [one.strip().removeprefix("W/") for one in asked.split(",")]
    return asked.strip() == "*" or tag.removeprefix("W/") in known


router = Router("/", route_handlers=[give_document, give_wheel])
