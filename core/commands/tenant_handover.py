"""``thongthin tenant export|import``: all that is of a municipality into one file, and back."""

import argparse
import asyncio
import getpass
import signal
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path

from core.commands.surroundings import database, of_tenant, opened, say
from core.handover.exporting import export_tenant
from core.handover.importing import import_tenant
from core.handover.manifest import HandoverRefused, Manifest
from core.settings import Settings
from core.text import Text

_TWO = Text("รหัสผ่านสองครั้งไม่ตรงกัน ลองใหม่", "The two passphrases are not the same. Try again.")
_UNREAD = Text("อ่านไฟล์รหัสผ่านไม่ได้: {problem}", "The passphrase cannot be read: {problem}")


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the actions to the parser."""
    exporting = actions.add_parser("export", help="write all that is of one into one file")
    exporting.add_argument("code", help="id of the municipality")
    exporting.set_defaults(run=run_export)
    importing = actions.add_parser("import", help="bring one in from such a file")
    importing.set_defaults(run=run_import)
    for action in (exporting, importing):
        action.add_argument("file", type=Path, help="with rows, files and the locked secret")
        action.add_argument(
            "--passphrase",
            type=Path,
            metavar="FILE",
            help="file whose first line is the passphrase; asked for otherwise",
        )


def run_export(arguments: argparse.Namespace, settings: Settings) -> int:
    """Export; 1 when it failed, and then there is no file."""
    with database(settings) as url:
        return _ended(_export(arguments, settings, url))


async def _export(arguments: argparse.Namespace, settings: Settings, url: str) -> None:
    async with opened(settings, url) as runtime:
        ctx = await of_tenant(runtime, arguments.code)
        passphrase = _passphrase(arguments.passphrase, twice=True)
        target = arguments.file.absolute()
        manifest = await export_tenant(
            runtime, ctx, target, passphrase=passphrase, by=getpass.getuser()
        )
    _tell(manifest)
    say(f"The passphrase is not in {target}: tell it to who imports, another way than the file.")


def run_import(arguments: argparse.Namespace, settings: Settings) -> int:
    """Import; 1 when it failed, and then nothing was written."""
    with database(settings) as url:
        return _ended(_import(arguments, settings, url))


async def _import(arguments: argparse.Namespace, settings: Settings, url: str) -> None:
    passphrase = _passphrase(arguments.passphrase, twice=False)
    async with opened(settings, url) as runtime:
        manifest = await import_tenant(
            runtime,
            arguments.file.absolute(),
            passphrase=passphrase,
            by=getpass.getuser(),
            now=datetime.now(UTC),
        )
    _tell(manifest)
    say(f"{manifest.name}: {settings.origin(manifest.tenant)}, before: {manifest.origin}")


def _ended(work: Coroutine[None, None, None]) -> int:
    """Do the work and say how it ended; who is told to stop undoes what was begun."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        asyncio.run(work)
    except KeyboardInterrupt:
        say("fail: interrupted")
        return 1
    except HandoverRefused as refused:
        for reason in refused.reasons:
            say(f"fail: {reason.en}")
            say(f"      {reason.th}")
        return 1
    say("pass")
    return 0


def _passphrase(file: Path | None, *, twice: bool) -> str:
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").partition("\n")[0].strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise HandoverRefused(_UNREAD.format(problem=problem)) from problem
    typed = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Once more: ") != typed:
        raise HandoverRefused(_TWO)
    return typed


def _tell(manifest: Manifest) -> None:
    rows = sum(one.rows for one in manifest.tables.values())
    say(f"{rows:,} rows of {len(manifest.tables)} tables and {manifest.files.count:,} files")
    say(f"content {manifest.content}")
    if manifest.finding:
        say(f"The audit trail was touched before the export: {manifest.finding}")
