"""Values are the same in both databases, whatever their type, and take little memory."""

import itertools
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.handover.lines import Tally, for_copy, read_rows
from core.handover.rows import Row, Table, connect, find_tables
from tests.core.handover.conftest import Place

AWKWARD = """
CREATE SCHEMA kinds;
CREATE TYPE kinds.colour AS ENUM ('red', 'green');
CREATE TABLE kinds.one (tenant_id varchar(32), id integer, amount numeric(12,4), float float8,
  at timestamptz, local timestamp, day date, pause interval, data bytea, plain json, binary_ jsonb,
  words text[], numbers integer[], found tsvector, colour kinds.colour, letter char(3),
  span int4range, "odd name" text, PRIMARY KEY (tenant_id, id));
INSERT INTO kinds.one VALUES
  ('maehia', 10, 1.5000, 'NaN', '2026-11-20 10:42:00.123456+07', 'infinity', '0044-03-15 BC',
   '1 year 2 mons -3 days 04:05:06.7', '\\x00ff5c0a', '{"a":  1, "a": null}', 'null',
   '{"a,b",NULL,"\\"q\\"",""}', '[0:1]={1,NULL}', 'ท้อง:1A ถิ่น:2', 'green', 'a', '[1,5)', E'\\\\N'),
  ('maehia', 9, -0.0001, 0.1, '-infinity', '2026-11-20', 'infinity', '0', '', '[]', '1.50', '{}',
   NULL, '', 'red', '', 'empty', E'a\\tb\\nc\\rd\\\\e\\\\\\\\ \\u2028 ''"'),
  ('maehia', 100, NULL, '-Infinity', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
   NULL, NULL, NULL, ''),
  ('yala', 9, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
   '')
"""
# 60 MB in 30,000 rows.
MANY = """
INSERT INTO core.message SELECT tenant_id, gen_random_uuid(), 'many/' || n, recipient, channel,
  account, address, language, template, subject_th, subject_en, repeat('ก', 600), body_en, href,
  'sent', 1, NULL, NULL, created_at, NULL, NULL
FROM core.message, generate_series(1, 30000) AS n WHERE id = (SELECT id FROM core.message LIMIT 1)
"""
LITTLE = 20_000_000  # bytes


def as_text(value: str) -> str:
    """Return what PostgreSQL reads in a field of its text format."""
    signs = {"\\n": "\n", "\\r": "\r", "\\t": "\t", "\\\\": "\\"}
    out, at = "", 0
    while at < len(value):
        pair = value[at : at + 2]
        out += signs.get(pair, value[at])
        at += 2 if pair in signs else 1
    return out


async def pieces(rows: Iterator[Row]) -> bytes:
    return b"".join([piece async for piece in for_copy(rows)])


def drive(rows: list[Row]) -> bytes:
    working = pieces(iter(rows))
    with pytest.raises(StopIteration) as ended:
        working.send(None)
    written: bytes = ended.value.value
    return written


@given(
    st.lists(st.lists(st.none() | st.text(st.characters(codec="utf-8")), min_size=2, max_size=2))
)
def test_what_is_given_to_copy_reads_as_it_was(rows: list[Row]) -> None:
    lines = drive(rows).decode().split("\n")[:-1]

    assert [
        [None if one == "\\N" else as_text(one) for one in line.split("\t")] for line in lines
    ] == rows


@given(
    st.lists(st.lists(st.none() | st.text(st.characters(codec="utf-8")), min_size=2, max_size=2))
)
def test_lines_read_as_they_were_written(rows: list[Row]) -> None:
    tally = Tally("a.b", {"c": "text", "d": "text"})
    written = tally.header + b"".join(map(tally.add, rows))

    assert written.count(b"\n") == len(rows) + 1
    assert [json.loads(line) for line in written.splitlines()] == [["c", "d"], *rows]
    assert tally.done().rows == len(rows)


async def test_every_type_is_the_same_in_the_other_database(here: Place, there: Place) -> None:
    await here.run(AWKWARD)
    await there.run(AWKWARD.partition("INSERT")[0])
    out, into = await connect(here.url), await connect(there.url)
    try:
        tables, _ = await find_tables(out)
        [table] = [one for one in tables if one.name == "kinds.one"]
        rows = await all_of(table, out)
        await into.copy_to_table("one", schema_name="kinds", source=for_copy(rows))
        assert await all_of(table, into) == rows
    finally:
        await out.close()
        await into.close()

    assert [row[1] for row in rows] == ["9", "10", "100"]
    same = "SELECT one::text FROM kinds.one WHERE tenant_id = 'maehia' ORDER BY id"
    assert await there.rows(same) == await here.rows(same)


async def all_of(table: Table, connection: asyncpg.Connection) -> list[Row]:
    async with connection.transaction():
        return [row async for row in table.read(connection, "maehia")]


async def test_many_rows_are_never_in_memory_together(
    here: Place, there: Place, tmp_path: Path
) -> None:
    await here.run(MANY)
    tracemalloc.start()
    try:
        went = await here.export(tmp_path / "1.tar")
        _, export_peak = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        came = await there.take(tmp_path / "1.tar")
        _, import_peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert came.content == went.content
    assert went.tables["core.message"].rows > 30_000
    assert max(export_peak, import_peak) < LITTLE


def test_a_line_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    for line in (b"{}\n", b'["a", 1]\n', b"[\n", b"\xff\n"):
        path.write_bytes(line)
        with pytest.raises(ValueError, match=r".+"):
            list(itertools.islice(read_rows(path), 1))
