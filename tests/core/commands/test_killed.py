"""Processes of the web, the worker and the database are killed while a thousand cases are filed."""

import contextlib
import http.client
import json
import os
import queue
import random
import signal
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import psycopg
import pytest

from core import embedded

Installation = Any  # the class of conftest.py, which cannot be imported
Owner = Any

CASES = 1000
CLIENTS = 8
PATIENCE = 180  # seconds after which nobody tries again, and the test fails
TENANTS = ("maehia", "yala")
PERSON = {"name": "นายสมชาย ใจดี", "phone": "+66812345678", "email": "somchai@example.com"}

# Hears of every case that is filed, at least once, and writes down the event and the case.
ARCHIVE = """
import os
from pathlib import Path

from core.api import Manifest, Text, hookimpl

MANIFEST = Manifest(name="archive", title=Text("คลัง", "Archive"))


@hookimpl
async def on_case_filed(ctx, event, case, number):
    with (Path(os.environ["PARKS"]) / "archive").open("a") as file:
        file.write(f"{ctx.tenant.id} {number} {event}\\n")
"""


def until(true: Callable[[], object], within: float) -> None:
    ended = time.monotonic() + within
    while not true():
        assert time.monotonic() < ended, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture
def filing(ready: Installation) -> Installation:
    """An installation as in production: nothing of the database's safety is switched off."""
    ready.install("archive", ARCHIVE)
    ready.serve()
    for tenant in TENANTS:
        done = ready.command(
            "tenant", "create", tenant, "--name", f"เทศบาลเมือง{tenant}", "--plugins", "oss,archive"
        )
        assert done.returncode == 0, done.stderr
    return ready


@pytest.fixture
def owner(filing: Installation) -> Callable[[str], list[Any]]:
    def rows(query: str) -> list[Any]:
        with psycopg.connect(embedded.start(filing.data)) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
            assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
            return connection.execute(query).fetchall()

    return rows


class Clients:
    """Several who file cases, and send each again with its key until it is acknowledged.

    :ivar acknowledged: what each answer of success said, by municipality and key.
    :ivar repeated: how often one had to be sent again.
    """

    def __init__(self, at: Installation) -> None:
        self._at = at
        self._waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in range(CASES):
            self._waiting.put(number)
        self.acknowledged: dict[tuple[str, str], set[tuple[str, str]]] = {}
        self.statuses: set[int] = set()
        self.repeated = 0
        self._until = time.monotonic() + PATIENCE
        self._threads = [threading.Thread(target=self._work, args=(n,)) for n in range(CLIENTS)]

    def __enter__(self) -> "Clients":
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._threads:
            one.join()

    def _work(self, number: int) -> None:
        chance = random.Random(number)  # noqa: S311
        with contextlib.suppress(queue.Empty):
            while True:
                self._file(self._waiting.get_nowait(), chance)

    def _file(self, number: int, chance: random.Random) -> None:
        tenant, key = TENANTS[number % 2], f"storm-{number:05}"
        known = self.acknowledged.setdefault((tenant, key), set())
        # A few send once more what they have had acknowledged: the answer may have been lost.
        for _ in range(2 if chance.random() < 0.1 else 1):
            while (receipt := self._send(tenant, key)) is None:
                if time.monotonic() > self._until:
                    return
                self.repeated += 1
                time.sleep(chance.uniform(0.05, 0.4))
            known.add(receipt)

    def _send(self, tenant: str, key: str) -> tuple[str, str] | None:
        line = http.client.HTTPConnection("127.0.0.1", self._at.port, timeout=20)
        body = {"applicant": PERSON, "answers": {"subject": key, "details": "หน้าวัด"}}
        headers = {
            "Host": f"{tenant}.localhost:{self._at.port}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            # Behind the web server of this machine, from which too many would come.
            "X-Forwarded-For": f"198.51.100.{crc32(key.encode()) % 254 + 1}",
        }
        try:
            line.request("POST", "/api/services/oss.general/cases", json.dumps(body), headers)
            answer = line.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()
        self.statuses.add(answer.status)
        if answer.status != http.client.CREATED:
            return None
        receipt = json.loads(told)
        return receipt["number"], receipt["track"]


