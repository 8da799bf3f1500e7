"""``thongthin plugin check``: what a plugin shows, and the tier that it reaches."""

import argparse
import asyncio
import logging
from pathlib import Path

from core.commands.surroundings import say
from core.conformance.check import Level
from core.conformance.locating import located
from core.conformance.report import Outcome
from core.conformance.running import checks_for, run_checks
from core.settings import Settings

_SIGNS = {"passed": "  ", "failed": "✗ ", "not run": "- "}


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action to the parser."""
    parser = actions.add_parser("check", help="run the checks of a plugin; says its tier")
    parser.add_argument("plugin", help="its folder, or the name of an installed one")
    parser.add_argument("--report", type=Path, help="write what came of each check here, as JSON")
    parser.add_argument("--only", help="ids of checks, between commas")
    parser.add_argument(
        "--least",
        choices=[level.word for level in Level],
        default=Level.BRONZE.word,
        help="the tier without which this command fails",
    )
    parser.add_argument("--thai", action="store_true", help="tell what to mend in Thai")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, _settings: Settings) -> int:
    """Check a plugin on an installation of its own; 1 when it is below the least tier.

    Of some checks alone comes no tier: 1 when one of them was not passed.
    """
    # The findings tell what failed; what the platform notes of it beside them helps nobody.
    logging.getLogger().setLevel(logging.CRITICAL)

    def tell(one: Outcome) -> None:
        if one.state != "passed":
            say(f"{_SIGNS[one.state]}{one.id} ({one.level}): {_in(one, arguments, 'title')}")
            for finding in one.findings:
                say(f"    {finding}")
            say(f"    → {_in(one, arguments, 'mend')}")

    with located(arguments.plugin) as subject:
        chosen = checks_for(subject)
        if arguments.only:
            known = {check.id: check for check in chosen}
            wanted = arguments.only.split(",")
            if unknown := [one for one in wanted if one not in known]:
                say(f"There is no check {unknown[0]!r}; docs/conformance.md lists them.")
                return 1
            chosen = tuple(known[one] for one in wanted)
        report = asyncio.run(run_checks(subject, chosen, tell=tell))
    passed = sum(one.state == "passed" for one in report.checks)
    say(f"{report.plugin} {report.version}: {passed} of {len(report.checks)} checks passed")
    say(f"{report.tier or 'no tier'}, after {report.seconds} s")
    if arguments.report:
        arguments.report.write_bytes(report.dump())
    if arguments.only:
        return 0 if passed == len(report.checks) else 1
    return 0 if report.level >= Level[arguments.least.upper()] else 1


def _in(one: Outcome, arguments: argparse.Namespace, what: str) -> str:
    text = one.title if what == "title" else one.mend
    return text.th if arguments.thai else text.en
