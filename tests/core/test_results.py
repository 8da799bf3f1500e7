from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from core.results import Result
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
