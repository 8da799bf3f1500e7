"""When a question is asked, or a document needed: only after certain answers."""

from collections.abc import Sequence

from core.api import Text
from kit.forms import AnyField, Choice, Choices, Option, When, Yes
from plugins.oss.forms.sheet import Group, Values

# No question has this name, for names begin with a letter.
_ALWAYS = "0"
_ASKED = Text("ใช้เมื่อใด", "When it is asked")
_ANSWERS = Text("เมื่อตอบว่า", "When the answer is")


def condition_group(before: Sequence[AnyField]) -> Group | None:
    """Return the fields of a condition on earlier answers; None where there is none to look at.

    :param before: the questions that stand earlier.
    """
    looked_at = [one for one in before if isinstance(one, Choice | Choices | Yes)]
    if not looked_at:
        return None
    always = Option(_ALWAYS, Text("ไม่ขึ้นกับข้อใด ใช้เสมอ", "To none: always"))
    names = [Option(one.name, one.label) for one in looked_at]
    return Group(
        _ASKED,
        (
            Choice(
                "when",
                Text("ขึ้นกับคำตอบของข้อใด", "It depends on the answer to"),
                options=(always, *names),
            ),
            *(
                Choices(
                    f"when_{one.name}",
                    _ANSWERS,
                    options=_answers(one),
                    when=When("when", (one.name,)),
                )
                for one in looked_at
            ),
        ),
    )


def _answers(field: Choice | Choices | Yes) -> tuple[Option, ...]:
    if not isinstance(field, Yes):
        return field.options
    ticked, not_ticked = Text("ทำเครื่องหมาย", "Ticked"), Text("ไม่ทำเครื่องหมาย", "Not ticked")
    return (Option("yes", ticked), Option("no", not_ticked))


def condition_values(when: When | None) -> Values:
    """Return what stands in the fields of a condition."""
    if when is None:
        return {"when": _ALWAYS}
    return {"when": when.field, f"when_{when.field}": list(when.values)}


def condition_of(values: Values) -> When | None:
    """Return the condition that was chosen."""
    name = values.get("when", _ALWAYS)
    return None if name == _ALWAYS else When(name, tuple(values[f"when_{name}"]))
