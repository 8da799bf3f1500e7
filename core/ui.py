"""What plugins hand to pages that are not theirs."""

import msgspec

from core.text import Text


class NavItem(msgspec.Struct, frozen=True):
    """A link of the main navigation.

    :param order: small numbers first; the core's own stand at 10, 20, …
    :param count: what waits behind it; 0 shows nothing.
    """

    title: Text
    href: str
    order: int = 50
    count: int = 0


class Card(msgspec.Struct, frozen=True):
    """A box on the start page: a title, a sentence, and one way to go on."""

    title: Text
    body: Text
    href: str
    action: Text
    order: int = 50
