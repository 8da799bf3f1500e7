"""Records of a plugin that is gone are read through the view that it left."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from core.context import EVERYWHERE, Actor, Context
from core.db import new_id
from core.errors import NotFound
from core.text import Text
from kit.documents.kept import find_kept, get_kept, read_kept, shelves
from kit.documents.store import Store

ME = uuid4()
LEFT = """
CREATE SCHEMA parks; GRANT USAGE ON SCHEMA parks TO thongthin_app;
CREATE TABLE parks.tree (
  tenant_id text, id uuid, title text, number text, dated_on date, sender text, recipient text,
  entered text[], unit text, allowed text, secret boolean, accounts uuid[], posts text[],
  files jsonb, notes jsonb
);
SELECT core.keep_within_tenant('parks.tree');
CREATE VIEW parks.records WITH (security_invoker = true) AS SELECT * FROM parks.tree;
GRANT SELECT ON parks.records TO thongthin_app;
"""
ADD = """
INSERT INTO parks.tree VALUES ($1, $2, $3, '7', '2026-11-20', 'ชาวสวน', 'เทศบาล', '{7/2569}', $4,
  'parks.tree', $5, $6, '{}', $7, $8)
"""
NOTES = """[{"at": "2026-11-20T03:42:00+00:00", "name": "มานพ", "post": "ผู้อำนวยการ",
  "acting": null, "action": {"th": "มอบ", "en": "Assign"}, "to": ["ปลัด"], "text": "ดูต้นจามจุรี"}]"""


async def left(database: str, ctx: Context, **trees: dict[str, Any]) -> dict[str, UUID]:
    """Lay the view of a plugin that this installation has no more, over these trees."""
    owner = await asyncpg.connect(database)
    await owner.execute(LEFT)
    found = {}
    for title, tree in trees.items():
        one: dict[str, Any] = {
            "unit": "works",
            "secret": False,
            "accounts": [],
            "files": "[]",
        } | tree
        found[title] = new_id()
        values = (one["unit"], one["secret"], one["accounts"], one["files"], NOTES)
        await owner.execute(ADD, ctx.tenant.id, found[title], title, *values)
    await owner.close()
    return found


def who(ctx: Context, **permissions: frozenset[str] | None) -> Context:
    rights = {f"parks.{name}": units for name, units in permissions.items()}
    return replace(ctx, actor=Actor(kind="officer", id=ME, permissions=rights))


async def seen(ctx: Context, query: str = "") -> list[str]:
    return [one["title"] for one in await find_kept(ctx, "parks", query)]


async def test_records_are_there_for_whom_the_plugin_said(ctx: Context, database: str) -> None:
    await left(database, ctx, rain={}, teak={"unit": "clerk"}, fig={"secret": True})

    assert await shelves(ctx) == {"parks": Text("parks", "parks")}
    assert await seen(who(ctx, tree=EVERYWHERE)) == ["teak", "rain"]
    assert await seen(who(ctx, tree=frozenset({"works"}))) == ["rain"]
    assert await seen(who(ctx, bush=EVERYWHERE)) == []


async def test_a_secret_record_is_there_for_its_list_alone(
    ctx: Context, other: Context, database: str
) -> None:
    trees = await left(database, ctx, fig={"secret": True, "accounts": [ME]}, elm={"secret": True})

    assert await seen(who(ctx)) == ["fig"]
    assert (await get_kept(who(ctx), "parks", trees["fig"]))["notes"][0].text == "ดูต้นจามจุรี"
    for context, tree in ((who(ctx, tree=EVERYWHERE), "elm"), (who(other), "fig")):
        with pytest.raises(NotFound):
            await get_kept(context, "parks", trees[tree])


async def test_records_are_found_by_every_word_and_read_on_before_one(
    ctx: Context, database: str
) -> None:
    trees = await left(database, ctx, rain={}, teak={}, raintree={})
    me = who(ctx, tree=EVERYWHERE)

    assert await seen(me, "RAIN ชาวสวน") == ["raintree", "rain"]
    assert await seen(me, "rain ชาวนา") == []
    older = await find_kept(me, "parks", "rain", before=trees["raintree"])
    assert [one["title"] for one in older] == ["rain"]


async def test_a_file_is_given_as_it_came(ctx: Context, database: str) -> None:
    digest = await Store(ctx.settings.data / "files").put_async(ctx.tenant.id, b"%PDF-1.7 tree")
    file = f'{{"id": "{ME}", "name": "ต้นไม้.pdf", "mime": "application/pdf", "digest": "{digest}"}}'
    trees = await left(database, ctx, rain={"files": f"[{file}]"})
    me = who(ctx, tree=EVERYWHERE)

    given = await read_kept(me, "parks", trees["rain"], str(ME))
    with pytest.raises(NotFound):
        await read_kept(me, "parks", trees["rain"], str(uuid4()))

    assert given == (b"%PDF-1.7 tree", "ต้นไม้.pdf", "application/pdf")


async def test_of_a_plugin_that_is_on_or_left_nothing_there_is_nothing(ctx: Context) -> None:
    assert "eoffice" in ctx.tenant.plugins
    for plugin in ("eoffice", "oss", "pg_catalog", "nothing"):
        with pytest.raises(NotFound):
            await find_kept(who(ctx), plugin, "")
