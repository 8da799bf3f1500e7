"""``thongthin backup FILE``: a whole installation in one file, made while it is at work."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from core.backup.backup import Made, make_backup
from core.backup.manifest import SECRET, BackupFailed
from core.commands.surroundings import database, say
from core.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("backup", help="write everything into one file; pass or fail")
    parser.add_argument("file", type=Path, help="to write, e.g. 2569-11-20.tar; never overwritten")
    parser.add_argument(
        "--with-keys",
        action="store_true",
        help="with the secret: who has the file can then read everything in it",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the backup and read it once more; 1 when there is none."""
    try:
        with database(settings) as url:
            made = make_backup(
                settings,
                url,
                arguments.file.absolute(),
                with_keys=arguments.with_keys,
                now=datetime.now(UTC),
            )
    except (BackupFailed, OSError, psycopg.Error) as problem:
        say(f"fail: {problem}")
        return 1
    _tell(made, settings, with_keys=arguments.with_keys)
    say("pass")
    return 0


def _tell(made: Made, settings: Settings, *, with_keys: bool) -> None:
    rows = sum(made.manifest.rows.values())
    say(f"{rows:,} rows of {len(made.manifest.rows)} tables, {made.files:,} files")
    say(f"{made.size / 1e6:,.1f} MB, all read back")
    for tenant, finding in made.manifest.findings.items():
        say(f"The audit trail of {tenant} is not as it was written, here as there: {finding}")
    if with_keys:
        say("The secret is in it: keep the file where nobody else can read it.")
    else:
        say(
            f"The secret is not in it: keep {settings.data / SECRET} or THONGTHIN_SECRET "
            "apart, or nobody can ever read the encrypted fields."
        )
