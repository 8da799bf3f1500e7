"""Files kept outside the web root, each under the digest of what is in it.

``<root>/<tenant>/<first two signs>/<digest>``: the same file is kept once for a tenant, a file
never changes, and one that was altered on the disk is found by its name alone. Nobody but
this class opens the folder; the web server does not know it.
"""

import hashlib
import io
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from anyio import to_thread

from core.api import NotFound, Text

_TENANT = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".new-"

_NO_FILE = Text(
    "ไม่พบไฟล์นี้ในที่เก็บ แจ้งผู้ดูแลระบบของเทศบาล",
    "The file is not in the store. Tell the municipality's administrator.",
)


class Store:
    """The files of all tenants.

    :param root: a folder of its own, outside everything that is served.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, tenant: str, data: bytes) -> str:
        """Keep ``data`` and return its SHA-256 in hexadecimal, by which it is found again.

        When it returns the file is on the disk. What is there already stays as it is.
        """
        return self.put_file(tenant, io.BytesIO(data))

    def put_file(self, tenant: str, source: BinaryIO) -> str:
        """Keep what stands in an open file, as :meth:`put`, in the memory of a piece of it."""
        source.seek(0)
        digest = hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]
        path = self._path(tenant, digest)
        if path.exists():
            return digest
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_name(_UNFINISHED + secrets.token_hex(8))
        source.seek(0)
        try:
            with unfinished.open("xb") as file:
                shutil.copyfileobj(source, file)
                file.flush()
                os.fsync(file.fileno())
            unfinished.chmod(0o400)
            # Two who keep the same at the same moment put the same in its place.
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        sync_folder(path.parent)
        return digest

    async def put_async(self, tenant: str, data: bytes) -> str:
        """Keep ``data`` as :meth:`put` does, while the event loop goes on."""
        return await to_thread.run_sync(self.put, tenant, data)

    def open(self, tenant: str, digest: str) -> BinaryIO:
        """Return the file, open for reading; the caller closes it.

        :raises NotFound: this tenant has no such file.
        """
        try:
            return self._path(tenant, digest).open("rb")
        except FileNotFoundError as missing:
            raise NotFound(_NO_FILE) from missing

    def read(self, tenant: str, digest: str) -> bytes:
        """Return the file whole, after a look whether it still is what was kept.

        :raises NotFound: this tenant has no such file.
        :raises OSError: it was altered on the disk; nothing of it is given out.
        """
        with self.open(tenant, digest) as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != digest:
            raise OSError(f"{tenant}/{digest} is not what was kept")
        return data

    async def read_async(self, tenant: str, digest: str) -> bytes:
        """Return the file as :meth:`read` does, while the event loop goes on."""
        return await to_thread.run_sync(self.read, tenant, digest)

    def remove(self, tenant: str, digest: str) -> None:
        """Delete the file for good, at the end of its retention; one that is gone is no error.

        The caller knows that no other row points to it.
        """
        self._path(tenant, digest).unlink(missing_ok=True)

    def verify(self) -> Iterator[tuple[str, str]]:
        """Yield tenant and digest of every file that is not what its name says."""
        for path in sorted(self._root.glob("*/??/*")):
            if path.name.startswith(_UNFINISHED):
                continue
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != path.name:
                yield path.parts[-3], path.name

    def _path(self, tenant: str, digest: str) -> Path:
        # A bug in the caller must not become a way to other folders.
        if not _TENANT.fullmatch(tenant) or not _DIGEST.fullmatch(digest):
            raise ValueError(f"{tenant!r}/{digest!r} is no place in the store")
        return self._root / tenant / digest[:2] / digest


def sync_folder(folder: Path) -> None:
    """Make the new name in ``folder`` survive a power cut; Windows does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
