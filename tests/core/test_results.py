from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from markupsafe import Markup

from core.results import LARGEST, MOST, Result
from core.text import Text
from core.ui import FrontPage, NavItem

LINK = NavItem(Text("ห้องสมุด", "Library"), "/library")


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        (None, None),
        (Any, object()),
        (str | None, None),
        (Sequence[NavItem], [LINK]),
        (Sequence[NavItem], ()),
        (Mapping[str, int], {"a": 1}),
        (FrontPage | None, FrontPage("library/home.html", {"newest": [1, "two"]})),
    ],
)
def test_what_the_hook_says_is_taken(expected: Any, value: Any) -> None:
    Result(expected).check(value)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        (None, 0),
        (str | None, 5),
        (Sequence[NavItem], "links"),
        (Sequence[NavItem], [LINK, None]),
        (Sequence[NavItem], [NavItem(None, "/library")]),  # type: ignore[arg-type]
        (Sequence[NavItem], [NavItem(Text("ห้องสมุด", None), "/library")]),  # type: ignore[arg-type]
        (Sequence[NavItem], [NavItem(Text("ห้องสมุด", "Library"), "/library", order="first")]),  # type: ignore[arg-type]
        (Mapping[str, int], {"a": "b"}),
        (FrontPage | None, FrontPage("library/home.html", None)),  # type: ignore[arg-type]
    ],
)
def test_another_type_is_refused_also_within_what_pages_of_the_core_read(
    expected: Any, value: Any
) -> None:
    with pytest.raises(TypeError, match="the hook says"):
        Result(expected).check(value)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        (tuple[str, int], ("a", 1)),
        (Sequence[tuple[str, ...]], [("a", "b")]),
        (float, 1),
        (Sequence[NavItem], [LINK] * MOST),
    ],
)
def test_places_of_a_tuple_are_compared_each_and_much_is_not_too_much(
    expected: Any, value: Any
) -> None:
    Result(expected).check(value)


@pytest.mark.parametrize(
    ("expected", "value", "why"),
    [
        (Sequence[NavItem], [LINK] * (MOST + 1), "1,001 parts, a hook takes at most 1,000"),
        (Sequence[NavItem], [NavItem(Text("ก" * LARGEST, ""), "/")], "takes at most 1,000,000"),
        (str | None, "x" * LARGEST, "takes at most 1,000,000"),
        (FrontPage | None, FrontPage("a.html", {"a": {(1, 2): "x" * LARGEST}}), "at most"),
        (FrontPage | None, FrontPage("a.html", {"a": Markup("x" * LARGEST)}), "at most"),  # noqa: S704
        (Sequence[NavItem], [NavItem(Text("\ud800", ""), "/")], "surrogates not allowed"),
    ],
)
def test_what_a_page_could_not_bear_is_refused(expected: Any, value: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Result(expected).check(value)
