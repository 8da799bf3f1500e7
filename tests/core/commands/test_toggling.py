"""Plugins are switched at random in many municipalities, while people use them in two processes.

``THONGTHIN_TOGGLES`` says how often; the record was made with 10,000.
"""

import http.client
import json
import os
import random
import threading
import time
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from core.discovery import find

Installation = Any  # the classes of conftest.py, which cannot be imported

HERE = Path(__file__).parent
TOGGLES = int(os.environ.get("THONGTHIN_TOGGLES") or 300)
TOWNS = [f"town{n}" for n in range(20)]
WITNESSES: Mapping[str, tuple[str, ...]] = {
    "elder": (),
    "child": ("elder",),
    "grandchild": ("child", "elder"),
    "loner": (),
}
SERVICES = sorted(one.name for one in find(("plugins", "contrib")))
OF_CITIZENS = (
    "/",
    "/services",
    "/track",
    "/food/places",
    "/disaster",
    "/incidents",
    "/elder/hello",
    "/child/work",
)
OF_OFFICERS = ("/desk", "/desk/cases", "/desk/modules", "/notices", "/desk/modules/child")
WITHIN = 2.0  # seconds in which every process follows


@dataclass
class Switches:
    """What was switched when, by municipality and plugin.

    :ivar turns: the moments, ascending, from which on a switch was asked for, and answered, with
        what it is from then on.
    """

    turns: dict[tuple[str, str], list[tuple[float, float, bool]]] = field(default_factory=dict)

    def begin(self, town: str, plugin: str) -> None:
        self.turns[town, plugin] = [(0.0, 0.0, True)]

    def is_on(self, town: str, plugin: str) -> bool:
        return self.turns[town, plugin][-1][2]

    def note(self, town: str, plugin: str, asked: float, answered: float, *, on: bool) -> None:
        self.turns[town, plugin].append((asked, answered, on))

    def settled(self, town: str, plugin: str, began: float, ended: float) -> bool | None:
        """Return what every process went by from ``began`` to ``ended``; None: either."""
        turns = self.turns[town, plugin]
        last = bisect_right(turns, began - WITHIN, key=lambda turn: turn[1]) - 1
        if last + 1 < len(turns) and turns[last + 1][0] <= ended:
            return None
        return turns[last][2]


def along(switches: Switches, town: str, plugin: str, *, on: bool) -> list[str]:
    """Return what has to be switched with a plugin, as the test works it out by itself."""
    if on:
        return [one for one in WITNESSES.get(plugin, ()) if not switches.is_on(town, one)]
    needing = [one for one, needs in WITNESSES.items() if plugin in needs]
    return [one for one in needing if switches.is_on(town, one)]


class People(threading.Thread):
    """Somebody who opens pages of all municipalities, one after another.

    :ivar seen: municipality, path, status, beginning and end of every answer.
    """

    def __init__(
        self, at: Installation, pages: tuple[str, ...], sessions: Mapping[str, str]
    ) -> None:
        super().__init__(daemon=True)
        self._at, self._pages, self._sessions = at, pages, sessions
        self.ended = threading.Event()
        self.seen: list[tuple[str, str, int, float, float]] = []

    def run(self) -> None:
        order = random.Random(len(self._pages))  # noqa: S311
        while not self.ended.is_set():
            town, path = order.choice(TOWNS), order.choice(self._pages)
            began = time.time()
            self.seen.append((town, path, self._ask(town, path), began, time.time()))
            self.ended.wait(0.05)

    def _ask(self, town: str, path: str) -> int:
        """Ask over a new connection, by which the kernel chooses the process."""
        line = http.client.HTTPConnection("127.0.0.1", self._at.port, timeout=20)
        headers = {"Host": f"{town}.localhost:{self._at.port}"}
        if town in self._sessions:
            headers["Cookie"] = f"session={self._sessions[town]}"
        try:
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()
        return answer.status


@pytest.fixture
def towns(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Installation, dict[str, str]]:
    """Twenty municipalities with every plugin on, four witnesses among them, and their sessions."""
    at: Installation = request.getfixturevalue("ready")
    for name in WITNESSES:
        at.install(name, (HERE / "witness.py").read_text(encoding="utf-8"))
    at.serve()
    founded = at.script(HERE / "offices.py", *TOWNS)
    assert founded.returncode == 0, founded.stderr
    return at, json.loads(founded.stdout)


def toggle(
    at: Installation, sessions: Mapping[str, str], switches: Switches, order: random.Random
) -> None:
    """Switch some plugin of some municipality, with what must go along, by the page of modules."""
    town = order.choice(TOWNS)
    plugin = order.choice([*WITNESSES, *SERVICES])
    on = not switches.is_on(town, plugin)
    with_it = along(switches, town, plugin, on=on)
    asked = time.time()
    answer = httpx.post(
        f"http://127.0.0.1:{at.port}/desk/modules/{plugin}/switch",
        headers={"Host": f"{town}.localhost:{at.port}", "Sec-Fetch-Site": "same-origin"},
        cookies={"session": sessions[town]},
        data={"on": "yes" if on else "no", "along": with_it},
        timeout=30,
    )
    answered = time.time()
    assert answer.status_code == http.client.SEE_OTHER, answer.text
    for one in (plugin, *with_it):
        switches.note(town, one, asked, answered, on=on)


def calls(folder: Path) -> Iterator[tuple[float, str, str, str]]:
    """Yield when which witness was called for whom, and how."""
    for path in folder.glob("witness.*"):
        for line in path.read_text(encoding="utf-8").splitlines():
            at, plugin, town, what = line.split()
            yield float(at), plugin, town, what


def test_however_it_is_switched_no_page_breaks_and_what_is_off_is_not_called(
    towns: tuple[Installation, dict[str, str]],
) -> None:
    at, sessions = towns
    switches, order = Switches(), random.Random(2569)  # noqa: S311
    for town in TOWNS:
        for plugin in (*WITNESSES, *SERVICES):
            switches.begin(town, plugin)
    people = [People(at, OF_CITIZENS, {}) for _ in range(2)]
    people += [People(at, OF_OFFICERS, sessions), People(at, ("/elder/hello", "/loner/hello"), {})]
    for one in people:
        one.start()
    for _ in range(TOGGLES):
        toggle(at, sessions, switches, order)
    time.sleep(2 * WITHIN)
    for one in people:
        one.ended.set()
        one.join(30)

    seen = [answer for one in people for answer in one.seen]
    broken = [one for one in seen if one[2] == 0 or one[2] >= http.client.INTERNAL_SERVER_ERROR]
    assert broken == [], at.logged()[-3000:]
    late, sure = wrong_pages(switches, seen)
    assert late == []
    assert min(sure.values()) > len(TOWNS)
    called = list(calls(at.folder))
    assert {what for _, _, _, what in called} == {"page", "links", "cards", "event", "job"}
    assert [
        one for one in called if switches.settled(one[2], one[1], one[0], one[0]) is False
    ] == []


def wrong_pages(switches: Switches, seen: list[Any]) -> tuple[list[Any], dict[bool, int]]:
    """Return answers of witnesses' pages that did not fit, and how many were held to on and off."""
    wrong, sure = [], {True: 0, False: 0}
    for town, path, status, began, ended in seen:
        plugin = path.split("/")[1]
        if plugin not in WITNESSES:
            continue
        on = switches.settled(town, plugin, began, ended)
        if on is not None:
            sure[on] += 1
            expected = http.client.OK if on else http.client.NOT_FOUND
            if status != expected:
                wrong.append((town, path, status, began))
    return wrong, sure
