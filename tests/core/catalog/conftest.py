"""Keepers with their keys, a repository, a server that hands it out, and wheels to enter."""

import base64
import hashlib
import io
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import msgspec
import pytest
from securesystemslib.signer import CryptoSigner

from core.catalog.ceremonies import Holders, begin, bundles_of, sign
from core.catalog.changing import propose_version
from core.catalog.client import Catalog
from core.catalog.entering import read_wheel
from core.catalog.entries import Entry, Quality
from core.catalog.keys import make_key, open_key, read_public
from core.catalog.packing import pack, propose_bundle
from core.catalog.repository import Repository
from core.catalog.wheels import open_wheel
from core.catalog.writing import load
from core.text import Text
from tests.answering import answering

PHRASE = "ข้าวเหนียวมะม่วง 2569"
PEOPLE = (
    *("root1", "root2", "root3", "curator1", "curator2", "curator3"),
    *("online", "bundle1", "bundle2", "thief", "spare"),
)
PLUGIN = '''
"""A register of the library."""

from litestar import Router, get

from core.api import Manifest, Text, hookimpl, public

SEE = "{name}.see"
MANIFEST = Manifest(
    name="{name}",
    version="{version}",
    title=Text("ห้องสมุด", "Library"),
    permissions={{SEE: Text("ดู", "See")}},
)


@get("/", guards=[public])
async def hello() -> str:
    return "{name} {version}"


@hookimpl
def register_routes():
    """Answer."""
    return [Router("/{name}", route_handlers=[hello])]
'''


def make_wheel(
    name: str = "library",
    version: str = "0.1.0",
    *,
    package: str = "",
    source: str = PLUGIN,
    more: Mapping[str, bytes] | None = None,
    without: str = "",
    points: str = "",
) -> tuple[str, bytes]:
    """Return the name and the bytes of a wheel, as sound as what is given allows."""
    package = package or f"thongthin_{name}"
    info = f"thongthin_{name}-{version}.dist-info"
    point = points or f"[thongthin.plugins]\n{name} = {package}.plugin\n"
    files = {
        f"{package}/__init__.py": b'"""A plugin."""\n',
        f"{package}/plugin.py": source.format(name=name, version=version).encode(),
        f"{package}/templates/hello.html": b"<p>hello</p>\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": point.encode(),
        **(more or {}),
    }
    files.pop(without, None)
    lines = [
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode()},\n"
        for path, data in files.items()
    ]
    files[f"{info}/RECORD"] = "".join(lines).encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path, data in files.items():
            archive.writestr(zipfile.ZipInfo(path), data)
    return f"thongthin_{name}-{version}-py3-none-any.whl", held.getvalue()


@dataclass
class Keepers:
    """Those who keep a catalog, all in one place, as no ceremony would have them."""

    folder: Path
    repository: Repository
    keys: Path
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def key(self, who: str) -> CryptoSigner:
        return open_key(self.keys / who, PHRASE)

    def begin(self) -> None:
        def public(*who: str) -> Any:
            return [read_public(self.keys / f"{one}.pub") for one in who]

        begin(
            self.repository,
            Holders(
                root=public("root1", "root2", "root3"),
                curators=public("curator1", "curator2", "curator3"),
                online=public("online"),
                bundle=public("bundle1", "bundle2"),
            ),
            self.now,
        )
        self.publish()

    def publish(self, *who: str) -> dict[str, str]:
        """Have what waits signed and published; who signs is two of those who may."""
        for path in self.repository.waiting():
            two = ("root1", "root2") if path.stem == "root" else ("curator1", "curator2")
            for one in who or two:
                sign(path, self.key(one))
        return self.repository.publish(self.key("online"), self.now)[1]

    def enter(self, wheel: tuple[str, bytes], publisher: str = "acme", **changed: Any) -> Entry:
        name, data = wheel
        entry = entry_of(wheel, **changed)
        propose_version(self.repository, publisher, name, data, entry, self.now)
        self.publish()
        return entry

    def bundle(self, to: Path) -> Path:
        for path in propose_bundle(self.repository, self.now):
            two = ("root1", "root2") if path.stem == "root" else ("bundle1", "bundle2")
            for one in () if load(path).signatures else two:
                sign(path, self.key(one))
        pack(self.repository, to)
        return to

    @property
    def root(self) -> bytes:
        return (self.repository.metadata / "1.root.json").read_bytes()

    @property
    def bundles(self) -> Repository:
        return bundles_of(self.repository)


