"""Every example of docs/hooks.md is registered with the host, run, and its answer compared."""

import inspect
import re
from datetime import date
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from core.api import Notice
from core.discovery import ROOT, Found, find
from core.host import Host
from core.results import result_of
from kit.casework import Status, VisitState
from tests.docs import library

PAGE = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
IMPORTS, FIRST, *_ = _BLOCK.findall(PAGE.partition("\n## ")[0])[::-1]
EXAMPLES = dict(
    re.findall(r"^### `(\w+)`$.*?^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
)
ONE = UUID(int=1)
# What the platform says to a hook, such that the example has something to do.
FACTS: dict[str, Any] = {
    "ctx": None,
    "area": "public",
    "next": "/my",
    "service": "library.card",
    "status": Status.ISSUED,
    "state": VisitState.ABSENT,
    "code": "library.pickup",
    "plugin": "library",
    "on": True,
    "track": "k3f",
    "subject": "case/1",
    "channel": "sms",
    "notice": Notice(ONE, None, "0810000010", "th", "ครบกำหนดคืน", "พระอภัยมณี", ""),
    **dict.fromkeys(("event", "case", "paper", "bill"), ONE),
}
OTHERS: dict[str, dict[str, Any]] = {
    "cards_for_case": {"area": "track"},
    "volumes_of_services": {"first": date(2026, 10, 1), "last": date(2026, 10, 31)},
    "examine_request": {"service": library.LIBRARY_CARD, "answers": {}, "on": date(2026, 11, 20)},
}


def plugin_of(example: str) -> ModuleType:
    """Return the library with one example in its ``plugin.py``."""
    made = ModuleType("library")
    made.__file__ = library.__file__
    vars(made).update({name: value for name, value in vars(library).items() if name[0] != "_"})
    exec(compile(IMPORTS + example, "docs/hooks.md", "exec"), vars(made))  # noqa: S102 - our page
    return made


def taken(example: str) -> tuple[Host, ModuleType]:
    made = plugin_of(example)
    host = Host([*find(), Found("library", made)])
    assert host.refused == {}
    return host, made


STARTING = sorted(name for name in EXAMPLES if name.startswith("register_"))


@pytest.mark.parametrize("name", STARTING)
def test_an_example_of_the_start_is_taken_by_the_host(name: str) -> None:
    host, _ = taken(EXAMPLES[name])

    assert "library" in dict(host.collect(name))
    assert host.refused == {}


@pytest.mark.parametrize("name", sorted(EXAMPLES.keys() - STARTING))
async def test_an_example_runs_and_answers_as_its_hook_says(name: str) -> None:
    host, made = taken(EXAMPLES[name])
    assert "library" in host.listeners(name)

    facts = FACTS | OTHERS.get(name, {})
    hook = getattr(made, name)
    answer = await hook(**{one: facts[one] for one in inspect.signature(hook).parameters})
    result_of(host.spec(name)).check(answer)


def test_the_first_example_stands_by_itself() -> None:
    made = ModuleType("library")
    vars(made).update(MANIFEST=library.MANIFEST, DOOR=library.DOOR)
    exec(compile(FIRST, "docs/hooks.md", "exec"), vars(made))  # noqa: S102 - our page

    assert Host([Found("library", made)]).listeners("cards_for_home") == {"library"}


def test_a_misspelt_hook_in_an_example_would_be_refused() -> None:
    made = plugin_of(EXAMPLES["cards_for_home"].replace("cards_for_home", "cards_for_house"))

    assert "there is no hook 'cards_for_house'" in str(Host([Found("library", made)]).refused)
