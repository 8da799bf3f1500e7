"""Hooks around messages: their texts, and the ways on which they travel."""

from collections.abc import Sequence

from core.context import Context
from core.hooks import hookspec
from core.notifications.message import Channel, Message, Notice


@hookspec()
def register_messages() -> Sequence[Message]:  # type: ignore[empty-body]
    """Give the texts of the messages that this plugin sends, with ``{places}`` for facts."""


@hookspec()
def register_channels() -> Sequence[Channel]:  # type: ignore[empty-body]
    """Give ways on which this plugin delivers messages, beside inbox and e-mail of the core."""


@hookspec(budget=8)
async def deliver_by_channel(ctx: Context, channel: str, notice: Notice) -> str | None:
    """Deliver a message by a channel of this plugin; called by the worker.

    It is called again, later and with the same ``notice.id``, when it raises or when its
    answer was lost: where the provider takes a key against sending twice, give it that id.

    :param channel: the name that the plugin registered.
    :returns: the provider's number of the message, up to 200 characters; None when the
        recipient does not use this channel, and then it is not tried again.
    """
