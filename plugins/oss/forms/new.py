"""A new service: what it is called, and what it begins with."""

from collections.abc import Mapping, Sequence

from core.api import Text
from kit.forms import AnyField, Choice, Option
from plugins.oss.forms.sheet import bilingual

EMPTY = "empty"


def new_fields(services: Mapping[str, Text]) -> Sequence[AnyField]:
    """Return the questions before a service is made.

    :param services: titles of those that can be copied, by code.
    """
    empty = Option(EMPTY, Text("เริ่มจากว่าง", "Begin empty"))
    copies = [Option(code, title) for code, title in services.items()]
    return (
        *bilingual("title", Text("ชื่อบริการ", "Title"), longest=150, why=True),
        Choice(
            "source",
            Text("เริ่มจาก", "Begin with"),
            help=Text(
                "คัดลอกบริการที่คล้ายกันแล้วแก้ เร็วกว่าเริ่มจากว่าง บริการเดิมไม่เปลี่ยน",
                "To copy a service that is alike is faster. The one that is copied stays as it is.",
            ),
            options=(empty, *copies),
        ),
    )
