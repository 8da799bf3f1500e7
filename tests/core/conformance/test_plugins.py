from pathlib import Path

import pytest

from core.conformance.locating import located
from core.conformance.running import checks_for, run_checks
from core.discovery import ROOT

HOMES = ("plugins", "contrib")
PLUGINS = sorted(path.parent for home in HOMES for path in ROOT.glob(f"{home}/*/plugin.py"))


@pytest.mark.parametrize("folder", PLUGINS, ids=lambda folder: folder.name)
async def test_nothing_below_platinum_is_against_a_plugin_of_this_tree(
    folder: Path, server: str, kit_template: str
) -> None:
    with located(str(folder)) as subject:
        report = await run_checks(
            subject, checks_for(subject), cluster=server, template=kit_template
        )

    against = [one for one in report.checks if one.state != "passed" and one.level != "platinum"]
    assert [(one.id, one.findings) for one in against] == []
    assert report.tier in ("gold", "platinum")
