"""What does not fit the other installation is named there, all of it at once."""

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core.handover.manifest import MANIFEST, HandoverRefused
from tests.core.handover.conftest import Place
from tests.core.handover.test_refusals import Parts, locked_again, refused, rewritten

FOUND = """INSERT INTO core.tenant SELECT 'yala', kind, code, name_th, name_en, place_th, place_en,
  address_th, address_en, phone, email, subdistricts, brand, '{{{host}}}', opens, closes, weekdays,
  created_at FROM jsonb_populate_record(NULL::core.tenant, '{{"kind": "เทศบาลนคร", "code": "",
  "name_th": "ยะลา", "name_en": "Yala", "place_th": "", "place_en": "", "address_th": "",
  "address_en": "", "phone": "", "email": "", "subdistricts": [], "brand": "#000000", "opens": 0,
  "closes": 1, "weekdays": [], "created_at": "2026-11-20"}}')"""


def told(path: Path, **parts: dict[str, Any]) -> Path:
    """Write an export again, whose manifest tells another thing of parts."""

    def change(written: Parts) -> None:
        known = msgspec.json.decode(written[MANIFEST])["parts"]
        locked_again(
            written, parts={name: one | parts.get(name, {}) for name, one in known.items()}
        )

    return rewritten(path, change)


async def test_a_plugin_that_is_not_installed_is_named(exported: Path, there: Place) -> None:
    said = await refused(replace(there, without=frozenset({"permits", "recycling"})), exported)

    assert "There is no module permits 0.1.0 at work here." in said
    assert "There is no module recycling 0.1.0 at work here." in said


async def test_a_plugin_of_another_version_is_named(exported: Path, there: Place) -> None:
    said = await refused(there, told(exported, oss={"version": "0.2.0"}))

    assert "The module oss is 0.1.0 here, and the rows are of 0.2.0." in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            "DELETE FROM public.migration WHERE app_name = 'oss' AND name LIKE '2026-11-20T02%'",
            "The tables of oss are older here than the rows. Run: thongthin migrate",
        ),
        (
            "INSERT INTO public.migration (name, app_name, ran_on) VALUES ('2027', 'core', now())",
            "The tables of core are newer here than the rows.",
        ),
        (
            "ALTER TABLE core.logo ALTER digest TYPE varchar(17)",
            "The table core.logo has other columns here than the rows.",
        ),
        (
            "INSERT INTO core.counter VALUES ('maehia', 'casework/2569', 7)",
            "Rows of maehia from an earlier time lie in core.counter.",
        ),
        (
            "ALTER TABLE core.logo ADD CONSTRAINT no CHECK (digest = '') NOT VALID",
            "The database does not take it",
        ),
        (FOUND.format(host="service.maehia.go.th"), "belongs to yala here"),
        (
            FOUND.format(host="").replace('"code": ""', '"code": "04501203"'),
            "The code 04501203 of the DLA is that of yala here",
        ),
    ],
)
async def test_a_database_that_does_not_fit_is_named(
    here: Place, there: Place, tmp_path: Path, change: str, words: str
) -> None:
    await here.run(
        "UPDATE core.tenant SET hosts = '{service.maehia.go.th}', code = '04501203'"
        " WHERE id = 'maehia'"
    )
    await here.export(tmp_path / "1.tar")
    await there.run(change)

    assert words in await refused(there, tmp_path / "1.tar")


@pytest.mark.parametrize("left", [f"files/maehia/ab/ab{'0' * 62}", "audit/maehia.heads"])
async def test_what_lies_in_the_folder_from_an_earlier_time_is_named(
    exported: Path, there: Place, left: str
) -> None:
    path = there.settings.data / left
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")

    assert "is there from an earlier time. Move it elsewhere" in await refused(there, exported)


async def test_a_demonstration_comes_only_into_a_demonstration(
    here: Place, there: Place, tmp_path: Path
) -> None:
    await here.run("COMMENT ON SCHEMA core IS 'demonstration'")
    await here.export(tmp_path / "1.tar")
    await here.export(tmp_path / "2.tar", "yala")
    await there.run(FOUND.format(host=""))

    assert "whose passwords everybody knows" in await refused(there, tmp_path / "1.tar")
    await there.run("DELETE FROM core.tenant")
    await there.take(tmp_path / "1.tar")
    await there.take(tmp_path / "2.tar")
    mark = "SELECT obj_description(to_regnamespace('core'), 'pg_namespace')"
    assert await there.rows(mark) == [("demonstration",)]


async def test_a_full_disk_is_named_and_nothing_is_left(
    here: Place, there: Place, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)

    assert "The disk does not take it ([Errno 28]" in await refused(there, exported)
    with pytest.raises(HandoverRefused, match="No space left"):
        await here.export(exported.with_name("2.tar"))
    assert set(os.listdir(exported.parent)) == {"data", "maehia.tar", "there"}


async def test_what_cannot_be_exported_leaves_no_file(
    here: Place, there: Place, tmp_path: Path
) -> None:
    path = tmp_path / "1.tar"
    [kept, *_] = (here.settings.data / "files" / "maehia").glob("*/*")
    kept.chmod(0o600)
    kept.write_bytes(b"altered")
    with pytest.raises(HandoverRefused, match="is not what was kept"):
        await here.export(path)
    kept.unlink()
    trail = here.settings.data / "audit" / "maehia.heads"
    whole = trail.read_bytes()
    trail.write_bytes(whole + b"x\n")
    with pytest.raises(HandoverRefused, match="keep it elsewhere as evidence"):
        await here.export(path)
    trail.write_bytes(whole)

    await here.run("INSERT INTO permits.counter VALUES ('maehia', gen_random_uuid(), 'x', now())")
    with pytest.raises(HandoverRefused, match="rows of the module permits"):
        await replace(here, without=frozenset({"permits"})).export(path)

    assert set(os.listdir(tmp_path)) == {"data", "there"}
    await here.export(path)
    with pytest.raises(HandoverRefused, match="exists already"):
        await here.export(path)
