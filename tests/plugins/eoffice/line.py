"""A line between two offices that is cut at random, or down."""

import asyncio
import contextlib
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Line:
    """A proxy in front of a port: cuts connections as chance has it.

    :ivar down: nothing gets through.
    :ivar cut: how often one is cut, from 0 to 1.
    """

    target: int
    chance: random.Random
    port: int = 0
    down: bool = False
    cut: float = 0.0
    cuts: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Before anything is sent, in the middle of it, or after all of it, before the answer.
        most = self.chance.choice((0, 200, 2_000, 20_000, 10**9)) if self._is_cut() else -1
        backwards = self.chance.choice((0, 100)) if most == 10**9 else -1
        if self.down or most == 0:
            self.cuts += not self.down
            writer.close()
            return
        try:
            there = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        out = asyncio.create_task(_pass(reader, there[1], most if backwards < 0 else -1))
        back = asyncio.create_task(_pass(there[0], writer, backwards))
        done, _ = await asyncio.wait({out, back}, return_when=asyncio.FIRST_COMPLETED)
        if most > 0:
            self.cuts += 1
        elif out in done:
            await asyncio.wait({back}, timeout=30)
        for task in (out, back):
            task.cancel()
        for one in (writer, there[1]):
            one.close()

    def _is_cut(self) -> bool:
        return self.chance.random() < self.cut

    @contextlib.contextmanager
    def running(self) -> Iterator["Line"]:
        """Let it run in a thread of its own."""
        thread = threading.Thread(target=self._loop.run_forever)
        thread.start()
        begun = asyncio.start_server(self._serve, "127.0.0.1", self.port)
        server = asyncio.run_coroutine_threadsafe(begun, self._loop).result()
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(self._end(server), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    async def _end(self, server: asyncio.Server) -> None:
        server.close()
        mine = asyncio.all_tasks() - {asyncio.current_task()}
        for task in mine:
            task.cancel()
        await asyncio.gather(*mine, return_exceptions=True)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int) -> None:
    passed = 0
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(4096):
            if 0 <= most < passed + len(data):
                return
            passed += len(data)
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
