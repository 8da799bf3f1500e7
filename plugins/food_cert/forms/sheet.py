"""A form of the desk: its words, its fields, where it is sent, and where one came from."""

from collections.abc import Mapping

import msgspec

from core.api import Text
from kit.forms import AnyField

Groups = tuple[tuple[Text, tuple[AnyField, ...]], ...]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):  # stand-in
    """A page with one form.

    :param back: path and words of the way back.
    :param groups: headings, each with its fields.
    :param hidden: what the form sends of its own, by name.
    :param danger: it cannot be undone.
    """

    title: Text
    back: tuple[str, Text]
    groups: Groups
    button: Text
    intro: Text
    hidden: Mapping[str, str] = {}
    danger: bool = False
