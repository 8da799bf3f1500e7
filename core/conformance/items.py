"""The checks as tests of pytest; see ``core.conformance.pytest_plugin``."""

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from core.conformance.check import Check
from core.conformance.locating import located
from core.conformance.report import Outcome, Report
from core.conformance.running import checks_for, run_checks
from core.conformance.subject import Subject
from core.errors import NotFound

_SUBJECT = pytest.StashKey[Subject]()
_DONE = pytest.StashKey[dict[str, Outcome]]()


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


def pytest_configure(config: pytest.Config) -> None:
    """Find the plugin, and let it be found until all tests are done.

    :raises pytest.UsageError: there is none.
    """
    finding = contextlib.ExitStack()
    config.add_cleanup(finding.close)
    try:
        named = config.getoption("--thongthin-plugin")
        config.stash[_SUBJECT] = finding.enter_context(located(named))
    except NotFound as refusal:
        raise pytest.UsageError(refusal.sentence.en) from refusal


def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Add a test for each check."""
    for check in checks_for(session.config.stash[_SUBJECT]):
        items.append(CheckItem.from_parent(session, name=check.id, check=check))


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
