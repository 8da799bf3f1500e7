"""When versions were approved and stopped, as the documents tell that were published."""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from core.catalog.entries import PUBLISHER, State
from core.text import Text

log = logging.getLogger(__name__)


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A version got another state: approved, stopped, or approved again after a stop.

    :param at: when the document that says so was issued.
    :param reason: of a stop.
    """

    plugin: str
    version: str
    state: State
    at: datetime
    reason: Text | None


class _Entry(msgspec.Struct):
    plugin: str
    version: str
    state: State = "approved"
    reason: Text | None = None


class _Target(msgspec.Struct):
    custom: _Entry


class _Signed(msgspec.Struct):
    issued: datetime
    version: int
    targets: Mapping[str, _Target]


class _Document(msgspec.Struct):
    signed: _Signed


class History:
    """The changes of one repository, read on where it was left.

    Signatures of documents that were followed by others are not looked at: of these only the times
    are told, and only of entries that stand in the newest, verified ones.
    """

    def __init__(self) -> None:
        self._changes: list[Turn] = []
        self._states: dict[tuple[str, str], State] = {}
        self._read: set[str] = set()
        self._alone = threading.Lock()

    def read(self, folder: Path) -> Sequence[Turn]:
        """Return all changes, the newest first.

        :param folder: of the repository.
        """
        with self._alone:
            documents = sorted(self._new(folder), key=lambda one: (one.issued, one.version))
            for document in documents:
                self._changes += self._told_by(document)
            return self._changes[::-1]

    def _new(self, folder: Path) -> Iterator[_Signed]:
        for path in (folder / "metadata").glob("*.json"):
            role = path.name.partition(".")[2].removesuffix(".json")
            if path.name in self._read or not PUBLISHER.fullmatch(role):
                continue
            self._read.add(path.name)
            try:
                yield msgspec.json.decode(path.read_bytes(), type=_Document).signed
            except msgspec.DecodeError as problem:
                log.warning("%s cannot be read: %s", path, problem)

    def _told_by(self, document: _Signed) -> Iterator[Turn]:
        for one in (target.custom for target in document.targets.values()):
            before = self._states.get((one.plugin, one.version))
            self._states[one.plugin, one.version] = one.state
            if one.state == "stopped" != before or (
                one.state == "approved" and before in (None, "stopped")
            ):
                yield Turn(
                    plugin=one.plugin,
                    version=one.version,
                    state=one.state,
                    at=document.issued,
                    reason=one.reason,
                )
