import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from core import db
from core.discovery import find
from core.host import Host
from core.migrations import migrate
from core.registry import apps


@pytest.fixture(scope="session")
async def kit_template(server: str, anyio_backend: str) -> AsyncIterator[str]:
    """A database with the tables of the core and the kit, to copy."""
    name = f"kit_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name}")
    pool, db.engine.pool = db.engine.pool, None
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    assert await migrate(url, apps(Host(find(("kit",))))) == {}
    db.engine.pool = pool
    yield name
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a plugin is written; what is called so above it is not the plugin's."""
    return tmp_path / "vendor" / "build" / "plugin"
