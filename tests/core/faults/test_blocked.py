"""Code that holds the event loop, in two real processes and their worker: others notice nothing."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.commands.conftest import Installation, Traffic, until
from tests.core.faults.faulty import BLOCKS

TENANTS = {"maehia": "เทศบาลเมืองแม่เหียะ", "yala": "เทศบาลนครยะลา", "khrueng": "เทศบาลตำบลครึ่ง"}
# Where it goes wrong: a page in two processes, and an event in the worker.
WRONG = {"maehia": "page_for_home", "yala": "on_case_filed"}
PAGES = ("/", "/services/oss.general", "/track")
LONGEST = 10.0  # seconds: two holds and a moment
PLUGIN = """
import json
import os
from pathlib import Path

from core.discovery import find
from core.host import Host
from tests.core.faults import faulty

FOLDER = Path(os.environ["PARKS"])


class Told(dict):
    def get(self, which, default=None):
        path = FOLDER / "orders.json"
        return json.loads(path.read_text()).get("/".join(which)) if path.exists() else default


faulty.ORDERS = Told()
globals().update(
    vars(faulty.make_plugin(Host([one for one in find() if one.name != "faulty"]), FOLDER).module)
)
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Three municipalities with the plugin on in all."""
    made = Installation(tmp_path)
    made.install("faulty", PLUGIN)
    try:
        made.serve()
        for code, name in TENANTS.items():
            named = ("--name", name, "--plugins", "oss,faulty")
            done = made.command("tenant", "create", code, *named)
            assert done.returncode == 0, done.stderr
        yield made
    finally:
        made.close()


def blamed(installation: Installation) -> bool:
    said = [f"plugin faulty failed for {id}: {hook}: HeldUp" for id, hook in WRONG.items()]
    return all(one in installation.logged() for one in said)


def file_a_case(installation: Installation, key: str) -> None:
    who = {"name": "นายสมชาย ใจดี", "phone": "+66812345678"}
    sent = {"applicant": who, "answers": {"subject": "ไฟดับ", "details": "หน้าวัด"}}
    path, once = "/api/services/oss.general/cases", {"Idempotency-Key": key}
    assert installation.post(path, "yala", sent, once) == 201


def test_who_holds_the_loop_is_interrupted_and_named_and_all_pages_come(
    installation: Installation,
) -> None:
    orders = {f"{id}/{hook}": BLOCKS for id, hook in WRONG.items()}
    with Traffic(installation, dict.fromkeys(TENANTS, PAGES)) as people:
        (installation.folder / "orders.json").write_text(json.dumps(orders), encoding="utf-8")
        for number in range(3):
            file_a_case(installation, f"blocked-{number}")
        until(lambda: blamed(installation), LONGEST)
        time.sleep(1)

    assert people.failures() == {}
    assert people.longest("khrueng") < LONGEST
    assert "failed for khrueng" not in installation.logged()
