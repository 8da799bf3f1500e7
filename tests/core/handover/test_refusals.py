"""What is not whole or not right is refused with what to do, and nothing is written."""

import io
import os
import random
import tarfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
import pytest

from core.backup import archive
from core.backup.manifest import DUMP
from core.handover.manifest import MANIFEST, SECRET, HandoverRefused
from core.handover.reading import read_beginning
from core.handover.secret import lock, unlock
from tests.core.handover.conftest import PASSPHRASE, Place

SWITCHES = "tables/core.plugin_switch.jsonl"
Parts = dict[str, bytes]
Change = Callable[[Parts], None]


async def refused(place: Place, path: Path, passphrase: str = PASSPHRASE) -> str:
    """Return why an import was refused, in English; in Thai it is said too."""
    before = await place.contents()
    with pytest.raises(HandoverRefused) as refusal:
        await place.take(path, passphrase)
    assert await place.contents() == before
    for reason in refusal.value.reasons:
        assert reason.en.endswith(".") or reason.en.endswith(")")
        assert any("ก" <= sign <= "๛" for sign in reason.th)
    return " ".join(reason.en for reason in refusal.value.reasons)


def rewritten(path: Path, change: Change) -> Path:
    """Write an export again, with sums that fit, as one could who does not know the passphrase."""
    parts = {name: content.read() for name, content in archive.parts(path, is_part=bool)}
    del parts[archive.SUMS]
    change(parts)
    target = path.with_name("rewritten.tar")
    target.unlink(missing_ok=True)
    with archive.written(target) as writer:
        for name, data in parts.items():
            writer.add(name, data)
    return target


def locked_again(parts: Parts, /, **told: object) -> None:
    """Change the manifest, as only one can who knows the passphrase."""
    secret = unlock(parts[SECRET], PASSPHRASE, parts[MANIFEST])
    manifest = msgspec.json.decode(parts[MANIFEST]) | told
    parts[MANIFEST] = msgspec.json.encode(manifest)
    parts[SECRET] = lock(secret, PASSPHRASE, parts[MANIFEST])


def test_three_hundred_touched_bytes_and_every_cut_are_seen(exported: Path) -> None:
    whole = exported.read_bytes()
    rng = random.Random(2569)  # noqa: S311
    for number in range(300):
        at = rng.randrange(len(whole))
        touched = bytes([whole[at] ^ 1 << rng.randrange(8)])
        rest = whole[at + 1 :] if number % 3 else b""
        exported.write_bytes(whole[:at] + touched + rest)
        with pytest.raises(HandoverRefused, match="Copy it again from where it was made"):
            read_beginning(exported)


async def test_a_file_that_was_cut_is_refused(there: Place, exported: Path) -> None:
    os.truncate(exported, 20_000)

    assert "Copy it again from where it was made" in await refused(there, exported)


async def test_what_is_no_export_is_refused(there: Place, tmp_path: Path) -> None:
    for number, parts in enumerate(([MANIFEST], [MANIFEST, DUMP], [SECRET, MANIFEST], [])):
        path = tmp_path / f"{number}.tar"
        with archive.written(path) as writer:
            for name in parts:
                writer.add(name, b"{}")
        assert "thongthin tenant export" in await refused(there, path)
    assert "No such file" in await refused(there, tmp_path / "nothing")


@pytest.mark.parametrize(
    "passphrase", ["", "another passphrase than that", PASSPHRASE.upper() + " "]
)
async def test_another_passphrase_opens_nothing(
    there: Place, exported: Path, passphrase: str
) -> None:
    assert "not the passphrase" in await refused(there, exported, passphrase)


async def test_who_does_not_know_the_passphrase_cannot_change_what_the_manifest_says(
    there: Place, exported: Path
) -> None:
    def change(parts: Parts) -> None:
        parts[MANIFEST] = parts[MANIFEST].replace(
            b'"demonstration":false', b'"demonstration":true '
        )

    assert "without it edited the file" in await refused(there, rewritten(exported, change))


