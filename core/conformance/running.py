"""Run checks on a plugin."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from platform import python_version

from core.conformance.check import Check
from core.conformance.checks import CHECKS
from core.conformance.report import Outcome, Report, State, outcome, tier_of
from core.conformance.subject import Subject
from core.conformance.trial import Trial, TrialFailed, on_trial
from core.levels import API_LEVELS

_WITH = ("litestar", "piccolo", "pluggy")
# What can be looked at although the host does not take the plugin for its tables.
OF_TABLES = frozenset({"migrations.up", "migrations.back", "rows.policy", "rows.key"})

Tell = Callable[[Outcome], None]


def checks_for(subject: Subject) -> tuple[Check, ...]:
    """Return the checks of the core and of the rooms of the kit."""
    host = subject.host
    given = [
        check
        for name, checks in host.gathered("register_checks")
        if host.plugins[name].fixed
        for check in checks
    ]
    return (*CHECKS, *given)


async def run_checks(
    subject: Subject,
    checks: Sequence[Check],
    *,
    tell: Tell = lambda _: None,
    cluster: str | None = None,
    template: str | None = None,
) -> Report:
    """Run checks, those that read files first, and return what came of them.

    :param tell: called with each outcome at once.
    :param cluster: address of a server, as its owner, on which a database is made for the trial;
        None starts one.
    :param template: name of a database there that holds the core's and the kit's tables.
    """
    began, at = time.monotonic(), datetime.now(UTC)
    done: list[Outcome] = []

    def keep(one: Outcome) -> None:
        done.append(one)
        tell(one)

    for check in checks:
        if not check.runs:
            keep(await _run(check, subject))
    waiting = [check for check in checks if check.runs]
    if waiting:
        await _run_on_trial(subject, waiting, keep, cluster, template)
    whole = {check.id for check in checks} >= {check.id for check in checks_for(subject)}
    places = {check.id: place for place, check in enumerate(checks)}
    return Report(
        plugin=subject.name,
        version=subject.manifest.version,
        at=at,
        tier=tier_of(done) if whole else None,
        seconds=round(time.monotonic() - began, 1),
        versions=_versions(),
        checks=tuple(sorted(done, key=lambda one: places[one.id])),
    )


async def _run_on_trial(
    subject: Subject,
    checks: Sequence[Check],
    keep: Tell,
    cluster: str | None,
    template: str | None,
) -> None:
    waiting = list(checks)
    try:
        async with on_trial(subject, cluster=cluster, template=template) as trial:
            while waiting:
                check = waiting.pop(0)
                if trial.stopped is None or check.id in OF_TABLES:
                    keep(await _run(check, trial))
                else:
                    keep(outcome(check, "not run", 0.0, [trial.stopped]))
    except TrialFailed as problem:
        for check in waiting:
            keep(outcome(check, "not run", 0.0, [str(problem)]))


async def _run(check: Check, given: Subject | Trial) -> Outcome:
    began = time.monotonic()
    found = check.look(given)
    findings: list[str] = []
    try:
        if isinstance(found, AsyncIterator):
            async for one in found:
                findings.append(one)
        else:
            findings.extend(found)
    except Exception as problem:
        findings.append(f"the check could not be ended: {type(problem).__name__}: {problem}")
    state: State = "failed" if findings else "passed"
    return outcome(check, state, time.monotonic() - began, findings)


def _versions() -> dict[str, str]:
    return {
        "thongthin": version("thongthin"),
        "api": ", ".join(str(level) for level in sorted(API_LEVELS)),
        "python": python_version(),
        **{name: version(name) for name in _WITH},
    }
