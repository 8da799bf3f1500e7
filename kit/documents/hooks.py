"""Hooks that documents calls: where the templates of papers lie."""

from pathlib import Path

from core.api import hookspec


@hookspec()
def register_papers() -> Path:  # type: ignore[empty-body]
    """Give the folder with the Typst templates of the plugin, named ``<plugin>/<paper>.typ``."""
