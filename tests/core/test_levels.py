import importlib
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.api import Manifest, Text
from core.levels import API_LEVELS, LEVEL
from core.manifest import PluginRefused, check_manifest

ROOM = """
from core.api import Retiring, retiring

def lend(book):
    return f"lent {book}"

RETIRING = {"give": Retiring(lend, "Use shelves.lend.", gone=7)}
__getattr__ = retiring(__name__, RETIRING)
"""


@pytest.fixture
def shelves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A public room, and a plugin that was written for it before."""
    (tmp_path / "shelves").mkdir()
    (tmp_path / "shelves" / "__init__.py").write_text(ROOM)
    (tmp_path / "loans.py").write_text("from shelves import give\n\nDONE = give('a book')\n")
    (tmp_path / "calls.py").write_text("import shelves\n\nDONE = shelves.give('a book')\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield "shelves"
    for name in ("shelves", "loans", "calls"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize("plugin", ["loans", "calls"])
def test_a_name_that_is_retiring_works_and_says_what_to_use_and_until_when(plugin: str) -> None:
    with pytest.warns(DeprecationWarning, match="gone from level") as told:
        done = importlib.import_module(plugin).DONE

    assert done == "lent a book"
    assert {str(one.message) for one in told} == {
        "shelves.give will be gone from level 7 on. Use shelves.lend."
    }
    assert {Path(one.filename).stem for one in told} == {plugin}


def test_all_other_names_are_as_ever(shelves: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        room = importlib.import_module(shelves)
        assert room.lend("it") == "lent it"
        with pytest.raises(AttributeError, match="has no attribute 'sell'"):
            _ = room.sell


def test_a_plugin_for_another_level_is_refused_with_the_levels_there_are() -> None:
    module = importlib.import_module("types").ModuleType("parks")
    module.MANIFEST = Manifest(name="parks", title=Text("สวน", "Parks"), api=LEVEL + 1)

    levels = ", ".join(map(str, sorted(API_LEVELS)))
    with pytest.raises(PluginRefused, match=f"wants API level {LEVEL + 1}; here is {levels}"):
        check_manifest("parks", module)
