"""Two installations on databases of their own, with a line between them that is cut or down."""

import base64
import json
import os
import random
import secrets
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from core import embedded
from plugins.eoffice.rules.dispatching import ASK_AFTER
from tests.conftest import named
from tests.forked import Forked, start_forked
from tests.plugins.eoffice.line import Line

ROOT = Path(embedded.__file__).parents[1]
START = datetime.fromisoformat("2026-11-20T10:00:00+07:00")
LETTERS = 9
NAMES = {"here": "เทศบาลเมืองแม่เหียะ", "there": "เทศบาลนครยะลา"}


class Office:
    """One installation: its web server, its worker, and the address at which others reach it."""

    def __init__(self, name: str, line: Line, key: str) -> None:
        self.name, self.line, self.key = name, line, key
        self._worker: Any = None

    @contextmanager
    def running(self, database: str, folder: Path) -> Iterator["Office"]:
        environment = {
            **os.environ,
            "THONGTHIN_DATABASE_URL": database,
            "THONGTHIN_DATA": str(folder),
            "THONGTHIN_SECRET": secrets.token_hex(32),
            "THONGTHIN_PUBLIC_URL": f"http://{{host}}:{self.line.port}",
            "PORT": str(self.line.target),
        }
        with ExitStack() as stack:
            self._worker = stack.enter_context(
                _forked(environment, "-m", "tests.plugins.eoffice.installation")
            )
            self.key = self.tell("found", START, name=NAMES[self.name])
            stack.enter_context(_forked(environment, "web", "--address", "127.0.0.1"))
            _wait_for(self.line.target)
            yield self

    @property
    def address(self) -> str:
        return f"http://maehia.localhost:{self.line.port}"

    def tell(self, do: str, now: datetime, **more: Any) -> Any:
        """Have the worker do something at a moment."""
        said = json.dumps({"do": do, "now": now.isoformat(), **more})
        self._worker.stdin.write(said + "\n")
        self._worker.stdin.flush()
        answer = self._worker.stdout.readline()
        assert answer, self._worker.stderr.read()
        return json.loads(answer)


@contextmanager
def _forked(environment: dict[str, str], *arguments: str) -> Iterator[Forked]:
    with start_forked(arguments, environment, ROOT) as process:
        try:
            yield process
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the web server did not start")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
async def offices(server: str, template: str, tmp_path: Path) -> AsyncIterator[dict[str, Office]]:
    connection = await asyncpg.connect(server)
    with ExitStack() as stack:
        found = {}
        for name in NAMES:
            database = f"office_{secrets.token_hex(4)}"
            await connection.execute(f"CREATE DATABASE {database} TEMPLATE {template}")
            line = Line(_free_port(), random.Random(name))  # noqa: S311
            stack.enter_context(line.running())
            office = Office(name, line, "")
            url, folder = named(server, database), tmp_path / name
            found[name] = stack.enter_context(office.running(url, folder))
        for one, other in (("here", "there"), ("there", "here")):
            agency = found[other]
            known = {"name": NAMES[other], "node": agency.address, "key": agency.key}
            found[one].id = found[one].tell("know", START, **known)  # type: ignore[attr-defined]
        yield found
    await connection.close()


def work(office: Office, now: datetime, until: datetime) -> datetime:
    """Let days pass at an office: do what is due whenever something is."""
    while now <= until:
        later = office.tell("work", now)
        if not later:
            return now
        now = max(datetime.fromisoformat(later), now + timedelta(seconds=1))
    return now


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)


def verified(packed: bytes, key: str) -> dict[str, Any]:
    """Return what a signed message says, after a look with nothing of ours but its format."""
    signed = json.loads(packed)
    message = _bytes(signed["message"])
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
        bytes.fromhex(signed["signature"]), message
    )
    said: dict[str, Any] = json.loads(message)
    return said


async def test_every_letter_arrives_once_over_a_line_that_is_cut_and_down_for_three_days(
    offices: dict[str, Office],
) -> None:
    here, there = offices["here"], offices["there"]
    for office in offices.values():
        office.line.cut = 0.7
    for _ in range(LETTERS):
        here.tell("write", START, to=here.id)  # type: ignore[attr-defined]
    there.line.down = True
    down = work(here, START, START + timedelta(hours=72))
    assert there.tell("letters", down) == []
    states = {(one["state"], bool(one["asked_at"])) for one in here.tell("sent", down)}
    assert states == {("waiting", True)}
    assert down - START > ASK_AFTER

    there.line.down = False
    back = work(here, down, down + timedelta(days=3))
    received = there.tell("register", back)
    work(there, back, back + timedelta(days=3))

    sent, came = here.tell("sent", back), there.tell("came", back)
    assert here.line.cuts + there.line.cuts > LETTERS
    assert received == [str(n) for n in range(1, LETTERS + 1)]
    assert [one["number"] for one in there.tell("letters", back)] == [
        f"ชม 52001/{n}" for n in range(1, LETTERS + 1)
    ]
    assert len(sent) == len(came) == LETTERS
    assert sorted(one["accept_number"] for one in sent) == sorted(received)
    assert {one["state"] for one in sent} == {"accepted"}
    for one in sent:
        receipt = verified(_bytes(one["proof"]), there.key)
        message = verified(_bytes(one["message"]), here.key)
        assert receipt["id"] == message["id"] == one["id"]
    assert {verified(_bytes(one["proof"]), here.key)["id"] for one in came} == {
        one["id"] for one in sent
    }


async def test_a_message_that_was_changed_replayed_or_is_a_strangers_changes_nothing(
    offices: dict[str, Office],
) -> None:
    here, there = offices["here"], offices["there"]
    here.tell("write", START, to=here.id)  # type: ignore[attr-defined]
    work(here, START, START + timedelta(hours=1))
    [sent], [came] = here.tell("sent", START), there.tell("came", START)
    packed = json.loads(_bytes(sent["message"]))
    said = _bytes(packed["message"])
    other = said.replace("ขอส่งเครื่องสูบน้ำ".encode(), "ขอยืมเครื่องสูบน้ำ".encode(), 1)
    changed = {**packed, "message": base64.b64encode(other).decode()}
    strange = json.loads(_bytes(came["receipt"]))

    address = f"http://127.0.0.1:{there.line.port}/exchange/eoffice"
    host = {"Host": "maehia.localhost"}
    async with httpx.AsyncClient(timeout=60, headers=host) as client:
        answers = [
            await client.post(
                address,
                files={"message": ("message", json.dumps(one).encode(), "application/json")},
            )
            for one in (changed, strange)
        ]
        nothing = await client.post(address)

    assert other != said
    with pytest.raises(InvalidSignature):
        verified(json.dumps(changed).encode(), here.key)
    assert [one.status_code for one in answers] == [403, 422]
    assert "ลายมือชื่อ" in answers[0].json()["th"]
    assert nothing.status_code == 422
    assert len(there.tell("letters", START)) == 1
    assert len(there.tell("came", START)) == 1
