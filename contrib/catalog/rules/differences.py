"""What is other in a version of a plugin, file by file, and what to look at first.

Everything is read as it is written; nothing of it is run.
"""

import ast
import difflib
import enum
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from core.api import Text, catalog

LARGEST_SHOWN = 200_000  # bytes of a file whose lines are compared
MOST_COMPARED = 3_000  # lines of it
MOST_SHOWN = 400  # lines of what is other in one file
_ADDRESS = re.compile(r"\b(?:https?|wss?|ftp)://[^\s\"'<>)]+", re.I)
# Calls that bring in code, or run another program, without an import that names it.
_HIDDEN = frozenset({"eval", "exec", "compile", "__import__", "import_module"})


class Kind(enum.StrEnum):
    """Why something is looked at."""

    RIGHT = "right"
    HOOK = "hook"
    NETWORK = "network"
    HIDDEN = "hidden"
    SQL = "sql"
    IMPORT = "import"


KIND_WORDS: Mapping[Kind, Text] = {
    Kind.RIGHT: Text("สิทธิใหม่", "New right"),
    Kind.HOOK: Text("จุดเชื่อมต่อใหม่", "New hook"),
    Kind.NETWORK: Text("เครือข่ายใหม่", "New network"),
    Kind.HIDDEN: Text("เรียกโค้ดโดยอ้อม", "Code run indirectly"),
    Kind.SQL: Text("SQL ใหม่", "New SQL"),
    Kind.IMPORT: Text("นำเข้าใหม่", "New import"),
}


class Mark(msgspec.Struct, frozen=True, order=True):
    """Something that a version has and the other has not."""

    kind: Kind
    what: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is other.

    :param how: added, removed, changed
    :param marks: what is new in it.
    :param lines: of a unified difference; none of a file that is no text, or too large.
    :param cut: there are more lines than are shown.
    """

    path: str
    how: str
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    cut: bool = False


def differences(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[Difference, ...]:
    """Return the files that are other, those with marks first.

    :param old: files of the version before; none where there is none.
    """
    found = [_difference(path, old, new) for path in sorted({*old, *new})]
    return tuple(sorted((one for one in found if one), key=lambda one: not one.marks))


def _difference(path: str, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Difference | None:
    before, after = old.get(path), new.get(path)
    if before == after:
        return None
    how = "added" if before is None else "removed" if after is None else "changed"
    lines = _lines(before or b"", after or b"")
    return Difference(
        path=path,
        how=how,
        marks=tuple(sorted(marks_in(path, after or b"") - marks_in(path, before or b""))),
        lines=tuple(lines[:MOST_SHOWN]),
        cut=len(lines) > MOST_SHOWN,
    )


def _lines(before: bytes, after: bytes) -> Sequence[str]:
    texts = [_text(one) for one in (before, after)]
    if None in texts or max(len(before), len(after)) > LARGEST_SHOWN:
        return ()
    [one, other] = [(text or "").splitlines() for text in texts]
    if max(len(one), len(other)) > MOST_COMPARED:
        return ()
    # The first two lines name the files.
    return list(difflib.unified_diff(one, other, lineterm=""))[2:]


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def marks_in(path: str, data: bytes) -> set[Mark]:
    """Return what of a file is to be looked at: imports, network, SQL, hidden calls."""
    text = _text(data) or ""
    marks = {Mark(Kind.NETWORK, address) for address in _ADDRESS.findall(text)}
    if path.endswith(".py"):
        marks |= set(_of_python(text))
    return marks


def _of_python(text: str) -> Iterator[Mark]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return  # the catalog's reader refuses a wheel with such a file
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for one in names:
                    yield _imported(one.name)
            case ast.ImportFrom(module=str(module), level=0):
                yield _imported(module)
            case ast.Constant(value=str(value)) if catalog.STATEMENT.match(value):
                yield Mark(Kind.SQL, " ".join(value.split()))
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _HIDDEN:
                yield Mark(Kind.HIDDEN, _written(node, name))


def _written(call: ast.Call, name: str) -> str:
    try:
        return ast.unparse(call)
    except RecursionError:
        # Told anew wherever it moves, rather than taken for another one.
        return f"{name}(…) line {call.lineno}"


def _imported(name: str) -> Mark:
    reaching = name.partition(".")[0] in catalog.REACHING
    return Mark(Kind.NETWORK if reaching else Kind.IMPORT, name)


def gained(old: catalog.Capabilities, new: catalog.Capabilities) -> tuple[Mark, ...]:
    """Return what a version as a whole can do that the other could not."""
    both = (
        (Kind.RIGHT, old.permissions, new.permissions),
        (Kind.HOOK, old.hooks, new.hooks),
        (Kind.NETWORK, old.network, new.network),
        (Kind.IMPORT, old.imports, new.imports),
    )
    return tuple(
        Mark(kind, what) for kind, before, after in both for what in after if what not in before
    )
