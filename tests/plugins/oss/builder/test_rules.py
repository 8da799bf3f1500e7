from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from core.tenants.tenant import Tenant
from core.text import Text
from kit.casework import Applying, Document, Outcome, Post, Service, Step
from kit.forms import Choice, Line, Option, Place, When, Yes
from kit.thai import Days, WorkingDays
from plugins.oss.rules.changes import changes
from plugins.oss.rules.faults import faults_of
from plugins.oss.rules.trial import try_out

WORDS = Text("คำ", "Word")
DECIDING = (Outcome.APPROVED, Outcome.REFUSED)
DAY, NIGHT = Option("o1", Text("วัน", "Day")), Option("o2", Text("คืน", "Night"))
SOUND = Service(
    code="oss.own-1",
    title=Text("ขอใช้สนาม", "Use of the field"),
    summary=WORDS,
    form=(
        Choice("f1", Text("ใช้ช่วงใด", "When"), options=(DAY, NIGHT), step=Text("หนึ่ง", "One")),
        Yes("f2", Text("ใช้ไฟ", "Lights"), when=When("f1", ("o2",)), step=Text("สอง", "Two")),
        Line("f3", Text("ใช้ทำอะไร", "What for"), step=Text("สอง", "Two")),
    ),
    documents=(Document("d1", Text("หนังสือรับรอง", "A letter"), when=When("f1", ("o2",))),),
    steps=(
        Step("s1", Text("พิจารณา", "Consider"), Post.OFFICER, WorkingDays(3)),
        Step("s2", Text("ลงนาม", "Sign"), Post.CLERK, WorkingDays(2), ends=DECIDING),
    ),
    within=WorkingDays(5),
)
PLACE = Place(
    Tenant(id="maehia", kind="เทศบาลเมือง", name=WORDS, place=WORDS, address=WORDS),
    date(2026, 11, 20),
)
WHO = {"name": ["นายสมชาย ใจดี"], "phone": ["0812345678"]}


@pytest.mark.parametrize(
    ("changed", "page", "part", "control"),
    [
        ({"title": Text("ก", "")}, "about", "", "title_th"),
        ({"summary": Text("", "")}, "about", "", "summary_th"),
        ({"unit": "nothing"}, "about", "", "unit"),
        ({"form": (), "documents": ()}, "questions", "", ""),
        ({"form": SOUND.form[1:]}, "questions", "f2", ""),
        ({"form": SOUND.form[1:]}, "documents", "d1", ""),
        ({"form": (SOUND.form[1], SOUND.form[0])}, "questions", "f2", ""),
        ({"form": (Choice("f1", WORDS, options=(DAY,)),)}, "questions", "f1", ""),
        ({"form": (*SOUND.form, replace(SOUND.form[0], name="f9"))}, "questions", "f9", ""),
        ({"subject": "f9"}, "questions", "", "subject"),
        ({"steps": ()}, "steps", "", ""),
        ({"steps": SOUND.steps[:1]}, "steps", "", ""),
        ({"within": WorkingDays(4)}, "steps", "", "whole"),
        ({"paper": "certificate", "applying": Applying.ANYBODY}, "result", "", "paper"),
    ],
)
def test_a_fault_is_found_where_it_is_put_right(
    changed: dict[str, Any], page: str, part: str, control: str
) -> None:
    found = [
        (one.page, one.part, one.control) for one in faults_of(replace(SOUND, **changed), ["clerk"])
    ]

    assert (page, part, control) in found


def test_a_sound_service_has_no_fault() -> None:
    assert faults_of(SOUND, ["clerk", "works"]) == []
    assert faults_of(replace(SOUND, within=Days(4)), ["clerk"]) == []


def test_faults_stand_in_the_order_of_the_pages() -> None:
    worst = replace(SOUND, form=(), steps=(), summary=Text("", ""), documents=())

    assert [one.page for one in faults_of(worst, ["clerk"])] == ["about", "questions", "steps"]


def test_nothing_changed_is_nothing_said() -> None:
    assert changes(SOUND, SOUND) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": Text("จองสนาม", "Booking")}, "ชื่อ: จาก “ขอใช้สนาม” เป็น “จองสนาม”"),
        ({"within": Days(9)}, "เสร็จภายใน: จาก “5 วันทำการ” เป็น “9 วัน”"),
        ({"form": SOUND.form[:2]}, "ตัดคำถาม “ใช้ทำอะไร” ออก"),
        ({"form": (*SOUND.form, Line("f4", Text("กี่คน", "People")))}, "เพิ่มคำถาม “กี่คน”"),
        ({"form": (SOUND.form[0], SOUND.form[2], SOUND.form[1])}, "จัดลำดับคำถามใหม่"),
        ({"documents": ()}, "ตัดเอกสาร “หนังสือรับรอง” ออก"),
        ({"steps": (replace(SOUND.steps[0], by=Post.HEAD), SOUND.steps[1])}, "แก้ไขขั้นตอน “พิจารณา”"),
        (
            {"conditions": (Text("รักษาความสะอาด", "Clean"),)},
            "เงื่อนไข: จาก “ไม่มี” เป็น “รักษาความสะอาด”",
        ),
        ({"words": ("สนาม",)}, "แก้ไขรายละเอียดอื่น"),
    ],
)
def test_what_changes_for_citizens_is_said_in_a_sentence(
    changed: dict[str, Any], said: str
) -> None:
    assert [one.th for one in changes(SOUND, replace(SOUND, **changed))] == [said]


def test_braces_in_a_name_are_letters_like_others() -> None:
    odd = replace(SOUND, title=Text("{what} {0} %s", "{what}"))

    assert changes(SOUND, odd)[0].th.endswith("เป็น “{what} {0} %s”")
    assert changes(odd, SOUND)[0].en == "Title: from “{what}” to “Use of the field”."


def test_a_try_begins_with_the_person_and_goes_on_when_nothing_is_wrong() -> None:
    first = try_out(SOUND, {}, PLACE, 0)
    wrong = try_out(SOUND, {"name": ["ก"]}, PLACE, 1)
    second = try_out(SOUND, WHO, PLACE, 1)

    assert (first.number, first.problems) == (1, {})
    assert (wrong.number, list(wrong.problems)) == (1, ["phone"])
    assert [field.name for field in second.fields] == ["f1"]
    assert second.carried == WHO


def test_a_try_asks_only_what_the_answers_ask_for() -> None:
    by_day = try_out(SOUND, {**WHO, "f1": ["o1"]}, PLACE, 2)
    by_night = try_out(SOUND, {**WHO, "f1": ["o2"]}, PLACE, 2)

    assert [field.name for field in by_day.fields] == ["f3"]
    assert [field.name for field in by_night.fields] == ["f2", "f3"]
    assert (by_day.documents, by_night.documents) == ((), SOUND.documents)


@pytest.mark.parametrize("sent", [-5, 3, 4, 999])
def test_a_try_never_goes_past_a_page_that_is_wrong(sent: int) -> None:
    trial = try_out(SOUND, {**WHO, "f1": ["o1"], "f3": [""]}, PLACE, sent)

    assert trial.number == (1 if sent < 0 else 3)
    assert bool(trial.problems) == (sent > 0)


def test_a_try_ends_with_the_check_of_all_answers() -> None:
    trial = try_out(SOUND, {**WHO, "f1": ["o1"], "f3": ["แข่ง"]}, PLACE, 3)

    assert (trial.number, trial.fields) == (4, ())
    assert trial.values["f3"] == "แข่ง"
