"""What is asked about a household."""

from collections.abc import Mapping, Sequence
from typing import Any

from contrib.disaster.rules.households import FLAGS, HIGHEST_FLOOR_CM, MOST_PEOPLE
from core.api import InvalidInput, Text
from kit.forms import AnyField, Choice, Groups, Line, Number, Option, Phone, Pin
from kit.geo import Subdistrict
from kit.thai import Unreadable, parse_house_code

_PEOPLE = Text("คน", "people")
_COUNTS = tuple(
    Number(flag, words, unit=_PEOPLE, most=MOST_PEOPLE, required=False)
    for flag, words in FLAGS.items()
)


_WHO = (
    Line("name", Text("ชื่อหัวหน้าครัวเรือน", "Head of the household")),
    Phone("phone", Text("โทรศัพท์", "Telephone"), required=False),
    Number(
        "members",
        Text("จำนวนสมาชิก", "How many live there"),
        unit=_PEOPLE,
        least=1,
        most=MOST_PEOPLE,
    ),
)


def household_groups(own: Sequence[Subdistrict]) -> Groups:
    """Return what is asked about a household, with the sub-districts of the office."""
    return (
        (Text("ที่อยู่", "Where"), _where(own)),
        (Text("ผู้ติดต่อ", "Whom to reach"), _WHO),
        (Text("ผู้ที่ต้องช่วยก่อน กรอกเป็นจำนวนคน", "Who needs help first, as counts"), _COUNTS),
    )


def _where(own: Sequence[Subdistrict]) -> tuple[AnyField, ...]:
    which = Choice(
        "subdistrict",
        Text("ตำบล", "Sub-district"),
        options=tuple(Option(one.code, one.name) for one in own),
    )
    return (
        Line(
            "house_code",
            Text("รหัสประจำบ้าน", "House code"),
            help=Text("เลข 11 หลักในทะเบียนบ้าน", "11 digits, in the house registration"),
            longest=20,
            required=False,
        ),
        Line("address", Text("บ้านเลขที่และถนน", "House number and road"), longest=300),
        Line("village", Text("ชุมชนหรือหมู่บ้าน", "Community or village"), longest=100),
        *((which,) if len(own) > 1 else ()),
        Pin("pin", Text("ตำแหน่งบ้านบนแผนที่", "The house on the map"), required=False),
        Number(
            "floor_cm",
            Text("พื้นบ้านสูงจากพื้นดิน", "Floor above the ground"),
            unit=Text("ซม.", "cm"),
            most=HIGHEST_FLOOR_CM,
            required=False,
        ),
    )


def read_household(values: Mapping[str, Any], own: Sequence[Subdistrict]) -> dict[str, Any]:
    """Return what was read, with the house code as its digits and the sub-district.

    :raises InvalidInput: it is no house code.
    """
    try:
        code = parse_house_code(values["house_code"]) if values.get("house_code") else ""
    except Unreadable as refusal:
        raise InvalidInput({"house_code": refusal.sentence}) from None
    only = own[0].code if len(own) == 1 else ""
    return {"subdistrict": only, **values, "house_code": code}
