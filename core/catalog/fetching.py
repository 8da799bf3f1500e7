"""Fetch files of a repository, from the network or out of a bundle, with an end to everything."""

import contextlib
import re
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import httpx
from tuf.api.exceptions import DownloadError, DownloadHTTPError, SlowRetrievalError
from tuf.ngclient import FetcherInterface

CHUNK = 65_536
WAIT = 15.0  # seconds for a connection, and between two pieces of an answer
LONGEST = 120.0  # seconds for one file
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%-]*(/[A-Za-z0-9][A-Za-z0-9._%-]*)*")


class _OnThisMachine(httpx.HTTPTransport):
    """Reaches names below ``localhost`` here, also where the system knows no such names.

    RFC 6761, section 6.3
    """

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(host="127.0.0.1")
        return super().handle_request(request)


class FromNetwork(FetcherInterface):
    """Fetches by HTTP, within a time; how long a file may be knows python-tuf.

    :param wait: for a connection, and between two pieces.
    :param longest: for a whole file.
    """

    def __init__(self, wait: float = WAIT, longest: float = LONGEST) -> None:
        self._longest = longest
        self._line: socket.socket | None = None
        self._client = httpx.Client(
            timeout=wait,
            headers={"Accept-Encoding": "identity", "User-Agent": "thongthin"},
            mounts={"http://*.localhost": _OnThisMachine()},
        )

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _fetch(self, url: str) -> Iterator[bytes]:
        until = time.monotonic() + self._longest
        # Who sends a letter now and then keeps within every time but this one.
        ending = threading.Timer(self._longest, self._cut)
        ending.daemon = True
        ending.start()
        try:
            tracing = {"trace": self._note_line}
            with self._client.stream("GET", url, extensions=tracing) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise DownloadHTTPError(f"{url}: {answer.status_code}", answer.status_code)
                # As it was sent: what is unpacked on the way could be without end.
                yield from answer.iter_raw()
            # A line that was cut looks like the end of an answer that did not tell its length.
            if time.monotonic() >= until:
                raise SlowRetrievalError(f"{url} takes longer than {self._longest:.0f} s")
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            if isinstance(problem, httpx.TimeoutException) or time.monotonic() >= until:
                raise SlowRetrievalError(f"{url} does not answer in time") from problem
            raise DownloadError(f"{url} cannot be fetched: {problem}") from problem
        finally:
            ending.cancel()

    def _note_line(self, event: str, info: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._line = info["return_value"].get_extra_info("socket")

    def _cut(self) -> None:
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


class Bundle(FetcherInterface):
    """Reads files out of a bundle, a ZIP or a folder with the same names; nothing is unpacked.

    :raises DownloadError: it is neither.
    """

    BASE = "bundle:"

    def __init__(self, path: Path) -> None:
        self._archive: zipfile.ZipFile | None = None
        self._folder = path
        if not path.is_dir():
            try:
                self._archive = zipfile.ZipFile(path)
            except (OSError, zipfile.BadZipFile) as problem:
                raise DownloadError(f"{path} is no bundle: {problem}") from problem

    def close(self) -> None:
        """Close the file."""
        if self._archive is not None:
            self._archive.close()

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = url.removeprefix(self.BASE)
        if not _NAME.fullmatch(name):
            raise DownloadError(f"{name!r} is no name within a bundle")
        try:
            with self._open(name) as file:
                while chunk := file.read(CHUNK):
                    yield chunk
        except (KeyError, FileNotFoundError) as problem:
            raise DownloadHTTPError(f"{name} is not in the bundle", 404) from problem
        except (OSError, zipfile.BadZipFile, RuntimeError, EOFError) as problem:
            raise DownloadError(f"{name} cannot be read: {problem}") from problem

    def _open(self, name: str) -> BinaryIO:
        if self._archive is not None:
            return self._archive.open(name)  # type: ignore[return-value]
        path = self._folder / name
        if not path.resolve().is_relative_to(self._folder.resolve()):
            raise FileNotFoundError(name)
        return path.open("rb")
