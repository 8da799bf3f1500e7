"""Uploads in pieces over HTTP: the part of the tus protocol, version 1.0, that browsers need.

``POST`` begins an upload, ``HEAD`` says how far it got, ``PATCH`` adds a piece, ``DELETE`` throws
it away. Whoever serves them knows the owner, and what is to become of a file that is whole. The
last ``PATCH`` answers with what became of it, as often as it is asked.
"""

from base64 import b64decode
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from anyio import to_thread
from litestar import MediaType, Request, Response

from core.api import AppError, Context, Text
from kit.documents.files import LARGEST
from kit.documents.refusals import FileRefused
from kit.documents.uploads import Begun, Upload, Uploads

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"

# How long a file that broke off waits for the rest.
LIFE = timedelta(days=1)

Finish = Callable[[Upload], Awaitable[Mapping[str, str]]]

_MALFORMED = Text(
    "คำสั่งส่งไฟล์ไม่ครบถ้วน โหลดหน้าใหม่แล้วแนบอีกครั้ง",
    "The request to send a file is not complete. Reload the page and attach it again.",
)
_NO_PIECE = Text(
    "ข้อมูลที่ส่งมาไม่ใช่ส่วนของไฟล์ โหลดหน้าใหม่แล้วแนบอีกครั้ง",
    "What was sent is no piece of a file. Reload the page and attach it again.",
)


class Malformed(AppError):
    """The headers of a sender are missing or make no sense."""


class NoPiece(AppError):
    """The body is not of the type that pieces have."""

    status_code = 415


def uploads_of(ctx: Context) -> Uploads:
    """Return the unfinished files of the municipality."""
    return Uploads(ctx.settings.data / "uploads", ctx.tenant.id)


async def sweep(ctx: Context) -> None:
    """Delete what nobody has gone on with for a day."""
    await to_thread.run_sync(uploads_of(ctx).sweep, ctx.now - LIFE)


async def unfinished(ctx: Context, owner: str) -> Sequence[Upload]:
    """Return the files of an owner that broke off, by name."""
    found = await to_thread.run_sync(uploads_of(ctx).of, owner)
    return [one for one in found if one.result is None]


def read_begun(request: Request[Any, Any, Any]) -> Begun:
    """Return what the headers say of a file that is to come.

    :raises Malformed: they do not say its size, or cannot be read.
    """
    given: dict[str, str] = {}
    for pair in request.headers.get("upload-metadata", "")[:4000].split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            given[name] = b64decode(value, validate=True).decode().replace("\x00", "")
        except ValueError as broken:
            raise Malformed(_MALFORMED) from broken
    return Begun(
        name=given.get("filename", "")[:1000],
        total=_number(request, "upload-length"),
        document=given.get("document", "")[:80],
        mark=given.get("mark", "")[:80],
    )


async def begin(
    request: Request[Any, Any, Any],
    ctx: Context,
    owner: str,
    begun: Begun,
    *,
    largest: int = LARGEST,
) -> Response[None]:
    """Begin an upload, or find the same file that broke off, and say where it goes on."""
    uploads = uploads_of(ctx)
    upload = await to_thread.run_sync(lambda: uploads.begin(owner, begun, largest=largest))
    location = f"{request.url.path.rstrip('/')}/{upload.key}"
    return _answer(201, {"Location": location} | _offset(upload))


async def show(ctx: Context, owner: str, key: str) -> Response[None]:
    """Say how far an upload got."""
    upload = await to_thread.run_sync(uploads_of(ctx).get, owner, key)
    told = {"Upload-Length": str(upload.begun.total), "Cache-Control": "no-store"}
    return _answer(200, _offset(upload) | told)


async def append(
    request: Request[Any, Any, Any], ctx: Context, owner: str, key: str, finish: Finish
) -> Response[Any]:
    """Add a piece; once the file is whole, have it finished and say what became of it.

    :param finish: keeps the file; sent again after a lost answer it may be called twice.
    :raises FileRefused: it is not one that can be taken; the upload is gone then.
    """
    if request.content_type[0] != PIECE:
        raise NoPiece(_NO_PIECE)
    offset, piece = _number(request, "upload-offset"), await request.body()
    uploads = uploads_of(ctx)
    upload = await to_thread.run_sync(
        lambda: uploads.append(owner, key, offset=offset, piece=piece)
    )
    if upload.received < upload.begun.total:
        return _answer(204, _offset(upload))
    result = upload.result or await _finished(uploads, owner, upload, finish)
    headers = _offset(upload) | {"Tus-Resumable": VERSION}
    return Response(result, status_code=200, media_type=MediaType.JSON, headers=headers)


async def _finished(
    uploads: Uploads, owner: str, upload: Upload, finish: Finish
) -> Mapping[str, str]:
    try:
        result = dict(await finish(upload))
    except FileRefused:
        await discard_upload(uploads, owner, upload.key)
        raise
    await to_thread.run_sync(uploads.close, owner, upload.key, result)
    return result


async def discard(ctx: Context, owner: str, key: str) -> Response[None]:
    """Throw an upload away."""
    await discard_upload(uploads_of(ctx), owner, key)
    return _answer(204, {})


async def forget_results(ctx: Context, owner: str, ids: Collection[str]) -> None:
    """Forget what became of uploads whose files were left out again: they may be sent anew."""

    def forget() -> None:
        for upload in uploads_of(ctx).of(owner):
            if upload.result is not None and upload.result.get("id") in ids:
                uploads_of(ctx).discard(owner, upload.key)

    await to_thread.run_sync(forget)


async def discard_upload(uploads: Uploads, owner: str, key: str) -> None:
    """Delete an upload while the event loop goes on."""
    await to_thread.run_sync(uploads.discard, owner, key)


def owner_of(kind: str, id: UUID) -> str:
    """Return by which name the uploads of a thing are kept, e.g. of a draft."""
    return f"{kind}/{id}"


def _number(request: Request[Any, Any, Any], header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Malformed(_MALFORMED)
    return int(text)


def _offset(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.received)}


def _answer(status: int, headers: Mapping[str, str]) -> Response[None]:
    return Response(None, status_code=status, headers={"Tus-Resumable": VERSION, **headers})
