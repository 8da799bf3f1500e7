import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contrib.catalog.rules.states import Act
from contrib.catalog.service.following import JOBS, follow
from contrib.catalog.service.moving import acts_for, propose_stop
from contrib.catalog.service.proposing import enter, offered
from contrib.catalog.service.rights import CURATE, READ
from contrib.catalog.service.signing import (
    REFUSALS,
    read_document,
    renew_term,
    take_signatures,
    to_sign,
)
from contrib.catalog.service.submissions import carry_on, history, read_submission
from core.catalog.ceremonies import sign
from core.context import Context
from core.db import transaction
from core.errors import Conflict, NotAllowed, NotFound
from core.text import Text
from tests.contrib.catalog.conftest import handed_in, somebody
from tests.contrib.catalog.kept import done, proposed, second, seen, settings, signed, states, tried
from tests.core.catalog.conftest import Keepers

__all__ = ["second", "settings"]


async def standing(ctx: Context, id: object) -> str:
    row = await read_submission(ctx, id)  # type: ignore[arg-type]
    return f"{row['state']}"


async def test_what_two_curators_sign_elsewhere_is_published_at_once(
    publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    id = await proposed(publisher, curator, second)
    row = await read_submission(curator, id)
    assert (row["state"], row["second_name"]) == ("signing", "สมชาย ใจดี")
    targets, acme = (await to_sign(curator)).waiting
    assert (targets.publishers, acme.role) == (["acme"], "acme")
    assert [one.after.reviewers for one in acme.changes if one.after] == [
        ("สมหญิง ใจดี", "สมชาย ใจดี")
    ]

    assert await signed(curator, keepers, "curator1") == []
    assert await standing(curator, id) == "signing"
    assert await signed(second, keepers, "curator3") == ["targets", "acme"]

    assert states(keepers) == {"0.1.0": "approved"}
    assert [one["act"] for one in await history(publisher, id)][-2:] == ["agree", "publish"]
    query = "SELECT detail FROM core.audit_entry WHERE action = $1 ORDER BY seq"
    async with transaction(curator) as connection:
        told = [row[0] for row in await connection.fetch(query, "catalog.document.signed")]
    assert len(told) == 4
    assert "curator3" in str(told[-1])


async def test_a_newer_version_supersedes_and_both_are_followed(
    publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    old = await proposed(publisher, curator, second)
    await signed(curator, keepers)
    new = await proposed(publisher, curator, second, "0.2.0")
    with pytest.raises(Conflict, match=r"0\.2\.0 waits to be signed"):
        await proposed(publisher, curator, second, "0.3.0")
    assert await standing(curator, old) == "published"

    await signed(curator, keepers)

    assert await standing(curator, old) == "superseded"
    assert await standing(curator, new) == "published"


async def test_what_the_command_line_published_is_followed_by_itself(
    ctx: Context, publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    id = await proposed(publisher, curator, second)
    follow_job, timestamp = JOBS
    elsewhere = replace(ctx, settings=replace(ctx.settings, repository_key=None))
    assert keepers.publish() == {}
    await follow_job.run(elsewhere)
    assert await standing(curator, id) == "published"

    before = keepers.repository.newest("timestamp").signed.version
    await timestamp.run(elsewhere)
    assert keepers.repository.newest("timestamp").signed.version == before
    await timestamp.run(ctx)
    assert keepers.repository.newest("timestamp").signed.version == before + 1
    await follow(ctx)
    assert await standing(curator, id) == "published"


async def test_what_was_signed_with_the_command_is_published_by_the_job(
    ctx: Context, publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    id = await proposed(publisher, curator, second)
    for path in keepers.repository.waiting():
        for who in ("curator2", "curator3"):
            sign(path, keepers.key(who))

    await JOBS[0].run(ctx)

    assert await standing(curator, id) == "published"


async def test_what_adds_no_signature_is_refused_in_words(
    publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    id = await proposed(publisher, curator, second)
    bare = await read_document(curator, "acme")

    for role, data, why in (
        ("acme", bare, "none"),
        ("acme", b"%PDF", "unreadable"),
        ("targets", bare, "other"),
        ("root", bare, "gone"),
    ):
        with pytest.raises(Conflict) as told:
            await take_signatures(curator, role, data)
        assert told.value.sentence == REFUSALS[why]  # type: ignore[index]
    with pytest.raises(NotFound):
        await read_document(curator, "root")
    with pytest.raises(NotAllowed):
        await to_sign(publisher)
    assert await standing(curator, id) == "signing"


async def test_what_waits_to_be_signed_can_be_taken_back_and_looked_at_again(
    publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    id = await proposed(publisher, curator, second)
    with pytest.raises(Conflict):
        await done(publisher, id, Act.WITHDRAW)

    await done(second, id, Act.RETRACT, words="พบข้อผิดพลาดในคำอธิบาย")

    row = await read_submission(curator, id)
    assert (row["state"], row["second"], row["curator"]) == ("review", None, curator.actor.id)
    assert keepers.repository.entries() == {}
    await done(curator, id, Act.PROPOSE)
    await done(second, id, Act.AGREE)
    await signed(curator, keepers)
    with pytest.raises(Conflict):
        await done(second, id, Act.RETRACT)
    assert states(keepers) == {"0.1.0": "approved"}


async def test_what_a_fault_left_in_the_catalog_is_entered_anew_by_who_agrees(
    ctx: Context, publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    id = await handed_in(publisher)
    await seen(curator, id)
    await done(curator, id, Act.PROPOSE)
    third = somebody(ctx, "สมศรี ใจดี", READ, CURATE)
    await enter(third, await read_submission(third, id))

    await done(second, id, Act.AGREE)

    [(_, entry)] = keepers.repository.entries().values()
    assert entry.reviewers == ("สมหญิง ใจดี", "สมชาย ใจดี")


async def test_where_no_catalog_is_kept_the_desk_says_so(
    other: Context, publisher: Context, curator: Context
) -> None:
    for here in (
        replace(curator, tenant=other.tenant),
        replace(curator, settings=replace(curator.settings, repository=None)),
    ):
        with pytest.raises(Conflict, match="No catalog is kept here"):
            await to_sign(here)
        await JOBS[0].run(here)
        await JOBS[1].run(here)


@pytest.mark.parametrize(
    "wrong", [{"repository_passphrase": Path(__file__)}, {"repository_key": "curator2"}]
)
async def test_a_key_of_no_use_is_told_and_the_signature_is_kept(
    publisher: Context,
    curator: Context,
    second: Context,
    keepers: Keepers,
    wrong: dict[str, Any],
) -> None:
    if "repository_key" in wrong:
        wrong = {"repository_key": keepers.keys / wrong["repository_key"]}
    here = replace(curator, settings=replace(curator.settings, **wrong))
    await proposed(publisher, curator, second)
    await signed(curator, keepers, "curator1")
    file = keepers.folder.parent / "targets.json"
    file.write_bytes(await read_document(curator, "targets"))
    sign(file, keepers.key("curator2"))

    told = await take_signatures(here, "targets", file.read_bytes())

    assert told.problem is not None
    assert "THONGTHIN_REPOSITORY_KEY" in told.problem.en
    [targets, _] = (await to_sign(curator)).waiting
    assert targets.enough
    with pytest.raises(Conflict, match="is of no use"):
        await JOBS[0].run(here)
    await JOBS[0].run(curator)
    assert [one.role for one in (await to_sign(curator)).waiting] == ["acme"]


async def test_two_signatures_that_come_at_once_both_count(
    publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    await proposed(publisher, curator, second)
    await signed(curator, keepers, "curator1")
    back = []
    for who in ("curator2", "curator3"):
        file = keepers.folder.parent / "targets.json"
        file.write_bytes(await read_document(curator, "targets"))
        sign(file, keepers.key(who))
        back.append(file.read_bytes())
    no_key = replace(curator.settings, repository_key=None)

    await asyncio.gather(
        *(take_signatures(replace(curator, settings=no_key), "targets", one) for one in back)
    )

    [targets, _] = (await to_sign(curator)).waiting
    assert targets.signers == ["curator1", "curator2", "curator3"]


async def test_a_term_that_ends_soon_is_renewed_and_no_other(
    publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    await proposed(publisher, curator, second)
    await signed(curator, keepers)
    late = replace(curator, now=curator.now + timedelta(days=80))
    ending = [role for role, _ in (await to_sign(late)).ending]
    assert "acme" in ending

    for role in ("root", "timestamp", "nobody"):
        with pytest.raises(Conflict):
            await renew_term(late, role)
    await renew_term(late, "acme")

    [acme] = (await to_sign(late)).waiting
    assert (acme.changes, acme.same) == ([], 1)
    assert "acme" not in [role for role, _ in (await to_sign(late)).ending]


async def test_a_published_version_is_tried_again_and_its_evidence_renewed(
    publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    id = await proposed(publisher, curator, second)
    await signed(curator, keepers)
    row = await read_submission(second, id)
    told = await offered(second, row, acts_for(second, row))
    assert (told.acts, told.waits) == ((Act.CHECK, Act.STOP), False)
    with pytest.raises(Conflict, match="no older"):
        await done(second, id, Act.RENEW)

    await done(second, id, Act.CHECK)
    assert await standing(second, id) == "retrying"
    async with transaction(second):
        await carry_on(second, await read_submission(second, id, hold=True), Act.CHECKED)
    later = replace(second, now=second.now + timedelta(days=60))
    await tried(later, id, tier="gold")
    row = await read_submission(later, id)
    assert Act.RENEW in (await offered(later, row, acts_for(later, row))).acts
    await done(later, id, Act.RENEW)
    told = await offered(later, row, acts_for(later, row))
    assert (Act.RENEW in told.acts, told.waits) == (False, True)
    [acme] = (await to_sign(later)).waiting
    assert [one.after.quality.tier for one in acme.changes if one.after] == ["gold"]
    await signed(curator, keepers)

    [(_, entry)] = keepers.repository.entries(published=True).values()
    assert (entry.quality.tier, entry.quality.on) == ("gold", later.today)
    assert await standing(second, id) == "published"


async def test_a_stop_is_taken_back_and_what_was_followed_meanwhile_stays_superseded(
    publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    id = await proposed(publisher, curator, second)
    await signed(curator, keepers)
    reason = Text("ข้อมูลรั่ว", "It leaks")
    for number in range(2):
        revision = (await read_submission(curator, id))["revision"]
        if number:
            await proposed(publisher, curator, second, "0.2.0")
        await propose_stop(curator, id, reason, revision=revision)
        await signed(curator, keepers)
        assert states(keepers)["0.1.0"] == "stopped"
        assert await standing(curator, id) == "stopped"
        await done(second, id, Act.RESUME)
        with pytest.raises(Conflict, match="taken back waits"):
            await done(second, id, Act.RESUME)
        await signed(second, keepers)

    assert await standing(curator, id) == "superseded"
    assert states(keepers) == {"0.1.0": "superseded", "0.2.0": "approved"}
