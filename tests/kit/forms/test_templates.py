import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from core.api import Language, Text
from kit.forms import AddressField, Choice, Form, Line, Option, Place, SentFile, Yes, read

Render = Callable[..., str]

BAD = {
    "reason": ["crime"],
    "seen": ["car", "person", "animal"],
    "plate": ["x" * 20],
    "road": ['"><script>alert(1)</script>\ud800\0'],
    "deed": ["4a"],
    "story": ["</textarea>" * 20],
    "on.day": ["1"],
    "on.month": ["11"],
    "on.year": ["2026"],
    "area": ["151"],
    "people": ["-1"],
    "worth": ["1,5"],
    "bank": ["b9"],
    "spot": ["18.70, 98.90"],
    "land": ["18.741, 98.9498\n18.7414, 98.9502\n18.7414, 98.9498\n</textarea>"],
    "citizen": ["1"],
    "company": ["1"],
    "phone": ["1"],
    "mail": ["a"],
    "home.house_no": ["1"],
    "home.moo": ["x"],
    "home.subdistrict": ["other"],
    "home.elsewhere": ["Hang Dong"],
    "papers": ["a", "b", "c", "d"],
    "news": ["maybe"],
}


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attributes)))

    def values(self, attribute: str) -> list[str]:
        return [found for _, one in self.all if (found := one.get(attribute))]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("posted", [None, {}, BAD])
def test_ids_labels_descriptions_and_links_fit_together(
    language: Language,
    posted: dict[str, list[str]] | None,
    render: Render,
    form: Form,
    place: Place,
) -> None:
    reading = read(form, posted or {}, place)
    problems = {} if posted is None else reading.problems

    page = Elements(render(language, typed=reading.typed, problems=problems))

    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {control for field in form for control in field.controls} <= set(ids)
    assert set(page.values("for")) <= set(ids)
    told = {id for ids_ in page.values("aria-describedby") for id in ids_.split()}
    assert told <= set(ids)
    assert {link[1:] for link in page.values("href") if link[0] == "#"} == set(problems) <= set(ids)
    assert {f"{control}-error" for control in problems} <= told
    wrong = {one["id"] for _, one in page.all if one.get("aria-invalid") and one.get("id")}
    assert wrong == set(problems)


def test_every_field_of_the_form_can_be_wrong_on_one_page(form: Form, place: Place) -> None:
    problems = read(form, BAD, place).problems

    asked = {"reason", "road", *(name.partition(".")[0] for name in problems)}
    # What depends on an answer that is itself wrong is not asked yet.
    assert {field.name for field in form} - asked == {"plate", "why_not"}


@pytest.mark.parametrize("posted", [None, {}, BAD])
def test_an_english_page_has_no_thai_letter(
    posted: dict[str, list[str]] | None, render: Render, form: Form, place: Place
) -> None:
    reading = read(form, posted or {}, place)
    problems = {} if posted is None else reading.problems

    page = render("en", typed=reading.typed, problems=problems)

    assert re.findall("[ก-๙]+", page) == []


def test_what_was_typed_is_shown_again_and_does_no_harm(
    render: Render, form: Form, place: Place
) -> None:
    page = render("en", typed=read(form, BAD, place).typed)

    assert "<script>alert" not in page
    assert page.count("</textarea>") == 2
    assert 'value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page
    assert 'value="2026"' in page
    assert '<option value="11" selected>November</option>' in page
    assert '<option value="501501-50230">Hang Dong, Hang Dong, Chiang Mai 50230</option>' in page
    assert 'name="seen" value="animal" checked' in page


def test_a_consent_is_never_ticked_beforehand(render: Render, place: Place) -> None:
    form = (
        Yes("agree", Text("ยินยอม", "I agree")),
        Choice(
            "one",
            Text("ข้อเดียว", "One"),
            options=(Option("a", Text("ก", "A")), Option("b", Text("ข", "B"))),
        ),
    )

    assert " checked" not in render(form=form)
    assert 'value="yes" checked' in render(form=form, typed={"agree": ["yes"]})


def test_files_that_were_sent_stay_with_the_form(render: Render) -> None:
    page = Elements(
        render(typed={"papers": ["a1", "b2"]}, files={"a1": SentFile("deed.jpg", 1_800_000)})
    )

    kept = [one for _, one in page.all if one.get("name") == "papers"]
    assert [one.get("value") for one in kept] == [None, "a1", "b2"]
    dropped = [one.get("value") for _, one in page.all if one.get("name") == "papers.drop"]
    assert dropped == ["a1", "b2"]
    assert page.values("data-file") == ["deed.jpg", "ไฟล์ที่ 2"]


def test_controls_tell_browsers_what_they_are_for(render: Render, form: Form) -> None:
    by_id = {one["id"]: one for _, one in Elements(render()).all if one.get("id")}

    assert by_id["citizen"]["inputmode"] == "numeric"
    assert by_id["citizen"]["autocomplete"] == "off"
    assert by_id["mail"]["type"] == by_id["mail"]["autocomplete"] == "email"
    assert by_id["phone"]["type"] == "tel"
    assert by_id["worth"]["inputmode"] == "decimal"
    assert by_id["papers"]["accept"] == "image/*,application/pdf"
    assert "multiple" in by_id["papers"]


def test_only_the_readers_own_address_is_filled_in_by_the_browser(render: Render) -> None:
    label = Text("ที่อยู่", "Address")
    form = (AddressField("own", label, autofill=True), AddressField("site", label))

    by_id = {one["id"]: one for _, one in Elements(render(form=form)).all if one.get("id")}

    assert by_id["own.house_no"]["autocomplete"] == "address-line1"
    assert by_id["own.road"]["autocomplete"] == "address-line2"
    assert by_id["site.house_no"]["autocomplete"] == "off"


def test_optional_fields_say_so(render: Render, place: Place) -> None:
    form = (Line("a", Text("ก", "A")), Line("b", Text("ข", "B"), required=False))

    assert render(form=form).count("(ถ้ามี)") == 1
    assert render("en", form=form).count("(optional)") == 1
