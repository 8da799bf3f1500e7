import subprocess
import time
from io import BytesIO
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kit.documents.qr import QUIET_MODULES, qr_path, qr_png, qr_svg

ADDRESS = "https://maehia.go.th/v/MH7K-2Q9D-41TA"
BILL = "|099400061772101\r69070001234\r256907\r6000"


def scanned(svg: str, folder: Path) -> str:
    (folder / "qr.svg").write_text(svg, encoding="utf-8")
    (folder / "qr.typ").write_text(
        '#set page(width: 5cm, height: 5cm, margin: 0cm)\n#image("qr.svg")'
    )
    typst.compile(folder / "qr.typ", output=folder / "qr.png", ppi=300)
    found = subprocess.run(  # noqa: S603 - a file of this test
        ["/usr/bin/env", "zbarimg", "-q", "--raw", folder / "qr.png"],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return found.stdout.removesuffix("\n")


@pytest.mark.parametrize("text", [ADDRESS, "1254/2569", "A" * 400])
def test_a_scanner_reads_the_code(text: str, tmp_path: Path) -> None:
    assert scanned(qr_svg(text), tmp_path) == text


def test_a_scanner_reads_many_codes_in_spite_of_the_one_mask(tmp_path: Path) -> None:
    for number in range(40):
        text = f"https://maehia.go.th/v/{number * 7919:012}"
        assert scanned(qr_svg(text), tmp_path) == text


@given(st.text(min_size=1, max_size=200))
def test_four_modules_around_the_code_stay_light(text: str) -> None:
    side, path = qr_path(text)

    for run in path.removesuffix("z").split("z"):
        x, _, rest = run.removeprefix("M").partition(" ")
        y, _, length = rest.partition("v1h-")[0].partition("h")
        assert int(x) >= QUIET_MODULES
        assert int(x) + int(length) <= side - QUIET_MODULES
        assert QUIET_MODULES <= int(y) < side - QUIET_MODULES


def test_a_code_on_a_page_is_small_and_keeps_its_white_field() -> None:
    svg = qr_svg(BILL)

    assert len(svg) < 12_000
    assert 'fill="#fff"' in svg


def test_a_thousand_codes_take_less_than_ten_seconds() -> None:
    begun = time.process_time()
    for number in range(1_000):
        qr_path(f"{ADDRESS}?{number}")

    assert time.process_time() - begun < 10


def test_a_text_that_no_code_holds_is_a_bug() -> None:
    with pytest.raises(ValueError, match="40"):
        qr_path("ก" * 2_000)


def test_a_scanner_reads_the_picture_in_pixels(tmp_path: Path) -> None:
    (tmp_path / "qr.png").write_bytes(qr_png(BILL, pixels=4))
    found = subprocess.run(  # noqa: S603 - a file of this test
        ["/usr/bin/env", "zbarimg", "-q", "--raw", tmp_path / "qr.png"],
        check=True,
        capture_output=True,
    )

    assert found.stdout.decode().removesuffix("\n") == BILL


def test_pixels_and_path_show_the_same_modules() -> None:
    side, path = qr_path(ADDRESS)
    picture = Image.open(BytesIO(qr_png(ADDRESS, pixels=3)))
    dark = sum(int(run.rpartition("h-")[2]) for run in path.removesuffix("z").split("z"))

    assert picture.size == (side * 3, side * 3)
    assert picture.histogram()[0] == dark * 9
