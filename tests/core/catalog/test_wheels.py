"""Wheels that are more than a plugin, or another thing, are refused before anything runs."""

import io
import stat
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalog.entering import read_wheel
from core.catalog.wheels import LARGEST, WheelRefused, open_wheel

MakeWheel = Callable[..., tuple[str, bytes]]
PACKAGE = "thongthin_library"


def test_a_sound_wheel_is_read(a_wheel: MakeWheel) -> None:
    name, data = a_wheel()
    wheel = open_wheel(data, name=name)
    reading = read_wheel(wheel)

    assert (wheel.plugin, wheel.version, wheel.package) == ("library", "0.1.0", PACKAGE)
    assert sorted(wheel.files) == [
        f"{PACKAGE}/__init__.py",
        f"{PACKAGE}/plugin.py",
        f"{PACKAGE}/templates/hello.html",
    ]
    assert (reading.name, reading.version, reading.api) == ("library", "0.1.0", 1)
    assert reading.capabilities.permissions == ("library.see",)
    assert reading.capabilities.hooks == ("register_routes",)
    assert reading.capabilities.imports == ("litestar",)


OUTSIDE = [
    "../outside.py",
    "thongthin_library/../../outside.py",
    "/etc/outside.py",
    "thongthin_library/./plugin.py",
    "thongthin_library//plugin.py",
    "C:/outside.py",
    "thongthin_library\\plugin2.py",
    "thongthin_library/a\nb.py",
    "thongthin_library/dot./a.py",
    "thongthin_library/" + "a" * 250 + ".py",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_outside_is_refused(a_wheel: MakeWheel, path: str) -> None:
    name, data = a_wheel(more={path: b"x = 1\n"})
    with pytest.raises(WheelRefused, match="a path outside, or none that every disk takes"):
        open_wheel(data, name=name)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"core/evil.py": b""}, "'core' is beside its package"),
        ({"second/__init__.py": b""}, "'second' is beside its package"),
        ({"evil.pth": b"import os"}, "only sources"),
        ({f"{PACKAGE}/fast.so": b"\x7fELF"}, "only sources"),
        ({f"{PACKAGE}/__pycache__/plugin.cpython-311.py": b""}, "only sources"),
        ({f"{PACKAGE}/plugin.pyc": b""}, "only sources"),
        ({"thongthin_library-0.1.0.data/scripts/run": b"#!"}, "would install scripts"),
        ({f"{PACKAGE}/Plugin.py": b""}, "is in it twice"),
    ],
)
def test_more_than_one_package_of_sources_is_refused(
    a_wheel: MakeWheel, more: dict[str, bytes], why: str
) -> None:
    name, data = a_wheel(more=more)
    with pytest.raises(WheelRefused, match=why):
        open_wheel(data, name=name)


@pytest.mark.parametrize("package", ["core", "kit", "plugins", "contrib", "tests", "json", "os"])
def test_names_of_ours_and_of_python_are_refused(a_wheel: MakeWheel, package: str) -> None:
    name, data = a_wheel(package=package)
    with pytest.raises(WheelRefused, match="which is taken"):
        open_wheel(data, name=name)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_other_things_than_files_are_refused(a_wheel: MakeWheel, kind: int) -> None:
    name, data = a_wheel()
    held = io.BytesIO(data)
    with zipfile.ZipFile(held, "a") as archive:
        one = zipfile.ZipInfo(f"{PACKAGE}/link.html")
        one.external_attr = (kind | 0o777) << 16
        archive.writestr(one, "/etc/passwd")
    with pytest.raises(WheelRefused, match="is a link"):
        open_wheel(held.getvalue(), name=name)


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ("[console_scripts]\nrun = thongthin_library.plugin:main\n", "no entry point"),
        (
            "[thongthin.plugins]\nlibrary = thongthin_library.plugin\n"
            "[console_scripts]\nrun = thongthin_library.plugin:main\n",
            "other entry points",
        ),
        ("[thongthin.plugins]\na = thongthin_library.plugin\nb = thongthin_library.plugin\n",
         "other entry points"),
        ("[thongthin.plugins]\nlibrary = thongthin_library.plugin:MANIFEST\n", "is no module"),
        ("[thongthin.plugins]\nlibrary = thongthin_library.other\n", "there is no"),
        ("[thongthin.plugins]\nlibrary = os\n", "beside its package"),
        ("nothing", "no entry point"),
    ],
)  # fmt: skip
def test_other_entry_points_than_one_plugin_are_refused(
    a_wheel: MakeWheel, points: str, why: str
) -> None:
    name, data = a_wheel(points=points)
    with pytest.raises(WheelRefused, match=why):
        open_wheel(data, name=name)


