"""Filing a request, against a bare handler that makes two inserts in one transaction."""

import asyncio
from typing import Any

import asyncpg
from litestar import Litestar, post
from litestar.params import JSONBody

from core import db
from core.context import Context
from core.http.app import create_app
from core.runtime import Runtime
from tools.bench.ground import post_json, rounds

REQUESTS, TURNS = 600, 4
AT_ONCE = (1, 16)
PATH = "/api/services/oss.general/cases"
BODY = {
    "applicant": {"name": "นายสมชาย ใจดี", "phone": "+66812345678"},
    "answers": {"subject": "ขอให้ตัดกิ่งไม้พาดสายไฟ", "details": "กลัวหักช่วงลมแรง หน้าวัด"},
}


def _bare(pool: asyncpg.Pool) -> Litestar:
    @post("/file")
    async def file(data: JSONBody[dict[str, Any]]) -> dict[str, str]:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(
                "INSERT INTO bare_case (name, phone, subject) VALUES ($1, $2, $3)",
                data["applicant"]["name"],
                data["applicant"]["phone"],
                data["answers"]["subject"],
            )
            await connection.execute("INSERT INTO bare_entry (what) VALUES ($1)", "filed")
        return {"status": "ok"}

    return Litestar([file], openapi_config=None, logging_config=None)


async def _all(app: Any, path: str, *, at_once: int) -> None:
    left = iter(range(REQUESTS))

    async def sender() -> None:
        for _ in left:
            status, body = await post_json(app, path, BODY)
            if status != 201:
                raise RuntimeError(f"{path} answered {status}: {body[:300]!r}")

    await asyncio.gather(*(sender() for _ in range(at_once)))


async def measure(runtime: Runtime, ctx: Context) -> list[str]:
    """Return the lines about filing: one after another, and many at once."""
    url = db.engine.config["dsn"]
    pool = await asyncpg.create_pool(url, min_size=1, max_size=20)
    try:
        await pool.execute(
            "CREATE TABLE bare_case (id bigserial PRIMARY KEY, name text, phone text,"
            " subject text); CREATE TABLE bare_entry (id bigserial PRIMARY KEY, what text)"
        )
        ours, bare = create_app(runtime), _bare(pool)
        # An office at work: some cases, and the statistics that PostgreSQL takes within a minute.
        await _all(ours, PATH, at_once=16)
        await pool.execute("ANALYZE")
        return [await _compare(bare, ours, at_once) for at_once in AT_ONCE]
    finally:
        await pool.close()


async def _compare(bare: Any, ours: Any, at_once: int) -> str:
    best = await rounds(
        {
            "bare": lambda: _all(bare, "/file", at_once=at_once),
            "ours": lambda: _all(ours, PATH, at_once=at_once),
        },
        turns=TURNS,
    )
    rates = {name: REQUESTS / seconds for name, seconds in best.items()}
    return (
        f"submit, {at_once} at a time: {rates['ours']:.0f}/s against {rates['bare']:.0f}/s bare "
        f"= {rates['ours'] / rates['bare']:.2f} of its rate (asked: at least 0.35)"
    )
