"""A desk where the catalog is kept, and versions that were brought some way there."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from contrib.catalog.rules.checklist import POINTS
from contrib.catalog.rules.states import Act
from contrib.catalog.service.looking import answer
from contrib.catalog.service.moving import move
from contrib.catalog.service.rights import CURATE, READ
from contrib.catalog.service.signing import take_signatures, to_sign
from contrib.catalog.service.submissions import read_submission, store_of
from contrib.catalog.tables.submissions import Report
from core.catalog.ceremonies import sign
from core.conformance.report import Report as Written
from core.context import Context
from core.db import add, new_id, transaction
from core.settings import Settings
from tests.contrib.catalog.conftest import handed_in, somebody
from tests.core.catalog.conftest import PHRASE, Keepers

ALL_FINE = {one.code: "yes" for one in POINTS}


@pytest.fixture
def settings(settings: Settings, keepers: Keepers, tmp_path: Path) -> Settings:
    """An installation that keeps the catalog, with the key of the service."""
    phrase = tmp_path / "phrase"
    phrase.write_text(f"{PHRASE}\n", encoding="utf-8")
    return replace(
        settings,
        operator="maehia",
        repository=keepers.folder,
        repository_key=keepers.keys / "online",
        repository_passphrase=phrase,
    )


@pytest.fixture
def second(ctx: Context) -> Context:
    """Another curator."""
    return somebody(ctx, "สมชาย ใจดี", READ, CURATE)


async def tried(ctx: Context, id: UUID, tier: str = "silver", **more: Any) -> None:
    """Let the kit have said so of a submission."""
    row = await read_submission(ctx, id)
    known = {"plugin": row["plugin"], "version": row["version"], "at": ctx.now, "tier": tier}
    written = Written(seconds=1, versions={}, checks=(), **known | more).dump()
    kept = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "submission_id": id,
        "at": ctx.now,
        "failure": "",
        "tier": tier,
        "passed": 0,
        "total": 0,
        "digest": await store_of(ctx).put_async(ctx.tenant.id, written),
    }
    async with transaction(ctx):
        await add(Report, kept)


async def done(ctx: Context, id: UUID, *acts: Act, words: str = "อ่านแล้ว") -> None:
    """Do some acts, each with the submission as it is then."""
    for act in acts:
        revision = (await read_submission(ctx, id))["revision"]
        await move(ctx, id, act, revision=revision, words=words)


async def seen(curator: Context, id: UUID) -> None:
    """Let a curator take a submission, have it tried and answer the checklist."""
    await done(curator, id, Act.TAKE)
    await tried(curator, id)
    await answer(curator, id, dict(ALL_FINE), revision=2)


async def proposed(
    publisher: Context, curator: Context, second: Context, version: str = "0.1.0", **more: Any
) -> UUID:
    """Return a version that two curators agreed about, and that waits to be signed."""
    id = await handed_in(publisher, version, **more)
    await seen(curator, id)
    await done(curator, id, Act.PROPOSE)
    await done(second, id, Act.AGREE)
    return id


async def signed(ctx: Context, keepers: Keepers, *who: str) -> Sequence[str]:
    """Have all that waits signed elsewhere and handed in; return what was published."""
    published: list[str] = []
    for role in [one.role for one in (await to_sign(ctx)).waiting]:
        for one in who or ("curator1", "curator2"):
            file = keepers.folder.parent / f"{role}.json"
            waits = {one.role: one.data for one in (await to_sign(ctx)).waiting}
            file.write_bytes(waits[role])
            sign(file, keepers.key(one))
            published += (await take_signatures(ctx, role, file.read_bytes())).roles
    return published


def states(keepers: Keepers) -> dict[str, str]:
    """Return the state of every version, as it is published."""
    entries = keepers.repository.entries(published=True)
    return {version: entry.state for (_, version), (_, entry) in entries.items()}
