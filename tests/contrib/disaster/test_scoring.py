"""The score of a request: each part in words, the same arithmetic for everybody."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from contrib.disaster.rules.book import BOOK
from contrib.disaster.rules.households import FLAGS
from contrib.disaster.rules.scoring import Facts, score
from kit.law import Entry

LIMITS = BOOK.latest
CM = st.integers(0, 2_000)
FACTS = st.builds(
    Facts,
    zone=st.sampled_from(["", "ริมน้ำ"]),
    zone_cm=CM,
    told_cm=st.none() | CM,
    floor_cm=CM,
    flags=st.dictionaries(st.sampled_from(list(FLAGS)), st.integers(0, 99)),
    waited_minutes=st.integers(0, 100_000),
)


def test_depth_times_vulnerability_plus_waiting_with_every_part_in_words() -> None:
    facts = Facts(zone="ริมน้ำ", zone_cm=120, floor_cm=30, flags={"bedridden": 1}, waited_minutes=90)
    found = score(facts, LIMITS)

    assert found.formula == "90 × 2 + 30 = 210"
    assert found.total == 210
    depth, weight, waiting = (part.words.th for part in found.parts)
    assert depth == "ริมน้ำ น้ำสูง 120 ซม. พื้นบ้านสูง 30 ซม. เหลือ 90 ซม. คิด 90 ซม. × 1 คะแนน"
    assert weight == "เริ่มที่ 1 ผู้ป่วยติดเตียง 1 คน +1"
    assert waiting == "รอ 1 ชั่วโมง 30 นาที × 20 คะแนนต่อชั่วโมง"


def test_an_unknown_depth_is_said_to_be_unknown_and_counts_as_the_least() -> None:
    found = score(Facts(), LIMITS)

    assert "ไม่ทราบระดับน้ำ" in found.depth.words.th
    assert found.total == LIMITS["depth.least"].number


def test_the_caller_is_believed_where_the_water_is_higher_than_the_zone_says() -> None:
    higher = score(Facts(zone="ริมน้ำ", zone_cm=20, told_cm=130), LIMITS)
    lower = score(Facts(zone="ริมน้ำ", zone_cm=120, told_cm=20), LIMITS)

    assert higher.depth.points == 130
    assert lower.depth.points == 120


def test_a_weight_that_the_office_has_changed_counts() -> None:
    own = Entry(
        code="weight.powered", since=date(2026, 1, 1), value="3", law="", source="", verified=True
    )
    found = score(Facts(flags={"powered": 1}), {**LIMITS, own.code: own})

    assert found.weight.points == 4


@given(FACTS)
def test_a_score_is_the_sum_of_what_its_parts_say_and_never_less_than_nothing(facts: Facts) -> None:
    found = score(facts, LIMITS)
    whole = found.depth.points * found.weight.points + found.waiting.points

    assert found.total == whole.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert found.total >= 0
    assert 1 <= found.weight.points <= LIMITS["weight.most"].number
    assert all(part.words.th and part.words.en for part in found.parts)


@given(FACTS, st.integers(1, 500), st.sampled_from(list(FLAGS)))
def test_deeper_water_more_vulnerable_people_and_longer_waiting_never_lower_a_score(
    facts: Facts, more: int, flag: str
) -> None:
    here = score(facts, LIMITS).total
    longer = msgspec.structs.replace(facts, waited_minutes=facts.waited_minutes + more)
    deeper = msgspec.structs.replace(facts, zone_cm=facts.zone_cm + more)
    flags = {**facts.flags, flag: facts.flags.get(flag, 0) + more}
    weaker = msgspec.structs.replace(facts, flags=flags)

    assert score(longer, LIMITS).total > here
    assert score(deeper, LIMITS).total >= here
    assert score(weaker, LIMITS).total >= here
