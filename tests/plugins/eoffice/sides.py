"""Two town halls that write to each other through eCMS, each with its officers and its node."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from core.context import Context
from plugins.eoffice.service import arrivals, channels, collecting, correspondents, receiving
from plugins.eoffice.service.correspondents import Entry
from plugins.eoffice.service.receiving import Head
from tests.plugins.eoffice import ecms_node, letters
from tests.plugins.eoffice.conftest import TownHall, rows, staffed
from tests.plugins.eoffice.working import work

MAEHIA, YALA, BETONG = "15001", "15002", "15003"
NAMES = {MAEHIA: "เทศบาลเมืองแม่เหียะ", YALA: "เทศบาลนครยะลา", BETONG: "เทศบาลเมืองเบตง"}


@dataclass
class Office:
    """A town hall, at one moment after the other."""

    hall: TownHall

    @property
    def ctx(self) -> Context:
        return self.hall.ctx

    def wait(self, **pause: int) -> None:
        now = self.ctx.now + timedelta(**pause)
        self.hall = replace(self.hall, ctx=replace(self.ctx, now=now))

    async def sits(self, who: str = "registry") -> Context:
        return await self.hall.sits(who)

    async def send(self) -> None:
        """Do what waits to be done."""
        await work(self.ctx)

    async def register(self) -> UUID:
        """Register the one letter that waits."""
        registry = await self.sits()
        [one] = await arrivals.arrivals(registry)
        facts = {name: one[name] for name in ("number", "dated_on", "sender", "recipient")}
        await receiving.register(
            registry, one["id"], Head(**facts, subject=one["subject"], first="clerk")
        )
        letter: UUID = one["id"]
        return letter

    async def sent(self) -> list[tuple[str, str, str]]:
        """Return what went out: what, how it stands, under which number it was received."""
        found = await rows(self.ctx, "SELECT * FROM eoffice.dispatch ORDER BY id")
        return [(row["what"], row["state"], row["accept_number"]) for row in found]

    async def numbers(self, register: str) -> list[tuple[int, str, str]]:
        """Return what stands in a register: number, number of the letter, from whom."""
        found = await rows(
            self.ctx,
            "SELECT * FROM eoffice.entry WHERE register = $1 ORDER BY year, number",
            register,
        )
        return [(row["number"], row["letter_number"], row["sender"]) for row in found]

    async def came(self) -> list[Any]:
        """Return what came in, the first first."""
        return await rows(self.ctx, "SELECT * FROM eoffice.arrival ORDER BY arrived_at, key")

    async def states(self) -> list[tuple[str, str]]:
        """Return number and state of the letters that came."""
        found = await rows(self.ctx, "SELECT * FROM eoffice.letter WHERE way = 'in' ORDER BY id")
        return [(row["number"], row["state"]) for row in found]

    async def told(self, template: str) -> list[Any]:
        """Return what officers were told in their inboxes, of one kind."""
        return await rows(
            self.ctx,
            "SELECT * FROM core.message WHERE template = $1 AND channel = 'inbox' ORDER BY id",
            template,
        )


@dataclass
class Side(Office):
    """A town hall on eCMS.

    :ivar other: the entry of the other one in its address book.
    """

    node: ecms_node.Node
    other: UUID

    async def collect(self) -> None:
        await collecting.collect(self.ctx)

    async def signs(self) -> UUID:
        """Sign a letter to the other one."""
        return await letters.signed(self.hall, to=(str(self.other),))


@asynccontextmanager
async def sides(ctx: Context, other: Context) -> AsyncIterator[tuple[Side, Side]]:
    """Found both town halls, each in the other's address book."""
    with ecms_node.nodes(*NAMES.items()) as (mine, peers, _):
        yield (
            await _side(ctx, mine, YALA),
            await _side(other, peers, MAEHIA),
        )


async def _side(ctx: Context, node: ecms_node.Node, other: str) -> Side:
    hall = await staffed(ctx)
    config = {"url": node.url, "ministry": "15", "department": node.department}
    await channels.keep(ctx, "ecms", config)
    entry = Entry(name=NAMES[other], channel="ecms", department=other)
    return Side(hall, node, await correspondents.keep(ctx, entry))
