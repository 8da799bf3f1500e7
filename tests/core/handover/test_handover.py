"""What goes out comes in: the same rows, files and trail, and an office that works on."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from core import db, numbers
from core.audit import heads, trail
from core.audit.chain import Head
from core.context import Context
from core.discovery import find
from core.handover.exporting import export_tenant
from core.handover.rows import SHARED, connect, find_tables
from core.host import Host
from core.identity import accounts, people
from core.identity.identifiers import recognise
from core.keys import Keys
from core.registry import apps
from core.tenants.office import keep_unit
from kit.casework.service import reading
from tests.core.handover.conftest import CITIZEN, PASSPHRASE, Place, end_a_case

ENTRIES = "SELECT action, detail::text FROM core.audit_entry WHERE tenant_id = '{}' ORDER BY seq"
OF_OTHERS = "SELECT count(*) FROM core.account WHERE tenant_id <> 'maehia'"


async def test_every_table_is_handed_over_or_named_as_one_of_nobody(database: str) -> None:
    connection = await connect(database)
    bound, free = await find_tables(connection)
    await connection.close()

    registered = {
        f"{table._meta.schema}.{table._meta.tablename}"
        for app in apps(Host(find()))
        for table in app.table_classes
    }
    names = {table.name for table in bound}
    assert set(free) == SHARED
    assert registered - names - SHARED == {"core.tenant_secret"}
    assert {name for name in names if name.startswith("core.")} >= {"core.tenant", "core.account"}


async def test_what_is_imported_has_the_same_content_as_what_was_exported(
    here: Place, there: Place, tmp_path: Path
) -> None:
    went = await here.export(tmp_path / "1.tar")
    came = await there.take(tmp_path / "1.tar")
    again = await there.export(tmp_path / "2.tar")

    assert went.content == came.content == again.content
    assert went.finding is again.finding is None
    assert went.tables == came.tables
    changed = {name for name, rows in again.tables.items() if rows != went.tables[name]}
    assert changed == {"core.audit_entry", "core.audit_head"}
    assert went.files == again.files
    assert went.files.count == 2
    assert await there.rows(OF_OTHERS) == [(0,)]


async def test_an_export_of_an_office_that_changed_has_another_content(
    here: Place, ctx: Context, tmp_path: Path
) -> None:
    first = await here.export(tmp_path / "1.tar")
    second = await here.export(tmp_path / "2.tar")
    async with here.at_work() as runtime:
        tenant = await runtime.directory.get("maehia")
        assert tenant is not None
        now = runtime.context(tenant, now=ctx.now)
        async with db.transaction(now):
            await numbers.draw(now, "test/2569")
    third = await here.export(tmp_path / "3.tar")

    assert first.content == second.content != third.content


async def test_both_sides_note_who_handed_over_what(
    here: Place, there: Place, tmp_path: Path
) -> None:
    told = await here.export(tmp_path / "1.tar")
    await there.take(tmp_path / "1.tar")

    unsealed = await here.rows(
        "SELECT action, detail FROM core.audit_entry WHERE tenant_id = 'maehia' AND seq IS NULL"
    )
    assert [(one[0], json.loads(str(one[1]))) for one in unsealed] == [
        ("core.tenant.exported", {"by": "somchai", "content": told.content})
    ]
    action, detail = (await there.rows(ENTRIES.format("maehia")))[-1]
    assert action == "core.tenant.imported"
    assert json.loads(str(detail)) == {
        "by": "malee",
        "content": told.content,
        "origin": told.origin,
    }


async def test_the_trail_verifies_there_and_an_edit_before_the_move_is_found(
    here: Place, there: Place, exported: Path
) -> None:
    await there.take(exported)

    def check(kept: Head | None = None) -> trail.Checked:
        with trail.connect(there.url) as owner:
            keys, data = Keys(there.settings.secret_keys), there.settings.data
            return trail.check(owner, keys, data, "maehia", kept=kept, now=datetime.now(UTC))

    handed_out = heads.last(here.settings.data, "maehia")
    assert handed_out is not None
    assert check(handed_out).finding is None
    assert check().finding is None
    assert check().entries > 10
    kept = heads.last(there.settings.data, "maehia")
    assert kept is not None
    assert kept.seq == check().entries
    edit = "UPDATE core.audit_entry SET actor_name = 'x' WHERE seq = 3"
    await there.run(edit)
    assert "entry 3 " in str(check().finding)


async def test_a_touched_trail_goes_along_as_the_evidence_that_it_is(
    here: Place, there: Place, tmp_path: Path
) -> None:
    await here.export(tmp_path / "0.tar")
    await here.run("UPDATE core.audit_entry SET actor_name = 'x' WHERE seq = 3")

    went = await here.export(tmp_path / "1.tar")
    came = await there.take(tmp_path / "1.tar")

    assert "entry 3 " in str(went.finding)
    assert came.finding == went.finding


async def test_people_sign_in_and_encrypted_fields_are_read_there(
    here: Place, there: Place, exported: Path
) -> None:
    await there.take(exported)

    async with there.at_work() as runtime:
        tenant = await runtime.directory.get("maehia")
        assert tenant is not None
        ctx = runtime.context(tenant)
        who = recognise(CITIZEN)
        assert who is not None
        [found] = await accounts.find_by(ctx, who)
        assert await people.reveal_national_id(ctx, found["id"], reason="ทดสอบ") == CITIZEN
        assert tenant.settings["oss"]["none"] is None
        assert tenant.logo


async def test_numbers_go_on_without_a_gap(here: Place, there: Place, exported: Path) -> None:
    before = await here.rows(
        "SELECT year, number FROM casework.\"case\" WHERE tenant_id = 'maehia'"
    )
    await there.take(exported)

    async with there.at_work() as runtime:
        tenant = await runtime.directory.get("maehia")
        assert tenant is not None
        ctx = runtime.context(tenant)
        async with db.transaction(ctx):
            assert await numbers.draw(ctx, "test/2569") == 42
        track = await end_a_case(ctx, citizen="another")
        case = await reading.find_tracked(ctx, track)
        view = await reading.view_as_citizen(ctx, case)
    after = await there.rows('SELECT year, number FROM casework."case" ORDER BY number')
    assert len(before) == 1
    assert len(after) == 2
    assert after[0] == before[0]
    assert view.number


async def test_what_waits_in_the_queue_goes_along_in_its_order(
    here: Place, there: Place, exported: Path
) -> None:
    queue = """SELECT task_name, lock, args::text, attempts
        FROM procrastinate.procrastinate_jobs WHERE args ->> 'tenant' = 'maehia' ORDER BY id"""
    await there.take(exported)

    waiting = await there.rows(queue)
    assert waiting == await here.rows(queue)
    assert [json.loads(str(one[2]))["message"] for one in waiting if one[1] == "test"] == ["1", "2"]


async def test_years_of_the_calendar_that_are_not_there_come_along(
    here: Place, there: Place, tmp_path: Path
) -> None:
    days = "INSERT INTO core.holiday VALUES ('{}-01-01', 'ปีใหม่', 'New Year'), ('{}-04-13', '', '')"
    await here.run(days.format(2024, 2024) + ", ('2025-12-05', 'วันพ่อ', '')")
    await here.export(tmp_path / "1.tar")
    await there.run("INSERT INTO core.holiday VALUES ('2025-01-02', 'วันหยุด', '')")

    await there.take(tmp_path / "1.tar")

    found = await there.rows('SELECT "on"::text FROM core.holiday ORDER BY 1')
    assert found == [("2024-01-01",), ("2024-04-13",), ("2025-01-02",)]


async def test_an_export_is_of_one_moment_while_the_office_works(
    here: Place, there: Place, tmp_path: Path
) -> None:
    drawn = 0
    async with here.at_work() as runtime:
        tenant = await runtime.directory.get("maehia")
        assert tenant is not None
        ctx = runtime.context(tenant)
        begun, ended = asyncio.Event(), asyncio.Event()

        async def work() -> None:
            nonlocal drawn
            while not ended.is_set():
                async with db.transaction(ctx):
                    await numbers.draw(ctx, "busy")
                    await keep_unit(ctx, f"busy-{drawn}", name_th="งาน", name_en="Work", new=True)
                drawn += 1
                if drawn == 5:
                    begun.set()

        async with asyncio.TaskGroup() as group:
            group.create_task(work())
            await begun.wait()
            path = tmp_path / "busy.tar"
            went = await export_tenant(runtime, ctx, path, passphrase=PASSPHRASE, by="somchai")
            ended.set()
    await there.take(tmp_path / "busy.tar")
    again = await there.export(tmp_path / "again.tar")

    assert again.content == went.content
    assert went.finding is again.finding is None
    [(counted, units)] = await there.rows(
        "SELECT (SELECT last FROM core.counter WHERE series = 'busy'), "
        "(SELECT count(*) FROM core.unit WHERE id LIKE 'busy-%')"
    )
    assert 5 <= counted == units <= drawn  # type: ignore[operator]
