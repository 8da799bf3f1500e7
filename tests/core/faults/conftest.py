"""What the matrix shares: one database, and the plugin that goes wrong."""

import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from core.settings import Settings, read_settings
from tests.conftest import named
from tests.core.faults import faulty


@pytest.fixture(scope="module")
async def database(server: str, template: str) -> AsyncIterator[str]:
    """A database for a whole module of tests."""
    name = f"faults_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield named(server, name)
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    data = tmp_path_factory.mktemp("faults") / "data"
    return read_settings({"THONGTHIN_DATA": str(data), "THONGTHIN_SECRET": "ab" * 32})


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The folder of the plugin's migrations; in the end it does right everywhere."""
    yield tmp_path
    faulty.ORDERS.clear()
    faulty.KEPT.clear()
