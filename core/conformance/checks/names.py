"""Checks of what a plugin calls itself and its things."""

import re
from collections.abc import Iterator

from core.conformance.check import Level, Shelf
from core.conformance.subject import Subject
from core.manifest import NAME
from core.text import Text

SHELF = Shelf()

_ACTION = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+\.[a-z0-9_]+")
_PERMISSION = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")


@SHELF.check(
    "manifest.taken",
    Level.BRONZE,
    Text("ระบบรับปลั๊กอินเข้าใช้ได้", "The host takes it"),
    Text("แก้ตามเหตุผลที่ระบบแจ้ง", "Mend what the host names as its reason."),
)
def taken(subject: Subject) -> Iterator[str]:
    """The host has nothing against it."""
    for hook, budget in subject.host.budgets.items():
        if budget is None:
            subject.host.gathered(hook)
    if subject.refused:
        yield subject.refused


@SHELF.check(
    "manifest.named",
    Level.BRONZE,
    Text("ชื่อเดียวกันทุกที่", "It has one name everywhere"),
    Text(
        "ใช้ชื่อเดียวใน entry point, MANIFEST และตอนท้ายของชื่อแพ็กเกจ",
        "Give entry point and MANIFEST one name, with which the package's name ends.",
    ),
)
def named(subject: Subject) -> Iterator[str]:
    """Entry point, manifest and package agree."""
    if not NAME.fullmatch(subject.name):
        yield f"{subject.name!r} is not up to 31 small letters, digits and _, a letter first"
    if subject.manifest.name != subject.name:
        yield f"MANIFEST.name is {subject.manifest.name!r}, the entry point {subject.name!r}"
    if not subject.package.endswith(subject.name):
        yield f"the package {subject.package!r} does not end with {subject.name!r}"


@SHELF.check(
    "manifest.told",
    Level.BRONZE,
    Text("บอกว่าทำอะไร ทั้งสองภาษา", "It says what it is, in both languages"),
    Text(
        "เติม title และ summary ใน MANIFEST เป็นภาษาไทยและอังกฤษ",
        "Give MANIFEST a title and a summary in Thai and in English.",
    ),
)
def told(subject: Subject) -> Iterator[str]:
    """Title and summary are there."""
    for what in ("title", "summary"):
        text: Text = getattr(subject.manifest, what)
        for language in ("th", "en"):
            if not getattr(text, language).strip():
                yield f"MANIFEST.{what} has no text in {language}"


@SHELF.check(
    "manifest.needs",
    Level.BRONZE,
    Text("ปลั๊กอินที่ต้องใช้มีอยู่", "What it needs is there"),
    Text(
        "แก้ needs ใน MANIFEST ให้เป็นชื่อปลั๊กอินที่ติดตั้ง",
        "Name installed plugins in MANIFEST.needs.",
    ),
)
def needs(subject: Subject) -> Iterator[str]:
    """Every plugin it needs is installed."""
    known = {one.name for one in subject.found}
    for need in subject.manifest.needs:
        if need not in known:
            yield f"there is no plugin {need!r}"


@SHELF.check(
    "names.prefixed",
    Level.BRONZE,
    Text("สิทธิ การกระทำ งาน และข้อความขึ้นต้นด้วยชื่อปลั๊กอิน", "Its things begin with its name"),
    Text(
        "ตั้งชื่อสิทธิ การกระทำ งาน และข้อความเป็น <ชื่อปลั๊กอิน>.<…>",
        "Name permissions, actions, jobs and messages <plugin>.<…>.",
    ),
)
def prefixed(subject: Subject) -> Iterator[str]:
    """Permissions, actions, jobs and messages begin with the plugin's name."""
    manifest = subject.manifest
    things = [
        *(("permission", one) for one in manifest.permissions),
        *(("action", one) for one in manifest.actions),
        *(("job", one.name) for one in subject.given("register_jobs") or ()),
        *(("message", one.name) for one in subject.given("register_messages") or ()),
    ]
    for kind, name in things:
        if not name.startswith(f"{subject.name}."):
            yield f"{kind} {name!r} does not begin with {subject.name!r}"


@SHELF.check(
    "names.spelt",
    Level.SILVER,
    Text("ชื่อสิทธิและการกระทำถูกแบบ", "Permissions and actions are spelt as they should"),
    Text(
        "สิทธิคือ <ชื่อ>.<กริยา> การกระทำคือ <ชื่อ>.<สิ่ง>.<กริยาช่องสาม>",
        "A permission is <name>.<verb>, an action <name>.<noun>.<past participle>.",
    ),
)
def spelt(subject: Subject) -> Iterator[str]:
    """Permissions have two parts, actions three."""
    for name in subject.manifest.permissions:
        if not _PERMISSION.fullmatch(name):
            yield f"permission {name!r} is not <name>.<verb>"
    for name in subject.manifest.actions:
        if not _ACTION.fullmatch(name):
            yield f"action {name!r} is not <name>.<noun>.<past participle>"


@SHELF.check(
    "names.schema",
    Level.BRONZE,
    Text("ตารางอยู่ในสคีมาของปลั๊กอิน", "Its tables are in a schema of its name"),
    Text(
        "ตั้ง app_name และ schema ของทุกตารางเป็นชื่อปลั๊กอิน",
        "Give the app and every table the plugin's name as schema.",
    ),
)
def schema(subject: Subject) -> Iterator[str]:
    """App and tables are called after the plugin."""
    app = subject.given("register_tables")
    if app is None:
        return
    if app.app_name != subject.name:
        yield f"the app is called {app.app_name!r}"
    for table in app.table_classes:
        if table._meta.schema != subject.name:
            yield f"table {table.__name__} is in the schema {table._meta.schema!r}"


@SHELF.check(
    "names.paths",
    Level.SILVER,
    Text("ที่อยู่หน้าเว็บเป็นของปลั๊กอินเอง", "Its paths are its own"),
    Text(
        "ขึ้นต้นที่อยู่ด้วย /<ชื่อ> หรือ /desk/<ชื่อ> หรือคำที่ไม่มีปลั๊กอินอื่นใช้",
        "Begin paths with /<name>, /desk/<name>, or a word that no other plugin uses.",
    ),
)
def paths(subject: Subject) -> Iterator[str]:
    """No path begins as one of the kit's or another plugin's."""
    others: set[str] = set()
    for name, routers in subject.host.gathered("register_routes"):
        if name != subject.name:
            others |= {route.path.strip("/") for router in routers for route in router.routes}
    begun = {_begin(path) for path in others}
    for router in subject.given("register_routes") or ():
        for route in router.routes:
            path = route.path.strip("/")
            if path in others or (path != _begin(path) and _begin(path) in begun):
                yield f"{route.path} begins as a path of another plugin"


def _begin(path: str) -> str:
    """Return the part of a path that tells whose it is."""
    parts = path.split("/")
    return "/".join(parts[:2] if parts[0] in ("desk", "api", "my") else parts[:1])
