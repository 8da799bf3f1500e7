import pytest

from contrib.catalog.rules.differences import Kind, Mark
from contrib.catalog.rules.states import Act
from contrib.catalog.service.comparing import compare
from contrib.catalog.service.moving import move
from contrib.catalog.service.rights import CURATE, READ
from core.context import Context
from core.errors import NotFound
from core.runtime import Runtime
from tests.contrib.catalog.conftest import HOME, a_publisher, handed_in
from tests.desks import signed_in

MORE = {"thongthin_library/sending.py": b'import socket\nQ = "DELETE FROM core.account"\n'}


async def test_a_version_is_held_against_the_newest_earlier_one(
    publisher: Context, curator: Context
) -> None:
    await handed_in(publisher, "0.9")
    await handed_in(publisher, "0.10")
    ended = await handed_in(publisher, "0.11")
    await move(publisher, ended, Act.WITHDRAW, revision=1, words="ผิด")
    await handed_in(publisher, "2.0")
    id = await handed_in(publisher, "1.0", more=MORE)

    found = await compare(curator, id)
    assert found.before is not None
    assert found.before["version"] == "0.10"
    assert [row["version"] for row in found.earlier] == ["0.10", "0.9"]
    assert found.gained == (Mark(Kind.NETWORK, "socket"),)
    changed = {file.path: file.how for file in found.files}
    assert changed == {
        "thongthin_library/sending.py": "added",
        "thongthin_library/plugin.py": "changed",
    }
    assert found.files[0].marks == (
        Mark(Kind.NETWORK, "socket"),
        Mark(Kind.SQL, "DELETE FROM core.account"),
    )


async def test_without_an_earlier_version_every_file_is_new(
    publisher: Context, curator: Context, ctx: Context
) -> None:
    id = await handed_in(publisher)

    found = await compare(curator, id)
    assert (found.before, found.earlier) == (None, [])
    assert {file.how for file in found.files} == {"added"}
    assert found.gained[0] == Mark(Kind.RIGHT, "library.see")
    with pytest.raises(NotFound):
        await compare(curator, id, "0.0.9")
    with pytest.raises(NotFound):
        await compare(await a_publisher(ctx, "other"), id)


async def test_what_is_new_stands_on_the_page(
    runtime: Runtime, ctx: Context, publisher: Context
) -> None:
    await handed_in(publisher)
    id = await handed_in(publisher, "0.2.0", more=MORE)
    home = f"{HOME}/{id}"

    async with signed_in(runtime, ctx, [READ, CURATE], home) as desk:
        assert f"{home}/changes" in (await desk.get(home)).text
        page = (await desk.get(f"{home}/changes")).text
        assert "library 0.2.0 เทียบกับรุ่น 0.1.0" in page
        assert "+import socket" in page
        assert "DELETE FROM core.account" in page
        every = (await desk.get(f"{home}/changes?against=")).text
        assert "ทุกไฟล์ของ library 0.2.0" in every
        assert "สิทธิใหม่" in every
        assert (await desk.get(f"{home}/changes?against=9")).status_code == 404
