"""``thongthin restore FILE``: bring a backup back to life in an empty place."""

import argparse
import signal
from pathlib import Path
from types import FrameType

import psycopg

from core.backup.manifest import BackupFailed
from core.backup.restore import restore
from core.commands.surroundings import database, say
from core.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("restore", help="bring a backup back in an empty place")
    parser.add_argument("file", type=Path, help="what 'thongthin backup' wrote")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Restore and check; 1 when it failed, and then nothing is left of the attempt."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        manifest = restore(settings, arguments.file.absolute(), database)
    except KeyboardInterrupt:
        say("fail: interrupted")
        return 1
    except (BackupFailed, OSError, psycopg.Error) as problem:
        say(f"fail: {problem}")
        return 1
    rows = sum(manifest.rows.values())
    say(f"{rows:,} rows of {len(manifest.rows)} tables, as of {manifest.at:%Y-%m-%d %H:%M:%S} UTC")
    for tenant, finding in manifest.findings.items():
        say(f"The audit trail of {tenant} was touched before the backup: {finding}")
    say("pass")
    return 0


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
