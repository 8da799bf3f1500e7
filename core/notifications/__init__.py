"""Messages to people: an outbox in the change's transaction, an inbox, and channels."""

from core.notifications.message import Channel, Message, Notice, Recipient
from core.notifications.service import send

__all__ = ["Channel", "Message", "Notice", "Recipient", "send"]
