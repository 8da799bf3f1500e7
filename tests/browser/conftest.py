"""A real server process, a line to it that can be cut, and Chromium at the other end."""

import asyncio
import contextlib
import os
import secrets
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from tests.forked import run_forked
from tools.chromium import CHROMIUM, FLAGS, WHOLE

HERE = Path(__file__).parent
PATIENCE = 60  # seconds until the server must answer

expect.set_options(timeout=15_000)  # ms; two cores may have much else to do


class Line:
    """A line between browser and server. It can be cut, and it can lose an answer."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._cut = False
        self._losing: bytes | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.port = 0

    @contextlib.asynccontextmanager
    async def laid(self) -> AsyncIterator["Line"]:
        served = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        self.port = served.sockets[0].getsockname()[1]
        async with served:
            yield self
            self.cut()

    def cut(self) -> None:
        self._cut = True
        for writer in self._open:
            writer.transport.abort()

    def mend(self) -> None:
        self._cut = False

    def lose_answer_to(self, request: bytes) -> None:
        """Let the next request that begins so reach the server; its answer meets a cut line."""
        self._losing = request

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._cut:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        self._open |= {writer, back}
        lost = asyncio.Event()
        await asyncio.gather(
            self._carry(reader, back, lost, out=True), self._carry(there, writer, lost, out=False)
        )
        self._open -= {writer, back}

    async def _carry(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        lost: asyncio.Event,
        *,
        out: bool,
    ) -> None:
        # A connection that was cut ends in one of these.
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                if out and self._losing and data.startswith(self._losing):
                    lost.set()
                elif lost.is_set() and not out:
                    self._losing = None
                    self.cut()
                    break
                writer.write(data)
                await writer.drain()
        writer.close()


@dataclass(frozen=True)
class Site:
    """The server as a browser reaches it."""

    line: Line
    database: str
    environment: Mapping[str, str]

    async def work(self) -> None:
        """Do what waits for the background, as the worker does in an installation."""
        await _serving(self.environment, "work")

    def url(self, path: str, tenant: str = "maehia") -> str:
        return f"http://{tenant}.localhost:{self.line.port}{path}"

    async def rows(self, query: str, *values: object) -> Sequence[asyncpg.Record]:
        connection = await asyncpg.connect(self.database)
        try:
            rows: Sequence[asyncpg.Record] = await connection.fetch(query, *values)
            return rows
        finally:
            await connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.asynccontextmanager
async def _database(server: str, template: str) -> AsyncIterator[str]:
    name = f"browser_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@contextlib.asynccontextmanager
async def _served(database: str, folder: Path, more: dict[str, str]) -> AsyncIterator[Site]:
    """Fill the database by ``serving.py`` and serve it, reached by a line that can be cut."""
    port = _free_port()
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1])]),
        "THONGTHIN_DATABASE_URL": database,
        "THONGTHIN_DATA": str(folder),
        "THONGTHIN_SECRET": "ab" * 32,
        "THONGTHIN_REPOSITORY": str(folder / "repository"),
        **more,
    }
    log = folder / "server.log"
    command = ["--interface", "asgi", "--port", port, "--factory", "serving:create"]
    async with Line(port).laid() as line:
        # What is printed leads to where a browser reaches the server.
        environment["PORT"] = str(line.port)
        await _serving(environment)
        with log.open("wb") as written:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "granian", *map(str, command)),
                env=environment,
                stdout=written,
                stderr=written,
            )
        try:
            await _answers(port, log)
            yield Site(line, database, environment)
        finally:
            process.terminate()
            await asyncio.wait_for(process.wait(), 30)


@pytest.fixture(scope="session")
async def site(
    server: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    """Two municipalities with a plugin whose form is taken outside."""
    async with (
        _database(server, template) as database,
        _served(database, tmp_path_factory.mktemp("site"), {}) as served,
    ):
        yield served


@pytest.fixture(scope="session")
async def town(
    server: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    """The demonstration: officers in every role, citizens, cases in every state."""
    async with (
        _database(server, template) as database,
        _served(database, tmp_path_factory.mktemp("town"), {"THONGTHIN_DEMO": "1"}) as served,
    ):
        yield served


async def _serving(environment: Mapping[str, str], *arguments: str) -> None:
    script = [str(HERE / "serving.py"), *arguments]
    done = await asyncio.to_thread(run_forked, script, environment, Path.cwd())
    assert done.returncode == 0, done.stdout + done.stderr


def _end_of(log: Path) -> str:
    return log.read_text()[-4000:]


async def _answers(port: int, log: Path) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        for _ in range(PATIENCE * 5):
            with contextlib.suppress(httpx.TransportError):
                if (await client.get("/health")).status_code == 200:
                    return
            await asyncio.sleep(0.2)
    raise TimeoutError(f"the server does not answer:\n{_end_of(log)}")


@pytest.fixture(scope="session")
async def chromium(anyio_backend: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        await made.close()


@pytest.fixture
async def whole_chromium(anyio_backend: str) -> AsyncIterator[Browser]:
    """One with a reader of PDF, and that sends in the background."""
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(executable_path=WHOLE, args=FLAGS)
        yield made
        await made.close()


@pytest.fixture
async def device(chromium: Browser, site: Site) -> AsyncIterator[BrowserContext]:
    """A phone with a memory of its own, in Thai, 360 px wide."""
    context = await chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="th-TH", base_url=site.url("")
    )
    context.set_default_timeout(15_000)
    yield context
    await context.close()
    site.line.mend()
