"""The server is asked to stop while people are at work with it."""

import contextlib
import http.client
import json
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

Installation = Any  # the class of conftest.py, which cannot be imported

STOPS_WITHIN = 30  # seconds; eight are the processes', then the database writes what it holds
PERSON = {"name": "นายสมชาย ใจดี", "phone": "+66812345678"}


@pytest.fixture
def working(ready: Installation) -> Installation:
    ready.serve()
    done = ready.command(
        "tenant", "create", "maehia", "--name", "เทศบาลเมืองแม่เหียะ", "--plugins", "oss,parks"
    )
    assert done.returncode == 0, done.stderr
    return ready


class Filing(threading.Thread):
    """Somebody who files one case after another, until the server is gone.

    :ivar receipts: what was acknowledged, by key.
    :ivar statuses: of all answers.
    :ivar lost: requests that were sent whole and never answered.
    """

    def __init__(self, at: Installation, number: int) -> None:
        super().__init__()
        self._at = at
        self._number = number
        self.receipts: dict[str, str] = {}
        self.statuses: set[int] = set()

    def run(self) -> None:
        count = 0
        with contextlib.suppress(OSError, http.client.HTTPException):
            while True:
                count += 1
                self._file(f"stopping-{self._number}-{count:04}")

    def _file(self, key: str) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self._at.port, timeout=20)
        body = {"applicant": PERSON, "answers": {"subject": key, "details": "หน้าวัด"}}
        headers = {
            "Host": f"maehia.localhost:{self._at.port}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            # Behind the web server of this machine, from which too many would come.
            "X-Forwarded-For": f"198.51.100.{crc32(key.encode()) % 254 + 1}",
        }
        with contextlib.closing(line):
            line.request("POST", "/api/services/oss.general/cases", json.dumps(body), headers)
            answer = line.getresponse()
            told = answer.read()
        self.statuses.add(answer.status)
        if answer.status == http.client.CREATED:
            self.receipts[key] = json.loads(told)["track"]


@contextlib.contextmanager
def people(at: Installation) -> Iterator[list[Filing]]:
    found = [Filing(at, number) for number in range(4)]
    for one in found:
        one.start()
    yield found
    for one in found:
        one.join(30)


def of_installation(at: Installation) -> list[str]:
    """Return the processes that work with the installation's folder, the database's too."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            if str(at.folder).encode() in words:
                found.append((entry / "cmdline").read_text().replace("\0", " "))
    return found


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_what_was_begun_is_answered_and_no_process_is_left(
    asked: signal.Signals, working: Installation
) -> None:
    slow: list[tuple[int, str]] = []
    patient = threading.Thread(target=lambda: slow.append(working.get("/parks/slow")))
    with people(working) as filing:
        time.sleep(2)
        patient.start()
        time.sleep(0.5)
        began = time.monotonic()
        working.servers[-1].send_signal(asked)
        assert working.servers[-1].wait(STOPS_WITHIN) == 0
        took = time.monotonic() - began
    patient.join(10)

    assert took < STOPS_WITHIN
    assert slow == [(200, "slow but done")]
    assert of_installation(working) == []
    assert set().union(*(one.statuses for one in filing)) == {201}
    assert all(one.receipts for one in filing)

    working.serve()
    for one in filing:
        for track in one.receipts.values():
            assert working.get(f"/api/cases/{track}")[0] == 200
    assert working.command("audit", "verify").stdout.splitlines()[-1] == "pass"
