"""What an office sets up of its own before letters travel over a channel, and how it is tried."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from core.api import Context, Text
from plugins.eoffice.rules.parcels import Carrier

Config = Mapping[str, Any]


class Finding(Struct, frozen=True):
    """One thing that a trial of a channel found out.

    :param good: whether letters can travel so.
    """

    good: bool
    said: Text


class Kind(Struct, frozen=True, kw_only=True):
    """A channel that an office sets up for itself.

    :param check: gives what is wrong with a configuration, by the name of its field.
    :param carrier: opens it by its configuration and its secret.
    :param probe: asks what is at the other end, as :attr:`carrier`.
    :param secret: what its password is called; None where it has none.
    :param known_by: the field by which the address book knows who sent something.
    :param receipts: whether a sender learns only by a note that a letter has arrived.
    :param lasting: whether what came stays at the channel too, so that a file which cannot be
        taken is opened there.
    """

    check: Callable[[Config], dict[str, Text]]
    carrier: Callable[[Context, Config, str], Carrier]
    probe: Callable[[Context, Config, str], Awaitable[Sequence[Finding]]]
    secret: Text | None = None
    known_by: str
    receipts: bool = False
    lasting: bool = False