def add_row(parts: Parts) -> None:
    parts[SWITCHES] += parts[SWITCHES].splitlines(keepends=True)[-1]


def change_row(parts: Parts) -> None:
    parts[SWITCHES] = parts[SWITCHES].replace(b'"true"', b'"false"', 1)


def cut_row(parts: Parts) -> None:
    parts[SWITCHES] = parts[SWITCHES][:-5]


def drop_table(parts: Parts) -> None:
    del parts[SWITCHES]


def add_table(parts: Parts) -> None:
    parts["tables/core.office_day.jsonl"] = parts[SWITCHES]


def drop_file(parts: Parts) -> None:
    del parts[next(name for name in parts if name.startswith("files/"))]


def change_file(parts: Parts) -> None:
    parts[next(name for name in parts if name.startswith("files/"))] += b"x"


def add_file(parts: Parts) -> None:
    parts[f"files/ab/ab{'0' * 62}"] = b"x"


def no_json(parts: Parts) -> None:
    parts[SWITCHES] = b"[1, 2"


CHANGES: Sequence[Change] = (
    *(add_row, change_row, cut_row, drop_table, add_table),
    *(drop_file, change_file, add_file, no_json),
)
OUTSIDE = (
    *("../outside", "/etc/passwd", "files/../../outside", "files/ab/cd", "keys/secret"),
    *("tables/core.tenant.jsonl/../../x", "tables/x.jsonl", f"files/ab/cd{'0' * 62}"),
)


async def test_what_is_not_as_the_manifest_says_is_refused(there: Place, exported: Path) -> None:
    for change in CHANGES:
        said = await refused(there, rewritten(exported, change))
        assert "Copy it again from where it was made" in said, change


async def test_no_part_lies_outside_of_its_place(
    there: Place, exported: Path, tmp_path: Path
) -> None:
    for name in OUTSIDE:
        said = await refused(there, rewritten(exported, partial(add, name)))
        assert "is no part of such a file" in said, name
    assert not (tmp_path / "outside").exists()


def add(name: str, parts: Parts) -> None:
    parts[name] = b"x"


async def test_links_and_folders_are_no_parts(there: Place, exported: Path) -> None:
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE):
        part = tarfile.TarInfo(f"files/ab/ab{'0' * 62}")
        part.type, part.linkname = kind, "/etc/passwd"
        said = await refused(there, with_part(exported, part))
        assert "is no part of such a file" in said, kind


async def test_a_part_that_says_it_is_larger_than_the_file_is_refused(
    there: Place, exported: Path
) -> None:
    part = tarfile.TarInfo(f"files/ab/ab{'0' * 62}")
    part.pax_headers = {
        **{"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.numblocks": "1"},
        **{"GNU.sparse.map": "0,0", "GNU.sparse.size": str(1 << 50)},
    }

    assert "is no part of such a file" in await refused(there, with_part(exported, part))


def with_part(path: Path, part: tarfile.TarInfo) -> Path:
    """Put a part of any kind behind the others."""
    target = path.with_name("rewritten.tar")
    target.unlink(missing_ok=True)
    with archive.written(target) as writer:
        for name, content in archive.parts(path, is_part=bool):
            if name == archive.SUMS:
                writer._tar.addfile(part, io.BytesIO())
            else:
                writer.add(name, content.read())
    return target


async def test_a_file_of_a_newer_format_is_refused(there: Place, exported: Path) -> None:
    newer = rewritten(exported, lambda parts: locked_again(parts, format=2, more="x"))

    assert "has the format 2, and here only 1 is read" in await refused(there, newer)


async def test_a_municipality_that_is_here_already_is_not_touched(
    here: Place, exported: Path
) -> None:
    before = await here.contents()

    assert await refused(here, exported) == (
        "There is a municipality maehia here already. It can be imported only where there is none "
        "of this id."
    )
    assert await here.contents() == before
