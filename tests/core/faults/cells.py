"""Which cells of the matrix are tried: all pairs where asked, else a spread of them."""

import os
from collections.abc import Sequence

from core.discovery import find
from core.host import Host
from tests.core.faults.faulty import FAULTS

ALL = os.environ.get("THONGTHIN_FAULTS") == "all"
HOST = Host(find())
BUDGETS: dict[str, float | None] = {name: vars(HOST.spec(name))["budget"] for name in HOST.hooks}
AT_START = sorted(name for name, budget in BUDGETS.items() if budget is None)
RUNNING = sorted(HOST.hooks - {*AT_START})


def cells(
    hooks: Sequence[str], faults: Sequence[str], *, all_of_them: bool
) -> list[tuple[str, str]]:
    """Return pairs of hook and fault: all, or so many that each hook and each fault is met.

    The spread walks both lists side by side, so that it differs from hook to hook.
    """
    if all_of_them:
        return [(hook, fault) for hook in hooks for fault in faults]
    longer = max(len(hooks), len(faults))
    return [(hooks[at % len(hooks)], faults[at % len(faults)]) for at in range(longer)]


def spread(hooks: Sequence[str], faults: Sequence[str] = FAULTS) -> list[tuple[str, str]]:
    """Return the cells of this run."""
    return cells(hooks, faults, all_of_them=ALL)
