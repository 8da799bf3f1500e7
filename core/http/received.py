"""What browsers send, read strictly: text that is text, no more of it than a form can hold.

Every handler reads forms by ``request.form()``, which is this one. Where the framework's own
would decode by guess, keep the last thousand forms in memory, or fall over, this one refuses
with a status and a sentence.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures import FormMultiDict, UploadFile
from litestar.exceptions import ClientException, InternalServerException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.types import Scope
from multipart import MultipartSegment, ParserError, ParserLimitReached, PushMultipartParser

LARGEST_TEXT = 12_000_000  # bytes of all texts of a form together; Thai takes nine a sign
MOST_FIELDS = 2_000
_DRAINED = 20_000_000  # bytes that are read and thrown away so that the refusal is seen

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
# The database takes no NUL, and no person types one; it comes with text copied from elsewhere.
_NUL = "\x00"

_READ = "thongthin.form"  # where in the scope it is found
_UNREADABLE, _TOO_LARGE, _NO_FORM = 400, 413, 415


class Received(Request[Any, Any, Any]):
    """A request whose form is read as said above."""

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """Yield the body; a browser that is gone meanwhile is no fault of ours."""
        try:
            async for chunk in super().stream():
                yield chunk
        except InternalServerException as gone:
            raise ClientException(status_code=_UNREADABLE) from gone

    async def form(self) -> FormMultiDict:
        """Return texts and files of the form, in the order in which they came.

        :raises ClientException: 400 it cannot be read, 413 it is too much, 415 it is no form.
        """
        known: Any = self.scope.get(_READ)
        if known is None:
            known = FormMultiDict(await self._read())
            self.scope[_READ] = known  # type: ignore[literal-required]
        form: FormMultiDict = known
        return form

    async def _read(self) -> list[tuple[str, Any]]:
        kind, options = self.content_type
        try:
            if kind == _FORMS[0]:
                return await self._read_texts()
            if kind == _FORMS[1]:
                return await self._read_parts(options.get("boundary", ""))
        except (ParserLimitReached, RequestEntityTooLarge) as limit:
            raise await self._refusal(_TOO_LARGE) from limit
        # Broken UTF-8, parts that do not end.
        except (ParserError, ValueError) as broken:
            raise await self._refusal(_UNREADABLE) from broken
        if kind or self.content_length:
            raise await self._refusal(_NO_FORM)
        return []

    async def _read_texts(self) -> list[tuple[str, Any]]:
        body = await self.body()
        if len(body) > LARGEST_TEXT or body.count(b"&") >= MOST_FIELDS:
            raise await self._refusal(_TOO_LARGE)
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
        return [(_clean(name), _clean(value)) for name, value in pairs]

    async def _read_parts(self, boundary: str) -> list[tuple[str, Any]]:
        parts: list[tuple[str, Any]] = []
        try:
            async for part in _parts(self, boundary):
                parts.append(part)
        except BaseException:
            for _, value in parts:
                if isinstance(value, UploadFile):
                    await value.close()
            raise
        return parts

    async def _refusal(self, status: int) -> ClientException:
        """Return the refusal, after the rest was read: a browser that is cut off shows nothing."""
        left = _DRAINED
        more = self.is_connected
        while more and left > 0:
            event: Any = await self.receive()
            left -= len(event.get("body", b""))
            more = event["type"] == "http.request" and event.get("more_body", False)
        return ClientException(status_code=status)


async def close_files(scope: Scope) -> None:
    """Let go of the files of a form that was read."""
    form: Any = scope.get(_READ)
    if form is not None:
        await form.close()


async def _parts(request: Received, boundary: str) -> AsyncIterator[tuple[str, Any]]:
    """Yield name and text, or name and file, of each part."""
    texts = 0
    segment: MultipartSegment | None = None
    data: UploadFile | bytearray = bytearray()
    with PushMultipartParser(boundary, max_segment_count=MOST_FIELDS) as parser:
        async for chunk in request.stream():
            for one in parser.parse(chunk):
                if isinstance(one, MultipartSegment):
                    segment, data = one, _begun(one)
                elif one and isinstance(data, UploadFile):
                    await data.write(one)
                elif one and isinstance(data, bytearray):
                    texts += len(one)
                    if texts > LARGEST_TEXT:
                        raise ParserLimitReached("texts of a form")
                    data.extend(one)
                elif segment is not None:
                    yield _clean(segment.name), await _ended(data)


def _begun(segment: MultipartSegment) -> UploadFile | bytearray:
    if not segment.filename:
        return bytearray()
    return UploadFile(
        content_type=segment.content_type or "application/octet-stream",
        filename=_clean(segment.filename),
        headers=dict(segment.headerlist),
    )


async def _ended(data: UploadFile | bytearray) -> Any:
    if isinstance(data, UploadFile):
        await data.seek(0)
        return data
    return _clean(data.decode())


def _clean(text: str) -> str:
    return text.replace(_NUL, "")
