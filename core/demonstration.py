"""Whether a database is a demonstration, whose passwords and codes are known to everybody.

Kept as the comment of the schema ``core``, which only the owner can write.
"""

from typing import Final, Literal

import asyncpg

Mark = Literal["demonstration, begun", "demonstration"]
BEGUN: Final = "demonstration, begun"
DONE: Final = "demonstration"


async def mark_of(connection: asyncpg.Connection) -> str | None:
    """Return whether the database is a demonstration: ``BEGUN``, ``DONE`` or None."""
    found: str | None = await connection.fetchval(
        "SELECT obj_description(to_regnamespace('core'), 'pg_namespace')"
    )
    return found


async def set_mark(connection: asyncpg.Connection, mark: Mark) -> None:
    """Make the database a demonstration."""
    await connection.execute(f"COMMENT ON SCHEMA core IS '{mark}'")
