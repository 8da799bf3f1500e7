"""The JSON Schema of a form, for the documentation of the JSON interface and its callers."""

from collections.abc import Sequence

from kit.forms.choices import NOT_TICKED, TICKED, Choices, Yes
from kit.forms.field import JSON, Field, When

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(fields: Sequence[Field]) -> dict[str, JSON]:
    """Return the schema (draft 2020-12) of what ``read_json`` takes, described in Thai.

    What a schema cannot say is left to ``read_json``: check digits, days counted from
    today, limits of figures with decimals, the area of a pin. A field with a condition is
    described, and may be required, only where the condition holds; elsewhere it is ignored.
    """
    by_name = {field.name: field for field in fields}
    always = [field for field in fields if field.when is None]
    schema: dict[str, JSON] = {
        "$schema": DRAFT,
        "type": "object",
        "properties": {field.name: True if field.when else _described(field) for field in fields},
        "required": [field.name for field in always if field.required],
        "additionalProperties": False,
    }
    conditions = [
        {"if": {"allOf": _conditions(field, by_name)}, "then": _asked(field)}
        for field in fields
        if field.when
    ]
    if conditions:
        schema["allOf"] = conditions
    return schema


def _described(field: Field) -> dict[str, JSON]:
    described = {"title": field.label.th} | field.schema()
    if field.help:
        described["description"] = field.help.th
    return described


def _asked(field: Field) -> dict[str, JSON]:
    asked: dict[str, JSON] = {"properties": {field.name: _described(field)}}
    return asked | {"required": [field.name]} if field.required else asked


def _conditions(field: Field, by_name: dict[str, Field]) -> list[dict[str, JSON]]:
    """Return the field's own condition after those of the field that it looks at."""
    if field.when is None:
        return []
    other = by_name.get(field.when.field)
    # A page of a longer form may look at a field of an earlier one, which is settled there.
    if other is None:
        return []
    return [*_conditions(other, by_name), _condition(field.when, other)]


def _condition(when: When, other: Field) -> dict[str, JSON]:
    if isinstance(other, Yes):
        answers = [
            answer for answer, code in ((True, TICKED), (False, NOT_TICKED)) if code in when.values
        ]
        met: dict[str, JSON] = {"properties": {other.name: {"enum": answers}}}
        # A tick that need not be set may be absent, and is then read as not set.
        return met if False in answers else met | {"required": [other.name]}
    given: dict[str, JSON] = {"enum": list(when.values)}
    if isinstance(other, Choices):
        given = {"type": "array", "contains": given}
    return {"properties": {other.name: given}, "required": [other.name]}
