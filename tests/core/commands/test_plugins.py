"""A plugin from a wheel of its own: made, built, installed, at work, taken along, removed."""

import json
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.core.commands.conftest import until

Installation = Any  # the class of conftest.py, which cannot be imported

HERE = Path(__file__).parent
TITLE = "บัตรห้องสมุด / Library card"


def pip(*arguments: str) -> None:
    quiet = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    subprocess.run([*quiet, *arguments], check=True)  # noqa: S603


def make(installation: Installation, name: str = "library") -> Path:
    folder: Path = installation.folder / f"thongthin-{name}"
    answers = ("--title", TITLE, "--unit", "clerk", "--fee", "0", "--days", "3")
    done = installation.command("plugin", "new", name, "--folder", str(folder), *answers)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def at_work(alone: Installation, database: str) -> Installation:
    """แม่เหียะ and ยะลา, in both of which a plugin is on that came by a wheel."""
    alone.environment["THONGTHIN_DATABASE_URL"] = database
    folder = make(alone)
    wheels = str(alone.folder / "wheels")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, str(folder))
    [wheel] = Path(wheels).glob("*.whl")
    outside = str(alone.folder / "outside")
    pip("install", "--no-deps", "--no-index", "--target", outside, str(wheel))
    assert alone.command("plugin", "migrate", "library").returncode == 0
    for code, name in (("maehia", "เทศบาลเมืองแม่เหียะ"), ("yala", "เทศบาลนครยะลา")):
        done = alone.command("tenant", "create", code, "--name", name, "--plugins", "library")
        assert done.returncode == 0, done.stderr
    return alone


def script(installation: Installation, *arguments: str) -> Any:
    done = installation.script(HERE / "library_case.py", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_plugin_of_a_wheel_works_is_taken_along_and_leaves_cases_and_papers(
    at_work: Installation,
) -> None:
    kept = script(at_work, "grant", "maehia")
    assert len(kept) >= 2
    assert script(at_work, "look", "maehia", "/desk/library") == [303]

    export = at_work.folder / "library.zip"
    early = at_work.command("plugin", "remove", "library", "--export", str(export))
    assert "is no export" in early.stdout
    done = at_work.command("plugin", "export", "library", "--to", str(export))
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "pass"), done.stderr
    with zipfile.ZipFile(export) as archive:
        [line] = archive.read("maehia/entry.jsonl").decode().splitlines()
        assert archive.read("yala/entry.jsonl") == b""
    assert json.loads(line)["name"] == "นายสมชาย ใจดี"

    still_on = at_work.command("plugin", "remove", "library", "--export", str(export))
    assert "library is on in maehia, yala" in still_on.stdout
    for tenant in ("maehia", "yala"):
        off = at_work.command("plugin", "disable", "library", "--tenant", tenant)
        assert off.returncode == 0, off.stderr
    removed = at_work.command("plugin", "remove", "library", "--export", str(export))
    assert removed.stdout.splitlines()[-1] == "pass", removed.stdout + removed.stderr

    # Uninstalled.
    at_work.environment["PYTHONPATH"] = at_work.environment["PYTHONPATH"].partition(":")[0]
    assert "library" not in at_work.command("plugin", "list").stdout
    assert script(at_work, "look", "maehia", *kept) == [200] * len(kept)


def test_an_installed_plugin_is_checked_by_its_name(at_work: Installation) -> None:
    report = at_work.folder / "report.json"
    only = (
        "manifest.taken,distribution.version,distribution.licence,distribution.readme,rows.policy"
    )
    done = at_work.command("plugin", "check", "library", "--only", only, "--report", str(report))

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(report.read_bytes())
    assert [one["state"] for one in told["checks"]] == ["passed"] * 5
    assert told["version"] == "0.1.0"
    assert told["versions"]["thongthin"]


def test_a_new_plugin_passes_its_own_tests_and_the_checks_of_the_platform(
    alone: Installation,
) -> None:
    folder = make(alone)
    report = str(folder / "report.json")
    done = pytest_in(
        alone,
        "--rootdir",
        str(folder),
        "-c",
        str(folder / "pyproject.toml"),
        "--thongthin-plugin",
        str(folder),
        "--thongthin-report",
        report,
        str(folder),
    )

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((folder / "report.json").read_bytes())
    assert told["tier"] == "platinum"
    assert f"{len(told['checks']) + 5} passed" in done.stdout


def pytest_in(installation: Installation, *arguments: str) -> Any:
    plugin = ("-p", "no:cacheprovider")
    return installation.run("-m", "pytest", *plugin, "-q", *arguments)


