"""The room as a plugin: its filters are there in every template."""

from collections.abc import Callable, Mapping

from core.api import Manifest, Text, hookimpl
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
