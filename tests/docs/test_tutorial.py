"""The tutorial is done as written: every file, every command, and what is seen after it."""

import os
import re
import shutil
import socket
import sysconfig
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from core.discovery import ROOT
from tests.docs import curation, visitor
from tests.docs.terminals import Serving, Terminal
from tests.docs.visitor import Visitor
from tools.memory import folder_in_memory

PAGES = {language: ROOT / "docs" / language / "tutorial.md" for language in ("th", "en")}
_PART = re.compile(
    r'^```([\w+]+)(?: title="([^"]+)")?([^\n]*)\n(.*?)^```$|^<!-- by hand: (\w+) -->$', re.M | re.S
)
_PORT = "localhost:8000"
BY_HAND = visitor.BY_HAND | curation.BY_HAND
_COMMAND = """#!{python}
import sys

from core.__main__ import main

sys.exit(main())
"""


class Part(NamedTuple):
    """A block of the page: a file by its title, commands, what is seen, or a thing done by hand."""

    language: str
    title: str
    more: str
    text: str
    by_hand: str


def parts(language: str) -> list[Part]:
    page = PAGES[language].read_text(encoding="utf-8")
    return [Part(*found.groups(default="")) for found in _PART.finditer(page)]


@pytest.fixture
def curl() -> str | None:
    return shutil.which("curl")


@pytest.fixture
def beside() -> Iterator[Path]:
    """The folder in which ``thongthin`` lies, made ready as ``make`` does it."""
    with tempfile.TemporaryDirectory(dir=folder_in_memory()) as made:
        home = Path(made) / "thongthin" / ".venv"
        venv.create(home, symlinks=True, with_pip=False)
        [packages] = home.glob("lib/python*/site-packages")
        paths = f"{ROOT}\n{sysconfig.get_path('purelib')}\n"
        (packages / "thongthin.pth").write_text(paths, encoding="utf-8")
        command = home / "bin" / "thongthin"
        command.write_text(_COMMAND.format(python=home / "bin" / "python"), encoding="utf-8")
        command.chmod(0o755)
        yield Path(made)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_both_languages_do_the_same() -> None:
    said = {"sh", "text"}
    thai, english = (
        [part._replace(title="") if part.language in said else part for part in parts(language)]
        for language in PAGES
    )

    assert thai == english
    assert len(thai) > 30


def test_the_tutorial_ends_with_its_service_at_work(beside: Path, curl: str) -> None:
    port = free_port()
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": str(beside),
        "LANG": "C.UTF-8",
        "PORT": str(port),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    first, second = Terminal(beside, surroundings), Serving(beside, surroundings)
    try:
        follow(beside / "scrap-board", port, first, second)
        with Visitor(port) as citizen:
            assert "45.00 บาท" in citizen.open("/scrap").text
            assert "45.00 baht" in citizen.open("/language/en?next=/scrap").text
            assert "scrap.pickup" in citizen.open("/api/services").text
    finally:
        second.close()
        first.close()


def follow(folder: Path, port: int, first: Terminal, second: Serving) -> None:
    """Do what the page says, in its order."""
    used: Terminal | Serving = first
    for part in parts("th"):
        text = part.text.replace(_PORT, f"localhost:{port}")
        if part.by_hand:
            BY_HAND[part.by_hand](port, folder)
        elif part.language == "sh":
            used = second if part.title else first
            used.type(text)
        elif part.language == "text":
            for line in text.splitlines():
                assert squeezed(line) in squeezed(used.said), f"{line!r} is not in: {used.said}"
        else:
            path = folder / part.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
