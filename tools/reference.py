"""The reference for authors of plugins, written from the code each time the site is built.

What stands in a signature or a docstring is not written a second time: this module turns both
into Markdown. ``tools/site.py`` puts the results into the site.
"""

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Collection, Iterator
from types import ModuleType
from typing import Any, get_origin

from core.host import Host

WIDEST, SHOWN = 88, 4

_ROLE = re.compile(r":\w+:`~?([^`]+)`")
_FIELD = re.compile(r"^:(param|ivar|returns|raises)\s*([\w.]*):\s*", re.MULTILINE)
_NO_BREAK = "\u00a0"
_SAID = {"returns": "returns", "raises": "raises `{}`"}


def page_of(room: str) -> str:
    """Return where the page of a module lies in the documentation."""
    return f"reference/{room.replace('.', '-')}.md"


def room_page(name: str) -> str:
    """Return the page of a module: every public name with its signature and its docstring."""
    module = importlib.import_module(name)
    parts = [f"# `{name}`", prose(inspect.getdoc(module) or "")]
    for public in module.__all__:
        value = inspect.unwrap(getattr(module, public))
        parts += [f"## `{public}`", *_described(public, value)]
    return "\n\n".join(parts) + "\n"


def hook_facts(host: Host, name: str) -> str:
    """Return what the code says of a hook: signature, docstring, who is asked, how long."""
    spec = host.spec(name)
    budget: float | None = getattr(spec, "budget", None)
    tree = _source(spec)
    if not isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef) or tree.returns is None:
        raise TypeError(f"the hook {name} does not say what it returns")
    asked = (
        "every plugin of the installation, once in the life of a process"
        if budget is None
        else "plugins that the municipality of `ctx` has switched on, and the fixed ones of the kit"
    )
    facts = [
        f"- Declared in `{spec.__module__}`",
        f"- Asked: {asked}",
        f"- Budget: {'none' if budget is None else f'{budget:g} s'}",
        f"- Answer: `{ast.unparse(tree.returns)}`; another type is a failure",
        f"- In this tree: {', '.join(sorted(host.listeners(name))) or 'nobody'}",
    ]
    return "\n\n".join([_fenced(_signature(tree)), prose(_doc(spec)), "\n".join(facts)])


def prose(doc: str) -> str:
    """Return a docstring as Markdown: its paragraphs, its fields as a list, and its law."""
    text, *fields = _FIELD.split(doc)
    law = ""
    if fields:
        fields[-1], _, law = fields[-1].partition("\n\n")
    lines = [
        f"- {_SAID.get(kind, '`{}`').format(of)}: {' '.join(said.split())}"
        for kind, of, said in zip(fields[::3], fields[1::3], fields[2::3], strict=True)
    ]
    whole = "\n\n".join(part for part in (text.strip(), "\n".join(lines), law) if part)
    return _ROLE.sub(r"`\1`", whole.replace("``", "`"))


def _described(name: str, value: Any) -> Iterator[str]:
    if inspect.ismodule(value):
        yield prose(_doc(value))
        for one in _functions(value):
            yield f"### `{name}.{one.__name__}`"
            yield _fenced(_signature(_source(one)))
            yield prose(_doc(one))
    elif inspect.isclass(value):
        yield _fenced("\n".join(_class_lines(value)))
        yield prose(_doc(value))
    elif inspect.isfunction(value):
        yield _fenced(_signature(_source(value)))
        yield prose(_doc(value))
    else:
        yield _value(value)


def _value(value: Any) -> str:
    if isinstance(value, str | int | None) or (type(value) is dict and len(value) < SHOWN):
        return f"The value `{value!r}`."
    if isinstance(value, Collection) and all(isinstance(one, str) for one in value):
        return f"These values: {', '.join(f'`{one}`' for one in sorted(value))}."
    if get_origin(value) is not None:
        return "A name for a type, to annotate with."
    return f"A value of the type `{type(value).__name__}`."


def _functions(module: ModuleType) -> Iterator[Any]:
    names = getattr(module, "__all__", None) or sorted(vars(module))
    for name in names:
        value = inspect.unwrap(getattr(module, name))
        ours = inspect.isfunction(value) and value.__module__.startswith(module.__name__)
        if ours and not name.startswith("_"):
            yield value


def _class_lines(value: type) -> Iterator[str]:
    """Yield the class with its fields and the first lines of its public methods."""
    tree = _source(value)
    if not isinstance(tree, ast.ClassDef):
        raise TypeError(f"{value} is no class")
    bases = ", ".join(map(ast.unparse, tree.bases))
    yield f"class {tree.name}({bases}):" if bases else f"class {tree.name}:"
    lines = list(_body_lines(tree))
    yield from lines or ["    ..."]


def _body_lines(tree: ast.ClassDef) -> Iterator[str]:
    for node in tree.body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name)) if not name.startswith("_"):
                yield f"    {ast.unparse(node)}"
            case ast.Assign(targets=[ast.Name(id=name)]) if not name.startswith("_"):
                yield f"    {ast.unparse(node)}"
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if (
                not name.startswith("_")
            ):
                ways = "".join(f"@{ast.unparse(one)}\n" for one in node.decorator_list)
                yield textwrap.indent(f"{ways}{_signature(node)}", "    ")


def _source(value: Any) -> ast.stmt:
    [node, *_] = ast.parse(textwrap.dedent(inspect.getsource(value))).body
    return node


def _signature(node: ast.stmt) -> str:
    """Return the first line of a function, broken where it is too long to be read."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        raise TypeError(f"{ast.unparse(node)} is no function")
    kind = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    line = f"{kind} {node.name}({ast.unparse(node.args)}){returns}: ..."
    if len(line) <= WIDEST:
        return line
    # A line ends after an argument, not within one.
    whole = re.sub(r"(?<!,) ", _NO_BREAK, ast.unparse(node.args))
    arguments = textwrap.wrap(whole, WIDEST - 4, break_long_words=False, break_on_hyphens=False)
    arguments = [line.replace(_NO_BREAK, " ") for line in arguments]
    return f"{kind} {node.name}(\n    " + "\n    ".join(arguments) + f"\n){returns}: ..."


def _doc(value: Any) -> str:
    """Return its own docstring; that of a class is not its parent's."""
    own = value.__doc__ if inspect.isclass(value) else inspect.getdoc(value)
    return inspect.cleandoc(own or "")


def _fenced(code: str) -> str:
    return f"```python\n{code}\n```"
