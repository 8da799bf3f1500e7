"""Rows of a present register: read, undone of what Excel does, held against the law."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.geo import subdistrict
from kit.registers import Parsed
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.rules.headings import COLUMNS
from plugins.food_cert.rules.one_line import parts_of
from plugins.food_cert.rules.rows import Known, Row, parse_rows
from tests.plugins.food_cert.registers import HEADS, LARGE, SMALL, row

OURS = subdistrict("500109")
assert OURS is not None
KNOWN = Known(limits=LATEST, today=date(2026, 11, 20), home=(OURS,))


def read(*lines: Sequence[Any]) -> Parsed[Row]:
    return parse_rows([HEADS, *lines], KNOWN)


def faults(*lines: Sequence[Any]) -> list[tuple[int, str]]:
    return [(one.row, one.column) for one in read(*lines).faults]


def test_a_row_becomes_what_the_register_keeps() -> None:
    small, large = read(SMALL, LARGE).rows

    assert (small.serial, small.year, small.opened_on) == (12, 2568, date(2025, 1, 5))
    assert small.facts["instrument"] == "certificate"
    assert small.facts["site"]["road"] == "เชียงใหม่-หางดง"
    assert "ตำบลแม่เหียะ" in small.facts["address"]
    assert (small.facts["phone"], small.facts["until"]) == ("+66812345678", None)
    assert (large.facts["instrument"], large.facts["kind"]) == ("licence", "sell")
    assert (large.facts["area"], large.facts["until"]) == (Decimal("250.50"), date(2027, 1, 31))
    assert large.facts["pin"] == {"lat": 18.7412, "lon": 98.9231}


def test_what_excel_does_to_numbers_is_undone() -> None:
    [one] = read(
        row(
            number=datetime(2568, 12, 1),  # noqa: DTZ001 - as a workbook gives it
            phone=812345678,
            company_id=505550000003,
            issued_on=datetime(2568, 1, 5),  # noqa: DTZ001
            area=60.0,
        )
    ).rows

    assert (one.serial, one.year) == (12, 2568)
    assert one.facts["phone"] == "+66812345678"
    assert one.facts["company_id"] == "0505550000003"
    assert one.facts["issued_on"] == date(2025, 1, 5)


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"area": "0"}, "area"),
        ({"area": "1,000,000"}, "area"),
        ({"area": "สองร้อย"}, "area"),
        ({"area": "200.01", "document": "หนังสือรับรอง"}, "area"),
        ({"area": "200", "document": "ใบอนุญาต", "until": "1/12/2569"}, "area"),
        ({"issued_on": "21/11/2569"}, "issued_on"),
        ({"issued_on": "31/12/2534"}, "issued_on"),
        ({"issued_on": "5/1/2025"}, "issued_on"),
        ({"issued_on": "30/2/2568"}, "issued_on"),
        ({"until": "4/1/2568"}, "until"),
        ({"area": "250"}, "until"),
        ({"area": "250", "until": "1/12/2599"}, "until"),
        ({"number": "12/68"}, "number"),
        ({"number": "12/2530"}, "number"),
        ({"number": "12/2596"}, "number"),
        ({"number": ""}, "number"),
        ({"name": ""}, "name"),
        ({"holder": "ก" * 201}, "holder"),
        ({"kind": "วัด"}, "kind"),
        ({"address": "หมู่ 5"}, "address"),
        ({"address": "88 ตำบลหนองหอย"}, "address"),
        ({"address": "88 ต.แม่เหียะ จ.ลำพูน"}, "address"),
        ({"address": "88 หมู่ ห้า"}, "address"),
        ({"address": " ".join(["ย" * 100] * 4) + " 88"}, "address"),
        ({"phone": "08-1234"}, "phone"),
        ({"company_id": "1-2345-45678-78-1"}, "company_id"),
        ({"lat": "98.9231", "lon": "18.7412"}, "lat"),
        ({"lat": "18.7"}, "lat"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(wrong: dict[str, str], column: str) -> None:
    document = wrong.pop("document", "")
    parsed = parse_rows([[*HEADS, "ชนิดเอกสาร"], [*row(**wrong), document]], KNOWN)

    assert [(one.row, one.column) for one in parsed.faults] == [(2, COLUMNS[column][0])]
    assert (parsed.read, parsed.rows) == (1, [])


def test_the_bounds_of_the_law_are_drawn_at_the_centimetre() -> None:
    small = row(number="1/2568", area="200")
    large = row(number="2/2568", name="ข", area="200.01", until="1/12/2569")

    assert [one.facts["instrument"] for one in read(small, large).rows] == [
        "certificate",
        "licence",
    ]


def test_a_number_or_a_place_that_stands_there_twice_is_wrong_in_each_row() -> None:
    twin = row(number="13/2568", name="ครัว คำปัน", address="88/12 ม.5 ถ.เชียงใหม่ หางดง")
    again = row(name="ครัวบัวผัน")

    assert faults(SMALL, LARGE, again) == [(2, HEADS[0]), (4, HEADS[0])]
    assert faults(SMALL, twin) == [(2, HEADS[1]), (3, HEADS[1])]
    licence = [SMALL[0], *LARGE[1:]]
    assert faults(SMALL, licence) == [], "certificates and licences are numbered apart"


def test_heads_say_what_is_missing_or_where_a_place_is_in_parts() -> None:
    assert [(one.row, one.column) for one in parse_rows([HEADS[1:], SMALL[1:]], KNOWN).faults] == [
        (1, "")
    ]
    nowhere = [one for one in HEADS if one != "ที่ตั้ง"]
    assert "ที่ตั้ง" in parse_rows([nowhere, SMALL], KNOWN).faults[0].sentence.th
    parts = ["บ้านเลขที่", "หมู่", "ถนน", "ตำบล"]
    kept = [one for at, one in enumerate(SMALL) if at != 5]
    table = [[*nowhere[:7], *parts], [*kept, "88/12", "หมู่ 5", "ถนนราชพฤกษ์", "ต.แม่เหียะ"]]
    [one] = parse_rows(table, KNOWN).rows

    assert one.facts["site"] == {
        "house_no": "88/12", "moo": "5", "road": "ราชพฤกษ์", "subdistrict": "500109",
        "postcode": "50100",
    }  # fmt: skip


CELL = st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.none(), st.datetimes())
WHOLE = st.sampled_from(row())


@given(st.lists(st.lists(st.one_of(CELL, WHOLE), max_size=len(COLUMNS)), max_size=5))
def test_no_table_makes_the_reader_fail(table: list[list[Any]]) -> None:
    parsed = parse_rows([[titles[0] for titles in COLUMNS.values()], *table], KNOWN)
    bad = {one.row for one in parsed.faults}

    assert len(bad) + len(parsed.rows) == parsed.read
    assert bad.isdisjoint(one.at for one in parsed.rows)
    assert all(one.column in {titles[0] for titles in COLUMNS.values()} for one in parsed.faults)


@given(
    st.sampled_from(["88/12", "9", "12ก", "1/2-3"]),
    st.integers(1, 99),
    st.sampled_from(["เชียงใหม่-หางดง", "ราชพฤกษ์"]),
    st.sampled_from([("หมู่ที่ ", "ถนน", "ตำบล"), ("ม.", "ถ.", "ต."), ("หมู่ ", "ถนน ", "ต. ")]),
)
def test_an_address_in_one_line_is_taken_apart(house: str, moo: int, road: str, said: Any) -> None:
    line = f"{house} {said[0]}{moo} {said[1]}{road} {said[2]}แม่เหียะ อ.เมือง จ.เชียงใหม่ 50100"
    parts = parts_of(line)

    assert (parts["house_no"], parts["moo"], parts["road"]) == (house, str(moo), road)
    assert (parts["subdistrict"], parts["province"]) == ("แม่เหียะ", "เชียงใหม่")
