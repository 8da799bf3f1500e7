"""Our handlers beside bare ones, each served by one process and asked over lines that stay open."""

import asyncio
import contextlib
import itertools
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from ipaddress import IPv4Address
from typing import NamedTuple

from core.runtime import Runtime
from tools.bench import bare
from tools.bench.ground import rounds
from tools.bench.starting import free_port

PATIENCE = 30.0  # seconds
AT_ONCE = (1, 16, 64)
REQUESTS, TURNS = 600, 8
_LENGTH = re.compile(rb"\ncontent-length: (\d+)", re.IGNORECASE)

Header = tuple[str, str]


class Asked(NamedTuple):
    """One request."""

    path: str
    payload: bytes
    headers: Sequence[Header] = ()


class Server(NamedTuple):
    """A process that serves at a port of this machine."""

    port: int

    async def ask_all(self, requests: Iterator[Asked], *, at_once: int) -> None:
        """Send requests, so many at a time, each as soon as the one before is answered.

        :raises RuntimeError: one was not taken.
        """
        lines = [await asyncio.open_connection("127.0.0.1", self.port) for _ in range(at_once)]
        try:
            await asyncio.gather(*(_ask(*line, requests) for line in lines))
        finally:
            for _, writer in lines:
                writer.close()


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, requests: Iterator[Asked]
) -> None:
    for one in requests:
        writer.write(_spelt(one))
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        if head[9:12] not in (b"200", b"201"):
            raise RuntimeError(f"{one.path} answered {head!r} {body[:300]!r}")


def _spelt(one: Asked) -> bytes:
    headers = [
        ("Host", "bench.localhost"),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(one.payload))),
        # Somebody else each time: from one address alone too many would come.
        ("X-Forwarded-For", str(IPv4Address(secrets.randbits(32)))),
        *one.headers,
    ]
    lines = [f"POST {one.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + one.payload


@contextlib.asynccontextmanager
async def both(runtime: Runtime) -> AsyncIterator[tuple[Server, Server]]:
    """Serve ours and the bare one, on the same database."""
    async with _served(runtime, "core", "web") as ours, _served(runtime, bare.__name__) as other:
        yield ours, other


@contextlib.asynccontextmanager
async def _served(runtime: Runtime, module: str, *arguments: str) -> AsyncIterator[Server]:
    port = free_port()
    environ = os.environ | {
        "THONGTHIN_DATA": str(runtime.settings.data),
        "THONGTHIN_DATABASE_URL": runtime.database_url,
        "PORT": str(port),
    }
    log = runtime.settings.data / f"{module}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(  # noqa: ASYNC220, S603 - it is started before anything is measured
            [sys.executable, "-m", module, *arguments], env=environ, stdout=said, stderr=said
        )
    try:
        until = time.monotonic() + PATIENCE
        while not await _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text(encoding="utf-8")[-2000:])
            await asyncio.sleep(0.05)
        yield Server(port)
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, PATIENCE)


async def _answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def compare(
    what: str, ours: Server, mine: Iterator[Asked], bare: Server, theirs: Iterator[Asked]
) -> list[str]:
    """Return a line for each number of requests at a time, the servers taking turns.

    :param mine: what our server is asked, as much as it takes.
    :param theirs: what the bare one is asked.
    """
    return [await _compare(what, ours, mine, bare, theirs, at_once) for at_once in AT_ONCE]


async def _compare(
    what: str,
    ours: Server,
    mine: Iterator[Asked],
    bare: Server,
    theirs: Iterator[Asked],
    at_once: int,
) -> str:
    best = await rounds(
        {
            "bare": lambda: bare.ask_all(itertools.islice(theirs, REQUESTS), at_once=at_once),
            "ours": lambda: ours.ask_all(itertools.islice(mine, REQUESTS), at_once=at_once),
        },
        turns=TURNS,
    )
    rates = {name: REQUESTS / seconds for name, seconds in best.items()}
    return (
        f"{what}, {at_once} at a time: {rates['ours']:.0f}/s against {rates['bare']:.0f}/s bare "
        f"= {rates['ours'] / rates['bare']:.2f} of its rate (asked: at least 0.35)"
    )
