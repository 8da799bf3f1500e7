"""PostgreSQL's own programs ``pg_dump`` and ``pg_restore``, in the release that a server needs."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from core import embedded
from core.backup.manifest import BackupFailed

Name = Literal["pg_dump", "pg_restore"]

# Where Debian keeps them, one folder for each release.
_DEBIAN = Path("/usr/lib/postgresql")


def find(name: Name, least: int) -> tuple[Path, int]:
    """Return the program nearest to a release of PostgreSQL, and its own release.

    :param least: major release; an older program refuses.
    :raises BackupFailed: there is none.
    """
    fitting = [(release, path) for path, release in _known(name) if release >= least]
    if not fitting:
        raise BackupFailed(
            f"{name} of PostgreSQL {least} or newer is not installed, "
            f"e.g. by the package postgresql-client-{least}"
        )
    release, path = min(fitting)
    return path, release


def _known(name: Name) -> Iterator[tuple[Path, int]]:
    paths = [embedded.binary(name), *_DEBIAN.glob(f"*/bin/{name}")]
    if (found := shutil.which(name)) is not None:
        paths.append(Path(found))
    for path in paths:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
        match = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
        if match:
            yield path, int(match[1])


def run(program: Path, url: str, arguments: Sequence[str]) -> None:
    """Run a program against a database.

    :param url: its password is handed over where other users cannot see it.
    :raises BackupFailed: with the program's last words.
    """
    target: dict[str, Any] = conninfo_to_dict(url)
    password = target.pop("password", None)
    environment = {**os.environ, "LC_ALL": "C"}
    if password is not None:
        environment["PGPASSWORD"] = password
    done = subprocess.run(  # noqa: S603 - programs found above, arguments of this package
        [program, *arguments, f"--dbname={make_conninfo(**target)}"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupFailed(f"{program.name}: {done.stderr.strip()[-2000:]}")
