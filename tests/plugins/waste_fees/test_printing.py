import subprocess
from pathlib import Path
from typing import Any

import pytest

from core.context import Context
from core.errors import Conflict, NotFound
from kit.treasury.codes.barcode import parse_barcode
from kit.treasury.codes.thai_qr import parse
from plugins.waste_fees.service import papers, printing, stickers
from tests.plugins.waste_fees.conftest import BILLER, Point, rows
from tests.plugins.waste_fees.test_runs import billed


def run(*command: object) -> bytes:
    return subprocess.run(  # noqa: S603 - our own words
        ["/usr/bin/env", *map(str, command)], check=True, capture_output=True
    ).stdout


def pages(pdf: bytes, folder: Path) -> list[Path]:
    (folder / "it.pdf").write_bytes(pdf)
    run("pdftoppm", "-r", "200", "-png", folder / "it.pdf", folder / "page")
    return sorted(folder.glob("page*.png"))


def codes(page: Path) -> set[str]:
    return set(run("zbarimg", "-q", "--raw", page).decode().replace("\r", "|CR|").split("\n"))


async def printed(ctx: Context, what: str) -> tuple[Any, bytes]:
    done = await billed(ctx)
    order = printing.print_bills if what == "bills" else printing.print_stickers
    await order(ctx, done["id"])
    await printing.work(ctx, str(done["id"]))
    [sheets] = await printing.sheets_of(ctx, done["id"])
    pdf, _ = await printing.read_sheets(ctx, done["id"], sheets["id"])
    return done, pdf


async def test_four_bills_to_a_sheet_each_with_the_qr_and_barcode_of_its_own(
    paid_by_qr: Context, point: Point, tmp_path: Path
) -> None:
    for litres in (20, 30, 120, 20, 2500):
        await point(litres=litres)
    _, pdf = await printed(paid_by_qr, "bills")
    first, second = pages(pdf, tmp_path)
    known = await rows(paid_by_qr, "SELECT ref1, ref2, owed FROM treasury.bill ORDER BY number")

    read = codes(first) | codes(second)
    qrs = [parse(text) for text in read if text.startswith("0002")]
    assert {(one.ref1, one.ref2, one.amount) for one in qrs} == {tuple(row) for row in known}  # type: ignore[union-attr]
    assert {one.biller for one in qrs} == {BILLER}  # type: ignore[union-attr]
    bars = [parse_barcode(text.replace("|CR|", "\r")) for text in read if text.startswith("|")]
    assert {(one.ref1, one.amount) for one in bars} == {(row[0], row[2]) for row in known}
    text = run("pdftotext", "-layout", tmp_path / "it.pdf", "-").decode()
    assert known[0]["ref1"] in text
    assert "เทศบาลเมืองแม่เหียะ" in text


async def test_a_sticker_leads_to_the_page_of_its_point(
    paid_by_qr: Context, point: Point, tmp_path: Path
) -> None:
    id = await point()
    _, pdf = await printed(paid_by_qr, "stickers")
    [page] = pages(pdf, tmp_path)
    [row] = await rows(paid_by_qr, "SELECT id, code FROM waste_fees.point")

    assert row["id"] == id
    assert f"{paid_by_qr.origin}/w/{row['code']}" in codes(page)


async def test_files_are_ordered_once_and_given_when_they_are_there(
    priced: Context, point: Point, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(printing.IN_A_FILE, "bills", 2)
    for _ in range(3):
        await point()
    done = await billed(priced)
    await printing.print_bills(priced, done["id"])
    with pytest.raises(Conflict):
        await printing.print_bills(priced, done["id"])
    waiting = await printing.sheets_of(priced, done["id"])
    assert [len(one["items"]) for one in waiting] == [2, 1]
    with pytest.raises(NotFound):
        await printing.read_sheets(priced, done["id"], waiting[0]["id"])
    while await printing.print_next(priced, done["id"]):
        pass

    for one in waiting:
        pdf, _ = await printing.read_sheets(priced, done["id"], one["id"])
        assert pdf.startswith(b"%PDF")


async def test_without_a_biller_a_bill_says_that_it_is_paid_at_the_counter(
    priced: Context, point: Point
) -> None:
    await point()
    done = await billed(priced)
    made = await rows(priced, "SELECT id FROM treasury.bill")
    paper = await papers.bills_paper(priced, [row["id"] for row in made])

    assert (paper.bills[0].pay, paper.bills[0].bars) == (None, "")
    assert done["bills"] == 1


def test_lines_of_one_reason_are_one_with_their_months() -> None:
    line = {"month": "2026-11-01", "why": ["ค่าเก็บ", "Collection"], "amount": 5000}
    off = {"month": "2026-11-01", "why": ["ส่วนลด", "Discount"], "amount": -3000}

    assert papers.summed([line, off, line]) == [("ค่าเก็บ (2 เดือน)", "100.00"), ("ส่วนลด", "-30.00")]


async def test_the_page_of_a_sticker_shows_what_is_owed_now_and_no_names(
    paid_by_qr: Context, point: Point
) -> None:
    await point()
    [row] = await rows(paid_by_qr, "SELECT code FROM waste_fees.point")
    assert (await stickers.behind(paid_by_qr, row["code"])).bills == []
    await billed(paid_by_qr)
    stuck = await stickers.behind(paid_by_qr, row["code"].lower())
    png = await stickers.picture(paid_by_qr, row["code"], 0)

    assert stuck.owed == 5000
    assert "สมชาย" not in repr(stuck)
    assert png.startswith(b"\x89PNG")
    with pytest.raises(NotFound):
        await stickers.picture(paid_by_qr, row["code"], 1)
    with pytest.raises(NotFound):
        await stickers.behind(paid_by_qr, "AAAA-AAAA-AAAA")
