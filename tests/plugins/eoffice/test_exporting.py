import base64
import hashlib
import json
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.identity import holders
from kit.documents import Store
from plugins.eoffice.rules.packages import LONGEST_NAME, file_name
from plugins.eoffice.service import correspondents, exporting, exports, registers
from plugins.eoffice.service.correspondents import Entry
from plugins.eoffice.service.files import files_of
from plugins.eoffice.service.seals import public_key
from tests.plugins.eoffice.conftest import TownHall, a_pdf, registered, rows
from tests.plugins.eoffice.letters import signed
from tests.plugins.eoffice.shelves import closed

NOW = "2026-11-20 11:00"


async def made(ctx: Context, register: str = "receive", year: int = 2569) -> UUID:
    export = await exports.ask(ctx, register, year)
    await exporting.make(ctx, str(export))
    return export


async def unpacked(ctx: Context, export: UUID, tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    _, pieces = await exports.read(ctx, export)
    raw = b"".join([piece async for piece in pieces])
    assert len(raw) == (await exports.get_export(ctx, export))["size"]
    with zipfile.ZipFile(BytesIO(raw)) as package:
        package.extractall(folder)
    return folder


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own words


def verified(folder: Path) -> bool:
    keys = ("-pubin", "-inkey", "office.pem", "-sigfile", "SHA256SUMS.sig")
    checked = run(folder, "openssl", "pkeyutl", "-verify", "-rawin", *keys, "-in", "SHA256SUMS")
    return checked.returncode == 0 and "Verified Successfully" in checked.stdout


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


async def test_public_tools_verify_the_package(hall: TownHall, tmp_path: Path) -> None:
    registry = await hall.sits("registry")
    for number in range(3):
        await closed(hall, NOW, subject=f"เรื่องที่ {number}")
    folder = await unpacked(registry, await made(registry), tmp_path)

    sums = run(folder, "sha256sum", "--strict", "-c", "SHA256SUMS")
    assert sums.returncode == 0, sums.stderr
    lines = sums.stdout.splitlines()
    told = {"SHA256SUMS", "SHA256SUMS.sig"}
    files = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()} - told
    assert len(lines) == len(files) > 12
    assert all(line.endswith(": OK") for line in lines)
    assert verified(folder)


async def test_what_was_changed_afterwards_is_seen(hall: TownHall, tmp_path: Path) -> None:
    registry = await hall.sits("registry")
    await closed(hall, NOW)
    folder = await unpacked(registry, await made(registry), tmp_path)
    [pdf] = folder.glob("letters/*/files/*.pdf")

    pdf.write_bytes(pdf.read_bytes() + b" ")
    assert run(folder, "sha256sum", "-c", "SHA256SUMS").returncode == 1
    digest = hashlib.sha256(pdf.read_bytes()).hexdigest()
    sums = folder / "SHA256SUMS"
    name = str(pdf.relative_to(folder))
    kept = [line for line in sums.read_text().splitlines(True) if not line.endswith(f"{name}\n")]
    sums.write_text("".join(kept) + f"{digest}  {name}\n")
    assert run(folder, "sha256sum", "-c", "SHA256SUMS").returncode == 0
    assert not verified(folder)


