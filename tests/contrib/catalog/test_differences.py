import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrib.catalog.rules import differences as rules
from contrib.catalog.rules.differences import Kind, Mark, differences, gained, marks_in
from core.catalog.entries import Capabilities

PATHS = st.sampled_from(("a.py", "b.py", "c.html", "d.bin"))
FILES = st.dictionaries(PATHS, st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
NAMES = st.lists(st.sampled_from(("json", "socket", "httpx", "os.path", "qrcode")), unique=True)


def importing(names: list[str]) -> bytes:
    return "".join(f"import {name}\n" for name in names).encode()


@given(FILES, FILES)
def test_every_file_that_is_other_is_told_and_no_other(
    old: dict[str, bytes], new: dict[str, bytes]
) -> None:
    told = {one.path: one.how for one in differences(old, new)}

    assert told == {
        path: "added" if path not in old else "removed" if path not in new else "changed"
        for path in {*old, *new}
        if old.get(path) != new.get(path)
    }


@given(FILES)
def test_a_file_that_is_taken_away_has_nothing_new(old: dict[str, bytes]) -> None:
    assert all(one.marks == () for one in differences(old, {}))


@given(st.lists(st.text("abc"), max_size=12), st.lists(st.text("abc"), max_size=12))
def test_what_is_shown_of_a_file_makes_the_new_one_of_the_old(
    old: list[str], new: list[str]
) -> None:
    files = differences({"a.txt": "\n".join(old).encode()}, {"a.txt": "\n".join(new).encode()})

    shown = [line for one in files for line in one.lines]
    gone, come = (sorted(line[1:] for line in shown if line[:1] == sign) for sign in "-+")
    before, after = ("\n".join(old).splitlines(), "\n".join(new).splitlines())
    assert sorted(before + come) == sorted(after + gone)


@given(NAMES, NAMES)
def test_exactly_the_imports_that_are_new_are_marked(old: list[str], new: list[str]) -> None:
    [*files] = differences({"a.py": importing(old)}, {"a.py": importing(new)})

    marks = {mark.what: mark.kind for one in files for mark in one.marks}
    assert set(marks) == set(new) - set(old)
    assert all(
        (kind == Kind.NETWORK) == (name in ("socket", "httpx")) for name, kind in marks.items()
    )


@given(st.text(max_size=200))
def test_whatever_stands_in_a_file_it_is_read(text: str) -> None:
    assert isinstance(marks_in("a.py", text.encode()), set)


@pytest.mark.parametrize(
    ("source", "mark"),
    [
        (
            'Q = """\n  DELETE FROM core.account\n  WHERE true"""',
            (Kind.SQL, "DELETE FROM core.account WHERE true"),
        ),
        ("from urllib.request import urlopen", (Kind.NETWORK, "urllib.request")),
        ("from core.api import Text", (Kind.IMPORT, "core.api")),
        (
            'importlib.import_module("so" + "cket")',
            (Kind.HIDDEN, "importlib.import_module('so' + 'cket')"),
        ),
        ("eval(text)", (Kind.HIDDEN, "eval(text)")),
        (f"\neval({'a+' * 900}a)", (Kind.HIDDEN, "eval(…) line 2")),
        ('AT = "https://evil.example/x"', (Kind.NETWORK, "https://evil.example/x")),
    ],
    ids=lambda one: one if isinstance(one, str) else one[0],
)
def test_what_is_to_be_looked_at_is_marked(source: str, mark: tuple[Kind, str]) -> None:
    assert Mark(*mark) in marks_in("a.py", source.encode())


def test_an_address_in_a_script_is_marked_and_comes_first() -> None:
    new = {"a.html": b"<p>hello</p>", "z.js": b'fetch("https://evil.example/x")'}

    [first, second] = differences({}, new)
    assert first.path == "z.js"
    assert first.marks == (Mark(Kind.NETWORK, "https://evil.example/x"),)
    assert (second.path, second.lines) == ("a.html", ("@@ -0,0 +1 @@", "+<p>hello</p>"))


def test_what_is_too_long_is_told_without_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_COMPARED", 3)
    [one] = differences({}, {"a.py": b"import socket\n" * 4})

    assert one.lines == ()
    assert one.marks == (Mark(Kind.NETWORK, "socket"),)

    monkeypatch.setattr(rules, "MOST_COMPARED", 30)
    monkeypatch.setattr(rules, "MOST_SHOWN", 3)
    [one] = differences({}, {"a.py": b"x\n" * 9})
    assert (len(one.lines), one.cut) == (3, True)


def test_what_a_version_can_do_more_is_named() -> None:
    old = Capabilities(permissions=("a.see",), imports=("qrcode",))
    new = Capabilities(permissions=("a.see", "a.pay"), network=("socket",), hooks=("seed_demo",))

    assert gained(old, new) == (
        Mark(Kind.RIGHT, "a.pay"),
        Mark(Kind.HOOK, "seed_demo"),
        Mark(Kind.NETWORK, "socket"),
    )
