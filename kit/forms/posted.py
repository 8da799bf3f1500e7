"""What a browser posted, as texts by control."""

from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile

AnyRequest = Request[Any, Any, Any]
Posted = dict[str, list[str]]


async def read_posted(request: AnyRequest) -> Posted:
    """Return the texts of a posted form; files are left to who asked for them."""
    posted: Posted = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            posted.setdefault(name, []).append(value)
    return posted


async def read_files(request: AnyRequest) -> dict[str, list[UploadFile]]:
    """Return the files of a posted form by control, without those that were not chosen."""
    files: dict[str, list[UploadFile]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile) and value.filename:
            files.setdefault(name, []).append(value)
    return files


def first(posted: Posted, name: str, default: str = "") -> str:
    """Return the text of a control that is sent once."""
    return posted.get(name, [default])[0]


def revision_of(posted: Posted) -> int:
    """Return on which state of a thing its page was based; an odd one is never current."""
    return read_revision(first(posted, "revision"))


def read_revision(text: str) -> int:
    """Return a revision as it was sent; -1, which is never current, for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def read_page(text: str) -> int:
    """Return which page of a list an address asks for, from 1; 1 for what is none."""
    number = read_revision(text)
    return number if 0 < number < 10**5 else 1
