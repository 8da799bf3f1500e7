"""A plugin of the catalog in an installation at work: installed, used, updated, stopped, left."""

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.text import Text
from tests.core.commands.conftest import Installation, until

Keepers = Any  # the classes of conftest.py, which cannot be imported
Served = Any
MakeWheel = Callable[..., tuple[str, bytes]]

COMMANDS = Path(__file__).parents[1] / "commands"
TOWNS = [f"town{number}" for number in range(19)]
TOWN = "เทศบาลเมืองแม่เหียะ"
GUIDE = "/services/library.request"
ANSWERS = ("--title", "บัตรห้องสมุด / Library card", "--unit", "clerk", "--fee", "0", "--days", "3")


@pytest.fixture
def installation(tmp_path: Path, database: str) -> Iterator[Installation]:
    made = Installation(tmp_path / "office")
    made.environment["THONGTHIN_DATABASE_URL"] = database
    yield made
    made.close()


def done(installation: Installation, *arguments: str) -> str:
    ran = installation.command(*arguments)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def built(installation: Installation) -> Path:
    """Return the wheel of the plugin that authors begin with."""
    folder = installation.folder / "thongthin-library"
    if not folder.exists():
        done(installation, "plugin", "new", "library", "--folder", str(folder), *ANSWERS)
    wheels = installation.folder / "wheels"
    quiet = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    options = ("--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels))
    subprocess.run([*quiet, "wheel", *options, str(folder)], check=True)  # noqa: S603
    return max(wheels.glob("*.whl"), key=lambda one: one.stat().st_mtime_ns)


def newer(installation: Installation, old: str, new: str, more: str, undone: str) -> Path:
    """Return the wheel of a version with one more column."""
    folder = installation.folder / "thongthin-library"
    for path in (folder / "pyproject.toml", folder / "thongthin_library" / "plugin.py"):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    steps = folder / "thongthin_library" / "piccolo_migrations"
    number = new.split(".")[1]
    (steps / f"library_2026_02_0{number}_shelf.py").write_text(
        "from core.api import sql_migration\n\n"
        f'ID = "2026-02-0{number}T09:00:00:000000"\nVERSION = "1.38.0"\nDESCRIPTION = "Shelves."\n'
        f"\n\nasync def forwards():\n"
        f'    return sql_migration("library", ID, "{more}", "{undone}")\n',
        encoding="utf-8",
    )
    return built(installation)


def entered(keepers: Keepers, wheel: Path) -> None:
    keepers.enter((wheel.name, wheel.read_bytes()))


def script(installation: Installation, name: str, *arguments: str) -> Any:
    ran = installation.script(COMMANDS / name, *arguments)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


class People:
    """They open pages of many towns all the time."""

    def __init__(self, of: Installation, paths: dict[str, str]) -> None:
        self._of = of
        self._ended = threading.Event()
        self.seen: dict[str, list[int]] = {town: [] for town in paths}
        self._people = [threading.Thread(target=self._look, args=one) for one in paths.items()]

    def _look(self, town: str, path: str) -> None:
        while not self._ended.is_set():
            self.seen[town].append(self._of.get(path, town)[0])
            self._ended.wait(0.2)

    def __enter__(self) -> "People":
        for one in self._people:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for one in self._people:
            one.join()


def test_a_stop_reaches_two_processes_and_twenty_towns_within_seconds(
    installation: Installation, keepers: Keepers, served: Served
) -> None:
    entered(keepers, built(installation))
    (installation.folder / "root.json").write_bytes(keepers.root)
    root = str(installation.folder / "root.json")
    done(installation, "catalog", "add", "--root", root, "--url", served.url)
    done(installation, "catalog", "policy", "--every", "5")
    done(installation, "catalog", "refresh")
    done(installation, "catalog", "install", "library")
    done(installation, "migrate")
    script(installation, "offices.py", "maehia", *TOWNS)
    kept = script(installation, "library_case.py", "grant", "maehia")
    server = installation.serve()
    towns = ["maehia", *TOWNS]
    assert [installation.get(GUIDE, town)[0] for town in towns] == [200] * 20

    with People(installation, {town: GUIDE for town in towns}) as people:
        reason = Text("ข้อมูลรั่ว", "It leaks data.")
        keepers.repository.set_state("library", "0.1.0", "stopped", reason, keepers.now)
        keepers.publish()
        began = time.monotonic()
        until(lambda: all(installation.get(GUIDE, town)[0] == 404 for town in towns * 2), 60)
        took = time.monotonic() - began

    assert took < 30
    statuses = {status for some in people.seen.values() for status in some}
    assert statuses == {200, 404}
    assert [installation.get(path)[0] for path in kept] == [200] * len(kept)
    status, page = installation.get("/desk/library", "town3")
    assert status == 404
    assert "ข้อมูลรั่ว" in page
    refused = installation.command("plugin", "enable", "library", "--tenant", "maehia")
    assert "was stopped: It leaks data." in refused.stderr

    # A new start does not bring it back.
    server.terminate()
    server.wait(20)
    installation.serve()
    assert "version 0.1.0 was stopped: It leaks data." in installation.said()
    assert installation.get(GUIDE)[0] == 404
    assert [installation.get(path)[0] for path in kept] == [200] * len(kept)


def column(installation: Installation) -> bool:
    """Return whether the table has the column of the newer version."""
    asked = (
        "import asyncio, asyncpg, os\n"
        "async def run():\n"
        "    line = await asyncpg.connect(os.environ['THONGTHIN_DATABASE_URL'])\n"
        '    print(await line.fetchval("SELECT count(*) FROM information_schema.columns WHERE '
        "table_schema = 'library' AND column_name = 'shelf'\"))\n"
        "asyncio.run(run())\n"
    )
    return installation.run("-c", asked).stdout.strip() == "1"


def test_a_version_is_updated_and_gone_back_from_with_its_data(
    installation: Installation, keepers: Keepers, served: Served
) -> None:
    entered(keepers, built(installation))
    (installation.folder / "root.json").write_bytes(keepers.root)
    root = str(installation.folder / "root.json")
    done(installation, "catalog", "add", "--root", root, "--url", served.url)
    done(installation, "catalog", "refresh")
    done(installation, "catalog", "install", "library")
    done(installation, "migrate")
    done(installation, "tenant", "create", "maehia", "--name", TOWN, "--plugins", "library")
    kept = script(installation, "library_case.py", "grant", "maehia")

    more = "ALTER TABLE library.entry ADD shelf varchar(20)"
    wheel = newer(
        installation, "0.1.0", "0.2.0", more, "ALTER TABLE library.entry DROP COLUMN shelf"
    )
    entered(keepers, wheel)
    done(installation, "catalog", "refresh")
    assert "library 0.1.0" in done(installation, "catalog", "list")
    done(installation, "catalog", "update", "library")
    done(installation, "migrate")
    assert column(installation)
    assert script(installation, "library_case.py", "look", "maehia", *kept) == [200] * len(kept)

    done(installation, "catalog", "back", "library")
    done(installation, "migrate")
    assert not column(installation)
    listed = done(installation, "plugin", "list")
    assert re.search(r"library +0\.1\.0 .*\(approved, from the catalog\)$", listed, re.M), listed
    assert script(installation, "library_case.py", "look", "maehia", *kept, "/desk/library") == [
        *([200] * len(kept)),
        303,
    ]

    # A version that says not how to undo its step.
    entered(keepers, newer(installation, "0.2.0", "0.3.0", more.replace("shelf", "floor"), ""))
    done(installation, "catalog", "refresh")
    done(installation, "catalog", "unpin", "library")
    done(installation, "catalog", "update", "library")
    done(installation, "migrate")
    refused = installation.command("catalog", "back", "library")
    assert "cannot be put back" in refused.stdout
    assert "0.3.0" in done(installation, "plugin", "list")


def test_what_is_installed_while_the_platform_runs_is_served_after_a_start_by_itself(
    tmp_path: Path, keepers: Keepers, served: Served, a_wheel: MakeWheel
) -> None:
    """With the embedded database, which the new start has to find again."""
    keepers.enter(a_wheel())
    installation = Installation(tmp_path / "office")
    try:
        server = installation.serve()
        done(installation, "tenant", "create", "maehia", "--name", TOWN)
        (installation.folder / "root.json").write_bytes(keepers.root)
        root = str(installation.folder / "root.json")
        added = done(installation, "catalog", "add", "--root", root, "--url", served.url)
        assert "refused from the next start on: parks" in added
        done(installation, "catalog", "refresh")
        done(installation, "catalog", "install", "library")
        assert installation.get("/library")[0] == 404

        done(installation, "catalog", "start")
        until(lambda: installation.said().count("Ready after") == 2, 120)

        done(installation, "plugin", "enable", "library", "--tenant", "maehia")
        until(lambda: installation.get("/library") == (200, "library 0.1.0"), 10)
        assert "only approved plugins run here" in installation.said()

        earlier = keepers.now - timedelta(days=4)
        keepers.repository.sign_state(keepers.key("online"), earlier)
        done(installation, "catalog", "refresh")
        looked = installation.command("check")
        assert looked.returncode == 1
        assert "Look at this: the catalog is half-way to its end" in looked.stdout
        server.terminate()
        assert server.wait(30) == 0
    finally:
        installation.close()
