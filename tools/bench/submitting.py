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

REQUESTS, AT_ONCE, TURNS = 600, 16, 3
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


async def _all(app: Any, path: str, expected: int) -> None:
    left = iter(range(REQUESTS))

    async def sender() -> None:
        for _ in left:
            status, body = await post_json(app, path, BODY)
            if status != expected:
                raise RuntimeError(f"{path} answered {status}: {body[:300]!r}")

    await asyncio.gather(*(sender() for _ in range(AT_ONCE)))


async def measure(runtime: Runtime, ctx: Context) -> list[str]:
    """Return the line about filing."""
    url = db.engine.config["dsn"]
    pool = await asyncpg.create_pool(url, min_size=1, max_size=20)
    try:
        await pool.execute(
            "CREATE TABLE bare_case (id bigserial PRIMARY KEY, name text, phone text,"
            " subject text); CREATE TABLE bare_entry (id bigserial PRIMARY KEY, what text)"
        )
        ours, bare = create_app(runtime), _bare(pool)
        best = await rounds(
            {
                "bare": lambda: _all(bare, "/file", 201),
                "ours": lambda: _all(ours, "/api/services/oss.general/cases", 201),
            },
            turns=TURNS,
        )
    finally:
        await pool.close()
    rates = {name: REQUESTS / seconds for name, seconds in best.items()}
    ratio = rates["ours"] / rates["bare"]
    return [
        f"submit: {rates['ours']:.0f}/s against {rates['bare']:.0f}/s bare "
        f"= {ratio:.2f} of its rate (asked: at least 0.35)"
    ]
