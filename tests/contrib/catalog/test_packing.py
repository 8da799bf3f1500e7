import io
import zipfile
from pathlib import Path
from uuid import UUID

import pytest

from contrib.catalog.rules.states import Act
from contrib.catalog.service.moving import move
from contrib.catalog.service.packing import package_of
from contrib.catalog.service.rights import CURATE, READ
from contrib.catalog.service.submissions import read_submission
from core.catalog.entering import enter
from core.catalog.repository import CatalogFault, read_entry
from core.context import Context
from core.errors import Conflict, NotAllowed
from core.runtime import Runtime
from tests.contrib.catalog.conftest import HOME, handed_in
from tests.contrib.catalog.kept import tried
from tests.core.catalog.conftest import Keepers
from tests.desks import signed_in


@pytest.fixture
async def reviewed(publisher: Context, curator: Context) -> UUID:
    id = await handed_in(publisher)
    await move(curator, id, Act.TAKE, revision=1)
    await tried(curator, id)
    return id


async def test_what_curators_take_along_is_entered_signed_by_two_and_published(
    reviewed: UUID, curator: Context, keepers: Keepers, tmp_path: Path
) -> None:
    data, name = await package_of(curator, reviewed)
    assert name == "library-0.1.0.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    row = await read_submission(curator, reviewed)

    enter(
        keepers.repository,
        row["publisher"]["code"],
        tmp_path / row["wheel_name"],
        texts=(tmp_path / "texts.json").read_bytes(),
        report=(tmp_path / "report.json").read_bytes(),
        reviewers=["สมหญิง ใจดี", "สมชาย ใจดี"],
        data=row["answers"]["data"],
        now=keepers.now,
    )
    assert set(keepers.publish("curator1")) == {"acme", "targets"}
    with pytest.raises(CatalogFault):
        keepers.repository.newest("acme")
    assert keepers.publish("curator2") == {}
    [target] = keepers.repository.newest("acme").signed.targets.values()
    assert read_entry(target).title.th == "ห้องสมุด"
    assert target.hashes["sha256"] == row["wheel"]


async def test_only_curators_take_it_along_and_only_what_was_tried(
    reviewed: UUID, publisher: Context, curator: Context
) -> None:
    with pytest.raises(NotAllowed):
        await package_of(publisher, reviewed)
    await tried(curator, reviewed, tier="")
    with pytest.raises(Conflict):
        await package_of(curator, reviewed)
    await tried(curator, reviewed)
    assert await package_of(curator, reviewed) == await package_of(curator, reviewed)
    await move(curator, reviewed, Act.GIVE_BACK, revision=2)
    with pytest.raises(Conflict):
        await package_of(curator, reviewed)


async def test_the_page_says_how_it_is_signed(
    runtime: Runtime, ctx: Context, reviewed: UUID
) -> None:
    home = f"{HOME}/{reviewed}"

    async with signed_in(runtime, ctx, [READ, CURATE], f"{HOME}/{reviewed}/changes") as desk:
        page = (await desk.get(home)).text
        assert "catalog enter REPO acme thongthin_library-0.1.0-py3-none-any.whl" in page
        assert "ไม่ได้เก็บคลังไว้เอง" in (await desk.get(f"{HOME}/signing")).text
        late = await desk.post(f"{HOME}/signing/acme", files={"signed": ("acme.json", b"{}")})
        assert (late.status_code, "ไม่ได้เก็บคลังไว้เอง" in late.text) == (409, True)
        given = await desk.get(f"{home}/package.zip")
        assert "library-0.1.0.zip" in given.headers["content-disposition"]
