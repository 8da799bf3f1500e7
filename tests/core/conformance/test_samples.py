from pathlib import Path

import pytest

from core.conformance.check import Check, Level
from core.conformance.locating import located
from core.conformance.report import Outcome
from core.conformance.running import checks_for, run_checks
from tests.core.conformance.samples.edits import write_broken, write_sound
from tests.core.conformance.samples.read import READ
from tests.core.conformance.samples.tried import TRIED


async def outcomes(
    folder: Path, *wanted: str, cluster: str | None = None, template: str | None = None
) -> dict[str, Outcome]:
    with located(str(folder)) as subject:
        chosen = [one for one in checks_for(subject) if not wanted or one.id in wanted]
        report = await run_checks(subject, chosen, cluster=cluster, template=template)
    return {one.id: one for one in report.checks}


@pytest.fixture(scope="session")
def checks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Check, ...]:
    folder = tmp_path_factory.mktemp("checks") / "plugin"
    write_sound(folder)
    with located(str(folder)) as subject:
        return checks_for(subject)


def test_there_are_at_least_forty_checks_each_with_words_of_its_own(
    checks: tuple[Check, ...],
) -> None:
    assert len(checks) >= 40
    assert len({check.id for check in checks}) == len(checks)
    for what in ("title", "mend"):
        texts = [getattr(check, what) for check in checks]
        assert all(text.th.strip() and text.en.strip() for text in texts)
    assert {check.level for check in checks} == set(Level)


def test_for_every_check_there_is_a_broken_plugin(checks: tuple[Check, ...]) -> None:
    caught = {*READ, *(one for broken in TRIED.values() for one in broken.catches)}

    assert caught == {check.id for check in checks}
    assert {check.id for check in checks if not check.runs} == READ.keys()


async def test_the_sound_plugin_passes_every_check(
    folder: Path, server: str, kit_template: str
) -> None:
    write_sound(folder)

    with located(str(folder)) as subject:
        report = await run_checks(
            subject, checks_for(subject), cluster=server, template=kit_template
        )

    assert [(one.id, one.findings) for one in report.checks if one.state != "passed"] == []
    assert report.tier == "platinum"


PLAIN = {
    "pyproject.toml": """[project]
name = "thongthin-plain"
version = "0.1.0"

[project.entry-points."thongthin.plugins"]
plain = "thongthin_plain.plugin"
""",
    "thongthin_plain/__init__.py": '"""A plugin that keeps nothing."""\n',
    "thongthin_plain/plugin.py": """\"\"\"What it is.\"\"\"

from core.api import Manifest, Text

MANIFEST = Manifest(name="plain", title=Text("ไม่เก็บอะไร", "Plain"))
""",
}


async def test_who_keeps_nothing_takes_nothing_along(
    folder: Path, server: str, kit_template: str
) -> None:
    for path, text in PLAIN.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")

    done = await outcomes(folder, "leaving.export", cluster=server, template=kit_template)

    assert done["leaving.export"].state == "passed", done["leaving.export"].findings


@pytest.mark.parametrize("id", READ)
async def test_a_broken_file_is_found(id: str, folder: Path) -> None:
    write_broken(folder, *READ[id])

    done = await outcomes(folder, id)

    assert done[id].state == "failed"
    assert not done[id].findings[0].startswith("the check could not be ended")


@pytest.mark.parametrize("what", TRIED)
async def test_what_is_broken_is_found_by_trying_it(
    what: str, folder: Path, server: str, kit_template: str
) -> None:
    broken = TRIED[what]
    write_broken(folder, *broken.edits)

    done = await outcomes(folder, *broken.catches, cluster=server, template=kit_template)

    assert {id: one.state for id, one in done.items()} == dict.fromkeys(broken.catches, "failed")