def below(parent: int, name: str) -> list[int]:
    """Return the processes below ``parent`` that call themselves ``name``, the eldest first."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            comm, rest = (entry / "stat").read_text().split("(", 1)[1].rsplit(")", 1)
            state, above = rest.split()[:2]
            if int(above) == parent and state != "Z":
                found += [int(entry.name)] if name in comm else []
                found += below(int(entry.name), name)
    return sorted(found)


def database(at: Installation) -> list[int]:
    with contextlib.suppress(OSError, ValueError):
        text = (at.data / "postgres" / "postmaster.pid").read_text()
        return [int(text.split("\n", 1)[0])]
    return []


def a_backend(at: Installation) -> list[int]:
    """Return one of the processes that serve a connection; killed, all of them start anew."""
    return [number for main in database(at) for number in below(main, "postgres")][-1:]


def answering(at: Installation) -> list[int]:
    return below(at.servers[-1].pid, "thongthin-web")[1:2]


def web(at: Installation) -> list[int]:
    return below(at.servers[-1].pid, "thongthin-web")


def worker(at: Installation) -> list[int]:
    return below(at.servers[-1].pid, "thongthin-work")


KILLED: Sequence[Sequence[Callable[[Installation], list[int]]]] = (
    (answering,),
    (database,),
    (worker,),
    (a_backend,),
    (web, database),
    (answering, worker),
    (database, worker),
    (web,),
)


def kill(at: Installation, chosen: Sequence[Callable[[Installation], list[int]]]) -> None:
    for number in [one for choose in chosen for one in choose(at)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def test_every_acknowledged_case_is_there_once_and_nothing_is_half_done(
    filing: Installation, owner: Callable[[str], list[Any]]
) -> None:
    chance = random.Random()  # noqa: S311 - other moments each time
    moments = sorted(chance.sample(range(20, CASES - 100), len(KILLED)))
    with Clients(filing) as clients:
        for moment, chosen in zip(moments, chance.sample(KILLED, len(KILLED)), strict=True):
            until(lambda: len(clients.acknowledged) >= moment, 90)  # noqa: B023
            time.sleep(chance.uniform(0, 0.2))
            kill(filing, chosen)

    assert clients.statuses <= {201, 500, 503}
    assert clients.repeated > len(KILLED)  # the kills met requests
    check_cases(owner, clients)
    check_what_belongs_to_them(owner, filing)
    until(lambda: owner("SELECT count(*) FROM core.audit_entry WHERE seq IS NULL") == [(0,)], 40)
    verified = filing.command("audit", "verify")
    assert verified.stdout.splitlines()[-1] == "pass", verified.stdout


def check_cases(owner: Callable[[str], list[Any]], clients: Clients) -> None:
    """Every key is one case, its receipts all said the same, and numbers have no gap."""
    rows = owner('SELECT tenant_id, key, number, year, track FROM casework."case"')
    stored = {
        (tenant, key.removeprefix("api/")): {(f"{number}/{year}", track)}
        for tenant, key, number, year, track in rows
    }
    assert len(rows) == CASES
    assert clients.acknowledged == stored
    for tenant in TENANTS:
        numbers = sorted(row[2] for row in rows if row[0] == tenant)
        assert numbers == list(range(1, CASES // 2 + 1))
    counters = owner("SELECT last FROM core.counter WHERE series LIKE 'casework/%'")
    assert counters == [(CASES // 2,)] * 2


def check_what_belongs_to_them(owner: Callable[[str], list[Any]], filing: Installation) -> None:
    """Each case has its moment, its audit entry, its messages and its event, once."""
    of_case = {
        "moment": "SELECT tenant_id, case_id::text FROM casework.moment WHERE act = 'file'",
        "entry": "SELECT tenant_id, substr(subject, 6) FROM core.audit_entry"
        " WHERE action = 'casework.case.filed'",
        "message": "SELECT tenant_id, split_part(key, '/', 2) FROM core.message"
        " WHERE template = 'casework.filed' AND channel = 'email'",
    }
    cases = sorted(owner('SELECT tenant_id, id::text FROM casework."case"'))
    for query in of_case.values():
        assert sorted(owner(query)) == cases

    archive = filing.folder / "archive"
    numbers = owner("SELECT tenant_id, number || '/' || year FROM casework.\"case\"")
    until(lambda: {line.rsplit(" ", 1)[0] for line in archive.read_text().splitlines()}
          == {f"{tenant} {number}" for tenant, number in numbers}, 60)  # fmt: skip
    assert len(set(archive.read_text().splitlines())) == CASES
