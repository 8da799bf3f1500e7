import pytest

from core.api import Text
from kit.forms import Field, JuristicID, Phone, Place, ThaiID, describe, fill, read

PERSON = ThaiID("who", Text("เลขประจำตัวประชาชน", "Citizen ID"))
COMPANY = JuristicID("who", Text("เลขนิติบุคคล", "Company"))
PHONE = Phone("who", Text("เบอร์โทรศัพท์", "Telephone"))


@pytest.mark.parametrize(
    ("field", "typed", "kept", "filled"),
    [
        (PERSON, "1-2345-45678-78-1", "1234545678781", "1-2345-45678-78-1"),
        (PERSON, "๑๒๓๔๕๔๕๖๗๘๗๘๑", "1234545678781", "1-2345-45678-78-1"),
        (COMPANY, "0 99 4 000 61772 1", "0994000617721", "0-99-4-000-61772-1"),
        (PHONE, "+66 81 234 5678", "+66812345678", "08-1234-5678"),
        (PHONE, "053123456", "+6653123456", "0-5312-3456"),
    ],
)
def test_numbers_are_kept_bare_and_shown_as_people_write_them(
    field: Field, typed: str, kept: str, filled: str, place: Place
) -> None:
    values = read([field], {"who": [typed]}, place).values

    assert values == {"who": kept}
    assert fill([field], values) == {"who": [filled]}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (PERSON, "123454567878", "เลขประจำตัวประชาชนต้องมี 13 หลัก ตอนนี้มี 12 หลัก"),
        (PERSON, "1234545678782", "เลขหลักสุดท้ายไม่ตรง ตรวจเลขอีกครั้ง"),
        (COMPANY, "1234545678781", "เลขทะเบียนนิติบุคคลขึ้นต้นด้วย 0 เลขนี้ขึ้นต้นด้วย 1 ตรวจเลขอีกครั้ง"),
        (PHONE, "08123456", "เบอร์มือถือต้องมี 10 หลัก ตอนนี้มี 8 หลัก"),
        (PHONE, "", "กรอกเบอร์โทรศัพท์"),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong(
    field: Field, typed: str, sentence: str, place: Place
) -> None:
    assert read([field], {"who": [typed]}, place).problems["who"].th == sentence


def test_personal_numbers_are_hidden_in_part_unless_told() -> None:
    shown = [
        describe([field], {"who": value}, "th", masked=masked)[0].text
        for masked in (True, False)
        for field, value in ((PERSON, "1234545678781"), (PHONE, "+66812344417"))
    ]

    assert shown == ["1-2345-•••••-••-1", "08•-•••-4417", "1-2345-45678-78-1", "08-1234-4417"]


def test_the_number_of_a_company_is_public() -> None:
    assert describe([COMPANY], {"who": "0994000617721"}, "en")[0].text == "0-99-4-000-61772-1"
