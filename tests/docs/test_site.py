"""The site is built strictly, in both languages, and nothing in it comes from elsewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.discovery import ROOT
from tools.api_names import public_modules
from tools.reference import page_of

# What a browser fetches by itself; a link is followed by a person.
_FETCHED = re.compile(
    r'<(?:script|img|iframe|source|video|audio|embed)\b[^>]*?\ssrc="([^"]*)"'
    r'|<link\b[^>]*?\srel="(?:stylesheet|icon|preload|prefetch|preconnect|dns-prefetch|modulepreload)"'
    r'[^>]*?\shref="([^"]*)"|<link\b[^>]*?\shref="([^"]*)"[^>]*?\srel="(?:stylesheet|icon|preload)"'
)
_STYLED = re.compile(r"@import\s+[\"']?([^\s\"';]+)|url\([\"']?([^)\"']+)")
_FOREIGN = re.compile(r"(?:https?:)?//")


def build(config: Path, into: Path) -> "subprocess.CompletedProcess[str]":
    # Not quietly: what MkDocs does not say it does not count either.
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(into)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        text=True,
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = build(ROOT / "mkdocs.yml", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_there_in_its_language(site: Path) -> None:
    spoken = {}
    for page in site.rglob("*.html"):
        [language] = re.findall(r'<html lang="(\w+)"', page.read_text(encoding="utf-8"))
        spoken[str(page.relative_to(site))] = language

    assert spoken["th/tutorial.html"] == spoken["index.html"] == "th"
    assert spoken["en/tutorial.html"] == spoken["hooks.html"] == "en"
    for source in (ROOT / "docs").rglob("*.md"):
        assert str(source.relative_to(ROOT / "docs").with_suffix(".html")) in spoken


def test_nothing_is_fetched_from_another_server(site: Path) -> None:
    fetched = [
        (page.name, address)
        for page in site.rglob("*.html")
        for found in _FETCHED.findall(page.read_text(encoding="utf-8"))
        for address in found
        if address
    ]
    styled = [
        (sheet.name, address)
        for sheet in site.rglob("*.css")
        for found in _STYLED.findall(sheet.read_text(encoding="utf-8"))
        for address in found
        if address
    ]

    assert len(fetched) > 100
    assert styled
    assert [one for one in [*fetched, *styled] if _FOREIGN.match(one[1])] == []


def test_a_page_that_fetched_a_font_would_be_found() -> None:
    page = '<link rel="preconnect" href="https://fonts.gstatic.com" crossorigin>'
    [found] = _FETCHED.findall(page)

    assert _FOREIGN.match("".join(found))


def test_hooks_are_said_with_what_stands_in_the_code(site: Path) -> None:
    page = (site / "hooks.html").read_text(encoding="utf-8")

    assert page.count("Budget: ") == page.count("In this tree: ") == page.count("Called: ") > 25
    assert "Answer: <code>Sequence[NavItem]</code>; another type is a failure" in page
    for room in public_modules():
        assert (site / page_of(room)).with_suffix(".html").is_file()


def test_a_broken_link_fails(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ndocs_dir: pages\nnav: [index.md]\n"
        "extra_css: []\nhooks: []\n"
    )
    page = tmp_path / "pages" / "index.md"
    page.parent.mkdir()
    page.write_text("# One\n\n[to itself](index.md#one)\n")
    assert build(config, tmp_path / "site").returncode == 0

    for broken in ("[nowhere](nowhere.md)", "[no heading](index.md#two)"):
        page.write_text(f"# One\n\n{broken}\n")
        done = build(config, tmp_path / "site")
        assert done.returncode != 0
        assert "index.md" in done.stderr
