from datetime import date, timedelta

from kit.treasury.rules.standing import LABELS, TONES, Standing, standing

DUE = date(2026, 11, 30)


def test_a_bill_is_in_time_on_its_last_day_and_overdue_on_the_next() -> None:
    assert standing("open", due_on=DUE, today=DUE) is Standing.OWED
    assert standing("open", due_on=DUE, today=DUE + timedelta(days=1)) is Standing.OVERDUE


def test_what_is_settled_or_cancelled_is_never_overdue() -> None:
    later = DUE + timedelta(days=400)

    assert standing("settled", due_on=DUE, today=later) is Standing.PAID
    assert standing("settled", due_on=DUE, today=later, paid=False) is Standing.WAIVED
    assert standing("cancelled", due_on=DUE, today=later) is Standing.CANCELLED


def test_every_way_to_stand_has_its_word_and_its_tone() -> None:
    assert set(LABELS) == set(TONES) == set(Standing)
