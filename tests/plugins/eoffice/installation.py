"""One installation by itself: a process that does on its own database what it is told.

Its clock is what it is told too, so that days pass in a moment. The other side talks to the web
server that runs beside it.
"""

import asyncio
import base64
import json
import os
import socket
import sys
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import db
from core.context import SYSTEM, Context
from core.runtime import Runtime, make_runtime
from core.settings import read_settings
from core.tenants.service import create_tenant
from plugins.eoffice.service import arrivals, correspondents, receiving
from plugins.eoffice.service.correspondents import Entry
from plugins.eoffice.service.receiving import Head
from plugins.eoffice.service.seals import public_key
from tests.conftest import a_tenant
from tests.plugins.eoffice import letters, working
from tests.plugins.eoffice.conftest import TownHall, rows, staffed


class Here:
    """The installation, and what it can be told to do; each returns what JSON can say."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._hall: TownHall | None = None

    async def _ctx(self, now: str) -> Context:
        tenant = await self._runtime.directory.get("maehia")
        assert tenant is not None
        return self._runtime.context(tenant, now=datetime.fromisoformat(now), actor=SYSTEM)

    async def found(self, now: str, name: str) -> str:
        """Found the office with its officers, and return its public key."""
        tenant = a_tenant("maehia", name, "อำเภอเมือง")
        ctx = self._runtime.context(tenant, now=datetime.fromisoformat(now))
        await create_tenant(ctx, plugins=["eoffice"])
        self._hall = await staffed(await self._ctx(now))
        return await public_key(await self._ctx(now))

    async def know(self, now: str, name: str, node: str, key: str) -> str:
        """Enter the other office in the address book."""
        entry = Entry(name=name, channel="direct", node=node, key=key)
        return str(await correspondents.keep(await self._ctx(now), entry))

    async def write(self, now: str, to: str) -> str:
        """Draft and sign a letter to the other office."""
        assert self._hall is not None
        hall = replace(self._hall, ctx=await self._ctx(now))
        return str(await letters.signed(hall, to=(to,)))

    async def work(self, now: str) -> str:
        """Do what is due, and return when the next is."""
        later = await working.work(await self._ctx(now))
        return later.isoformat() if later else ""

    async def register(self, now: str) -> list[str]:
        """Register all that has come, and return the receive numbers."""
        ctx = await self._ctx(now)
        done = []
        for one in await arrivals.arrivals(ctx):
            head = Head(
                number=one["number"],
                dated_on=one["dated_on"],
                sender=one["sender"],
                recipient=one["recipient"],
                subject=one["subject"],
                first="clerk",
            )
            done.append(str((await receiving.register(ctx, one["id"], head)).number))
        return done

    async def sent(self, now: str) -> list[dict[str, Any]]:
        """Return what went out with what was signed for it."""
        return await self._rows(now, "SELECT * FROM eoffice.dispatch ORDER BY id")

    async def came(self, now: str) -> list[dict[str, Any]]:
        """Return what came in with what was signed for it."""
        return await self._rows(now, "SELECT * FROM eoffice.arrival ORDER BY arrived_at, key")

    async def letters(self, now: str) -> list[dict[str, Any]]:
        """Return the letters that were received."""
        return await self._rows(
            now, "SELECT id, number, state FROM eoffice.letter WHERE way = 'in' ORDER BY number"
        )

    async def _rows(self, now: str, query: str) -> list[dict[str, Any]]:
        found = await rows(await self._ctx(now), query)
        return [{name: _plain(value) for name, value in row.items()} for row in found]


_found = socket.getaddrinfo


def _resolve(host: Any, *rest: Any, **more: Any) -> Any:
    """Find names below localhost on this machine, as RFC 6761 says, where the system does not."""
    name = host.decode() if isinstance(host, bytes) else host
    return _found("127.0.0.1" if name and name.endswith(".localhost") else host, *rest, **more)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return str(value) if isinstance(value, UUID | datetime) else value


async def main() -> None:
    socket.getaddrinfo = _resolve
    settings = read_settings(os.environ)
    assert settings.database_url
    runtime = make_runtime(settings, settings.database_url)
    await db.open_pool()
    here = Here(runtime)
    for line in sys.stdin:
        told = json.loads(line)
        answer = await getattr(here, told.pop("do"))(**told)
        sys.stdout.write(msgspec.json.encode(answer).decode() + "\n")
        sys.stdout.flush()
    await db.close_pool()


if __name__ == "__main__":
    asyncio.run(main())
