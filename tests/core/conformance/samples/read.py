"""A broken plugin for each check that reads files."""

from collections.abc import Mapping, Sequence

from tests.core.conformance.samples.edits import (
    MIGRATION,
    PACKAGE,
    PAGE,
    PLUGIN,
    REGISTER,
    ROUTES,
    SERVICES,
    TABLES,
    Edit,
    after,
)

_SEE = 'Text("ดูทะเบียน", "See the register")'
_HEADING = '<h1>{{ t("บัตรห้องสมุด", "Library card") }}</h1>'
_LAW = '"พ.ร.บ.การอำนวยความสะดวกในการพิจารณาอนุญาตของทางราชการ พ.ศ. 2558"'
_ORDER = "            .order_by(Entry.id, ascending=False)\n"

READ: Mapping[str, Sequence[Edit]] = {
    "manifest.taken": [Edit(PLUGIN, 'version="0.1.0",', 'version="0.1.0",\n    api=99,')],
    "manifest.named": [Edit("pyproject.toml", "\nlibrary = ", "\nbooks = ")],
    "manifest.told": [
        Edit(
            PLUGIN, "Takes requests, decides on them, and keeps a register of what was granted", ""
        )
    ],
    "manifest.needs": [Edit(PLUGIN, 'version="0.1.0",', 'needs=("nowhere",),')],
    "names.prefixed": [Edit(REGISTER, '"library.clear"', '"books.clear"')],
    "names.spelt": [Edit(REGISTER, '"library.read"', '"library.read.all"')],
    "names.schema": [Edit(TABLES, 'schema="library"', 'schema="books"')],
    "names.paths": [Edit(ROUTES, '"/desk/library"', '"/v/library/all"')],
    "imports.core": [Edit(ROUTES, "from core.api", "from core.db import new_id\nfrom core.api")],
    "imports.kit": [
        Edit(
            REGISTER,
            "from kit.casework import",
            "from kit.casework.tables import Case\nfrom kit.casework import",
        )
    ],
    "imports.others": [Edit(REGISTER, "from kit", "from plugins.oss import routes\nfrom kit")],
    "imports.rooms": [
        Edit(ROUTES, "from core.api", f"from {PACKAGE} import tables\nfrom core.api")
    ],
    "imports.top": [
        Edit(REGISTER, "    need(ctx, READ)", "    from core.api import need\n    need(ctx, READ)")
    ],
    "permissions.guarded": [Edit(ROUTES, ", guards=[allow(register.READ)]", "")],
    "permissions.declared": [Edit(REGISTER, "need(ctx, READ)", 'need(ctx, "library.look")')],
    "permissions.used": [Edit(PLUGIN, _SEE, f'{_SEE}, "library.idle": {_SEE}')],
    "permissions.proposed": [Edit(PLUGIN, "(register.READ,)", "()")],
    "actions.worded": [
        Edit(PLUGIN, 'register.SEEN: Text("เปิดดูทะเบียน", "Looked at the register"),', "")
    ],
    "actions.recorded": [Edit(REGISTER, "audit.record", "audit.tell")],
    "texts.both": [Edit(PLUGIN, _SEE, 'Text("ดูทะเบียน", "")')],
    "texts.places": [Edit(PLUGIN, _SEE, 'Text("ดู{what}", "See the register")')],
    "texts.code": [after(REGISTER, '\nTITLE = "ทะเบียน"\n')],
    "texts.english": [Edit(PLUGIN, _SEE, 'Text("ดูทะเบียน", "ดูทะเบียน")')],
    "texts.templates": [Edit(PAGE, _HEADING, "<h1>ทะเบียน</h1>")],
    "templates.strict": [Edit(PAGE, "<h1>", '<h1 style="color: red">')],
    "templates.own": [
        Edit(PAGE, _HEADING, f'{_HEADING}<img src="https://example.org/a.png" alt="">')
    ],
    "templates.escaped": [Edit(PAGE, _HEADING, f"{_HEADING}{{{{ entries[0].name | safe }}}}")],
    "templates.sent": [
        Edit(PAGE, _HEADING, f'{_HEADING}<form method="post" action="/"><button>+</button></form>')
    ],
    "sizes.templates": [after(PAGE, "\n" * 150)],
    "code.parsed": [Edit(f"{PACKAGE}/rules.py", "", "def fee(:\n")],
    "code.clock": [
        Edit(REGISTER, "import timedelta", "import UTC, datetime, timedelta"),
        Edit(REGISTER, "ctx.now - KEPT", "datetime.now(UTC) - KEPT"),
    ],
    "code.environment": [after(REGISTER, '\nimport os\n\nHOME = os.environ["HOME"]\n')],
    "code.contained": [after(REGISTER, "\nimport subprocess\n")],
    "code.caught": [
        Edit(
            REGISTER,
            "    need(ctx, READ)",
            "    try:\n        need(ctx, READ)\n    except Exception:\n        pass",
        )
    ],
    "code.statements": [
        after(
            REGISTER,
            '\nasync def free(connection):\n    await connection.execute("SET ROLE NONE")\n',
        )
    ],
    "rows.bound": [Edit(REGISTER, f"            .where(Entry.of(ctx))\n{_ORDER}", _ORDER)],
    "code.told": [Edit(REGISTER, '    """Delete entries that were kept long enough."""\n', "")],
    "sizes.modules": [after(REGISTER, "# -\n" * 300)],
    "sizes.functions": [after(REGISTER, "\ndef count() -> None:\n" + "    len([])\n" * 50)],
    "sizes.names": [Edit(f"{PACKAGE}/service/utils.py", "", '"""Things."""\n')],
    "distribution.own": [Edit(f"{PACKAGE}/static/jquery.min.js", "", "1\n")],
    "distribution.light": [Edit(f"{PACKAGE}/data/all.json", "", " " * 600_000)],
    "distribution.readme": [Edit("README.md", "", "# Library\n")],
    "distribution.bilingual": [Edit("README.md", "", "A plugin of Thongthin. " * 30)],
    "distribution.version": [Edit("pyproject.toml", '"0.1.0"', '"0.2.0"')],
    "distribution.licence": [Edit("pyproject.toml", 'license = "Apache-2.0"\n', "")],
    "distribution.tested": [Edit("tests/test_library.py", "", "\n")],
    "migrations.plain": [Edit(MIGRATION, "  id uuid NOT NULL,", "  id bigserial NOT NULL,")],
    "hooks.spelt": [Edit(PLUGIN, "area: str) -> S", "area: str, colour: str) -> S")],
    "hooks.annotated": [Edit(PLUGIN, "area: str) -> Sequence[NavItem]:", "area: str):")],
    "hooks.short": [
        Edit(PLUGIN, "    await register.fill(ctx)", "    await register.fill(ctx)\n" * 6)
    ],
    "hooks.started": [Edit(PLUGIN, "    return (services.SERVICE,)", '    return "services"')],
    "services.sound": [Edit(SERVICES, '"library.request"', '"books.request"')],
    "services.timely": [Edit(SERVICES, "WorkingDays(4)", "WorkingDays(40)")],
    "services.told": [Edit(SERVICES, 'Text("หนังสือรับรอง", "Certificate")', 'Text("", "C")')],
    "services.lawful": [Edit(SERVICES, f"    law=({_LAW},),\n", "")],
}
