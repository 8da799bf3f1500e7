import contextlib
import io
import logging
import re
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import psycopg
import pytest

from core.__main__ import main
from core.db import new_id

Installation = Any  # the class of conftest.py, which cannot be imported

MISSPELT = """
from core.api import Manifest, Text, hookimpl
MANIFEST = Manifest(name="parks", title=Text("สวน", "Parks"))
@hookimpl
async def card_for_home(ctx): ...
"""


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Done]


@pytest.fixture
def at(alone: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Command]]:
    """Give commands on the database that is named, in this process: to import takes longest."""
    root, hook = logging.getLogger(), sys.excepthook
    before = (root.handlers[:], root.level)
    monkeypatch.syspath_prepend(str(alone.folder / "outside"))
    # A demonstration that a command begins in this process ends with the test.
    monkeypatch.setenv("THONGTHIN_DEMO", "0")
    for name, value in alone.environment.items():
        if name.startswith("THONGTHIN_") or name in ("PORT", "PARKS"):
            monkeypatch.setenv(name, value)

    def command(*arguments: str) -> Done:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = main(arguments)
            except SystemExit as ended:
                status = int(str(ended.code))
        return Done(status, out.getvalue(), err.getvalue())

    def of(database: str) -> Command:
        monkeypatch.setenv("THONGTHIN_DATABASE_URL", database)
        return command

    yield of
    sys.modules.pop("parks", None)
    root.handlers, root.level = before
    sys.excepthook = hook


@pytest.fixture
def outside(at: Callable[[str], Command], database: str) -> Command:
    """Commands on a database that is migrated already."""
    return at(database)


@pytest.fixture
async def empty(
    at: Callable[[str], Command], server: str, anyio_backend: str
) -> AsyncIterator[Command]:
    """Commands on a database in which there is nothing."""
    connection = await asyncpg.connect(server)
    name = f"empty_{new_id().hex}"
    await connection.execute(f"CREATE DATABASE {name}")
    yield at(urlunsplit(urlsplit(server)._replace(path=f"/{name}")))
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


def found(command: Command, code: str, name: str, *more: str) -> Done:
    return command("tenant", "create", code, "--name", name, *more)


def test_a_municipality_is_founded_by_one_command(outside: Command) -> None:
    done = found(outside, "khrueng", "เทศบาลตำบลครึ่ง", "--name-en", "Khrueng")
    assert done.returncode == 0, done.stderr
    assert "http://khrueng.localhost:" in done.stdout

    listed = outside("tenant", "list").stdout
    assert "khrueng" in listed
    assert "เทศบาลตำบลครึ่ง" in listed


def test_it_begins_with_the_divisions_of_its_kind(outside: Command, database: str) -> None:
    found(outside, "khrueng", "องค์การบริหารส่วนตำบลครึ่ง")

    with psycopg.connect(database) as connection:
        names = connection.execute("SELECT name_th FROM core.unit ORDER BY position").fetchall()
        kind = connection.execute("SELECT kind FROM core.tenant").fetchone()
    assert kind == ("องค์การบริหารส่วนตำบล",)
    assert [row[0] for row in names[:3]] == ["สำนักปลัดองค์การบริหารส่วนตำบล", "กองคลัง", "กองช่าง"]


def test_its_calendar_begins_with_the_holidays_of_the_country(
    outside: Command, database: str
) -> None:
    found(outside, "khrueng", "เทศบาลตำบลครึ่ง")

    with psycopg.connect(database) as connection:
        rows = connection.execute(
            """SELECT extract(year FROM "on") - extract(year FROM current_date), count(*) >= 15
            FROM core.holiday GROUP BY 1 ORDER BY 1"""
        ).fetchall()
    assert rows == [(-1, True), (0, True), (1, True), (2, True)]


@pytest.mark.parametrize(
    ("code", "name", "more", "why"),
    [
        ("Khrueng", "เทศบาลตำบลครึ่ง", (), "small letters"),
        ("k", "เทศบาลตำบลครึ่ง", (), "small letters"),
        ("khrueng", "ครึ่ง", (), "begins with the kind"),
        ("khrueng", "เทศบาลตำบลครึ่ง", ("--plugins", "nothing"), "no plugin 'nothing'"),
    ],
)
def test_what_cannot_be_founded_is_refused_in_a_sentence(
    outside: Command, code: str, name: str, more: tuple[str, ...], why: str
) -> None:
    done = found(outside, code, name, *more)

    assert done.returncode != 0
    assert why in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert outside("tenant", "list").stdout == ""


def test_a_municipality_is_founded_once(outside: Command) -> None:
    found(outside, "khrueng", "เทศบาลตำบลครึ่ง")
    done = found(outside, "khrueng", "เทศบาลตำบลอื่น")

    assert done.returncode == 1
    assert "already" in done.stderr


