import io
import tarfile
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrib.catalog.rules import sources
from contrib.catalog.rules.sources import open_source, without_source
from core.catalog.wheels import WheelRefused, open_wheel
from kit.documents import FileRefused
from tests.contrib.catalog.conftest import zipped

NAME = st.text("abcdefgh_.", min_size=1, max_size=8).filter(lambda name: name.strip("."))
PATHS = st.lists(NAME, min_size=1, max_size=3).map("/".join)
FILES = st.dictionaries(PATHS, st.binary(max_size=20), max_size=8).filter(
    lambda files: not any(other.startswith(f"{one}/") for one in files for other in files)
)


def tarred(*members: tarfile.TarInfo, data: bytes = b"") -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for one in members:
            archive.addfile(one, io.BytesIO(data[: one.size]))
    return held.getvalue()


def member(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    one = tarfile.TarInfo(name)
    one.size, one.type = size, kind
    return one


def opened(data: bytes, name: str) -> object:
    """Return the files, or the sentence by which they were refused; anything else is raised."""
    try:
        return open_source(data, name)
    except FileRefused as refusal:
        return refusal.sentence.th


@given(FILES.filter(bool))
def test_what_was_packed_comes_out_as_it_was(files: dict[str, bytes]) -> None:
    assert open_source(zipped(files), "library.ZIP") == files


@given(st.binary(max_size=400), st.sampled_from(("a.zip", "a.tar.gz", "a.tgz", "a.rar")))
def test_whatever_comes_is_read_or_refused_with_a_sentence(data: bytes, name: str) -> None:
    assert opened(data, name)


@given(st.data())
def test_a_source_archive_that_was_damaged_is_read_or_refused(data: st.DataObject) -> None:
    sound = bytearray(zipped({"a/b.py": b"import os\n" * 20}))
    sound[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    assert opened(bytes(sound), "a.zip")


@given(FILES, FILES)
def test_only_files_that_stand_in_the_source_as_they_are_have_one(
    wheel: dict[str, bytes], source: dict[str, bytes]
) -> None:
    lying = {f"library-1.0/src/{path}": held for path, held in wheel.items()}

    assert without_source(wheel, source | lying) == ()
    assert set(without_source(wheel, source)) == {
        path
        for path, held in wheel.items()
        if not any(f"/{one}".endswith(f"/{path}") and source[one] == held for one in source)
    }


def test_an_sdist_is_taken() -> None:
    data = tarred(member("a-1", kind=tarfile.DIRTYPE), member("a-1/b.py", 3), data=b"abc")

    assert open_source(data, "a-1.tar.gz") == {"a-1/b.py": b"abc"}


@pytest.mark.parametrize(
    "one",
    [
        member("../b.py"),
        member("/b.py"),
        member("a\\b.py"),
        member("b.py", kind=tarfile.SYMTYPE),
        member("b.py", kind=tarfile.LNKTYPE),
        member("b.py", kind=tarfile.FIFOTYPE),
        member(f"{'ก' * 86}.py"),
    ],
    ids=lambda one: f"{one.name[:9]} {one.type!r}",
)
def test_paths_outside_and_links_are_refused_by_name(one: tarfile.TarInfo) -> None:
    with pytest.raises(FileRefused, match="which is a link, has too long a name"):
        open_source(tarred(one), "a.tar.gz")


def test_a_link_in_a_zip_is_refused() -> None:
    held = io.BytesIO()
    link = zipfile.ZipInfo("b.py")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    with pytest.raises(FileRefused, match="which is a link"):
        open_source(held.getvalue(), "a.zip")


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_an_archive_that_unpacks_to_too_much_is_refused(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LARGEST", 1000)
    data = zipped({"a": b"a" * 600, "b": b"b" * 600})
    if kind == "tar.gz":
        data = tarred(member("a", 600), member("b", 600), data=b"a" * 600)

    with pytest.raises(FileRefused, match="megabytes"):
        open_source(data, f"a.{kind}")


def test_a_name_that_unpacks_to_too_much_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sources, "LARGEST", 1000)
    data = tarred(member("a" * 60_000_000))
    assert len(data) < 100_000

    tracemalloc.start()
    with pytest.raises(FileRefused, match="megabytes"):
        open_source(data, "a.tar.gz")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 40_000_000


def test_a_file_that_is_a_folder_of_others_is_refused() -> None:
    with pytest.raises(FileRefused, match="that of a folder"):
        open_source(zipped({"a": b"x", "a/b.py": b"y"}), "a.zip")


def test_an_archive_without_files_is_refused() -> None:
    with pytest.raises(FileRefused, match="holds no file"):
        open_source(zipped({}), "a.zip")


def test_a_file_without_a_name_is_refused() -> None:
    nameless = zipped({"a.py": b"x"}).replace(b"a.py", b"\0.py")

    with pytest.raises(FileRefused, match="does not open"):
        open_source(nameless, "a.zip")
    with pytest.raises(WheelRefused, match="cannot be opened"):
        open_wheel(nameless, name="a-1-py3-none-any.whl")


def test_what_does_not_unpack_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.py", b"abcdefgh" * 50)
    data = held.getvalue()
    broken = data[:34] + b"\xff" * 6 + data[40:]

    with pytest.raises(FileRefused, match="does not open"):
        open_source(broken, "a.zip")
    with pytest.raises(WheelRefused, match="cannot be opened"):
        open_wheel(broken, name="a-1-py3-none-any.whl")
