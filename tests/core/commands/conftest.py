"""A whole installation in a temporary folder: real commands, real processes."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from core import embedded
from tests.forked import Forked, run_forked, start_forked

HERE = Path(__file__).parent
TENANTS = {"maehia": "เทศบาลเมืองแม่เหียะ", "yala": "เทศบาลนครยะลา"}
ROOT = Path(embedded.__file__).parents[1]

# A plugin from outside, which does what the files in its folder say.
PARKS = """
import os
import time
from pathlib import Path

from core.api import Ctx, Job, Manifest, Text, defer, hookimpl, public, transaction
from litestar import Router, get

FOLDER = Path(os.environ["PARKS"])
MANIFEST = Manifest(name="parks", title=Text("สวน", "Parks"))


@get("/hello", guards=[public])
async def hello() -> str:
    return "hello from the parks"


@get("/hold", guards=[public])
async def hold() -> str:
    time.sleep(600)


@get("/slow", guards=[public])
async def slow() -> str:
    import asyncio
    await asyncio.sleep(2)
    return "slow but done"


@get("/count", guards=[public])
async def count(ctx: Ctx) -> str:
    async with transaction(ctx):
        await defer(ctx, "parks.count")
    return "counting"


async def run_count(ctx) -> None:
    with (FOLDER / "begun").open("a") as file:
        file.write(f"{os.getpid()}\\n")
    while (FOLDER / "slow").exists():
        import asyncio
        await asyncio.sleep(0.05)
    with (FOLDER / "done").open("a") as file:
        file.write("done\\n")


@hookimpl
def register_routes():
    return [Router("/parks", route_handlers=[hello, hold, slow, count])]


@hookimpl
def register_jobs():
    return [Job(name="parks.count", run=run_count)]


@hookimpl
async def cards_for_home(ctx, area):
    if (FOLDER / "hold").exists():
        time.sleep(600)
    return []