def test_a_plugin_is_switched_and_listed(outside: Command) -> None:
    found(outside, "khrueng", "เทศบาลตำบลครึ่ง")
    listed = outside("plugin", "list").stdout.splitlines()
    assert next(one for one in listed if "parks" in one).endswith("(local, not approved)")
    assert "parks" not in outside("plugin", "list", "--tenant", "khrueng").stdout

    assert outside("plugin", "enable", "parks", "--tenant", "khrueng").returncode == 0
    assert "parks" in outside("plugin", "list", "--tenant", "khrueng").stdout
    assert outside("plugin", "disable", "parks", "--tenant", "khrueng").returncode == 0
    assert "parks" not in outside("plugin", "list", "--tenant", "khrueng").stdout


@pytest.mark.parametrize(("plugin", "tenant"), [("nothing", "khrueng"), ("parks", "nowhere")])
def test_what_cannot_be_switched_is_refused(outside: Command, plugin: str, tenant: str) -> None:
    found(outside, "khrueng", "เทศบาลตำบลครึ่ง")
    done = outside("plugin", "enable", plugin, "--tenant", tenant)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_database_that_is_not_migrated_is_named_and_then_migrated(empty: Command) -> None:
    before = empty("tenant", "list")
    assert before.returncode == 1
    assert "Run: thongthin migrate" in before.stderr
    assert empty("check").returncode == 1

    assert "up to date" in empty("migrate").stdout
    assert "up to date" in empty("migrate").stdout
    after = empty("check")
    assert after.returncode == 0, after.stdout
    assert "All is well." in after.stdout


def test_a_misspelt_hook_is_refused_by_name_and_the_site_is_served_without_it(
    outside: Command, alone: Installation
) -> None:
    package = alone.folder / "outside" / "parks" / "__init__.py"
    package.write_text(MISSPELT, encoding="utf-8")

    done = outside("check")

    assert done.returncode == 1
    assert "REFUSED   there is no hook 'card_for_home'" in done.stdout
    assert found(outside, "khrueng", "เทศบาลตำบลครึ่ง").returncode == 0


def test_only_a_demonstration_can_be_reset(outside: Command) -> None:
    found(outside, "khrueng", "เทศบาลตำบลครึ่ง")

    done = outside("demo", "--reset")

    assert done.returncode == 1
    assert "not a demonstration" in done.stdout
    assert "khrueng" in outside("tenant", "list").stdout


def test_a_demonstration_is_never_served_as_an_office_not_even_by_a_part_of_serve(
    outside: Command, database: str
) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("COMMENT ON SCHEMA core IS 'demonstration'")

    for part in ("serve", "web"):
        done = outside(part)
        assert done.returncode == 1
        assert "whose passwords everybody knows" in done.stderr


def test_a_wrong_setting_is_named(outside: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")

    done = outside("tenant", "list")

    assert done.returncode == 1
    assert done.stderr.startswith("thongthin: PORT is 'http'")


INVITE = ("--first-name", "สมศรี", "--last-name", "ใจดี", "--email", "somsri@khrueng.example")


def test_the_first_administrator_is_invited_by_a_link(outside: Command, database: str) -> None:
    found(outside, "khrueng", "เทศบาลตำบลครึ่ง")
    done = outside("officer", "invite", "--tenant", "khrueng", *INVITE)

    assert done.returncode == 0, done.stderr
    link = re.search(r"http://khrueng\.localhost:\d+/invited/([\w-]{43})\n", done.stdout)
    assert link is not None
    assert "officer code --tenant khrueng somsri@khrueng.example" in done.stdout
    with psycopg.connect(database) as connection:
        held = connection.execute("SELECT role, unit FROM core.role_holder").fetchall()
        dump = connection.execute("SELECT c::text FROM core.one_time_code c").fetchall()
    assert held == [("administrator", None)]
    assert link[1] not in str(dump)

    again = outside("officer", "link", "--tenant", "khrueng", "somsri@khrueng.example")
    assert again.returncode == 0
    assert link[1] not in again.stdout


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("invite", "--tenant", "nowhere", *INVITE), "no municipality"),
        (("invite", "--tenant", "khrueng", *INVITE, "--role", "king"), "no such role"),
        (("invite", "--tenant", "khrueng", *INVITE[:4]), "mobile number or e-mail"),
        (("invite", "--tenant", "khrueng", *INVITE, "--unit", "moon"), "division"),
        (("link", "--tenant", "khrueng", "nobody@khrueng.example"), "no such account"),
        (("code", "--tenant", "khrueng", "?"), "no such account"),
    ],
)
def test_who_cannot_be_invited_is_refused_and_nothing_is_left_of_it(
    outside: Command, database: str, arguments: tuple[str, ...], why: str
) -> None:
    found(outside, "khrueng", "เทศบาลตำบลครึ่ง")
    done = outside("officer", *arguments)

    assert done.returncode == 1
    assert why in done.stderr
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM core.account").fetchone() == (0,)


@pytest.mark.parametrize(
    "url", ["postgresql://a:secret@127.0.0.1:1/b", "postgresql://a:secret@nowhere.invalid/b"]
)
def test_a_database_that_is_away_is_told_in_a_sentence_without_its_password(
    at: Callable[[str], Command], url: str
) -> None:
    for arguments in (("check",), ("migrate",), ("tenant", "list")):
        done = at(url)(*arguments)
        assert done.returncode == 1
        assert "the database cannot be used" in done.stderr
        assert "secret" not in done.stderr
        assert "Traceback" not in done.stderr
