"""Where other plugins join in when letters come and go."""

from uuid import UUID

from core.api import Context, hookspec


@hookspec(budget=8)
async def on_letter_answered(
    ctx: Context, event: UUID, letter: UUID, answer: UUID, case: UUID | None
) -> None:
    """Another agency has answered a letter of the office, and the answer is registered.

    :param letter: the office's own; ``answer`` the one that came.
    :param case: of the service for which the letter was written; None for a letter of its own.
    """