def entry_of(wheel: tuple[str, bytes], **changed: Any) -> Entry:
    """Return an entry that goes with a wheel, but for what is changed."""
    name, data = wheel
    reading = read_wheel(open_wheel(data, name=name))
    entry = Entry(
        plugin=reading.name,
        version=reading.version,
        api=reading.api,
        title=Text("ห้องสมุด", "Library"),
        summary=Text("ทะเบียนสมาชิกห้องสมุด", "Members of the library"),
        notes=Text("รุ่นแรก", "The first version"),
        capabilities=reading.capabilities,
        data=("personal",),
        quality=Quality(
            tier="gold", report="ab" * 32, on=(datetime.now(UTC) - timedelta(days=9)).date()
        ),
        reviewers=("สมหญิง ใจดี", "สมชาย ใจดี"),
        on=date(2026, 11, 21),
    )
    return msgspec.structs.replace(entry, **changed)


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for one in PEOPLE:
        make_key(folder / one, one, PHRASE)
    return folder


@pytest.fixture
def keepers(keyring: Path, tmp_path: Path) -> Keepers:
    folder = tmp_path / "repository"
    made = Keepers(folder, Repository(folder), keyring)
    made.begin()
    return made


@dataclass
class Served:
    """A server on this machine that hands out a folder, truly or not.

    :ivar lies: what is answered instead, by the end of a path.
    :ivar pause: seconds before each piece of an answer.
    """

    url: str = ""
    lies: dict[str, bytes | None] = field(default_factory=dict)
    endless: str = ""
    trickling: str = ""
    pause: float = 0.0
    asked: list[str] = field(default_factory=list)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, served: Served, **named: Any) -> None:
        self._served = served
        super().__init__(*arguments, **named)

    def log_message(self, *_: Any) -> None: ...

    def do_GET(self) -> None:
        served = self._served
        served.asked.append(self.path)
        if served.endless and self.path.endswith(served.endless):
            self._stream()
            return
        for end, data in served.lies.items():
            if self.path.endswith(end):
                self._answer(data)
                return
        time.sleep(served.pause)
        super().do_GET()

    def _answer(self, data: bytes | None) -> None:
        self.send_response(404 if data is None else 200)
        self.end_headers()
        self.wfile.write(data or b"")

    def _stream(self) -> None:
        """Send headers without end where it trickles, for these come first; else a body."""
        self.send_response(200)
        if self._served.trickling != "headers":
            self.end_headers()
        self.flush_headers()
        try:
            while True:
                self.wfile.write(b" " * (1 if self._served.pause else 65_536))
                self.wfile.flush()
                time.sleep(self._served.pause)
        except OSError:
            return


@pytest.fixture
def served(keepers: Keepers) -> Iterator[Served]:
    """The repository of the keepers, handed out at an address of this machine."""
    told = Served()
    handler = partial(_Handler, served=told, directory=str(keepers.folder))
    with answering(handler) as told.url:
        yield told


@pytest.fixture
def catalog(keepers: Keepers, served: Served, tmp_path: Path) -> Catalog:
    """The catalog of an installation, added and not yet fetched."""
    made = Catalog(tmp_path / "data")
    made.add(keepers.root, served.url)
    return made


MakeWheel = Callable[..., tuple[str, bytes]]


@pytest.fixture
def a_wheel() -> MakeWheel:
    return make_wheel


@pytest.fixture
def an_entry() -> Callable[..., Entry]:
    return entry_of
