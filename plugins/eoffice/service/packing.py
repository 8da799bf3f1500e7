"""Write a package to a file: each part with its digest, and at the end the signed sums."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from plugins.eoffice.rules.envelopes import sign_bytes
from plugins.eoffice.rules.packages import KEY, SIGNATURE, SUMS, pem_of, sums_of

_PIECE = 1 << 20
_FILE_MODE = 0o100644 << 16


class Altered(Exception):
    """A file is not what was kept; no package is made of it.

    :param name: where it would stand in the package.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Package:
    """A ZIP that grows on the disk, whatever its size.

    :param path: of the file, which is not there yet.
    :param at: the moment that its parts bear, in the zone of the office.
    """

    def __init__(self, path: Path, at: datetime) -> None:
        self._zip = ZipFile(path, "x")
        self._at = at.timetuple()[:6]
        self._digests: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def add(self, name: str, data: bytes) -> None:
        """Add a part that is made here."""
        self._zip.writestr(self._part(name, ZIP_DEFLATED), data)
        self._digests[name] = sha256(data).hexdigest()

    def copy(self, name: str, source: BinaryIO, digest: str) -> None:
        """Add a kept file, byte for byte; it is closed.

        :raises Altered: it is not of this digest.
        """
        found = sha256()
        with source, self._zip.open(self._part(name, ZIP_STORED), "w", force_zip64=True) as part:
            while piece := source.read(_PIECE):
                found.update(piece)
                part.write(piece)
        if found.hexdigest() != digest:
            raise Altered(name)
        self._digests[name] = digest

    def seal(self, private: str) -> None:
        """Add the public key, the sums of all parts, and their signature.

        :param private: key of the office.
        """
        self.add(KEY, pem_of(sign_bytes(b"", private).key))
        sums = sums_of(self._digests)
        signature = bytes.fromhex(sign_bytes(sums, private).signature)
        self._zip.writestr(self._part(SUMS, ZIP_DEFLATED), sums)
        self._zip.writestr(self._part(SIGNATURE, ZIP_STORED), signature)

    def _part(self, name: str, how: int) -> ZipInfo:
        part = ZipInfo(name, self._at)
        part.compress_type = how
        part.external_attr = _FILE_MODE
        return part
