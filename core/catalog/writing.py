"""How documents are written: in the bytes that are signed, each file whole or not at all."""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from tuf.api.metadata import Metadata
from tuf.api.serialization import MetadataSerializer
from tuf.api.serialization.json import JSONDeserializer


class Canonical(MetadataSerializer):
    """Writes what is signed as it is signed, so that it can be verified as it stands."""

    def serialize(self, metadata_obj: Metadata[Any]) -> bytes:
        """Return the document."""
        signatures = [one.to_dict() for one in metadata_obj.signatures.values()]
        return b'{"signatures":%b,"signed":%b}\n' % (
            msgspec.json.encode(signatures, order="sorted"),
            metadata_obj.signed_bytes,
        )


def load(path: Path) -> Metadata[Any]:
    """Return a document as python-tuf has it."""
    return JSONDeserializer().deserialize(path.read_bytes())


def put(path: Path, data: bytes) -> None:
    """Write a file whole, to stay after a power cut; who reads sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, 0o644)
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    keep(path.parent)


def keep(path: Path) -> None:
    """Have the bytes of a file, or the names in a folder, outlast a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep_tree(folder: Path) -> None:
    """Have all that lies in a folder outlast a power cut; before anything points at it."""
    for one in (*folder.rglob("*"), folder):
        if not one.is_symlink():
            keep(one)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time change what lies in a folder of this machine."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def versions(folder: Path, role: str) -> Iterator[int]:
    """Yield the numbers of a role's documents in a folder."""
    for path in folder.glob(f"*.{role}.json"):
        number = path.name.partition(".")[0]
        if number.isdecimal() and path.name == f"{number}.{role}.json":
            yield int(number)
