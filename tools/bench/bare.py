"""What our handlers are compared with: two inserts in one transaction, and nothing else.

``python -m tools.bench.bare`` serves it as ours are served; ``PORT`` and
``THONGTHIN_DATABASE_URL`` say where.
"""

import os
from typing import Any

import asyncpg
from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from litestar import Litestar, post
from litestar.datastructures import State
from litestar.params import JSONBody

_TABLES = """
CREATE TABLE IF NOT EXISTS bare_case
  (id bigserial PRIMARY KEY, name text, phone text, subject text);
CREATE TABLE IF NOT EXISTS bare_payment
  (id bigserial PRIMARY KEY, ref1 text, number text, amount text);
CREATE TABLE IF NOT EXISTS bare_entry (id bigserial PRIMARY KEY, what text)
"""


@post("/file")
async def file(data: JSONBody[dict[str, Any]], state: State) -> dict[str, str]:
    """Keep what was filed."""
    async with state.pool.acquire() as connection, connection.transaction():
        await connection.execute(
            "INSERT INTO bare_case (name, phone, subject) VALUES ($1, $2, $3)",
            data["applicant"]["name"],
            data["applicant"]["phone"],
            data["answers"]["subject"],
        )
        await connection.execute("INSERT INTO bare_entry (what) VALUES ($1)", "filed")
    return {"status": "ok"}


@post("/call")
async def call(data: JSONBody[dict[str, Any]], state: State) -> dict[str, str]:
    """Keep what a bank told."""
    async with state.pool.acquire() as connection, connection.transaction():
        await connection.execute(
            "INSERT INTO bare_payment (ref1, number, amount) VALUES ($1, $2, $3)",
            data["billPaymentRef1"],
            data["transactionId"],
            data["amount"],
        )
        await connection.execute("INSERT INTO bare_entry (what) VALUES ($1)", "paid")
    return {"resCode": "00"}


async def _connect(app: Litestar) -> None:
    url = os.environ["THONGTHIN_DATABASE_URL"]
    app.state.pool = await asyncpg.create_pool(url, min_size=1, max_size=20)
    await app.state.pool.execute(_TABLES)


async def _disconnect(app: Litestar) -> None:
    await app.state.pool.close()


def create() -> Litestar:
    """Return the application."""
    return Litestar(
        [file, call],
        openapi_config=None,
        logging_config=None,
        on_startup=[_connect],
        on_shutdown=[_disconnect],
    )


if __name__ == "__main__":
    Granian(
        f"{__spec__.name}:{create.__name__}",
        factory=True,
        interface=Interfaces.ASGI,
        port=int(os.environ["PORT"]),
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
