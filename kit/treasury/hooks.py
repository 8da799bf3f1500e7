"""Hooks that the treasury calls: where revenues come from, and what happens to bills."""

from collections.abc import Sequence
from uuid import UUID

from core.api import Context, hookspec
from kit.treasury.banks import Bank
from kit.treasury.revenues import Revenue


@hookspec()
def register_revenues() -> Sequence[Revenue]:  # type: ignore[empty-body]
    """Give the kinds of revenue that the plugin charges.

    Each has a code, a title, and the two digits with which the references of its bills begin. An
    office keeps one list of those digits for all its plugins.
    """


@hookspec()
def register_banks() -> Sequence[Bank]:  # type: ignore[empty-body]
    """Give banks that confirm payments at once.

    A bank is how a callback is read into a ``Line``, in which headers its signature stands, and
    how it wants to be answered. Callbacks come to ``/api/treasury/callbacks/<code>`` and are taken
    where the office has agreed on a secret. The treasury itself gives SCB and Bangkok Bank.
    """


@hookspec(budget=8)
async def on_bill_settled(ctx: Context, event: UUID, bill: UUID) -> None:
    """Nothing is owed on a bill any more: it was paid, or the rest was waived.

    Only the plugin that billed it hears of it, and of its being owed again.

    :param bill: its id, as ``kit.treasury`` gave it.
    """


@hookspec(budget=8)
async def on_bill_reopened(ctx: Context, event: UUID, bill: UUID) -> None:
    """A bill that was settled is owed again: its money went back, or never came.

    :param bill: its id.
    """
