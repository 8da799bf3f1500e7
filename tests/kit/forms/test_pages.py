from kit.forms import Form, Place, pages, read, shown


def test_steps_become_pages_in_their_order(form: Form) -> None:
    both = pages(form)

    assert [page.title.en if page.title else "" for page in both] == [
        "The matter",
        "The applicant",
    ]
    assert sum((page.fields for page in both), ()) == form


def test_a_form_without_steps_is_one_page(form: Form) -> None:
    [page] = pages(pages(form)[0].fields[:1])

    assert page.fields == form[:1]


def test_a_page_leaves_out_what_earlier_answers_rule_out(form: Form) -> None:
    late = tuple(field for field in form if field.name in ("seen", "plate", "road"))

    assert [one.name for one in shown(late, {"reason": "lost"})] == ["plate", "road"]
    assert [one.name for one in shown(late, {"reason": "crime"})] == ["seen", "plate", "road"]


def test_pages_read_one_by_one_give_what_the_whole_form_gives(
    form: Form, place: Place, posted: dict[str, list[str]], values: dict[str, object]
) -> None:
    known: dict[str, object] = {}
    for page in pages(form):
        known |= read(page.fields, posted, place, known).values

    assert known == values
