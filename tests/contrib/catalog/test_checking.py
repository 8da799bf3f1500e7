import io
import json
import zipfile

import pytest

from contrib.catalog.rules.states import Act
from contrib.catalog.service import submissions
from contrib.catalog.service.checking import check
from contrib.catalog.service.moving import CHECK_JOB, move
from contrib.catalog.service.reports import read_kept, reports_of
from contrib.catalog.service.rights import CURATE, READ
from core.context import Context
from core.db import transaction
from core.errors import Conflict, NotFound
from core.runtime import Runtime
from tests.contrib.catalog.conftest import HOME, PROJECT, a_publisher, handed_in, zipped
from tests.core.catalog.conftest import make_wheel
from tests.desks import signed_in


async def test_the_kit_is_run_on_a_submission_and_its_report_is_evidence(
    runtime: Runtime, ctx: Context, publisher: Context, curator: Context
) -> None:
    id = await handed_in(publisher)
    await move(curator, id, Act.TAKE, revision=1)
    await move(curator, id, Act.CHECK, revision=2)
    query = "SELECT args FROM procrastinate_jobs WHERE task_name = $1"
    async with transaction(ctx) as connection:
        [job] = await connection.fetch(query, CHECK_JOB)
    arguments = json.loads(job["args"])
    assert arguments == {"tenant": "maehia", "submission": str(id)}

    await check(ctx, arguments["submission"])
    [kept] = await reports_of(publisher, id)
    report = json.loads(await read_kept(publisher, id, kept["id"]))
    assert (report["plugin"], report["version"]) == ("library", "0.1.0")
    assert kept["total"] == len(report["checks"]) > kept["passed"] > 0
    assert kept["tier"] == (report["tier"] or "")
    row = await submissions.read_submission(publisher, id)
    assert (row["state"], row["revision"]) == ("review", 4)

    await check(ctx, arguments["submission"])
    assert len(await reports_of(publisher, id)) == 1
    with pytest.raises(NotFound):
        await read_kept(await a_publisher(ctx, "other"), id, kept["id"])
    async with signed_in(runtime, ctx, [READ, CURATE], f"{HOME}/{id}") as desk:
        assert kept["digest"] in (await desk.get(f"{HOME}/{id}")).text
        given = await desk.get(f"{HOME}/{id}/reports/{kept['id']}")
        assert given.json() == report


async def test_what_cannot_be_tried_is_told(
    ctx: Context, publisher: Context, curator: Context
) -> None:
    other = await handed_in(publisher, source=zipped({"more.txt": b""}))
    await move(curator, other, Act.TAKE, revision=1)
    with pytest.raises(Conflict, match="not so in the source"):
        await move(curator, other, Act.CHECK, revision=2)

    _, wheel = make_wheel(version="0.2.0")
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        bare = zipped({one: archive.read(one) for one in archive.namelist()})
    id = await handed_in(publisher, "0.2.0", source=bare)
    await move(curator, id, Act.TAKE, revision=1)
    await move(curator, id, Act.CHECK, revision=2)
    await check(ctx, str(id))
    [kept] = await reports_of(curator, id)
    assert (kept["failure"], kept["tier"], kept["digest"]) == ("source", "", "")
    with pytest.raises(NotFound):
        await read_kept(curator, id, kept["id"])


async def test_another_plugin_is_not_tried_in_place_of_the_wheel(
    ctx: Context, publisher: Context, curator: Context
) -> None:
    _, wheel = make_wheel()
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        decoy = {f"decoy/more/{one}": archive.read(one) for one in archive.namelist()}
    tame = {
        "library/pyproject.toml": PROJECT,
        "library/src/thongthin_library/__init__.py": b"",
        "library/src/thongthin_library/plugin.py": b"# tame",
    }
    id = await handed_in(publisher, source=zipped(decoy | tame))
    await move(curator, id, Act.TAKE, revision=1)
    await move(curator, id, Act.CHECK, revision=2)

    await check(ctx, str(id))
    [kept] = await reports_of(curator, id)
    assert kept["failure"] == "unlike"


async def test_what_was_withdrawn_meanwhile_is_not_tried(
    ctx: Context, publisher: Context, curator: Context
) -> None:
    id = await handed_in(publisher)
    await move(curator, id, Act.TAKE, revision=1)
    await move(curator, id, Act.CHECK, revision=2)
    await move(publisher, id, Act.WITHDRAW, revision=3, words="ส่งผิดรุ่น")

    await check(ctx, str(id))
    assert await reports_of(publisher, id) == []
    assert (await submissions.read_submission(publisher, id))["state"] == "withdrawn"
