"""Run a command on a throw-away PostgreSQL from Debian's packages.

``python -m tools.server pytest …`` makes a server in a temporary folder, names it in
``THONGTHIN_TEST_DATABASE_URL``, runs the command, and leaves nothing behind.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.memory import folder_in_memory

HOME = Path("/usr/lib/postgresql")
USER = "postgres"
# Nothing of this server is worth keeping, so it need not wait for the disk.
OPTIONS = "-c fsync=off -c full_page_writes=off -c max_connections=200 -c timezone=UTC"


def main() -> int:
    """Run the command given and return how it ended."""
    # Ended from outside, the server goes too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with _server(_programs()) as url:
        environment = {**os.environ, "THONGTHIN_TEST_DATABASE_URL": url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode  # noqa: S603


def _programs() -> Path:
    """Return the folder of the newest server's programs, after installing one if need be."""
    if not any(HOME.glob("*/bin/pg_ctl")):
        if os.geteuid() != 0:
            raise SystemExit("There is no PostgreSQL server: apt-get install postgresql")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(
            ["/usr/bin/apt-get", "install", "--quiet", "--yes", "postgresql"],
            env=environment,
            check=True,
        )
    return max(HOME.glob("*/bin"), key=lambda folder: int(folder.parent.name))


@contextlib.contextmanager
def _server(programs: Path) -> Iterator[str]:
    """Yield the address of a server that listens on a Unix socket only."""
    folder = Path(tempfile.mkdtemp(prefix="thongthin-server-", dir=folder_in_memory()))
    rows = folder / "rows"
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)
    try:
        _run(folder, programs / "initdb", "--auth=trust", f"--username={USER}", "--encoding=UTF8",
             "--locale=C.UTF-8", "--no-sync", "--pgdata", rows)  # fmt: skip
        _run(folder, programs / "pg_ctl", "start", "--wait", "--pgdata", rows, "--log",
             folder / "log", "--options", f"-h '' -p 5432 -k {folder} {OPTIONS}")  # fmt: skip
        yield f"postgresql://{USER}@/postgres?host={folder}&port=5432"
    finally:
        if (rows / "postmaster.pid").exists():
            _run(folder, programs / "pg_ctl", "stop", "--mode=immediate", "--pgdata", rows)
        shutil.rmtree(folder)


def _run(folder: Path, program: Path, *arguments: str | Path) -> None:
    """Run a program of the server, quietly, under the user ``postgres`` where we are root."""
    user = pwd.getpwnam(USER) if os.geteuid() == 0 else None
    command: list[str | Path] = [program, *arguments]
    subprocess.run(  # noqa: S603 - Debian's programs with arguments of this module
        command,
        cwd=folder,
        user=user and user.pw_uid,
        group=user and user.pw_gid,
        extra_groups=[] if user else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
    )


if __name__ == "__main__":
    sys.exit(main())