def test_where_no_plugin_is_named_pytest_runs_no_check(alone: Installation) -> None:
    (alone.folder / "test_ours.py").write_text("def test_ours(): ...\n", encoding="utf-8")

    done = pytest_in(alone)

    assert done.stdout.splitlines()[-1].startswith("1 passed")


def test_a_check_alone_fails_in_pytest_with_the_way_to_mend_it(alone: Installation) -> None:
    folder = make(alone)
    (folder / "README.md").write_text("# Library\n", encoding="utf-8")

    done = pytest_in(alone, "--thongthin-plugin", str(folder), "-k", "distribution.readme")

    assert done.returncode == 1
    assert "distribution.readme (silver): It has a README" in done.stdout
    assert "Write a README of at least 300 letters." in done.stdout
    assert "1 failed" in done.stdout


def test_pytest_says_where_there_is_no_plugin(alone: Installation) -> None:
    done = pytest_in(alone, "--thongthin-plugin", str(alone.folder))

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "is no plugin" in done.stderr


def test_what_a_check_finds_is_told_with_the_way_to_mend_it(alone: Installation) -> None:
    folder = make(alone)
    (folder / "README.md").write_text("# Library\n", encoding="utf-8")
    done = alone.command("plugin", "check", str(folder), "--only", "distribution.readme", "--thai")

    assert done.returncode == 1
    assert "distribution.readme (silver): มี README ที่บอกว่าทำอะไร" in done.stdout
    assert "the README has 9 letters" in done.stdout
    assert "→ เขียน README อย่างน้อย 300 ตัวอักษร" in done.stdout


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--unit", "moon"), "There is no such division; choose one of clerk"),
        (("--fee", "a lot"), "The fee is in baht"),
        (("--days", "0"), "Give 1 to 365 working days."),
        (("--days", "0001000"), "Give 1 to 365 working days."),
        (("--title", "บัตร"), "Give the title in Thai and in English"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_and_nothing_is_written(
    alone: Installation, wrong: tuple[str, str], said: str
) -> None:
    answers = {"--title": TITLE, "--unit": "clerk", "--fee": "0", "--days": "3"} | dict([wrong])
    given = [part for pair in answers.items() for part in pair]
    done = alone.command("plugin", "new", "library", *given)

    assert done.returncode == 1
    assert said in done.stdout + done.stderr
    assert not (alone.folder / "thongthin-library").exists()


def test_a_question_is_asked_again_until_its_answer_can_be_used(alone: Installation) -> None:
    answers = ("บัตร", TITLE, "moon", "clerk", "มาก", "20.50", "0", "3")
    done = alone.command("plugin", "new", "library", typed="\n".join(answers))

    assert done.returncode == 0, done.stderr
    assert "ชื่อบริการต้องมีทั้งภาษาไทยและภาษาอังกฤษ" in done.stdout
    assert "ไม่มีกองนี้ เลือกหนึ่งจาก clerk" in done.stdout
    assert (alone.folder / "thongthin-library" / "pyproject.toml").is_file()

    there = alone.command("plugin", "new", "library")
    assert "There is a folder thongthin-library already" in there.stderr
    left = alone.command("plugin", "new", "parks", typed=f"{TITLE}\n")
    assert (left.returncode, "No answer came." in left.stderr) == (1, True)
    assert not (alone.folder / "thongthin-parks").exists()


SERVER = """
import os, time
with open("begun", "a") as file:
    file.write(f"{os.getpid()}\\n")
time.sleep(600)
"""
FOLLOWING = """
import os, sys
from pathlib import Path
from core.commands.plugin_dev import follow
try:
    follow(Path("build/watched"), [sys.executable, "-c", sys.argv[1]], os.environ)
except KeyboardInterrupt:
    pass
"""


def test_a_server_is_run_anew_when_a_file_is_saved_and_ends_with_who_runs_it(
    alone: Installation,
) -> None:
    page = alone.folder / "build" / "watched" / "library" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text("old", encoding="utf-8")
    begun = alone.folder / "begun"

    def servers() -> list[str]:
        return begun.read_text().split() if begun.exists() else []

    following = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", FOLLOWING, SERVER], cwd=alone.folder, env=alone.environment
    )
    try:
        until(lambda: len(servers()) == 1)
        (page.parent / "notes.txt").write_text("not followed", encoding="utf-8")
        page.write_text("new", encoding="utf-8")
        until(lambda: len(servers()) == 2)
    finally:
        following.send_signal(signal.SIGINT)
        assert following.wait(30) == 0

    assert not any(Path(f"/proc/{server}").exists() for server in servers())


def test_what_is_no_plugin_is_not_checked(alone: Installation) -> None:
    done = alone.command("plugin", "check", str(alone.folder))

    assert done.returncode == 1
    assert "is no plugin" in done.stderr
