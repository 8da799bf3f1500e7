import pytest

from core.api import Text
from kit.forms import AddressField, Place, describe, fill, read, read_json

HOME = AddressField("home", Text("ที่อยู่", "Address"))
SITE = AddressField("home", Text("ที่ตั้ง", "Site"), own=True, house=False)


def posted(**parts: str) -> dict[str, list[str]]:
    return {f"home.{part}": [text] for part, text in parts.items()}


def test_an_address_keeps_the_parts_that_were_given(place: Place) -> None:
    reading = read(
        [HOME], posted(house_no=" ๘๘/๑๒ ", soi="ซอย 3", subdistrict="500109-50100"), place
    )

    assert reading.values == {
        "home": {
            "house_no": "88/12",
            "soi": "3",
            "subdistrict": "500109",
            "postcode": "50100",
        }
    }
    assert read([HOME], fill([HOME], reading.values), place).values == reading.values


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({}, "home.house_no"),
        ({"subdistrict": "500109-50100"}, "home.house_no"),
        ({"house_no": "1"}, "home.subdistrict"),
        ({"house_no": "1", "subdistrict": "999999-50100"}, "home.subdistrict"),
        ({"house_no": "1", "subdistrict": "500109-10100"}, "home.subdistrict"),
        ({"house_no": "1", "subdistrict": "500109-50100", "moo": "ห้า"}, "home.moo"),
        ({"house_no": "1", "subdistrict": "other"}, "home.elsewhere"),
        ({"house_no": "1", "subdistrict": "other", "elsewhere": "ไม่มีที่นี่"}, "home.elsewhere"),
    ],
)
def test_the_part_that_is_wrong_is_told(typed: dict[str, str], at: str, place: Place) -> None:
    assert list(read([HOME], posted(**typed), place).problems) == [at]


def test_all_parts_that_are_wrong_are_told_in_the_order_of_the_form(place: Place) -> None:
    problems = read([HOME], posted(moo="ห้า", subdistrict="other", elsewhere="qqq"), place).problems

    assert list(problems) == ["home.house_no", "home.moo", "home.elsewhere"]


def test_a_place_elsewhere_is_found_by_its_name(place: Place) -> None:
    typed = posted(house_no="1", subdistrict="other", elsewhere="ต.สะเตงนอก อ.เมืองยะลา 95000")

    assert read([HOME], typed, place).values["home"]["subdistrict"] == "950116"


def test_of_several_places_the_list_offers_all(place: Place) -> None:
    typed = posted(house_no="1", subdistrict="other", elsewhere="หางดง")

    problems = read([HOME], typed, place).problems
    offered = HOME.options(typed, place, "th")

    assert problems["home.subdistrict"].en.endswith("Choose the right one from the list.")
    assert offered[0] == ("500109-50100", "แม่เหียะ เมืองเชียงใหม่ เชียงใหม่ 50100")
    assert ("501501-50230", "หางดง หางดง เชียงใหม่ 50230") in offered
    chosen = typed | posted(subdistrict="501501-50230")
    assert read([HOME], chosen, place).problems == {}
    assert ("501501-50230", "หางดง หางดง เชียงใหม่ 50230") in HOME.options(chosen, place, "th")


def test_a_site_lies_in_the_municipality(place: Place) -> None:
    inside = read([SITE], posted(subdistrict="500109-50100"), place)

    assert inside.values == {"home": {"subdistrict": "500109", "postcode": "50100"}}
    for outside in (
        {"subdistrict": "950101-95000"},
        {"elsewhere": "สะเตง", "subdistrict": "other"},
    ):
        assert list(read([SITE], posted(**outside), place).problems) == ["home.subdistrict"]
    assert [value for value, _ in SITE.options(posted(elsewhere="สะเตง"), place, "th")] == [
        "500109-50100"
    ]


def test_the_only_subdistrict_stands_in_the_list_until_something_was_sent(place: Place) -> None:
    optional = AddressField("home", Text("ที่อยู่", "Address"), required=False)

    assert HOME.chosen({}, place) == "500109-50100"
    assert HOME.chosen(posted(house_no="1"), place) == ""
    assert optional.chosen({}, place) == ""


@pytest.mark.parametrize(
    "changed", [{"elsewhere": "x"}, {"soi": " 3"}, {"postcode": ""}, {"subdistrict": "๕๐๐๑๐๙"}]
)
def test_json_is_written_as_it_is_stored(changed: dict[str, str], place: Place) -> None:
    home = {"house_no": "88/12", "subdistrict": "500109", "postcode": "50100"}

    assert read_json([HOME], {"home": home}, place).problems == {}
    assert "home.house_no" in read_json([HOME], {"home": home | changed}, place).problems or (
        "home.subdistrict" in read_json([HOME], {"home": home | changed}, place).problems
    )


def test_an_address_is_shown_in_one_line_and_hidden_up_to_the_subdistrict() -> None:
    values = {"home": {"house_no": "88/12", "subdistrict": "500109", "postcode": "50100"}}

    [whole] = describe([HOME], values, "th", masked=False)
    [hidden] = describe([HOME], values, "th")

    assert whole.text == "88/12 ตำบลแม่เหียะ อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่ 50100"
    assert hidden.text == "••••• ตำบลแม่เหียะ อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่ 50100"
