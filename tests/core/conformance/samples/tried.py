"""Broken plugins for the checks that try them; one plugin may break several things at once."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.core.conformance.samples.edits import (
    MIGRATION,
    PAGE,
    PLUGIN,
    REGISTER,
    ROUTES,
    SERVICES,
    Edit,
    after,
)

_HEADING = '<h1>{{ t("บัตรห้องสมุด", "Library card") }}</h1>'
_SHOW = '    """Show what was granted last."""\n'
_LAST = "  entered_at timestamptz NOT NULL,\n"
_TABLE = "CREATE TABLE library.entry ("
_FOUND = "        await audit.record(ctx, SEEN,"
_ASK = "await Entry.count().where(Entry.of(ctx))"
_DEMAND = """

async def demand_on(ctx: Context) -> None:
    \"\"\"Return when the plugin is on, after looking many times.\"\"\"
    async with transaction(ctx) as connection:
        for _ in range(40):
            on = await connection.fetchval(
                'SELECT "on" FROM core.plugin_switch WHERE tenant_id = $1 AND plugin = $2',
                ctx.tenant.id,
                "library",
            )
            if not on:
                raise ValueError("it is off")
"""
_BEGIN = """

@hookimpl
async def on_plugin_switched(ctx: Context, plugin: str, on: bool) -> None:
    \"\"\"Begin with an entry.\"\"\"
    await register.begin(ctx)
"""
_ENTER = """

async def begin(ctx: Context) -> None:
    \"\"\"Enter the first.\"\"\"
    async with transaction(ctx):
        row = {"tenant_id": ctx.tenant.id, "id": new_id(), "case_id": UUID(int=1)}
        await add(Entry, {**row, "number": "1", "name": "1", "entered_at": ctx.now})