async def test_files_are_byte_for_byte_under_their_names_and_the_register_is_whole(
    hall: TownHall, tmp_path: Path
) -> None:
    registry = await hall.sits("registry")
    letter = await closed(hall, NOW, subject="น้ำท่วม")
    await registers.reserve(registry, "receive", 1, "จองไว้")
    folder = await unpacked(registry, await made(registry), tmp_path)

    book = read_json(folder / "register.json")
    assert [(one["number"], one["state"]) for one in book] == [(1, "used"), (2, "reserved")]
    head = read_json(folder / book[0]["folder"] / "letter.json")
    [file] = await files_of(registry, letter)
    [told] = head["files"]
    assert (told["name"], told["sha256"]) == ("หนังสือ.pdf", file["digest"])
    assert (folder / told["path"]).read_bytes() == a_pdf()
    assert told["path"].endswith("/01-หนังสือ.pdf")
    assert (head["subject"], head["retention"], head["closed_on"]) == (
        "น้ำท่วม",
        "ordinary",
        "2026-11-20",
    )
    table = (folder / "register.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[0].startswith("เลขทะเบียน,ปี พ.ศ.")
    assert len(table) == 3


async def test_the_chain_of_endorsements_is_checked_as_the_readme_says(
    hall: TownHall, tmp_path: Path
) -> None:
    registry = await hall.sits("registry")
    await signed(hall)
    folder = await unpacked(registry, await made(registry, "send"), tmp_path)
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    script = readme.partition("     prev=;")[2].partition("echo OK")[0]
    of_letter = folder / "letters" / "000001"

    right = run(of_letter, "sh", "-c", f"prev=;{script}echo OK")
    assert right.stdout == "OK\n", right.stderr
    assert len((of_letter / "endorsements.jsonl").read_text().splitlines()) == 2
    lines = (of_letter / "endorsements.jsonl").read_text().replace("กัลยา", "มานพ", 1)
    (of_letter / "endorsements.jsonl").write_text(lines.replace("sign", "note"))
    assert run(of_letter, "sh", "-c", f"prev=;{script}echo OK").stdout != "OK\n"
    shown = readme.partition("openssl pkey -pubin")[2].partition("\n")[0]
    key = run(folder, "sh", "-c", f"openssl pkey -pubin{shown}").stdout
    assert key == await public_key(registry)
    assert key in readme


async def test_what_was_sent_carries_its_proof_which_the_office_signed(
    hall: TownHall, tmp_path: Path
) -> None:
    registry = await hall.sits("registry")
    yala = Entry(name="เทศบาลนครยะลา", channel="direct", node="https://yala.example", key="ab" * 32)
    agency = await correspondents.keep(hall.ctx, yala)
    await signed(hall, to=(str(agency),))
    folder = await unpacked(registry, await made(registry, "send"), tmp_path)

    [sent] = read_json(folder / "letters" / "000001" / "letter.json")["sent"]
    message = read_json(folder / sent["message"])
    assert (sent["receiver"], sent["state"]) == ("เทศบาลนครยะลา", "waiting")
    (folder / "SHA256SUMS").write_bytes(base64.b64decode(message["message"]))
    (folder / "SHA256SUMS.sig").write_bytes(bytes.fromhex(message["signature"]))
    assert verified(folder)


async def test_secret_letters_are_never_in_it(hall: TownHall, tmp_path: Path) -> None:
    registry = await hall.sits("registry")
    await closed(hall, NOW, subject="เปิดเผยได้")
    letter, _ = await registered(registry, number="2/2", subject="ห้ามเผยแพร่", sender="ผู้ร้อง")
    await rows(
        hall.ctx,
        "UPDATE eoffice.letter SET secrecy = 'secret' WHERE tenant_id = $1 AND id = $2"
        " RETURNING id",
        hall.ctx.tenant.id,
        letter,
    )
    folder = await unpacked(registry, export := await made(registry), tmp_path)

    everything = b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())
    assert "ห้ามเผยแพร่".encode() not in everything
    assert "ผู้ร้อง".encode() not in everything
    assert read_json(folder / "register.json")[1]["subject"] == "เอกสารลับ"
    assert not (folder / "letters" / "000002").exists()
    assert "เอกสารลับ 1 ฉบับไม่อยู่ในชุดนี้" in (folder / "README.txt").read_text(encoding="utf-8")
    row = await exports.get_export(registry, export)
    assert (row["entries"], row["letters"], row["files"], row["secret"]) == (2, 1, 1, 1)
    with pytest.raises(InvalidInput):
        await exports.ask(registry, "secret_receive", 2569)


async def test_a_file_that_is_not_what_was_kept_stops_the_export_by_its_name(
    hall: TownHall,
) -> None:
    registry, letter = await hall.sits("registry"), await closed(hall, NOW)
    [file] = await files_of(registry, letter)
    root = registry.settings.data / "files"
    path = root / registry.tenant.id / file["digest"][:2] / file["digest"]
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 other")

    altered = await exports.get_export(registry, await made(registry))
    Store(root).remove(registry.tenant.id, file["digest"])
    gone = await exports.get_export(registry, export := await made(registry))

    for row in (altered, gone):
        assert row["state"] == "failed"
        assert "letters/000001/files/01-หนังสือ.pdf" in row["problem"]
    with pytest.raises(NotFound):
        await exports.read(registry, export)


async def test_an_export_is_asked_for_once_made_once_and_given_to_who_has_the_right(
    hall: TownHall,
) -> None:
    registry = await hall.sits("registry")
    await closed(hall, NOW)
    export = await exports.ask(registry, "receive", 2569)
    with pytest.raises(Conflict):
        await exports.ask(registry, "receive", 2569)
    with pytest.raises(InvalidInput):
        await exports.ask(registry, "receive", 2568)
    with pytest.raises(NotFound):
        await exports.read(registry, export)
    for _ in range(2):
        await exporting.make(registry, str(export))

    await holders.grant_role(
        hall.ctx, account=hall.accounts["officer"], role="registry", unit="works"
    )
    own = await hall.sits("officer")
    assert exports.exportable(own) == ["receive.works", "send.works"]
    with pytest.raises(NotAllowed):
        await exports.read(own, export)
    assert await exports.exports(own) == []
    [row] = await exports.exports(registry)
    assert row["state"] == "done"


@given(st.integers(1, 500), st.text(min_size=1, max_size=300))
def test_any_name_becomes_one_that_every_system_can_have(position: int, name: str) -> None:
    made = file_name(position, name)

    assert made.startswith(f"{position:02}-")
    assert len(made.encode()) <= LONGEST_NAME
    assert not set(made) & set('/\\:*?"<>|\n\r\x00\x7f')
    assert made.isprintable()
    assert made.rstrip(". ") == made


@given(st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=8))
def test_names_of_one_letter_are_all_different(names: list[str]) -> None:
    made = [file_name(position, name) for position, name in enumerate(names, start=1)]

    assert len({one.casefold() for one in made}) == len(names)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("หนังสือ ที่ 1.pdf", "01-หนังสือ ที่ 1.pdf"),
        ("../../etc/passwd", "01-_._etc_passwd"),
        ("ก" * 255 + ".pdf", f"01-{'ก' * 64}.pdf"),
        ("...", "01-file"),
    ],
)
def test_names_stay_what_they_were_as_far_as_they_can(name: str, made: str) -> None:
    assert file_name(1, name) == made
