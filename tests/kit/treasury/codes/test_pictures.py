import subprocess
from io import BytesIO
from pathlib import Path

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kit.treasury.codes.barcode import barcode_text
from kit.treasury.codes.code128 import QUIET_MODULES, bars
from kit.treasury.codes.payments import BillPayment, Proxy, Transfer
from kit.treasury.codes.pictures import (
    BAR_HEIGHT,
    barcode_png,
    barcode_svg,
    payment_png,
    payment_svg,
)
from kit.treasury.codes.thai_qr import build

BILL = BillPayment(
    biller="099400061772101", ref1="69070001234", ref2="256907", amount=6_000, dynamic=True
)
FULL = BillPayment(
    biller="099400061772101",
    ref1="ABCDEFGHIJ0123456789",
    ref2="Z9Y8X7W6V5U4T3S2R1Q0",
    ref3="WEB",
    amount=999_999_999_999,
    merchant="DEMO MUNICIPALITY",
    city="CHIANG MAI",
    category="9399",
)
OPEN = BillPayment(biller="099999999999990", ref1="111222333444")
TAX = Transfer(proxy=Proxy.TAX_ID, number="0994000617721", amount=2_000, dynamic=True)


def scanned(picture: Path) -> str:
    found = subprocess.run(  # noqa: S603 - a file of this test
        ["/usr/bin/env", "zbarimg", "-q", "--raw", picture], check=True, capture_output=True
    )
    return found.stdout.decode().removesuffix("\n")


def printed(svg: str, folder: Path, *, width: str) -> Path:
    (folder / "code.svg").write_text(svg, encoding="utf-8")
    (folder / "code.typ").write_text(
        f'#set page(width: 13cm, height: auto, margin: 5mm)\n#image("code.svg", width: {width})'
    )
    typst.compile(folder / "code.typ", output=folder / "code.png", ppi=300)
    return folder / "code.png"


def saved(png: bytes, folder: Path) -> Path:
    path = folder / "code.png"
    path.write_bytes(png)
    return path


@pytest.mark.parametrize("payment", [BILL, FULL, OPEN, TAX])
def test_a_scanner_reads_the_qr(payment: BillPayment | Transfer, tmp_path: Path) -> None:
    assert scanned(printed(payment_svg(payment), tmp_path, width="3cm")) == build(payment)
    assert scanned(saved(payment_png(payment), tmp_path)) == build(payment)


@pytest.mark.parametrize("bill", [BILL, FULL, OPEN])
def test_a_scanner_reads_the_barcode(bill: BillPayment, tmp_path: Path) -> None:
    assert scanned(printed(barcode_svg(bill), tmp_path, width="12cm")) == barcode_text(bill)
    assert scanned(saved(barcode_png(bill), tmp_path)) == barcode_text(bill)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ref1=st.text("ABCXYZ0123456789", min_size=1, max_size=20),
    ref2=st.text("ABCXYZ0123456789", max_size=20),
    amount=st.integers(1, 10**12 - 1),
)
def test_a_scanner_reads_the_barcode_of_any_bill(
    ref1: str, ref2: str, amount: int, tmp_path: Path
) -> None:
    bill = BillPayment(biller="099400061772101", ref1=ref1, ref2=ref2, amount=amount)

    assert scanned(saved(barcode_png(bill), tmp_path)) == barcode_text(bill)


def test_a_scanner_reads_every_pair_of_digits(tmp_path: Path) -> None:
    pairs = "".join(f"{pair:02}" for pair in range(100))
    for at in range(0, len(pairs), 40):
        bill = BillPayment(
            biller="099400061772101", ref1=pairs[at : at + 20], ref2=pairs[at + 20 : at + 40]
        )
        assert scanned(saved(barcode_png(bill), tmp_path)) == barcode_text(bill)


def test_a_barcode_keeps_its_quiet_zones_in_both_pictures() -> None:
    width, _ = bars(barcode_text(BILL))
    picture = Image.open(BytesIO(barcode_png(BILL, pixels=2)))

    assert picture.size == (width * 2, BAR_HEIGHT * 2)
    for edge in (0, (width - QUIET_MODULES) * 2):
        zone = picture.crop((edge, 0, edge + QUIET_MODULES * 2, BAR_HEIGHT * 2))
        assert zone.getextrema() == (255, 255)
    assert f'viewBox="0 0 {width} {BAR_HEIGHT}"' in barcode_svg(BILL)
    assert f"M{QUIET_MODULES} 0h" in barcode_svg(BILL)


def test_a_barcode_of_a_bill_fits_on_a_sheet() -> None:
    # A quarter of a millimetre for a module, and 180 mm between the margins of A4.
    assert bars(barcode_text(BILL))[0] * 0.25 < 100
    assert bars(barcode_text(FULL))[0] * 0.25 < 180
