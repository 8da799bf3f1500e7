"""How exactly the public register tells where a place is: what the office is asked."""

from collections.abc import Mapping
from typing import Any

from core.api import Text
from kit.forms import Choice, Groups, Option

POSITIONS: Groups = (
    (
        Text("", ""),
        (
            Choice(
                "decimals",
                Text("ตำแหน่งที่ประชาชนได้รับ", "What everybody is given"),
                options=(
                    Option("3", Text("ปัดเป็นช่องประมาณ 110 เมตร", "Rounded to about 110 metres")),
                    Option("4", Text("ละเอียดประมาณ 11 เมตร", "Exact to about 11 metres")),
                ),
            ),
        ),
    ),
)


def decimals_of(values: Mapping[str, Any]) -> int:
    """Return the decimals of a degree that were chosen."""
    return int(values["decimals"])
