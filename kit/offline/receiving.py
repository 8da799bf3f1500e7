"""Requests that may arrive twice: their key and fingerprint, and the answer to them."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import uuid4

from litestar import MediaType, Request, Response
from litestar.datastructures import UploadFile
from litestar.response import Redirect

from core.api import Context, InvalidInput, NotSignedIn, Text
from kit.offline.receipts import Answer, Sending

KEY_FIELD = "idempotency_key"
KEY_HEADER = "Idempotency-Key"
ACCOUNT_HEADER = "Offline-Account"

# Differ from one sending of the same to the next.
_PASSING = frozenset({KEY_FIELD, "_csrf_token"})
_KEY = re.compile(r"[A-Za-z0-9_.-]{8,80}")

_NO_KEY = Text(
    "หน้านี้ไม่ครบถ้วน โหลดหน้าใหม่แล้วส่งอีกครั้ง",
    "This page is not complete. Reload it and send again.",
)
_NOT_YOURS = Text(
    "เรื่องนี้กรอกไว้ด้วยบัญชีอื่น เข้าสู่ระบบด้วยบัญชีนั้น แล้วจะส่งให้เอง สิ่งที่กรอกไว้ยังอยู่",
    "This was filled in under another account. Sign in with it and it will be sent by itself; "
    "what was filled in is kept.",
)


def account_mark(ctx: Context) -> str:
    """Return by what a device tells accounts apart, which is not their id; "" for strangers."""
    if ctx.actor.id is None:
        return ""
    return ctx.keys.fingerprint("offline account", ctx.tenant.id, str(ctx.actor.id)).hex()[:32]


def new_key(_: Context) -> str:
    """Return a fresh idempotency key for a form."""
    return str(uuid4())


async def read_sending(request: Request[Any, Any, Any], ctx: Context) -> Sending:
    """Return the key and the fingerprint of a posted form; one without a key is a new wish.

    :raises InvalidInput: the key is not one that our forms make.
    :raises NotSignedIn: the device kept it under another account.
    """
    mark = request.headers.get(ACCOUNT_HEADER)
    if mark is not None and mark != account_mark(ctx):
        raise NotSignedIn(_NOT_YOURS)
    form = await request.form()
    key = request.headers.get(KEY_HEADER) or form.get(KEY_FIELD) or new_key(ctx)
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise InvalidInput({KEY_FIELD: _NO_KEY})
    # Of the order, only that within a name is told to us.
    items = sorted(form.multi_items(), key=lambda item: item[0])
    parts = [part for item in items for part in await _parts(*item)]
    return Sending(key, ctx.actor.id, ctx.keys.fingerprint("offline sending", *parts))


async def _parts(name: str, value: Any) -> tuple[str, ...]:
    if name in _PASSING:
        return ()
    if not isinstance(value, UploadFile):
        return (name, "text", str(value))
    if not value.filename:
        # A file that was not chosen: a browser sends it empty, the worker leaves it out.
        return ()
    content = await value.read()
    await value.seek(0)
    return (name, value.filename, sha256(content).hexdigest())


def reply(request: Request[Any, Any, Any], ctx: Context, answer: Answer) -> Response[Any]:
    """Answer a sending: people are led to the page of it, the worker is told of it."""
    if "json" not in request.headers.get("accept", ""):
        return Redirect(answer.location, status_code=303)
    return Response(told(ctx, answer), media_type=MediaType.JSON, status_code=200)


def told(ctx: Context, answer: Answer) -> Mapping[str, str]:
    """Return an answer as the worker reads it."""
    return {"location": answer.location, "words": answer.words.to(ctx.language)}
