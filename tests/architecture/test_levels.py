"""Plugins that were written for a level find all of its names."""

import importlib
from collections.abc import Iterator

import pytest

from core.levels import API_LEVELS, LEVEL, Retiring
from tools.api_names import names_of, public_modules, public_names


def retiring() -> Iterator[tuple[str, Retiring]]:
    for name in public_modules():
        yield from getattr(importlib.import_module(name), "RETIRING", {}).items()


@pytest.mark.parametrize("level", sorted(API_LEVELS))
def test_no_name_of_a_level_that_is_supported_has_disappeared(level: int) -> None:
    known = names_of(level)

    assert known
    assert sorted(set(known) - set(public_names())) == []


def test_every_name_is_listed_with_its_level() -> None:
    new = sorted(set(public_names()) - set(names_of(LEVEL)))

    assert new == [], "names are new: make api-names writes them into the list"


@pytest.mark.parametrize("name", public_modules())
def test_every_public_module_says_its_level(name: str) -> None:
    assert importlib.import_module(name).LEVEL == LEVEL


@pytest.mark.parametrize("name", public_modules())
def test_every_public_name_can_be_had(name: str) -> None:
    module = importlib.import_module(name)

    assert [one for one in module.__all__ if not hasattr(module, one)] == []


def test_a_name_that_is_due_to_be_gone_is_gone() -> None:
    assert [name for name, one in retiring() if one.gone <= LEVEL] == []
    assert max(API_LEVELS) == LEVEL
