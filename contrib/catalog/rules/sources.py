"""Open the source of a plugin without unpacking it, and hold the wheel against it."""

import gzip
import io
import lzma
import tarfile
import tomllib
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from core.api import Text, catalog
from kit.documents import FileRefused

MOST_FILES = 5_000
LARGEST = 64_000_000  # bytes of all files together
_HEAD = 2_048  # bytes of an archive that belong to one file and are not in it, about
_NAME = 255  # bytes of the name of a file or folder that every disk takes
_PROJECT = "pyproject.toml"
_POINTS = "thongthin.plugins"
_KIND = Text(
    "ซอร์สต้องเป็นไฟล์ .zip หรือ .tar.gz สร้างด้วย python -m build --sdist แล้วแนบใหม่",
    "The source is a .zip or a .tar.gz: make it by python -m build --sdist and attach that.",
)
_BROKEN = Text(
    "เปิดไฟล์ซอร์สไม่ได้ ไฟล์อาจเสียหรือมีรหัสผ่าน สร้างไฟล์ใหม่แล้วแนบอีกครั้ง",
    "The source does not open: it is broken, or has a password. Make it anew and attach it again.",
)
_ODD = Text(
    "ในซอร์สมี “{path}” ซึ่งเป็นลิงก์ ชื่อยาวเกินไป ชื่อซ้ำกับโฟลเดอร์ หรืออยู่นอกโฟลเดอร์ นำออกแล้วแนบใหม่",
    "The source holds “{path}”, which is a link, has too long a name or that of a folder, or lies "
    "outside. Take it out.",
)
_MUCH = Text(
    "ซอร์สมีเกิน 5,000 ไฟล์ หรือเมื่อคลายแล้วเกิน 64 เมกะไบต์ นำไฟล์ที่ไม่ใช่ซอร์สออกแล้วแนบใหม่",
    "The source has more than 5,000 files or 64 megabytes. Take out what is no source.",
)
_NONE = Text(
    "ในซอร์สไม่มีไฟล์ แนบซอร์สทั้งหมดของปลั๊กอิน",
    "The source holds no file. Attach the whole source of the plugin.",
)

NO_PROJECT = Text(
    "ในซอร์สไม่มี pyproject.toml จึงทดสอบไม่ได้ ขอซอร์สที่ครบจากผู้เผยแพร่",
    "The source has no pyproject.toml and cannot be tried. Ask the publisher for all of it.",
)


def open_source(data: bytes, name: str) -> dict[str, bytes]:
    """Return the files of an archive by their paths.

    :param name: of the archive, as it was sent.
    :raises FileRefused: it is none, does not open, or holds what no source has.
    """
    if name.lower().endswith(".zip"):
        reading = _of_zip(data)
    elif name.lower().endswith((".tar.gz", ".tgz")):
        reading = _of_tar(data)
    else:
        raise FileRefused(_KIND)
    try:
        files = dict(reading)
    except (
        *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError),
        *(ValueError, RuntimeError, NotImplementedError, IndexError),
    ) as problem:
        raise FileRefused(_BROKEN) from problem
    if not files:
        raise FileRefused(_NONE)
    for path in files:
        if any(str(folder) in files for folder in PurePosixPath(path).parents):
            raise FileRefused(_ODD.format(path=path[:100]))
    return files


def _of_zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        left, members = LARGEST, archive.infolist()
        if len(members) > MOST_FILES:
            raise FileRefused(_MUCH)
        for one in members:
            if one.is_dir():
                continue
            _demand_inside(one.filename, link=(one.external_attr >> 28) not in (0, 8))
            with archive.open(one) as file:
                held = file.read(left + 1)
            left -= len(held)
            if left < 0:
                raise FileRefused(_MUCH)
            yield one.filename, held


def _of_tar(data: bytes) -> Iterator[tuple[str, bytes]]:
    # What stands in the heads is read before any file is known, so all of it is bounded first.
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        unpacked = packed.read(LARGEST + MOST_FILES * _HEAD + 1)
    if len(unpacked) > LARGEST + MOST_FILES * _HEAD:
        raise FileRefused(_MUCH)
    with tarfile.open(fileobj=io.BytesIO(unpacked), mode="r:") as archive:
        left = LARGEST
        for number, one in enumerate(archive):
            left -= one.size
            if left < 0 or number >= MOST_FILES:
                raise FileRefused(_MUCH)
            if one.isdir():
                continue
            _demand_inside(one.name, link=not one.isreg() or one.issparse())
            file = archive.extractfile(one)
            yield one.name, file.read() if file else b""


def _demand_inside(path: str, *, link: bool) -> None:
    parts = path.split("/")
    outside = "\\" in path or path.startswith("/") or ".." in parts or not path.isprintable()
    if link or outside or any(len(part.encode()) > _NAME for part in parts):
        raise FileRefused(_ODD.format(path=path[:100]))


def without_source(wheel: Mapping[str, bytes], source: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the files of a wheel that do not stand in the source as they are.

    The source may lie in folders of its own, such as ``library-1.0/src``.
    """
    named: dict[str, list[str]] = defaultdict(list)
    for path in source:
        named[path.rpartition("/")[2]].append(path)
    return tuple(
        path
        for path, held in sorted(wheel.items())
        if not any(
            f"/{one}".endswith(f"/{path}") and source[one] == held
            for one in named[path.rpartition("/")[2]]
        )
    )


def project_of(source: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the outermost folder with a ``pyproject.toml``, by their paths in it.

    :raises FileRefused: there is none.
    """
    homes = [path.removesuffix(_PROJECT) for path in source if f"/{path}".endswith(f"/{_PROJECT}")]
    if not homes:
        raise FileRefused(NO_PROJECT)
    home = min(homes, key=lambda one: (one.count("/"), one))
    return {path.removeprefix(home): held for path, held in source.items() if path.startswith(home)}


def is_project_of(project: Mapping[str, bytes], wheel: catalog.Wheel) -> bool:
    """Return whether what is tried of a project is what a wheel holds.

    The same files may lie elsewhere in the source while others are tried: they do not count.
    """
    try:
        told = tomllib.loads(project[_PROJECT].decode())
        points = told["project"]["entry-points"][_POINTS]
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError):
        return False
    home = "src/" if any(path.startswith("src/") for path in project) else ""
    return bool(points == {wheel.plugin: wheel.module}) and all(
        project.get(f"{home}{path}") == held for path, held in wheel.files.items()
    )
