"""A limit of time: so many working days, or days of the calendar."""

from core.api import Text
from kit.forms import AnyField, Choice, Number, Option
from kit.thai import Days, Limit, WorkingDays
from plugins.oss.forms.sheet import Values

_LONGEST = 1_000


def limit_fields(label: Text) -> tuple[AnyField, ...]:
    """Return the fields of a limit."""
    return (
        Number("count", label, least=1, most=_LONGEST),
        Choice(
            "unit",
            Text("นับเป็น", "Counted in"),
            options=(
                Option("working", Text("วันทำการ", "Working days")),
                Option("calendar", Text("วันตามปฏิทิน", "Days of the calendar")),
            ),
        ),
    )


def limit_values(limit: Limit) -> Values:
    """Return what stands in the fields of a limit."""
    unit = "working" if isinstance(limit, WorkingDays) else "calendar"
    return {"count": limit.count, "unit": unit}


def limit_of(values: Values) -> Limit:
    """Return the limit that was given."""
    count: int = values["count"]
    return WorkingDays(count) if values["unit"] == "working" else Days(count)
