"""The repository handed out by the operator's installation: what is published, and nothing else."""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import httpx
import pytest
from tuf.ngclient import Updater

from core.catalog.changing import propose_version
from core.context import Context
from core.settings import Settings
from core.tenants.tenant import BANGKOK
from tests.contrib.catalog.conftest import keeping
from tests.core.catalog.conftest import Keepers, entry_of, make_wheel
from tests.core.commands.conftest import Installation

HOME = "/catalog/repository"
NAME, WHEEL = make_wheel()


@pytest.fixture
def settings(tmp_path: Path, keepers: Keepers) -> Settings:
    return keeping(tmp_path, keepers)


def wheel_at(keepers: Keepers) -> str:
    [path] = (keepers.folder / "targets" / "acme").iterdir()
    return f"{HOME}/targets/acme/{path.name}"


async def test_what_never_changes_may_be_kept_and_the_timestamp_is_asked_for(
    client: httpx.AsyncClient, keepers: Keepers
) -> None:
    keepers.enter((NAME, WHEEL))

    stamp = await client.get(f"{HOME}/metadata/timestamp.json")
    root = await client.get(f"{HOME}/metadata/1.root.json")
    wheel = await client.get(wheel_at(keepers))

    assert stamp.headers["cache-control"] == "public, no-cache"
    assert root.content == keepers.root
    assert wheel.content == WHEEL
    for one in (root, wheel):
        assert one.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert [one for one in (stamp, root, wheel) if "set-cookie" in one.headers] == []
    for one in (stamp, root, wheel):
        again = await client.get(one.url.path, headers={"If-None-Match": one.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["cache-control"] == one.headers["cache-control"]

    keepers.repository.sign_state(keepers.key("online"), keepers.now + timedelta(hours=1))
    tag = {"If-None-Match": stamp.headers["etag"]}
    newer = await client.get(f"{HOME}/metadata/timestamp.json", headers=tag)
    assert newer.status_code == 200
    assert newer.headers["etag"] != stamp.headers["etag"]


async def test_what_waits_to_be_signed_is_not_handed_out(
    client: httpx.AsyncClient, keepers: Keepers
) -> None:
    entry = entry_of((NAME, WHEEL))
    propose_version(keepers.repository, "acme", NAME, WHEEL, entry, keepers.now)

    assert (await client.get(wheel_at(keepers))).status_code == 404
    keepers.publish("curator1")
    assert (await client.get(wheel_at(keepers))).status_code == 404
    keepers.publish("curator2")
    assert (await client.get(wheel_at(keepers))).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "metadata/2.root.json",
        "metadata/targets.json",
        "metadata/acme.json",
        "metadata/0.root.json",
        "metadata/..%2Fpending%2Facme.json",
        "metadata/%2e%2e/pending/acme.json",
        "metadata/1.root.json%00",
        "metadata/1.%2e%2e.json",
        "pending/acme.json",
        "bundle/metadata/1000001.root.json",
        "targets/acme",
        "targets/acme/library.whl",
        "targets/..%2Fpending/acme.json",
        "targets/%2e%2e/acme.json",
        "",
    ],
)
async def test_nothing_else_of_the_folder_is_handed_out(
    client: httpx.AsyncClient, keepers: Keepers, path: str
) -> None:
    keepers.enter((NAME, WHEEL))
    keepers.repository.renew("acme", keepers.now)
    assert (keepers.repository.pending / "acme.json").exists()

    assert (await client.get(f"{HOME}/{path}")).status_code == 404


async def test_that_there_is_no_next_root_is_not_remembered(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{HOME}/metadata/2.root.json")

    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


async def test_another_office_of_the_installation_hands_out_nothing(
    client: httpx.AsyncClient, other: Context
) -> None:
    there = f"http://{other.tenant.id}.localhost{HOME}/metadata/timestamp.json"

    assert (await client.get(there)).status_code == 404
    assert (await client.get(f"{HOME}/metadata/timestamp.json")).status_code == 200


class Office:
    """An installation with a server that keeps a catalog, and one that follows it."""

    def __init__(self, folder: Path, database: str, repository: Path) -> None:
        self.keeping = Installation(folder / "keeping")
        self.following = Installation(folder / "following")
        for one in (self.keeping, self.following):
            one.environment["THONGTHIN_DATABASE_URL"] = database
        self.keeping.environment["THONGTHIN_OPERATOR"] = "dga"
        self.keeping.environment["THONGTHIN_REPOSITORY"] = str(repository)
        self.url = f"http://127.0.0.1:{self.keeping.port}{HOME}"

    def follow(self, *arguments: str) -> str:
        ran = self.following.command("catalog", *arguments)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout


@pytest.fixture
async def office(tmp_path: Path, database: str, keepers: Keepers) -> AsyncIterator[Office]:
    made = Office(tmp_path / "office", database, keepers.folder)
    name = "สำนักงานพัฒนารัฐบาลดิจิทัล"
    made.keeping.command("tenant", "create", "dga", "--name", name, "--plugins", "catalog")
    line = await asyncpg.connect(database)
    await line.execute("UPDATE core.tenant SET hosts = '{127.0.0.1}' WHERE id = 'dga'")
    await line.close()
    yield made
    made.following.close()
    made.keeping.close()


@pytest.fixture
def running(office: Office) -> Office:
    office.keeping.serve()
    return office


def test_installations_and_python_tuf_take_the_catalog_from_the_running_server(
    running: Office, keepers: Keepers, tmp_path: Path
) -> None:
    keepers.enter((NAME, WHEEL))
    (tmp_path / "root.json").write_bytes(keepers.root)

    running.follow("add", "--root", str(tmp_path / "root.json"), "--url", running.url)
    running.follow("refresh")
    running.follow("install", "library")
    assert "Nothing is counted" in running.follow("report")
    running.follow("policy", "--report")
    address = running.url.replace("/repository", "/failures")
    assert f"Sent next to {address}" in running.follow("report")
    day = datetime.now(BANGKOK).date() - timedelta(days=1)
    told = {"plugin": "library", "version": "0.1.0", "day": str(day)}
    numbers = {"calls": 9, "failures": 1, "rests": 0}
    sent = {"installation": "4f" * 16, "counts": [{**told, **numbers}]}
    assert httpx.post(address, json=sent).status_code == 204
    assert httpx.post(address, json={**sent, "office": "maehia"}).status_code == 422
    held = json.loads((running.following.data / "plugins" / "installed.json").read_text())
    assert held["library"]["current"]["version"] == "0.1.0"

    for name in ("metadata", "targets"):
        (tmp_path / "plain" / name).mkdir(parents=True)
    keepers.repository.renew("root", keepers.now)
    keepers.publish()
    plain = Updater(
        str(tmp_path / "plain" / "metadata"),
        f"{running.url}/metadata/",
        str(tmp_path / "plain" / "targets"),
        f"{running.url}/targets/",
        bootstrap=keepers.root,
    )
    plain.refresh()
    target = plain.get_targetinfo(f"acme/{NAME}")
    assert target is not None
    assert Path(plain.download_target(target)).read_bytes() == WHEEL

    for path in ("metadata/timestamp.json", "metadata/2.root.json"):
        whole, head = httpx.get(f"{running.url}/{path}"), httpx.head(f"{running.url}/{path}")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == whole.headers["etag"]
