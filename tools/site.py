"""What the documentation's site is given while MkDocs builds it, see ``mkdocs.yml``.

Folders named in the navigation become their pages, the reference is written from the code, and
each page speaks the language of its folder in its buttons too.
"""

import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from core.discovery import ROOT, find
from core.host import Host
from tools.api_names import public_modules
from tools.reference import hook_facts, page_of, room_page

FONTS = ROOT / "assets" / "fonts"  # made ready by tools/assets.py
HOOKS = "hooks.md"
THAI = ("index.md", "th/")
_HEADING = re.compile(r"^### `(\w+)`$", re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Name the pages of the folders in the navigation, so that a new page is not forgotten."""
    named = set(_named(config.nav))
    config.nav = _expanded(config.nav, Path(config.docs_dir), named)
    return config


def _named(entry: Any) -> Iterator[str]:
    """Yield the pages that the navigation names one by one."""
    if isinstance(entry, str):
        yield entry
    else:
        for inner in entry.values() if isinstance(entry, dict) else entry:
            yield from _named(inner)


def _expanded(entry: Any, docs: Path, named: Container[str]) -> Any:
    if isinstance(entry, dict):
        return {title: _expanded(inner, docs, named) for title, inner in entry.items()}
    if isinstance(entry, list):
        return [_expanded(inner, docs, named) for inner in entry]
    if entry == "reference/":
        return [page_of(name) for name in public_modules()]
    if entry.endswith("/"):
        pages = [str(path.relative_to(docs)) for path in sorted((docs / entry).glob("*.md"))]
        return [page for page in pages if page not in named]
    return entry


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for every module that plugins may import, and the typeface of the platform."""
    for name in public_modules():
        files.append(File.generated(config, page_of(name), content=room_page(name)))
    for font in FONTS.glob("*.woff2"):
        files.append(File.generated(config, f"fonts/{font.name}", abs_src_path=str(font)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Say under the name of each hook what the code says of it."""
    if page.file.src_uri != HOOKS:
        return markdown
    host = Host(find())
    return _HEADING.sub(lambda found: f"{found[0]}\n\n{hook_facts(host, found[1])}", markdown)


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Any
) -> TemplateContext:
    """Set the language of the page and of its buttons."""
    config.theme["language"] = "th" if page.file.src_uri.startswith(THAI) else "en"
    return context
