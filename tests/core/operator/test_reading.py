import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from core.errors import InvalidInput
from core.operator.reading import KINDS, read_list, samples

HEAD = "จังหวัด,อำเภอ,ตำบล,รหัส อปท.,ประเภท อปท.,อปท.,เว็ปไซต์ของอปท"


def test_each_office_is_read_once_with_its_whole_name_and_eight_digits() -> None:
    rows = [
        HEAD,
        "นครปฐม,กำแพงแสน,กำแพงแสน,5730201,เทศบาลตำบล,กำแพงแสน,",
        "นครปฐม,กำแพงแสน,ทุ่งกระพังโหม,5730201,เทศบาลตำบล,กำแพงแสน,",
        "กระบี่,ลำทับ,ลำทับ,06810703,อบต.,อบต.ลำทับ,",
        "สมุทรปราการ,เมืองสมุทรปราการ,แพรกษา,4110113,,เทศบาลเมืองแพรกษา,",
        "ปัตตานี,สายบุรี,ตะลุบัน,4940701,,ตะลุบัน,",
    ]

    for data in ("\ufeff" + "\r\n".join(rows)).encode(), "\n".join(rows).encode("cp874"):
        read = read_list(data)

        assert [(one.code, one.name) for one in read.offices] == [
            ("05730201", "เทศบาลตำบลกำแพงแสน"),
            ("06810703", "องค์การบริหารส่วนตำบลลำทับ"),
            ("04110113", "เทศบาลเมืองแพรกษา"),
            ("04940701", "เทศบาลเมืองตะลุบัน"),
        ]
        assert read.skipped == []


def test_rows_that_nobody_can_use_are_told_by_their_number() -> None:
    rows = [HEAD, "กระบี่,ลำทับ,,681070311,อบต.,ลำทับ,", "", "กระบี่,ลำทับ,,99,?,ใด,", "ก,ข"]
    good = "กระบี่,ลำทับ,ลำทับ,06810703,อบต.,ลำทับ,"

    assert read_list("\n".join([*rows, good]).encode()).skipped == [2, 4, 5]


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n1,2", b"\x00\x01", HEAD.encode(), "รหัส อปท.\n1".encode()]
)
def test_another_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_list(data)

    assert "file" in refused.value.problems


CELLS = some.text(max_size=12) | some.sampled_from(
    (*KINDS, "อบต.", "", "7", "5730201", "06810703", "แพรกษา", "กระบี่")
)


@given(some.lists(some.lists(CELLS, min_size=6, max_size=8), max_size=6))
@example([["กระบี่", "ลำทับ", "ลำทับ", "", "อบต.", "อบต.ลำทับ"]])
@example([["กระบี่", "ลำทับ", "ลำทับ", "06810703", "อบต.", "อบต.ลำทับ"]])
def test_whatever_stands_in_the_rows_what_is_read_can_be_kept(rows: list[list[str]]) -> None:
    cells = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    try:
        read = read_list(f"{HEAD}\n{cells}".encode("utf-8", "ignore"))
    except InvalidInput:
        return

    for one in read.offices:
        assert len(one.code) == 8
        assert one.code[:2] != "00"
        assert one.kind in KINDS
        assert one.name.startswith(one.kind)


def test_the_sample_is_of_real_places() -> None:
    found = {one.code: (one.name, one.district, one.province) for one in samples()}

    assert found["05730201"] == ("เทศบาลตำบลกำแพงแสน", "กำแพงแสน", "นครปฐม")
    assert len(found) == 8
