"""The options by which pytest runs the checks of a plugin.

``--thongthin-plugin PATH`` adds a test for each check, ``--thongthin-report FILE`` writes the
report. Without the first nothing of the platform is imported.
"""

from pathlib import Path

import pytest

_ITEMS = "core.conformance.items"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("thongthin")
    group.addoption("--thongthin-plugin", metavar="PATH", help="check the plugin in this folder")
    group.addoption("--thongthin-report", metavar="FILE", type=Path, help="write the report there")


def pytest_configure(config: pytest.Config) -> None:
    """Have the checks run when a plugin is named."""
    if config.getoption("--thongthin-plugin") is not None:
        config.pluginmanager.import_plugin(_ITEMS)
