from random import Random

from hypothesis import given
from hypothesis import strategies as st

from core import db
from core.context import Context
from kit.thai import (
    ngrams,
    query_ngrams,
    search_queries,
    search_query,
    search_vector,
    thai_digits,
)

THAI = st.text("กขคมยรสอาิีุู่้๊์ำัเแ ๐๑๒123-/. aBÉß", max_size=40)


def found(query: str, *texts: str) -> bool:
    return set(query_ngrams(query)) <= set(ngrams(*texts))


@given(THAI | st.text(max_size=40), st.data())
def test_every_part_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    assert found(text[start:end], text)


@given(THAI, THAI, st.data())
def test_words_of_several_texts_find_their_row(one: str, two: str, data: st.DataObject) -> None:
    words = data.draw(st.permutations([*one.split(), *two.split()]))

    assert found(" ".join(words), one, two)


@given(st.text("กขค123", max_size=12), st.text("กขค123", min_size=1, max_size=3))
def test_a_short_query_finds_only_what_contains_it(text: str, query: str) -> None:
    assert found(query, text) == (query in text)


def test_people_find_what_they_meant() -> None:
    row = ("สุภาพร จันทร์ดี", "1254/๒๕๖๙", "ร้าน ABC")

    for query in ("ภาพ", "ด", "จันทรดี", "จันทร์ดี สุภาพร", "54/25", "๑๒๕๔", "abc", "ราน", "พรจัน"):
        assert found(query, *row), query
    for query in ("สมชาย", "สุภาพรณ", "1255", "ดีกว่า"):
        assert not found(query, *row), query


def test_the_order_in_which_a_keyboard_stores_marks_does_not_matter() -> None:
    assert found("ท\u0e48\u0e35", "ท\u0e35\u0e48")
    assert found("น\u0e4d\u0e32", "น\u0e33")
    assert found("น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33")
    assert found("\u0e40\u0e40ม่เหียะ", "แม่เหียะ")


def test_pieces_do_not_run_from_one_text_into_the_next() -> None:
    assert not found("กข", "ก", "ข")
    assert found("กข", "ก ข")


def test_a_query_without_a_letter_asks_for_nothing() -> None:
    assert query_ngrams(" - ่ ") == []


def test_each_piece_stands_once_and_in_order() -> None:
    assert ngrams("กกก", "กก") == ["ก", "กก", "กกก"]
    assert query_ngrams("ABCD") == ["abc", "bcd"]


@given(st.integers(0, 10**9))
def test_digits_of_both_kinds_are_one(number: int) -> None:
    assert ngrams(str(number)) == ngrams(thai_digits(str(number)))


async def test_the_database_finds_what_the_pieces_say(ctx: Context) -> None:
    chance = Random(7)  # noqa: S311 - no secret
    signs = "กขค่์เแ12 -'\\:&|!*()\"éB🙂"
    rows = [("".join(chance.choices(signs, k=n % 9)), "ร้าน ABC") for n in range(40)]
    queries = ["".join(chance.choices(signs, k=n % 5)) for n in range(60)]
    queries += [text[n % 3 :][: n % 6] for n, (text, _) in enumerate(rows)]
    vectors = [search_vector(*row, within="maehia") for row in rows]

    async with db.transaction(ctx) as connection:
        for query in filter(query_ngrams, queries):
            answers = await connection.fetch(
                "SELECT v::tsvector @@ $2::text::tsquery FROM unnest($1::text[]) v",
                vectors,
                search_query(query, within="maehia"),
            )
            assert [one[0] for one in answers] == [found(query, *row) for row in rows], query


def test_a_vector_has_a_piece_for_every_place() -> None:
    assert search_vector("กขคง", "d'E\\", within="m") == "'m/กขค' 'm/ขคง' 'm/คง' 'm/ง' 'm/de' 'm/e'"
    assert search_vector("", "-", within="m") == ""
    assert search_query("ab กขคง", within="m") == "'m/ab':* & 'm/กขค' & 'm/ขคง'"
    assert search_query(" - ่ ", within="m") == ""


def test_of_words_that_are_compared_too_some_pieces_are_asked_for_in_every_place() -> None:
    both = ["'1/กขค' & '1/ขคง'", "'2/กขค' & '2/ขคง'"]
    assert search_queries("ab กขคง", within=["1", "2"]) == both
    assert search_queries("ab", within=["1"]) == ["'1/ab':*"]
    assert search_queries("abcdefghijkl", within=["1"]) == [
        "'1/bcd' & '1/def' & '1/fgh' & '1/hij' & '1/jkl'"
    ]
    assert search_queries(" - ่ ", within=["1"]) == [""]


@given(THAI)
def test_pieces_that_are_asked_for_are_among_all_of_a_query(query: str) -> None:
    [asked] = search_queries(query, within=["m"])

    assert bool(asked) == bool(query_ngrams(query))
    assert set(asked.split(" & ")) <= set(search_query(query, within="m").split(" & "))
