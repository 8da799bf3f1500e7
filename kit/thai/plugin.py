"""The room as a plugin: its filters are there in every template, its holidays in every calendar."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from core.api import Manifest, Text, hookimpl
from kit.thai.closures import seed_holidays
from kit.thai.filters import FILTERS

MANIFEST = Manifest(
    name="thai",
    title=Text("ภาษาและปฏิทินไทย", "Thai language and calendar"),
    summary=Text(
        "วันที่ จำนวนเงิน เลขประจำตัว ชื่อ และการตัดบรรทัดแบบไทย",
        "Days, amounts, numbers of people, names and line breaks as Thai offices write them.",
    ),
    fixed=True,
)


@hookimpl
def register_filters() -> Mapping[str, Callable[..., str]]:
    """Give the filters of days, money, numbers and line breaks."""
    return FILTERS


@hookimpl
def register_holidays() -> Callable[[int], Sequence[tuple[date, Text]]]:
    """Give the public holidays on which government offices close."""
    return seed_holidays
