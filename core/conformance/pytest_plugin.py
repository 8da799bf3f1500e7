"""The checks for pytest: ``--thongthin-plugin PATH`` adds one test for each.

Without the option it does nothing. ``--thongthin-report FILE`` writes the report.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from core.conformance.check import Check
from core.conformance.locating import located
from core.conformance.report import Outcome, Report
from core.conformance.running import checks_for, run_checks
from core.conformance.subject import Subject

_SUBJECT = pytest.StashKey[Subject]()
_DONE = pytest.StashKey[dict[str, Outcome]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("thongthin")
    group.addoption("--thongthin-plugin", metavar="PATH", help="check the plugin in this folder")
    group.addoption("--thongthin-report", metavar="FILE", type=Path, help="write the report there")


class CheckFailed(Exception):
    """A check found something."""


class CheckItem(pytest.Item):
    """One check as a test."""

    def __init__(self, *, check: Check, **more: Any) -> None:
        super().__init__(**more)
        self.check = check

    def runtest(self) -> None:
        """Run all checks that were chosen, once, and tell of this one.

        :raises CheckFailed: it found something.
        """
        done = _outcomes(self.session)[self.check.id]
        if done.state != "passed":
            raise CheckFailed(done)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Tell what was found, and how it is mended."""
        if not isinstance(excinfo.value, CheckFailed):
            return super().repr_failure(excinfo, style)
        done: Outcome = excinfo.value.args[0]
        lines = [f"{done.id} ({done.level}): {done.title.en}", *done.findings, done.mend.en]
        return "\n".join([*lines, done.title.th, done.mend.th])

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return how it is named in a report."""
        return self.path, None, f"thongthin: {self.check.id}"


def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Add a test for each check."""
    subject = session.config.stash.get(_SUBJECT, None)
    for check in checks_for(subject) if subject else ():
        items.append(CheckItem.from_parent(session, name=check.id, check=check))


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Any:
    """Find the plugin, and let it be found while tests are collected and run."""
    target = config.getoption("--thongthin-plugin")
    if target is None:
        return (yield)
    with located(target) as subject:
        config.stash[_SUBJECT] = subject
        return (yield)


def _outcomes(session: pytest.Session) -> dict[str, Outcome]:
    config = session.config
    if _DONE not in config.stash:
        chosen: Sequence[Check] = [
            item.check for item in session.items if isinstance(item, CheckItem)
        ]
        report: Report = asyncio.run(run_checks(config.stash[_SUBJECT], chosen))
        config.stash[_DONE] = {one.id: one for one in report.checks}
        file = config.getoption("--thongthin-report")
        if file is not None:
            file.write_bytes(report.dump())
    return config.stash[_DONE]
