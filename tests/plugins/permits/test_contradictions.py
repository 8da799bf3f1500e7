"""What cannot be filed, at the field that says it, with what to do."""

import re
from decimal import Decimal
from typing import Any

import pytest

from core.api import Text
from kit.casework import Verdict
from plugins.permits.rules.dated import LATEST
from plugins.permits.rules.people import fits
from plugins.permits.service.examining import EXAMINED, choose_way, examine
from tests.plugins.permits.requests import PLANS, TODAY, changed

ENGINEER = {"designer": "engineer", "engineer_name": "อนันต์"}
BOTH = ENGINEER | {"designer": "both", "architect_name": "บัว", "engineer_licence": "สย.1234"}


def problems(answers: dict[str, Any], service: str = "permits.build") -> dict[str, Text]:
    examination = examine(service, changed(answers), plans=PLANS, data=(), on=TODAY)
    return dict(examination.problems)


@pytest.mark.parametrize("service", EXAMINED)
def test_a_good_request_can_be_filed(service: str) -> None:
    assert problems({}, service) == {}


def test_a_standard_plan_can_be_filed_in_the_fast_lane() -> None:
    assert problems({"plan": "dpt-1"}, "permits.small") == {}


@pytest.mark.parametrize(
    ("field", "answers", "words"),
    [
        ("area", {"area": "150.01", "footprint": "80.00"}, "150.01 ตร.ม. เกิน 150 ตร.ม."),
        ("storeys", {"storeys": 3, "height": "9.00"}, "3 ชั้น เกิน 2 ชั้น"),
        ("use", {"use": "shop"}, "บ้านพักอาศัยเท่านั้น"),
        ("area", {"work": "demolish", "area": "400.00", "footprint": "200.00"}, "400.00 ตร.ม."),
    ],
)
def test_what_is_no_matter_of_the_fast_lane_is_led_to_the_ordinary_way(
    field: str, answers: dict[str, Any], words: str
) -> None:
    [(found, sentence)] = problems(answers, "permits.small").items()

    assert found == field
    assert words in sentence.th
    assert "ขออนุญาตก่อสร้าง ดัดแปลง หรือรื้อถอนอาคาร" in sentence.th
    assert problems(answers) == {}


@pytest.mark.parametrize(
    ("field", "answers", "words"),
    [
        ("height", {"storeys": 4, "height": "7.00"}, "เฉลี่ยชั้นละไม่ถึง 2 ม."),
        ("height", {"storeys": 1, "height": "65.00", "area": "60.00"}, "เฉลี่ยชั้นละเกิน 15 ม."),
        ("height", {"height": "0.00"}, "เฉลี่ยชั้นละไม่ถึง"),
        ("area", {"area": "59.99"}, "น้อยกว่าพื้นที่ชั้นที่กว้างที่สุด 60.00"),
        ("area", {"area": "120.01"}, "มากกว่า 2 ชั้น"),
        ("area", {"area": "0.00"}, "ต้องมากกว่า 0"),
        ("footprint", {"footprint": "0.00"}, "ต้องมากกว่า 0"),
        ("land_wah", {"land_ngan": 0, "land_wah": "14.9"}, "59.60 ตร.ม. เล็กกว่า"),
        ("land_wah", {"others": "340.01"}, "400.00 ตร.ม. เล็กกว่า"),
        ("land_wah", {"land_ngan": 0}, "ขนาดที่ดินต้องมากกว่า 0"),
        ("back_distance", {"back_distance": "2000.01"}, "ไม่เกิน 2,000"),
        ("road_distance", {"road_distance": "3000.00"}, "ไม่เกิน 2,000"),
        ("fence_length", {"fence": "public", "fence_length": "2500.00"}, "ไม่เกิน 2,000"),
        ("left_distance", {"left_distance": "0.00"}, "ผนังด้านซ้ายห่างเขตที่ดิน 0 ม."),
        ("plan", {"plan": "gone"}, "เลิกใช้แล้ว"),
        ("plan", {"plan": "dpt-1", "work": "alter"}, "การก่อสร้างใหม่"),
        ("plan", {"plan": "dpt-1", "work": "demolish"}, "การก่อสร้างใหม่"),
        ("plan", {"plan": "dpt-1", "use": "shop"}, "แบบบ้านพักอาศัย"),
        ("engineer_licence", ENGINEER | {"engineer_licence": "ไม่มี"}, "ไม่มีตัวเลข"),
        ("engineer_licence", ENGINEER | {"engineer_licence": "ภ-สถ 1234"}, "ใบอนุญาตของสถาปนิก"),
        ("architect_licence", BOTH | {"architect_licence": "ภย.1234"}, "ใบอนุญาตของวิศวกร"),
        ("architect_licence", BOTH | {"architect_licence": "สย 1234"}, "ใบอนุญาตของวิศวกร"),
        (
            "supervising_engineer_licence",
            BOTH
            | {
                "architect_licence": "ภ-สถ 1",
                "supervisor": "engineer",
                "supervising_engineer_name": "ชัย",
                "supervising_engineer_licence": "สย. ๑๒๓๔",
            },
            "คนละชื่อ",
        ),
        (
            "owner_id",
            {"filed_as": "agent", "owner_id": "1101700230708", "national_id": "1101700230708"},
            "ตรงกับของผู้ยื่น",
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    field: str, answers: dict[str, Any], words: str
) -> None:
    found = problems(answers)

    assert found.keys() == {field}
    assert words in found[field].th
    assert re.search("ตรวจ|แก้|เลือก|กรอก", found[field].th)


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("area", "119.00", "120"),
        ("storeys", 1, "2"),
        ("height", "7.01", "7"),
        ("footprint", "61", "60"),
    ],
)
def test_answers_that_contradict_the_chosen_plan_are_found(
    field: str, value: object, right: str
) -> None:
    given = changed({"plan": "dpt-1"}) | {field: value}
    found = examine("permits.build", given, plans=PLANS, data=(), on=TODAY).problems

    assert found.keys() == {field}
    assert f"แบบ แบบบ้าน 1 คือ {right} แต่กรอก" in found[field].th
    same = {"area": "120.0", "storeys": 2, "height": "7", "footprint": "60.00"}
    agreed = changed({"plan": "dpt-1"}) | same
    assert not examine("permits.build", agreed, plans=PLANS, data=(), on=TODAY).problems


