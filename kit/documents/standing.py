"""What is true today of what a paper says, as the plugin tells that issued it."""

from typing import Literal

import msgspec

from core.api import Text


class PaperStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How what a genuine paper says stands today, beside whether it was taken back.

    :param title: in a few words, e.g. that a licence is suspended.
    :param words: a sentence more; nothing of a person, for everybody with the code reads it.
    :param tone: ``bad`` where the paper must not be relied on now.
    :param href: a page that says more, open to everybody; empty for none, with ``action``.
    """

    title: Text
    words: Text
    tone: Literal["ok", "warn", "bad"] = "ok"
    href: str = ""
    action: Text = Text("", "")
