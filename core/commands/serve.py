"""``thongthin serve``: everything that an installation needs, in one command."""

import argparse
import asyncio
import contextlib
import errno
import functools
import http.client
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import FrameType

from core import embedded, logs
from core.catalog.client import Catalog
from core.catalog.installed import Installations
from core.catalog.starting import Starts
from core.commands import demo, demo_catalog, demo_people, web, work
from core.commands.report import report
from core.commands.surroundings import bring_up_found, database, opened, say
from core.manifest import PluginRefused
from core.settings import Settings, SettingsError
from core.supervisor import Supervisor, do_apart
from core.tenants.tenant import Tenant

log = logging.getLogger(__name__)

LISTED = 10  # municipalities whose addresses are printed
READY = 60.0  # seconds
PORT_FREE = 5.0  # seconds in which a killed server's processes end


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("serve", help="start everything: database, web, worker")
    parser.add_argument("--demo", action="store_true", help="with municipalities to try")
    web.add_address(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    logs.set_up(process="serve")
    signal.signal(signal.SIGTERM, _interrupt)
    environment = dict(os.environ)
    if arguments.demo:
        settings = demo.as_demo(settings)
    try:
        _await_port(arguments.address, settings.port)
        with contextlib.ExitStack() as running:
            # Interrupted in the middle of its start, the database would be left running.
            with _signals_wait():
                url = running.enter_context(database(settings))
            _serve(arguments.address, settings, url)
    except KeyboardInterrupt:
        say("Stopped.")
    except _StartAnew:
        say("Something was installed: starting anew.")
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        # By this process, which has another version in its memory, nothing new can be served.
        os.execve(sys.executable, sys.orig_argv, environment)  # noqa: S606 - as we were started
    return os.EX_OK


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextlib.contextmanager
def _signals_wait() -> Iterator[None]:
    """Let whoever asks to stop wait until what is begun here is done."""
    asked: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: asked.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if asked:
        raise KeyboardInterrupt


def _await_port(address: str, port: int) -> None:
    """Return when the port is free.

    :raises SettingsError: somebody else listens there. Two servers could share the port and
        each get a part of the requests.
    """
    if web.is_socket(address):
        return
    until = time.monotonic() + PORT_FREE
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    while True:
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((address, port))
                return
            except OSError as problem:
                if problem.errno != errno.EADDRINUSE or time.monotonic() > until:
                    raise SettingsError(
                        f"Port {port} on {address} cannot be used ({problem.strerror}); "
                        "choose another with PORT."
                    ) from problem
        time.sleep(0.2)


def _serve(address: str, settings: Settings, url: str) -> None:
    began = time.monotonic()
    failed = asyncio.run(_bring_up(settings, url))
    if settings.demo:
        do_apart("demo", functools.partial(_fill, settings, url))
    tenants = asyncio.run(_report(settings, url, failed))
    # For the processes that are started below.
    os.environ["THONGTHIN_DATABASE_URL"] = url
    supervisor = Supervisor(_Tending(settings))
    try:
        supervisor.start("web", functools.partial(web.serve, settings, address=address))
        supervisor.start("work", functools.partial(work.work, settings, url))
        _await_answer(supervisor, address, settings.port)
        ready = f"Ready after {time.monotonic() - began:.1f} s. Ctrl-C stops it."
        for line in [*_addresses(settings, tenants), *_sign_ins(settings), ready]:
            say(line)
        supervisor.keep()
    finally:
        # A second Ctrl-C must not leave anything behind.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        supervisor.stop()


class _StartAnew(Exception):
    """Something was installed that shall run now."""


class _Tending:
    """Starts the embedded database again when it is gone, and all when something was installed.

    :raises _StartAnew: something was.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._starts = Starts(settings.data)
        self._next = 0.0

    def __call__(self) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + 1.0
        if self._starts.is_due(datetime.now(UTC)):
            raise _StartAnew
        if self._settings.database_url is None and not embedded.answers(self._settings.data):
            log.error("the embedded database is gone; it is started again")
            try:
                embedded.start(self._settings.data)
            except embedded.EmbeddedError:
                # It may need more than one try, e.g. until memory is free again.
                log.exception("the embedded database does not start; it is tried again")


async def _bring_up(settings: Settings, url: str) -> Mapping[str, BaseException]:
    """Bring the database up, and return by plugin why its tables could not be made."""
    Installations(settings.data).clear()
    Catalog(settings.data).clear()
    failed = await bring_up_found(settings, url)
    await demo.refuse_unasked(settings, url)
    return failed


def _fill(settings: Settings, url: str) -> None:
    asyncio.run(demo.prepare(settings, url))


async def _report(
    settings: Settings, url: str, failed: Mapping[str, BaseException]
) -> Sequence[Tenant]:
    """Say what is served, and return the municipalities to name."""
    async with opened(settings, url) as runtime:
        for plugin, problem in failed.items():
            reason = f"its tables could not be made: {problem}"
            runtime.host.refuse(PluginRefused(plugin, reason))
        for line in report(runtime.host):
            say(line)
        ids = (await runtime.directory.all_ids())[:LISTED]
        found = [await runtime.directory.get(id) for id in ids]
    return [tenant for tenant in found if tenant is not None]


def _await_answer(supervisor: Supervisor, address: str, port: int) -> None:
    until = time.monotonic() + READY
    while time.monotonic() < until:
        line = (
            web.OverSocket(address)
            if web.is_socket(address)
            else http.client.HTTPConnection(address, port, timeout=5)
        )
        try:
            line.request("GET", "/health")
            if line.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            # Not up yet.
            supervisor.look()
        finally:
            line.close()
        time.sleep(0.05)
    say("It does not answer yet; what it says above tells why.")


def _sign_ins(settings: Settings) -> Sequence[str]:
    if not settings.demo:
        return ()
    return [*demo_people.sign_ins(), *demo_catalog.where_keys_lie(settings)]


def _addresses(settings: Settings, tenants: Sequence[Tenant]) -> Sequence[str]:
    if not tenants:
        return ["There is no municipality yet; found one with: thongthin tenant create"]
    return [f"  {settings.origin(tenant.id)}  {tenant.name.th}" for tenant in tenants]