"""


class Broken(NamedTuple):
    """A plugin, and the checks that catch what is wrong with it."""

    catches: Sequence[str]
    edits: Sequence[Edit]


def _page(*markup: str) -> Edit:
    return Edit(PAGE, _HEADING, _HEADING + "".join(markup))


TRIED: Mapping[str, Broken] = {
    "it cannot be migrated": Broken(
        ["migrations.up"], [Edit(MIGRATION, _TABLE, "CREATE TABLET library.entry (")]
    ),
    "it has no policy": Broken(
        ["rows.policy"], [Edit(MIGRATION, "SELECT core.keep_within_tenant('library.entry');", "")]
    ),
    "its rows are odd": Broken(
        [
            "migrations.back",
            "migrations.tables",
            "rows.key",
            "rows.money",
            "rows.moments",
            "rows.personal",
            "records.kept",
            "leaving.shred",
        ],
        [
            Edit(MIGRATION, "DROP TABLE library.entry;", ""),
            Edit(MIGRATION, "PRIMARY KEY (tenant_id, id)", "PRIMARY KEY (id, tenant_id)"),
            Edit(MIGRATION, _LAST, f"{_LAST}  fee_amount numeric,\n  noted_at timestamp,\n"),
            Edit(MIGRATION, "library.records", "library.kept"),
            Edit(
                MIGRATION, 'UP = """', 'UP = """CREATE TABLE IF NOT EXISTS public.shelf (id int);'
            ),
            Edit(REGISTER, 'f"Somchai {number}"', '"1234545678781"'),
        ],
    ),
    "it keeps rows of nobody": Broken(
        ["leaving.export", "records.readable"],
        [
            Edit(MIGRATION, _TABLE, f"CREATE TABLE library.shelf (office text);\n{_TABLE}"),
            Edit(
                MIGRATION,
                "\nCREATE VIEW",
                "\nINSERT INTO library.shelf VALUES ('yala');\nCREATE VIEW",
            ),
            Edit(
                MIGRATION,
                "DROP VIEW library.records;",
                "DROP VIEW library.records;DROP TABLE library.shelf;",
            ),
            Edit(MIGRATION, " AS posts", " AS seats"),
        ],
    ),
    "it remembers rows of another municipality": Broken(
        ["rows.apart"],
        [
            Edit(REGISTER, "PAGE = 100\n", "PAGE = 100\nSEEN_BEFORE: list[Any] = []\n"),
            Edit(
                REGISTER,
                "    return found\n",
                "    SEEN_BEFORE.extend(found)\n    return SEEN_BEFORE\n",
            ),
        ],
    ),
    "it answers another type": Broken(
        ["hooks.answered"], [Edit(PLUGIN, "    return (NavItem(", '    return "all" or (NavItem(')]
    ),
    "its page fails": Broken(
        ["pages.answered", "pages.empty"],
        [Edit(ROUTES, _SHOW, f'{_SHOW}    raise ValueError("no")\n')],
    ),
    "its page is open and heavy": Broken(
        ["pages.closed", "pages.light"],
        [
            Edit(ROUTES, "import Ctx, allow, page", "import Ctx, page, public"),
            Edit(ROUTES, "guards=[allow(register.READ)]", "guards=[public]"),
            Edit(REGISTER, "    need(ctx, READ)\n", ""),
            _page("{% for n in range(60000) %}{{ n * 7919 % 100003 }} {% endfor %}"),
        ],
    ),
    "its page takes long": Broken(
        ["pages.prompt"],
        [
            Edit(REGISTER, '"""The register', '"""The register'),
            Edit(REGISTER, "from datetime", "import asyncio\nfrom datetime"),
            Edit(REGISTER, _FOUND, f"        await asyncio.sleep(1.6)\n{_FOUND}"),
        ],
    ),
    "its page asks too often": Broken(
        ["pages.frugal", "pages.patient"],
        [
            Edit(
                REGISTER,
                _FOUND,
                f"        for _ in range(250):\n            {_ASK}\n{_FOUND}",
            )
        ],
    ),
    "its page asks once more for each row": Broken(
        ["pages.frugal"],
        [
            Edit(
                REGISTER,
                _FOUND,
                f"        for _ in found:\n            {_ASK}\n{_FOUND}",
            )
        ],
    ),
    "its markup shuts people out": Broken(
        [
            "markup.labelled",
            "markup.pictures",
            "markup.named",
            "markup.headings",
            "markup.titled",
            "markup.unique",
            "markup.tables",
            "markup.plain",
            "markup.english",
            "neighbours.order",
        ],
        [
            Edit(
                PAGE, '{%- block title %}{{ t("บัตรห้องสมุด", "Library card") }}', "{%- block title %}"
            ),
            Edit(PAGE, "{%- extends", "{%- extends"),
            _page(
                '<input name="q"><img src="/static/core/seal.svg"><button></button><h4>x</h4>',
                '<b id="a"></b><b id="a"></b><table><tr><td>1</td></tr></table>',
                '<button hx-post="/desk/library">Go</button><p>{{ t("ก", "ก") }}</p>',
                '<p>{{ ctx.host.plugins | join(" ") }}</p>',
            ),
            Edit(PAGE, '<div class="wrap main stack">', '<main><div class="wrap main stack">'),
        ],
    ),
    "it does again what it hears again": Broken(
        ["events.strange", "events.twice", "switch.heard"],
        [after(PLUGIN, _BEGIN), after(REGISTER, _ENTER)],
    ),
    "it keeps the municipality of before": Broken(
        ["switch.off"],
        [
            Edit(REGISTER, "PAGE = 100\n", "PAGE = 100\nKEPT_OFFICES: dict[str, Any] = {}\n"),
            Edit(
                REGISTER,
                "    need(ctx, READ)\n",
                "    if KEPT_OFFICES.setdefault(ctx.tenant.id, ctx.tenant) is not ctx.tenant:\n"
                '        need(ctx, "library.again")\n',
            ),
        ],
    ),
    "it looks at its switch": Broken(
        ["switch.amid"],
        [
            Edit(ROUTES, _SHOW, f"{_SHOW}    await register.demand_on(ctx)\n"),
            after(REGISTER, _DEMAND),
        ],
    ),
    "its job adds every time": Broken(
        ["work.repeated"],
        [
            Edit(
                REGISTER,
                '    """Delete entries that were kept long enough."""\n',
                '    """Delete."""\n    await enter(ctx, new_id(), number="1", name="1")\n',
            )
        ],
    ),
    "its demonstration fails": Broken(
        ["work.shown", "work.filled"],
        [Edit(REGISTER, "    for number in range(1, 4):\n", "    for number in 5:\n")],
    ),
    "it trusts its neighbours": Broken(
        ["neighbours.failing"],
        [
            Edit(
                ROUTES,
                _SHOW,
                f'{_SHOW}    for one in await ctx.host.ask(ctx, "cards_for_home", area="my"):\n'
                "        len(one.value)\n",
            )
        ],
    ),
    "its service belongs to nobody": Broken(
        ["services.ended"], [Edit(SERVICES, 'unit="clerk"', 'unit="nowhere"')]
    ),
    "it enters a case again": Broken(
        ["services.once"], [Edit(REGISTER, ', unless=("tenant_id", "case_id")', "")]
    ),
}
