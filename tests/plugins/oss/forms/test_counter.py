from typing import Any

import msgspec
import pytest

from core.api import Text
from core.context import Context
from core.errors import InvalidInput
from kit.casework import Applying, Known, Service
from kit.forms import AddressField, Choice, Line, Lines, Option, Place, When
from plugins.oss.forms import counter as forms
from plugins.oss.services.general import GENERAL


def a_service(*form: Any, subject: str | None = None) -> Service:
    return msgspec.structs.replace(GENERAL, form=form, subject=subject)


SUBJECT = Line("what", Text("เรื่อง", "What"), longest=20)
STORY = Lines("story", Text("รายละเอียด", "Story"), longest=500)
WORDS = "ไฟถนนดับหน้าบ้านมาสามคืนแล้ว มืดมาก"


def errand(service: Service, place: Place, **typed: str) -> forms.Errand:
    given = {"name": "นายคำปัน ใจยา", "phone": "0812345678"} | typed
    return forms.read_errand(service, {name: [text] for name, text in given.items()}, place)


def test_one_sentence_is_the_subject_and_the_long_text_that_follows(ctx: Context) -> None:
    service = a_service(SUBJECT, STORY, subject="what")
    read = errand(service, Place.of(ctx), **{"counter-subject": WORDS})

    assert read.answers == {"what": f"{WORDS[:19]}…", "story": WORDS}


def test_what_is_written_into_the_long_text_stays_there(ctx: Context) -> None:
    service = a_service(SUBJECT, STORY, subject="what")
    read = errand(service, Place.of(ctx), **{"counter-subject": "ไฟดับ", "story": WORDS})

    assert read.answers == {"what": "ไฟดับ", "story": WORDS}


def test_a_long_text_elsewhere_in_the_form_is_asked_for_itself(ctx: Context) -> None:
    service = a_service(SUBJECT, Line("spot", Text("ที่", "Where")), STORY, subject="what")

    with pytest.raises(InvalidInput) as refusal:
        errand(service, Place.of(ctx), **{"counter-subject": "ไฟดับ", "spot": "ปากซอย"})

    assert list(refusal.value.problems) == ["story"]
    assert [one.name for one in forms.describe(service)["needed"]] == ["spot", "story"]


def test_everything_that_is_missing_is_said_at_once_in_the_order_of_the_page(ctx: Context) -> None:
    service = a_service(SUBJECT, STORY, Line("spot", Text("ที่", "Where")), subject="what")
    identified = msgspec.structs.replace(service, applying=Applying.IDENTIFIED)

    with pytest.raises(InvalidInput) as refusal:
        forms.read_errand(identified, {}, Place.of(ctx))

    assert list(refusal.value.problems) == [
        *("national_id", "name", "phone", "counter-subject", "spot")
    ]


def test_a_question_on_which_a_required_one_depends_is_shown_with_it() -> None:
    options = (Option("house", Text("บ้าน", "House")), Option("road", Text("ถนน", "Road")))
    where = Choice("where", Text("ที่", "Where"), options=options, required=False)
    number = Line("number", Text("เลขที่", "No."), when=When("where", ("house",)))
    note = Line("note", Text("หมายเหตุ", "Note"), required=False)
    told = forms.describe(a_service(where, number, note))

    assert [one.name for one in told["needed"]] == ["where", "number"]
    assert [one.name for one in told["optional_fields"]] == ["note"]
    assert told["box"] is None


def test_the_own_address_fills_the_question_for_it_and_no_other(ctx: Context) -> None:
    home = AddressField("home", Text("ที่อยู่", "Home"), autofill=True)
    spot = AddressField("spot", Text("ที่ตั้ง", "Site"), required=False)
    kept = {"house_no": "41", "moo": "3", "subdistrict": "500109", "postcode": "50100"}
    known = Known(
        name="นายคำปัน ใจยา", phone="+66812345678", email=None, account=None, home=kept, visits=2
    )

    typed = forms.typed_person(a_service(spot, home), known)
    assert typed["home.house_no"] == ["41"]
    assert typed["home.subdistrict"] == ["500109-50100"]
    assert not [name for name in typed if name.startswith("spot")]
    assert "41 หมู่ที่ 3" in forms.tell_person(known, "th")
