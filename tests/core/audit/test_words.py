import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from core import audit
from core.audit.words import CORE, subject_in_words, title_of, titles
from core.context import Context
from core.discovery import Found
from core.host import Host
from core.text import Text

ROOT = Path(audit.__file__).parents[1]
MakePlugin = Callable[..., Found]


def recorded(tree: ast.AST) -> Iterator[str]:
    """Yield the actions that a module records under a fixed name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("record"):
            for one in ast.walk(node):
                if isinstance(one, ast.Constant) and str(one.value).startswith("core."):
                    yield str(one.value)


def test_every_action_of_the_core_has_words() -> None:
    used = {
        action for path in ROOT.rglob("*.py") for action in recorded(ast.parse(path.read_text()))
    }

    assert len(used) > 20
    assert used - CORE.keys() == set()


async def test_a_plugin_gives_words_for_its_own_actions(ctx: Context, a_plugin: MakePlugin) -> None:
    words = Text("ปลูกต้นไม้", "Planted a tree")
    host = Host([a_plugin("parks", manifest={"actions": {"parks.tree.planted": words}})])
    here = replace(ctx, host=host)

    assert title_of(here, "parks.tree.planted") == words
    assert titles(here)["parks.tree.planted"] == words


async def test_an_action_without_words_is_told_by_its_module(
    ctx: Context, a_plugin: MakePlugin
) -> None:
    here = replace(ctx, host=Host([a_plugin("parks")]))

    assert title_of(here, "parks.tree.cut_down").en == "parks: tree cut down"
    assert title_of(here, "gone.case.filed").th == "gone: case filed"


def test_words_for_another_plugins_actions_are_refused(a_plugin: MakePlugin) -> None:
    words = Text("รับเรื่อง", "Took a case")

    host = Host([a_plugin("parks", manifest={"actions": {"casework.case.filed": words}})])

    assert "action 'casework.case.filed'" in host.refused["parks"].reason


async def test_a_subject_is_told_by_its_kind_and_the_end_of_its_id(
    ctx: Context, a_plugin: MakePlugin
) -> None:
    here = replace(ctx, host=Host([a_plugin("parks")]))

    assert subject_in_words(here, "core.role.changed", "role/0123456789ab").th == "บทบาท 6789ab"
    assert subject_in_words(here, "parks.tree.felled", "tree/5").en == "parks 5"
    assert subject_in_words(here, "gone.case.filed", "case/5").en == "case 5"
