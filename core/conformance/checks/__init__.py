"""The checks of the core, in the order in which they are run and told."""

from core.conformance.check import Check
from core.conformance.checks import (
    code,
    distribution,
    events,
    hooks,
    imports,
    leaving,
    markup,
    migrations,
    names,
    neighbours,
    pages,
    permissions,
    rows,
    sizes,
    templates,
    texts,
    work,
)

CHECKS: tuple[Check, ...] = tuple(
    check
    for module in (
        *(names, imports, permissions, texts, templates, code, sizes, distribution),
        *(migrations, hooks, rows, pages, markup, events, work, neighbours, leaving),
    )
    for check in module.SHELF.checks
)
