from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Hours, Text
from kit.thai import Calendar
from plugins.oss.rules.queue import find_services, minutes_of_waiting, ticket_name
from plugins.oss.rules.slots import Booking, Kind, free_place, offered, slots

FRIDAY = date(2026, 11, 20)
KING = date(2026, 12, 7)  # closed in these tests, a Monday
CALENDAR = Calendar(holidays=frozenset({KING}))
PAUSE = (time(12), time(13))
ZONE = ZoneInfo("Asia/Bangkok")


def a_kind(minutes: int = 30, **given: object) -> Kind:
    return Kind(code="general", title=Text("ทั่วไป", "General"), minutes=minutes, **given)  # type: ignore[arg-type]


def begins(kind: Kind, day: date = FRIDAY, **given: object) -> list[str]:
    around: dict[str, object] = {"hours": Hours(), "calendar": CALENDAR, "pause": PAUSE} | given
    return [f"{one:%H.%M}" for one in slots(kind, day, **around)]  # type: ignore[arg-type]


def test_a_day_is_divided_without_the_pause() -> None:
    found = begins(a_kind(60))

    assert found == ["08.30", "09.30", "10.30", "13.00", "14.00", "15.00"]


def test_an_office_that_works_through_noon_has_slots_at_noon() -> None:
    assert "12.00" in begins(a_kind(), pause=None)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 22), KING])
def test_on_a_closed_day_there_are_none(day: date) -> None:
    assert begins(a_kind(), day) == []


def test_an_office_that_opens_on_a_saturday_has_slots_then() -> None:
    saturday = date(2026, 11, 21)
    calendar = Calendar(open_days=frozenset({saturday}))

    assert begins(a_kind(60), saturday, calendar=calendar) != []


def test_a_kind_may_have_its_own_weekdays_and_hours() -> None:
    kind = a_kind(60, weekdays=(1,), opens=time(13), closes=time(20))

    assert begins(kind) == []
    assert begins(kind, date(2026, 11, 24)) == ["13.00", "14.00", "15.00"]


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
clocks = st.times(time(0), time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))


@given(
    day=days,
    minutes=st.integers(5, 480),
    hours=st.tuples(clocks, clocks).map(sorted),
    own=st.tuples(st.none() | clocks, st.none() | clocks),
    pause=st.none() | st.tuples(clocks, clocks).map(lambda two: tuple(sorted(two))),
    closed=st.frozensets(days, max_size=4),
)
def test_no_slot_lies_outside_the_hours_in_the_pause_or_on_a_closed_day(
    day: date,
    minutes: int,
    hours: list[time],
    own: tuple[time | None, time | None],
    pause: tuple[time, time] | None,
    closed: frozenset[date],
) -> None:
    kind = a_kind(minutes, opens=own[0], closes=own[1])
    office = Hours(opens=hours[0], closes=hours[1])
    calendar = Calendar(holidays=closed)
    found = list(slots(kind, day, hours=office, calendar=calendar, pause=pause))

    if not calendar.is_open(day):
        assert found == []
    ends_before = None
    for begin in found:
        start = datetime.combine(day, begin)
        end = start + timedelta(minutes=minutes)
        assert office.opens <= begin
        assert end <= datetime.combine(day, office.closes)
        assert begin >= (own[0] or begin)
        assert end <= datetime.combine(day, own[1] or time(23, 59))
        if pause:
            assert end <= datetime.combine(day, pause[0]) or begin >= pause[1]
        assert ends_before is None or start >= ends_before
        ends_before = end


@given(
    now=st.datetimes(
        datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        datetime(2026, 12, 31),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    notice=st.integers(0, 3000),
    ahead=st.integers(1, 90),
)
def test_what_is_offered_is_neither_past_nor_too_far_ahead(
    now: datetime, notice: int, ahead: int
) -> None:
    booking = Booking(ahead=ahead, notice=notice)
    found = list(offered(a_kind(), booking, now=now, zone=ZONE, hours=Hours(), calendar=CALENDAR))

    today = now.astimezone(ZONE).date()
    assert found == sorted(found)
    assert all(at >= now + timedelta(minutes=notice) for at in found)
    assert all(today <= at.date() <= today + timedelta(days=ahead) for at in found)
    assert all(at.date() != KING for at in found)


@given(places=st.integers(1, 9), taken=st.lists(st.integers(1, 9), unique=True))
def test_a_free_place_is_one_that_nobody_has(places: int, taken: list[int]) -> None:
    place = free_place(taken, places)

    if place is None:
        assert set(range(1, places + 1)) <= set(taken)
    else:
        assert place not in taken
        assert 1 <= place <= places


@pytest.mark.parametrize(("number", "name"), [(1, "A001"), (14, "A014"), (1000, "A1000")])
def test_a_ticket_is_called_by_three_digits(number: int, name: str) -> None:
    assert ticket_name("A", number) == name


@pytest.mark.parametrize(
    ("waiting", "counters", "minutes"), [(0, 2, 0), (5, 0, 30), (5, 1, 30), (5, 2, 15), (5, 4, 8)]
)
def test_waiting_is_shared_by_the_counters(waiting: int, counters: int, minutes: int) -> None:
    assert minutes_of_waiting(waiting, counters=counters, minutes=6) == minutes


TITLES = (
    Text("คำร้องทั่วไป", "General request"),
    Text("แจ้งไฟฟ้าสาธารณะชำรุด", "Broken street light"),
    Text("แจ้งถนนชำรุด", "Broken road"),
    Text("แจ้งถนนชำรุดเสียหายหนัก", "Ruined road"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1", [0]),
        ("02", [1]),
        ("๐๒", [1]),
        ("02 แจ้งไฟฟ้าสาธารณะชำรุด", [1]),
        ("คำร้อง", [0]),
        ("แจ้ง", [1, 2, 3]),
        ("แจ้งถนนชำรุด", [2]),
        ("  แจ้งไฟ ", [1]),
        ("ถนน", [2, 3]),
        ("general", [0]),
        ("05", []),
        ("0", []),
        ("999999999999", []),
        ("ขอเงิน", []),
        ("", []),
    ],
)
def test_a_service_is_found_by_its_number_or_its_first_letters(
    typed: str, found: list[int]
) -> None:
    assert find_services(typed, TITLES) == found
