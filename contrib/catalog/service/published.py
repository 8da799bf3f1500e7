"""What the catalog that is kept here has published; nothing of it that waits to be signed."""

import asyncio
import logging
import re
from collections.abc import Sequence
from pathlib import Path

from contrib.catalog.service.kept import kept_here
from core.api import Context, NotFound, Text, catalog

log = logging.getLogger(__name__)

STAMP = "timestamp.json"
_NONE = Text("ไม่มีคลังปลั๊กอินที่นี่", "No catalog of plugins is kept here.")
_DOCUMENT = re.compile(r"[1-9][0-9]{0,9}\.(root|targets|snapshot|[a-z][a-z0-9-]{1,39})\.json")
_MEMORY, _HISTORY = ("catalog.published",), ("catalog.history",)


def repository_of(ctx: Context) -> Path:
    """Return the folder of the catalog that is kept here, which is the operator's.

    :raises NotFound: none is, or this is another office.
    """
    kept = kept_here(ctx)
    if kept is None:
        raise NotFound(_NONE)
    return kept.folder


async def published(ctx: Context) -> catalog.Known | None:
    """Return what is published; None where nothing is that can be read.

    It is read and verified again when another state was signed. Where that fails, as it may while
    one is being published, what was read before counts.

    :raises NotFound: no catalog is kept here.
    """
    folder = repository_of(ctx)
    try:
        stamp = (folder / "metadata" / STAMP).read_bytes()
    except OSError:
        return None
    before = ctx.host.memory.get(_MEMORY)
    if before is not None and before[0] == stamp:
        known: catalog.Known = before[1]
        return known
    try:
        known = await asyncio.to_thread(catalog.read_published, folder, ctx.now)
    except catalog.Untrusted as problem:
        log.warning("the catalog in %s cannot be read: %s", folder, problem)
        return before[1] if before is not None else None
    ctx.host.memory[_MEMORY] = (stamp, known)
    return known


async def changes(ctx: Context) -> Sequence[catalog.Turn]:
    """Return when versions that are published were approved and stopped, the newest first.

    :raises NotFound: no catalog is kept here.
    """
    known = await published(ctx)
    history: catalog.History = ctx.host.memory.setdefault(_HISTORY, catalog.History())
    found = await asyncio.to_thread(history.read, repository_of(ctx))
    listed = known.listed if known else {}
    return [one for one in found if (one.plugin, one.version) in listed]


async def read_document(ctx: Context, name: str) -> bytes | None:
    """Return a document of the catalog as it was signed; None where there is none.

    :param name: of its file.
    """
    if name != STAMP and not _DOCUMENT.fullmatch(name):
        return None
    path = repository_of(ctx) / "metadata" / name
    try:
        return await asyncio.to_thread(path.read_bytes)
    except FileNotFoundError:
        return None


async def find_wheel(ctx: Context, publisher: str, file: str) -> tuple[Path, str] | None:
    """Return where a published wheel lies, with its SHA-256; None where none is so called.

    :param file: its SHA-256, a dot and its name.
    """
    known = await published(ctx)
    digest, _, name = file.partition(".")
    for one in known.listed.values() if known else ():
        if one.path == f"{publisher}/{name}" and one.digest == digest:
            path = repository_of(ctx) / "targets" / publisher / file
            return (path, digest) if path.is_file() else None
    return None
