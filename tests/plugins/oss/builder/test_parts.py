from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Conflict
from core.text import Text
from kit.casework import Document, Outcome, Post, Service, Step, dump, load
from kit.forms import AnyField, Choice, Line, Option, check_fields
from kit.thai import WorkingDays
from plugins.oss.rules.parts import (
    KEPT,
    Kind,
    Names,
    Part,
    find_part,
    key_of,
    move,
    name_subject,
    names_in,
    parts_of,
    put,
    remove,
    rows_of,
)

A, B = Text("หน้าแรก", "First"), Text("หน้าสอง", "Second")
WORDS = Text("คำ", "Word")
DECIDING = (Outcome.APPROVED, Outcome.REFUSED)


def a_service(*form: AnyField) -> Service:
    return Service(
        code="oss.own-1",
        title=WORDS,
        summary=WORDS,
        form=form,
        steps=(Step("s1", WORDS, Post.CLERK, WorkingDays(1), ends=DECIDING),),
        within=WorkingDays(5),
    )


def seen(service: Service) -> list[str]:
    """Return the questions and headings as the list shows them."""
    rows = rows_of(service, "questions")
    return [row.en if isinstance(row, Text) else key_of("questions", row) for row in rows]


@pytest.fixture
def paged() -> Service:
    """Two pages: f1 and f2, then f3 and f4."""
    return a_service(
        Line("f1", WORDS, step=A),
        Line("f2", WORDS, step=A),
        Line("f3", WORDS, step=B),
        Line("f4", WORDS, step=B),
    )


def test_a_question_moves_within_its_page_under_the_same_heading(paged: Service) -> None:
    moved = move(paged, "questions", "f2", -1)

    assert seen(moved) == ["First", "f2", "f1", "Second", "f3", "f4"]
    assert [one.step for one in moved.form] == [A, A, B, B]


def test_a_question_moves_over_a_heading_to_the_other_page(paged: Service) -> None:
    assert seen(move(paged, "questions", "f3", -1)) == ["First", "f1", "f2", "f3", "Second", "f4"]
    assert seen(move(paged, "questions", "f2", 1)) == ["First", "f1", "Second", "f2", "f3", "f4"]


@pytest.mark.parametrize(("key", "by"), [("f1", -1), ("f4", 1), ("f9", 1), ("", 1)])
def test_what_stands_at_the_end_or_nowhere_does_not_move(paged: Service, key: str, by: int) -> None:
    assert move(paged, "questions", key, 1 if by > 0 else -1) == paged


def test_a_page_without_questions_is_no_page(paged: Service) -> None:
    alone = remove(paged, "questions", "f4")

    assert seen(move(alone, "questions", "f3", -1)) == ["First", "f1", "f2", "f3"]
    assert seen(remove(alone, "questions", "f3")) == ["First", "f1", "f2"]


def test_removing_the_first_of_a_page_leaves_its_heading_to_the_next(paged: Service) -> None:
    assert seen(remove(paged, "questions", "f3")) == ["First", "f1", "f2", "Second", "f4"]


def test_a_heading_is_given_changed_and_taken_away_at_the_question(paged: Service) -> None:
    names, second = Names(4), paged.form[1]
    split = put(paged, names, "questions", second, B)
    joined = put(paged, names, "questions", paged.form[2], None)

    assert seen(split) == ["First", "f1", "Second", "f2", "f3", "f4"]
    assert seen(joined) == ["First", "f1", "f2", "f3", "f4"]


def test_the_last_step_decides_and_an_earlier_one_can_at_most_refuse() -> None:
    service, names = a_service(), Names(1)
    visit = Step("", WORDS, Post.INSPECTOR, WorkingDays(1), ends=(Outcome.REFUSED,))
    longer = put(service, names, "steps", visit)
    swapped = move(longer, "steps", "s2", -1)

    assert [step.ends for step in longer.steps] == [(), ("approved", "refused")]
    assert [step.ends for step in swapped.steps] == [(), ("approved", "refused")]
    assert [step.ends for step in put(swapped, names, "steps", visit).steps][1] == ()


def test_an_earlier_step_that_may_refuse_keeps_that() -> None:
    refusing = Step("s2", WORDS, Post.HEAD, WorkingDays(1), ends=(Outcome.REFUSED,))
    service = put(a_service(), Names(2), "steps", refusing)

    assert (
        put(service, Names(2), "steps", Step("", WORDS, Post.MAYOR, WorkingDays(1))).steps[1].ends
        == ()
    )
    moved = move(put(service, Names(2), "steps", refusing), "steps", "s1", 1)
    assert put(moved, Names(2), "steps", refusing).steps[0].ends == (Outcome.REFUSED,)


def test_a_name_is_not_given_twice() -> None:
    names = Names(0)
    service = put(a_service(), names, "questions", Line("", WORDS))
    without = remove(service, "questions", "f1")

    assert seen(put(without, names, "questions", Line("", WORDS))) == ["f2"]


def test_a_copy_goes_on_counting_where_its_names_end() -> None:
    options = (Option("o12", WORDS), Option("other", WORDS))
    service = a_service(Line("subject", WORDS), Choice("f7", WORDS, options=options))

    assert names_in(service) == 12


def test_there_is_room_for_a_hundred_questions_and_no_more() -> None:
    service, names = a_service(), Names(0)
    for _ in range(100):
        service = put(service, names, "questions", Line("", WORDS))

    with pytest.raises(Conflict, match="100"):
        put(service, names, "questions", Line("", WORDS))
    assert check_fields(service.form) == []


def test_only_a_short_text_that_is_nobodys_own_names_the_matter() -> None:
    service = a_service(Line("f1", WORDS), Line("f2", WORDS, personal=True))

    assert name_subject(service, "f1").subject == "f1"
    assert name_subject(service, "f2").subject is None
    assert name_subject(service, "nothing").subject is None


PARTS: dict[Kind, Part] = {
    "questions": Line("", WORDS),
    "documents": Document("", WORDS),
    "steps": Step("", WORDS, Post.HEAD, WorkingDays(1)),
}
Act = tuple[str, str, int, int]


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "up", "down", "remove", "head"]),
            st.sampled_from(sorted(KEPT)),
            st.integers(0, 7),
            st.integers(0, 2),
        ),
        max_size=40,
    )
)
def test_whatever_is_done_to_the_parts_the_lists_stay_whole(acts: Sequence[Act]) -> None:
    service, names, known = a_service(), Names(1), set[str]()
    for verb, one, place, heading in acts:
        kind = next(kind for kind in KEPT if kind == one)
        keys = [key_of(kind, part) for part in parts_of(service, kind)]
        key = keys[place] if place < len(keys) else ""
        begins = (None, A, B)[heading] if kind == "questions" else None
        if verb == "put":
            service = put(service, names, kind, PARTS[kind], begins)
        elif verb == "head" and (part := find_part(service, kind, key)):
            service = put(service, names, kind, part, begins)
        elif verb == "remove":
            service = remove(service, kind, key)
        elif verb in ("up", "down"):
            service = move(service, kind, key, -1 if verb == "up" else 1)
        new = {key_of(kind, part) for part in parts_of(service, kind)} - set(keys)
        assert not new & known
        known |= new

    assert load(dump(service)) == service
    for kind in KEPT:
        keys = [key_of(kind, part) for part in parts_of(service, kind)]
        assert len(set(keys)) == len(keys)
    assert all(step.ends == () for step in service.steps[:-1])
    assert all(step.ends for step in service.steps[-1:])
