"""One row as it is found, or the sentence that there is none."""

from typing import Any

from piccolo.query import Select

from core.api import Context, NotFound, Text, transaction


async def get_row(ctx: Context, query: Select[Any], missing: Text) -> dict[str, Any]:
    """Return the row that a query finds.

    :param missing: what is told where it finds none.
    :raises NotFound: it finds none.
    """
    async with transaction(ctx):
        row: dict[str, Any] | None = await query.first().output(load_json=True)
    if row is None:
        raise NotFound(missing)
    return row