"""


Server = Forked | subprocess.Popen[bytes]


class Installation:
    """Where the commands run, and what one can ask them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.out = folder / "out.txt"
        self.err = folder / "err.txt"
        self.servers: list[Server] = []
        self.install("parks", PARKS)
        self.environment = {
            "PATH": os.defpath,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{folder / 'outside'}",
            "PYTHONWARNINGS": "error::RuntimeWarning",
            "THONGTHIN_DATA": str(self.data),
            "PORT": str(self.port),
            "THONGTHIN_WORKERS": "2",
            "PARKS": str(folder),
        }

    def begin_with(self, data: Path) -> None:
        """Take over the data of another installation, which does not run."""
        self.data.mkdir()
        subprocess.run(["cp", "-a", f"{data}/.", str(self.data)], check=True)  # noqa: S603, S607

    def install(self, name: str, source: str) -> None:
        """Install a plugin of one module, as a distribution with its entry point."""
        package = self.folder / "outside" / name
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(source, encoding="utf-8")
        info = self.folder / "outside" / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[thongthin.plugins]\n{name} = {name}\n")

    def command(self, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a command in the surroundings of the installation.

        :param typed: what it is answered.
        """
        return run_forked(arguments, self.environment, self.folder, typed)

    def script(self, path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return run_forked([str(path), *arguments], self.environment, self.folder)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run Python anew, which knows nothing yet."""
        return subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            env=self.environment,
            cwd=self.folder,
            text=True,
            capture_output=True,
            timeout=120,
            check=False,
        )

    def start(self, *arguments: str) -> Server:
        server = self.begin("serve", *arguments)
        self.servers.append(server)
        return server

    def begin(self, *arguments: str) -> Server:
        """Begin a command that goes on."""
        files = (Path(os.devnull), self.out, self.err)
        return start_forked(arguments, self.environment, self.folder, files)

    def close(self) -> None:
        """Leave no process behind, whatever has happened."""
        for server in self.servers:
            server.terminate()
            server.wait(20)
        embedded.stop(self.data)

    def serve(self, *arguments: str) -> Server:
        server = self.start(*arguments)
        until(lambda: "Ready after" in self.said() or server.poll() is not None, 120)
        assert server.poll() is None, self.logged()
        return server

    def said(self) -> str:
        return self.out.read_text(encoding="utf-8")

    def logged(self) -> str:
        return self.err.read_text(encoding="utf-8")

    def post(self, path: str, tenant: str, sent: Any, headers: Mapping[str, str]) -> int:
        """Send JSON and return the status."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        where = {"Host": f"{tenant}.localhost:{self.port}", "Content-Type": "application/json"}
        line.request("POST", path, json.dumps(sent), {**where, **headers})
        status = line.getresponse().status
        line.close()
        return status

    def get(self, path: str, tenant: str = "maehia") -> tuple[int, str]:
        """Ask for a page; status 0 where nobody answers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("GET", path, headers={"Host": f"{tenant}.localhost:{self.port}"})
            answer = line.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            line.close()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Installation]:
    """An installation for one test, not started."""
    made = Installation(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def brought_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of an installation with all tables, for others to begin with."""
    made = Installation(tmp_path_factory.mktemp("brought_up"))
    done = made.command("migrate")
    assert done.returncode == 0, done.stderr
    return made.data


@pytest.fixture
def ready(alone: Installation, brought_up: Path) -> Installation:
    """An installation for one test, not started, that has its tables."""
    alone.begin_with(brought_up)
    return alone


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def until(true: Callable[[], object], within: float = 30) -> float:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within, "it did not happen in time"
        time.sleep(0.05)
    return time.monotonic() - began


class Traffic:
    """People who open pages all the time, each on a line of their own.

    :ivar seen: status and seconds of every answer, by municipality and path; status 0 for none.
    """

    def __init__(self, of: Installation, pages: Mapping[str, Sequence[str]]) -> None:
        self._of = of
        self._ended = threading.Event()
        self.seen: dict[tuple[str, str], list[tuple[int, float]]] = {
            (tenant, path): [] for tenant, paths in pages.items() for path in paths
        }
        self._people = [threading.Thread(target=self._look, args=one) for one in self.seen]

    def _look(self, tenant: str, path: str) -> None:
        while not self._ended.is_set():
            began = time.monotonic()
            status, _ = self._of.get(path, tenant)
            self.seen[tenant, path].append((status, time.monotonic() - began))
            self._ended.wait(0.05)

    def __enter__(self) -> "Traffic":
        for one in self._people:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for one in self._people:
            one.join()

    def failures(self) -> dict[tuple[str, str], list[int]]:
        """Return the statuses that were no 200, by municipality and path."""
        wrong = {
            where: [status for status, _ in answers if status != http.client.OK]
            for where, answers in self.seen.items()
        }
        return {where: statuses for where, statuses in wrong.items() if statuses}

    def longest(self, tenant: str) -> float:
        """Return the longest time that an answer took."""
        answers = [one for (where, _), some in self.seen.items() if where == tenant for one in some]
        return max(seconds for _, seconds in answers)


@pytest.fixture
def traffic() -> type[Traffic]:
    return Traffic


@dataclass(frozen=True)
class Office:
    """A municipality of an installation at work.

    :ivar officer: its administrator, signed in.
    :ivar case: id, number and track of a case that has ended in its paper.
    """

    at: Installation
    officer: httpx.Client
    case: Mapping[str, str]

    def switch(self, plugin: str, *, on: bool) -> None:
        """Press the switch on the page of modules."""
        path, wanted = f"/desk/modules/{plugin}/switch", "yes" if on else "no"
        page = self.officer.get(path, params={"on": wanted}).text
        token = re.findall(r'name="_csrf_token" value="([^"]+)"', page)[0]
        answer = self.officer.post(path, data={"_csrf_token": token, "on": wanted})
        assert answer.status_code == http.client.OK, answer.text


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, brought_up: Path) -> Iterator[Office]:
    """แม่เหียะ with the one-stop service beside ยะลา; a hostile plugin is installed, and off."""
    made = Installation(tmp_path_factory.mktemp("office"))
    made.begin_with(brought_up)
    made.install("hostile", (HERE / "hostile.py").read_text(encoding="utf-8"))
    try:
        made.serve()
        for code, name in TENANTS.items():
            done = made.command("tenant", "create", code, "--name", name, "--plugins", "oss")
            assert done.returncode == 0, done.stderr
        founded = made.script(HERE / "office.py", "maehia")
        assert founded.returncode == 0, founded.stderr
        told = json.loads(founded.stdout)
        with httpx.Client(
            base_url=f"http://127.0.0.1:{made.port}",
            headers={"Host": f"maehia.localhost:{made.port}"},
            cookies={"session": told["session"]},
            follow_redirects=True,
            timeout=30,
        ) as officer:
            yield Office(made, officer, told["case"])
    finally:
        made.close()


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory, brought_up: Path
) -> Iterator[Installation]:
    made = Installation(tmp_path_factory.mktemp("installation"))
    made.begin_with(brought_up)
    yield made
    made.close()


@pytest.fixture(scope="module")
def served(installation: Installation) -> Iterator[Installation]:
    """An installation that serves แม่เหียะ and ยะลา, with the parks on in the first."""
    server = installation.serve()
    for code, plugins in (("maehia", "parks"), ("yala", "")):
        named = ("--name", TENANTS[code], "--plugins", plugins)
        done = installation.command("tenant", "create", code, *named)
        assert done.returncode == 0, done.stderr
    yield installation
    server.send_signal(signal.SIGTERM)
    assert server.wait(15) == 0
