"""The file: a tar archive, its parts with their digests, and a digest of the whole at the end.

Any tar program lists and unpacks it, and ``sha256sum --check SHA256SUMS`` checks what was
unpacked. The last line, behind the archive's end, is the digest of all bytes before it: one
flipped bit anywhere, or a missing end, is seen.
"""

import contextlib
import hashlib
import io
import itertools
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from core.backup.manifest import DUMP, FOLDERS, MANIFEST, SECRET, BackupFailed

SUMS = "SHA256SUMS"
_CHUNK = 1 << 20
_LABEL = b"sha256 "
_LAST_LINE = len(_LABEL) + 64 + 1  # bytes


class _Hashed:
    """A file that is only read or only written, and the digest of what went through."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        return self._file.write(data)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._digest.update(data)
        return data

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


class Writer:
    """Adds parts to a new archive."""

    def __init__(self, tar: tarfile.TarFile, sums: IO[bytes]) -> None:
        self._tar = tar
        self._sums = sums

    def add(self, name: str, data: bytes) -> None:
        """Add a part."""
        self._add(name, len(data), io.BytesIO(data))

    def add_file(self, name: str, path: Path) -> str:
        """Add a file as a part and return its SHA-256 in hexadecimal.

        :raises FileNotFoundError: it is gone.
        """
        with path.open("rb") as file:
            return self._add(name, os.fstat(file.fileno()).st_size, file)

    def _add(self, name: str, size: int, file: IO[bytes]) -> str:
        part = tarfile.TarInfo(name)
        part.size = size
        part.mode = 0o600
        content: Any = _Hashed(file)
        self._tar.addfile(part, content)
        # The library would remember every part; there may be millions.
        self._tar.members = []  # type: ignore[attr-defined]
        digest: str = content.hexdigest()
        self._sums.write(f"{digest}  {name}\n".encode())
        return digest


@contextlib.contextmanager
def written(path: Path) -> Iterator[Writer]:
    """Give a writer; the file has its name only when everything is in it and on the disk.

    :raises BackupFailed: there is such a file already.
    """
    if path.exists():
        raise BackupFailed(f"{path} exists already; it is not overwritten")
    draft = path.with_name(f"{path.name}.unfinished")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            whole: Any = _Hashed(file)
            with (
                tempfile.TemporaryFile() as sums,
                tarfile.open(fileobj=whole, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                yield Writer(tar, sums)
                _add_sums(tar, sums)
            file.write(_LABEL + whole.hexdigest().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def _add_sums(tar: tarfile.TarFile, sums: IO[bytes]) -> None:
    part = tarfile.TarInfo(SUMS)
    part.size = sums.tell()
    part.mode = 0o600
    sums.seek(0)
    tar.addfile(part, sums)


def check_whole(path: Path) -> None:
    """Read every byte.

    :raises BackupFailed: the file is not as it was written, or cut off.
    """
    left = path.stat().st_size - _LAST_LINE
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while left > 0:
            data = file.read(min(_CHUNK, left))
            if not data:
                break
            left -= len(data)
            digest.update(data)
        last = file.read()
    if last != _LABEL + digest.hexdigest().encode() + b"\n":
        raise BackupFailed(f"{path} is damaged or not complete")


def _is_of_backup(name: str) -> bool:
    parts = PurePosixPath(name).parts
    inside = len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts
    return inside or name in (MANIFEST, DUMP, SECRET)


def parts(
    path: Path, *, is_part: Callable[[str], bool] = _is_of_backup
) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield every part: its name, and its content to be read before the next is asked for.

    :param is_part: whether a part may be called so.
    :raises BackupFailed: something in the file is no part of such an archive.
    """
    try:
        with tarfile.open(path, "r:") as tar:
            while (part := tar.next()) is not None:
                tar.members = []  # type: ignore[attr-defined]
                # A sparse part could say that it is larger than the file in which it stands.
                plain = part.isreg() and not part.issparse()
                content = tar.extractfile(part) if plain else None
                if content is None or not (part.name == SUMS or is_part(part.name)):
                    raise BackupFailed(f"{part.name!r} is no part of such a file")
                yield part.name, content
    except tarfile.TarError as problem:
        raise BackupFailed(f"{path} cannot be read: {problem}") from problem


def unpack(path: Path, folder: Path, *, is_part: Callable[[str], bool] = _is_of_backup) -> None:
    """Write every part into ``folder``, which is new, and compare each with its digest.

    :param is_part: as for :func:`parts`.
    :raises BackupFailed: a part is not as it was written, is missing, or is one too many.
    """
    complete = False
    with tempfile.TemporaryFile() as found:
        for name, content in parts(path, is_part=is_part):
            if complete:
                raise BackupFailed(f"the part {name!r} is one too many")
            if name == SUMS:
                found.seek(0)
                _compare(found, content)
                complete = True
                continue
            target = folder / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            found.write(f"{_copy(content, target)}  {name}\n".encode())
    if not complete:
        raise BackupFailed(f"the part {SUMS!r} is missing")


def _compare(found: IO[bytes], told: IO[bytes]) -> None:
    for here, there in itertools.zip_longest(found, told, fillvalue=b""):
        if here != there:
            name = (there or here).decode(errors="replace")[66:].strip()
            raise BackupFailed(f"the part {name!r} is damaged, missing or one too many")


def _copy(content: IO[bytes], target: Path) -> str:
    source = _Hashed(content)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while data := source.read(_CHUNK):
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return source.hexdigest()
