"""Whoever is killed in the middle of an import leaves no municipality, and nothing in the way."""

import asyncio
from pathlib import Path

import pytest

from tests.core.handover.conftest import PASSPHRASE, Place
from tests.forked import run_forked
from tools.tree import ROOT

# The import is killed where the outside is called: at the nth time of a call.
SCRIPT = """
import os, shutil, signal, sys

import asyncpg
from core.__main__ import main

name, nth, path, passphrase = sys.argv[1:]
whose, what = {
    "unpacking": (os, "fsync"),
    "copying": (asyncpg.Connection, "copy_to_table"),
    "files": (os, "sync"),
    "told": (asyncpg.Connection, "execute"),
}[name]
called, left = getattr(whose, what), [int(nth)]

def count(*arguments, **named):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return called(*arguments, **named)

setattr(whose, what, count)
sys.exit(main(["tenant", "import", path, "--passphrase", passphrase]))
"""


@pytest.mark.parametrize(
    ("where", "nth"), [("unpacking", 9), ("copying", 1), ("copying", 12), ("files", 1), ("told", 3)]
)
async def test_a_killed_import_is_none_and_the_next_one_is_whole(
    exported: Path, there: Place, tmp_path: Path, where: str, nth: int
) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE)
    arguments = [where, str(nth), str(exported), str(passphrase)]
    environment = {
        "PYTHONPATH": str(ROOT),
        "PATH": "",
        "THONGTHIN_DATA": str(there.settings.data),
        "THONGTHIN_SECRET": there.settings.secret_keys.hex(),
        "THONGTHIN_DATABASE_URL": there.url,
    }
    script = tmp_path / "killed.py"
    script.write_text(SCRIPT)
    done = await asyncio.to_thread(run_forked, [str(script), *arguments], environment, tmp_path)

    assert done.returncode == -9
    assert await there.rows("SELECT id FROM core.tenant") == []
    assert await there.rows("SELECT count(*) FROM core.audit_entry") == [(0,)]
    took = await there.take(exported)
    again = await there.export(tmp_path / "again.tar")
    assert took.content == again.content
    assert not list(there.settings.data.glob(".importing*"))
