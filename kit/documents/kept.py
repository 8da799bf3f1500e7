"""Records of a plugin that is off, or gone: found and read as they were left, with their files.

A plugin whose records are to outlive its switch lays a view ``<plugin>.records`` over its rows,
with ``security_invoker``, and grants it to the application. Its code is not asked. A row is a
record:

- ``tenant_id``, ``id``, ``title``, ``number``, ``dated_on``, ``sender``, ``recipient``, and
  ``entered``, the numbers under which it stands in registers (``text[]``);
- who sees it: ``accounts`` (``uuid[]``); and where it is not ``secret``, those who hold the
  permission ``allowed`` in its ``unit`` and who sits today in one of ``posts`` (``text[]``);
- ``files`` (JSON): a :class:`KeptFile` each, whose bytes are in the store;
- ``notes`` (JSON): a :class:`KeptNote` for each that was written on it, the first first.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import EVERYWHERE, Context, NotFound, Text, audit, posts, transaction
from kit.documents.store import Store

PAGE = 50
_KNOWN = ("documents.kept",)  # under which they are remembered for the life of a process
_NONE = Text("ไม่พบรายการนี้", "There is no such record.")

_VIEWS = """
SELECT space.nspname AS plugin FROM pg_class AS relation
JOIN pg_namespace AS space ON space.oid = relation.relnamespace
WHERE relation.relname = 'records' AND relation.relkind = 'v' ORDER BY 1
"""
# $1 tenant, $2 account, $3 posts of it, $4 permissions held everywhere, $5 those held in a unit.
_SEEN = """
FROM {plugin}.records k WHERE k.tenant_id = $1 AND ($2 = ANY (k.accounts) OR NOT k.secret AND (
  k.allowed = ANY ($4) OR k.allowed || '/' || k.unit = ANY ($5) OR k.posts && $3))
"""
_LIST = "SELECT k.id, k.title, k.number, k.dated_on, k.sender, k.recipient, k.secret" + _SEEN
_FOUND = (
    _LIST
    + """
AND NOT EXISTS (SELECT FROM unnest($6::text[]) AS word
  WHERE strpos(lower(concat_ws(' ', k.number, k.title, k.sender, k.recipient)), word) = 0)
AND (k.id < $7 OR $7 IS NULL) ORDER BY k.id DESC LIMIT $8
"""
)
_ONE = "SELECT k.*" + _SEEN + "AND k.id = $6"


class KeptFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a record, by its digest in the store."""

    id: str
    name: str
    mime: str
    digest: str


class KeptNote(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote on a record.

    :param acting: in whose place: ``how``, ``post`` and ``order``.
    :param action: in words.
    :param to: titles of the posts that it went to.
    """

    at: datetime
    name: str
    post: str
    acting: dict[str, Any] | None = None
    action: Text
    to: tuple[str, ...] = ()
    text: str = ""


async def shelves(ctx: Context) -> dict[str, Text]:
    """Return the plugins that are off or gone and have left records, with what they are called."""
    if _KNOWN not in ctx.host.memory:
        async with transaction(ctx) as connection:
            rows = await connection.fetch(_VIEWS)
        ctx.host.memory[_KNOWN] = tuple(row["plugin"] for row in rows)
    off = [name for name in ctx.host.memory[_KNOWN] if name not in ctx.tenant.plugins]
    known = ctx.host.plugins
    return {name: known[name].title if name in known else Text(name, name) for name in off}


async def find_kept(
    ctx: Context, plugin: str, query: str, *, before: UUID | None = None
) -> Sequence[Any]:
    """Return records that the actor may see and that have every word of a query, the newest first.

    :param before: only those that are older than this record.
    :raises NotFound: the plugin is on, or has left nothing.
    """
    words = query[:200].lower().split()
    values = (*await _seeing(ctx, plugin), words, before, PAGE)
    async with transaction(ctx) as connection:
        found: Sequence[Any] = await connection.fetch(_FOUND.format(plugin=plugin), *values)
    return found


async def get_kept(ctx: Context, plugin: str, record: UUID, **what: Any) -> dict[str, Any]:
    """Return a record that the actor reads; whoever reads a secret one stands in the trail.

    :param what: of it, where not the record itself.
    :raises NotFound: there is none, or it is not for the actor's eyes, which looks the same.
    """
    values = await _seeing(ctx, plugin)
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_ONE.format(plugin=plugin), *values, record)
        if row is None:
            raise NotFound(_NONE)
        if row["secret"]:
            await audit.record(ctx, "documents.kept.read", f"kept/{record}", **what)
    files = msgspec.json.decode(row["files"], type=list[KeptFile])
    return {**row, "files": files, "notes": msgspec.json.decode(row["notes"], type=list[KeptNote])}


async def read_kept(ctx: Context, plugin: str, record: UUID, file: str) -> tuple[bytes, str, str]:
    """Return bytes, name and type of a file of a record, as it came.

    :raises NotFound: as :func:`get_kept`.
    """
    files = (await get_kept(ctx, plugin, record, file=file))["files"]
    found = next((one for one in files if one.id == file), None)
    if found is None:
        raise NotFound(_NONE)
    data = await Store(ctx.settings.data / "files").read_async(ctx.tenant.id, found.digest)
    return data, found.name, found.mime


async def _seeing(ctx: Context, plugin: str) -> tuple[Any, ...]:
    """Return the values of ``_SEEN``, for the actor of today."""
    if plugin not in await shelves(ctx):
        raise NotFound(_NONE)
    seats = await posts.seats_of(ctx, ctx.actor.id) if ctx.actor.id else []
    held = ctx.actor.permissions.items()
    return (
        ctx.tenant.id,
        ctx.actor.id,
        [seat.post.key for seat in seats],
        [right for right, units in held if units is EVERYWHERE],
        [f"{right}/{unit}" for right, units in held for unit in units or ()],
    )