def test_a_house_may_cover_all_of_the_land_as_far_as_filing_goes() -> None:
    assert problems({"land_ngan": 0, "land_wah": "15.0"}) == {}


def test_a_plan_with_no_room_on_the_land_is_found() -> None:
    found = problems({"plan": "dpt-1", "land_ngan": 0, "land_wah": "14.0"}, "permits.small")

    assert found.keys() == {"land_wah"}


@pytest.mark.parametrize("number", ["ภย.12345", "ภย 12345", "สย.๑๒๓๔", "วย-99"])
def test_numbers_of_engineers_fit_however_they_are_typed(number: str) -> None:
    assert fits("engineer", number, LATEST)
    assert not fits("architect", number, LATEST)


@pytest.mark.parametrize("number", ["ภ-สถ 1234", "ภสถ1234", "ส.สถ. ๑๒", "ว-สถ 7", "ภส-สถ 1234"])
def test_numbers_of_architects_fit_however_they_are_typed(number: str) -> None:
    assert fits("architect", number, LATEST)
    assert not fits("engineer", number, LATEST)


def test_a_number_of_a_form_that_is_not_known_is_looked_up_and_blocks_nobody() -> None:
    given = ENGINEER | {"engineer_licence": "กข-77"}
    examination = examine("permits.build", changed(given), plans={}, data=(), on=TODAY)

    assert examination.problems == {}
    [finding] = [one for one in examination.findings if one.rule == "licences"]
    assert "รูปแบบไม่ตรงกับที่ระบบรู้จัก: กข-77" in finding.sentence.th


def test_names_that_were_typed_before_another_choice_was_made_count_no_more() -> None:
    stale = BOTH | {"designer": "unlicensed", "supervisor": "owner", "engineer_licence": "ภ-สถ 1"}
    stale |= {"supervising_engineer_name": "ชัย", "supervising_engineer_licence": "ภย.9"}
    examination = examine("permits.build", changed(stale), plans={}, data=(), on=TODAY)

    assert examination.problems == {}
    found = {one.rule: one.verdict for one in examination.findings}
    assert found["engineer"] == found["supervisor"] == Verdict.REFER
    assert "licences" not in found


def test_no_two_problems_of_one_field_hide_each_other_from_the_first() -> None:
    found = problems({"area": "0.00", "footprint": "0.00", "height": "0.00"}, "permits.small")

    assert found.keys() == {"area", "footprint", "height"}


@pytest.mark.parametrize(
    ("work", "use", "storeys", "area", "service"),
    [
        ("build", "house", 2, "150", "permits.small"),
        ("alter", "house", 1, "20", "permits.small"),
        ("demolish", "house", 1, "60", "permits.small"),
        ("build", "house", 2, "150.01", "permits.build"),
        ("build", "house", 3, "140", "permits.build"),
        ("build", "shop", 2, "100", "permits.build"),
        ("build", None, 2, "100", "permits.build"),
        ("build", "house", None, "100", "permits.build"),
        ("build", "house", 2, None, "permits.build"),
        (None, "house", 2, "100", "permits.build"),
        ("move", "house", 1, "50", None),
        ("change_use", "shop", 1, "50", None),
    ],
)
def test_the_start_page_leads_to_a_way_and_says_why(
    work: str | None, use: str | None, storeys: int | None, area: str | None, service: str | None
) -> None:
    size = None if area is None else Decimal(area)
    way = choose_way(work=work, use=use, storeys=storeys, area=size, data=(), on=TODAY)

    assert way.service == service
    assert way.why.th
    assert way.why.en
    assert way.other == (None if service is None else "permits.notify")
    if area == "150.01":
        assert way.why.th == "พื้นที่ 150.01 ตร.ม. เกิน 150 ตร.ม. ของช่องทางเร่งด่วน ยื่นขออนุญาตแบบปกติ"
