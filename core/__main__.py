"""``thongthin``: the command line of an installation."""

import argparse
import logging
import os
import socket
import sys
from collections.abc import Sequence

import asyncpg

from core import logs
from core.checks import NotReady
from core.commands import (
    audit,
    backup,
    catalog,
    check,
    demo,
    migrate,
    officer,
    plugin,
    restore,
    serve,
    tenant,
    web,
    work,
)
from core.embedded import EmbeddedError
from core.errors import AppError, InvalidInput
from core.settings import SettingsError, read_settings

# A line that is refused, a wrong password, a name that is none: for people, not for a traceback.
_NO_DATABASE = (
    ConnectionError,
    socket.gaierror,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return how it ended: 0 when all went well."""
    parser = argparse.ArgumentParser(
        prog="thongthin", description="Services of local governments, on one installation."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in (
        *(serve, migrate, check, tenant, officer, plugin, catalog, demo),
        *(audit, backup, restore, web, work),
    ):
        command.add(commands)
    chosen = parser.parse_args(arguments)
    logs.set_up(process="command", level=logging.WARNING)
    try:
        status: int = chosen.run(chosen, read_settings(os.environ))
    except InvalidInput as refusal:
        return _fail("; ".join(text.en for text in refusal.problems.values()))
    except (SettingsError, EmbeddedError, NotReady, AppError) as refusal:
        return _fail(str(refusal))
    except _NO_DATABASE as problem:
        return _fail(
            f"the database cannot be used ({problem}). Look at THONGTHIN_DATABASE_URL, "
            "and whether PostgreSQL runs; nothing was done."
        )
    return status


def _fail(sentence: str) -> int:
    sys.stderr.write(f"thongthin: {sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