def test_a_wheel_that_would_fill_the_disk_is_refused(a_wheel: MakeWheel) -> None:
    name, data = a_wheel()
    held = io.BytesIO(data)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{PACKAGE}/bomb.html", b"0" * (LARGEST + 1))
    assert len(held.getvalue()) < 1_000_000
    with pytest.raises(WheelRefused, match="unpacked it is larger"):
        open_wheel(held.getvalue(), name=name)


@pytest.mark.parametrize("name", ["library.whl", "a-1-cp311-cp311-linux_x86_64.whl", "../a.whl"])
def test_a_wheel_of_another_kind_is_refused(a_wheel: MakeWheel, name: str) -> None:
    with pytest.raises(WheelRefused, match="pure Python"):
        open_wheel(a_wheel()[1], name=name)


LIES = [
    ('name="library"', 'name="lib" + "rary"', "name of its manifest"),
    ('version="0.1.0"', "version=VERSION", "version of its manifest"),
    ('version="0.1.0"', 'version="9.9"', "says library 9.9"),
    ('name="library"', 'name="parks"', "says parks 0.1.0"),
    ("permissions={SEE", "permissions={**ALL, SEE", "a permission of its manifest"),
    ("permissions={SEE", "permissions=make() or {SEE", "not written where it is"),
    ("MANIFEST = M", "MANIFEST = 1\nMANIFEST = M", "not written once"),
    ("MANIFEST = Manifest(", "MANIFEST = other.make(", "not written once"),
    ("MANIFEST = Manifest(", "MANIFEST = Manifest(*A, ", "not written once"),
    ("def register_routes", "def register routes", "cannot be read"),
]


@pytest.mark.parametrize(("true", "lie", "why"), LIES)
def test_a_manifest_that_does_not_say_what_it_is_is_refused(
    a_wheel: MakeWheel, true: str, lie: str, why: str
) -> None:
    name, data = a_wheel()
    source = open_wheel(data, name=name).files[f"{PACKAGE}/plugin.py"].decode()
    assert true in source
    changed = {f"{PACKAGE}/plugin.py": source.replace(true, lie).encode()}
    name, data = a_wheel(more=changed)
    with pytest.raises(WheelRefused, match=why):
        read_wheel(open_wheel(data, name=name))


def test_what_reaches_out_is_read(a_wheel: MakeWheel) -> None:
    source = b'import socket\nimport urllib.request\nimport shapely\nX = "SELECT 1"\n'
    name, data = a_wheel(more={f"{PACKAGE}/reach.py": source})
    capabilities = read_wheel(open_wheel(data, name=name)).capabilities

    assert capabilities.network == ("socket", "urllib")
    assert capabilities.imports == ("litestar", "shapely")
    assert capabilities.statements == 1


@given(st.binary(max_size=400), st.data())
def test_bytes_of_any_kind_are_refused_and_break_nothing(junk: bytes, data: Any) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a/plugin.py", junk)
    whole = held.getvalue()
    place = data.draw(st.integers(0, len(whole)))
    for one in (junk, whole[:place], whole[:place] + junk + whole[place:]):
        with pytest.raises(WheelRefused):
            open_wheel(one, name="a-1.0-py3-none-any.whl")
