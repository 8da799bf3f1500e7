"""A plugin that fails in everything it is asked: the neighbour of the one that is checked."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from core.context import Context
from core.discovery import Found
from core.hooks import hookimpl
from core.manifest import Manifest
from core.text import Text

NAME = "failing_neighbour"


def failing_neighbour(budgets: Mapping[str, float | None]) -> Found:
    """Return a plugin that implements every hook but those of the start, and always raises.

    :param budgets: every hook with its budget; None for those of the start.
    """
    module = ModuleType(NAME)
    title = Text("เพื่อนบ้านที่ล้มเหลว", "Failing neighbour")
    module.MANIFEST = Manifest(name=NAME, title=title)  # type: ignore[attr-defined]
    for hook, budget in budgets.items():
        if budget is not None and not hook.startswith("on_"):
            setattr(module, hook, hookimpl(_failing(hook)))
    return Found(NAME, module)


def _failing(hook: str) -> Any:
    async def fail(ctx: Context) -> None:
        raise RuntimeError("a neighbour that fails")

    fail.__name__ = hook
    return fail
