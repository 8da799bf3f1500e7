"""A form of the desk: its words, its fields, where it is sent, and where one came from."""

import msgspec

from core.api import Text
from kit.forms import AnyField, Line


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A page with one form.

    :param back: path and words of the way back.
    :param intro: what to know before filling it in.
    """

    title: Text
    back: tuple[str, Text]
    fields: tuple[AnyField, ...]
    button: Text
    intro: Text | None = None


WHY = Line(
    "why",
    Text("เหตุผลหรือเอกสารอ้างอิง", "Reason, or the paper it rests on"),
    longest=500,
    help=Text("เช่น คำร้องเลขที่ 12/2569", "e.g. request no. 12/2569"),
)
