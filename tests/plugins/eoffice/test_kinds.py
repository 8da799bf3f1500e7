from pathlib import Path

import msgspec
import pytest

from kit.documents import Paper
from plugins.eoffice.rules.contents import FORMS
from plugins.eoffice.rules.kinds import (
    FAMILIES,
    KINDS,
    PARTS,
    SALUTATIONS,
    Kind,
    mark_of,
    read_salutations,
)
from plugins.eoffice.rules.layout import LAYOUT
from plugins.eoffice.rules.registers import TITLES

HOMES = Path(__file__).parents[3] / "plugins"
EACH = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def fields(struct: type[msgspec.Struct]) -> dict[str, bool]:
    """Return the fields by name, and whether each must be given."""
    return {one.name: one.required for one in msgspec.structs.fields(struct)}


def test_the_six_kinds_are_there() -> None:
    assert set(FAMILIES) == {1, 2, 3, 4, 5, 6}
    assert {one.family for one in KINDS.values()} == set(FAMILIES)
    assert set(FORMS) == set(KINDS)


@EACH
def test_a_kind_has_its_template(kind: Kind) -> None:
    plugin, _, name = kind.template.partition("/")

    assert (HOMES / plugin / "papers" / name).is_file()


@EACH
def test_the_parts_of_a_kind_are_the_fields_of_its_contents(kind: Kind) -> None:
    given = fields(FORMS[kind.code])
    own = set(given) - set(fields(Paper)) - {"layout"}
    parts = {one.code for one in kind.parts}

    assert len(parts) == len(kind.parts)
    assert parts <= own | {"number"}
    assert {name for name in own if given[name]} == {
        one.code for one in kind.parts if one.needed and one.code != "number"
    }
    assert parts <= set(PARTS)


@EACH
def test_a_number_is_a_part_of_what_is_numbered_in_a_register(kind: Kind) -> None:
    assert ("number" in {one.code for one in kind.parts}) == bool(kind.book)
    assert kind.book in {"", *TITLES}


def test_letters_have_a_code_in_their_number_and_orders_a_year() -> None:
    numbering = {one.code: one.numbering for one in KINDS.values()}

    assert {numbering[code] for code in ("external", "memo", "stamped")} == {"register"}
    assert {numbering[code] for code in ("order", "announcement", "certificate")} == {"series"}
    assert {numbering[code] for code in ("rule", "news", "minutes", "note")} == {"none"}


def test_forms_are_numbered_as_in_the_regulation() -> None:
    forms = [one.form for one in KINDS.values() if one.form]

    assert forms == [f"แบบที่ {number}" for number in range(1, 12)]


def test_every_opening_has_its_closing_and_nothing_is_said_to_be_verified_that_was_not_read() -> (
    None
):
    for one in SALUTATIONS.values():
        assert all((one.opening, one.writer, one.addressee, one.closing, one.envelope))
        assert not one.verified
        assert one.source == "GK"
    assert SALUTATIONS["ordinary"].closing == "ขอแสดงความนับถือ"
    assert SALUTATIONS["monk"].opening == "นมัสการ"


def test_an_office_reads_a_table_of_its_own_and_is_told_what_is_missing() -> None:
    raw = msgspec.json.encode({"salutations": [SALUTATIONS["monk"]]})

    assert read_salutations(raw) == {"monk": SALUTATIONS["monk"]}
    with pytest.raises(msgspec.ValidationError, match="opening"):
        read_salutations(raw.replace(b'"opening"', b'"open"'))


def test_only_what_is_not_normal_is_marked() -> None:
    assert mark_of("most_urgent") == "ด่วนที่สุด"
    assert mark_of("very_urgent") == "ด่วนมาก"
    assert mark_of("secret") == "ลับ"
    assert mark_of("normal") == ""


def test_the_measures_leave_room_for_the_text_and_for_the_garuda() -> None:
    assert LAYOUT.garuda_from_edge <= LAYOUT.top
    assert LAYOUT.left + LAYOUT.right < 21 - 12
    assert 0.5 < LAYOUT.drawn <= 1
    assert LAYOUT.urgency_points >= 32
