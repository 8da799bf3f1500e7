"""What plugins hand to pages that are not theirs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

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
    """A box on the start page: a title, a sentence, and one way to go on.

    :param sign: name of an icon of the shell.
    """

    title: Text
    body: Text
    href: str
    action: Text
    order: int = 50
    sign: str = "go"


class FrontPage(msgspec.Struct, frozen=True):
    """A public start page that stands in place of the core's own.

    :param template: ``<plugin>/<page>.html``; beside ``values`` it is given ``cards`` and
        ``missing`` as ``core/home.html`` is.
    """

    template: str
    values: Mapping[str, Any]


class Effect(msgspec.Struct, frozen=True):
    """One thing that switching a module would change, or leave as it is.

    :param what: e.g. ``เรื่องที่ยังไม่เสร็จ``.
    :param effect: what becomes of it, with its number.
    """

    what: Text
    effect: Text


class Volume(msgspec.Struct, frozen=True, kw_only=True):
    """How much of one service there was in one month.

    :param service: its code, the same in every municipality that offers it; up to 80 signs.
    :param month: its first day.
    :param in_time: of those decided, not after the day that the law sets.
    """

    service: str
    title: Text
    month: date
    filed: int = 0
    decided: int = 0
    in_time: int = 0
