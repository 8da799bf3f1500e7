"""One slice of letters after another: whose licence still waits for its renewal is written to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, Text, transaction
from kit import documents
from kit.documents import Signer
from kit.law import Limits
from plugins.food_cert.rules.renewing import no_letter
from plugins.food_cert.service.letter_paper import SERIES, TEMPLATE, renewal_paper
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.places import note_event
from plugins.food_cert.tables.letters import LetterRun, RenewalLetter

SLICE = 20
_WRITTEN = Text(
    "ออกหนังสือแจ้งเตือนการต่ออายุ เลขที่ {number}", "Wrote about the renewal, letter no. {number}"
)
# When a place was last written to, by place.
LAST_LETTERS = """
SELECT place_id, max(made_on) AS made_on FROM food_cert.renewal_letter
WHERE tenant_id = $1 AND place_id = ANY($2) AND made_on IS NOT NULL GROUP BY place_id
"""
_LOCK = """
SELECT state, signer, signed_by FROM food_cert.letter_run
WHERE tenant_id = $1 AND id = $2 FOR UPDATE
"""
# The place is held too: of two sets the second sees the letter of the first.
_NEXT = """
SELECT l.id AS letter, l.until AS counted, p.* FROM food_cert.renewal_letter l
JOIN food_cert.place p ON p.tenant_id = l.tenant_id AND p.id = l.place_id
WHERE l.tenant_id = $1 AND l.run_id = $2 AND l.state = 'drafted'
ORDER BY l.turn LIMIT $3 FOR UPDATE OF l, p
"""


async def go_on(ctx: Context, run: UUID, *, slices: int) -> bool:
    """Make some more slices; return whether nothing is left to do now."""
    for _ in range(slices):
        if await _slice(ctx, run):
            return True
    return False


async def _slice(ctx: Context, run: UUID) -> bool:
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_LOCK, ctx.tenant.id, run)
        if row is None or row["state"] != "running":
            return True
        drafts = await connection.fetch(_NEXT, ctx.tenant.id, run, SLICE)
        signs = msgspec.json.decode(row["signer"], type=Signer)
        here = replace(ctx, actor=replace(ctx.actor, id=row["signed_by"], name=signs.name))
        limits = await limits_on(ctx, ctx.today)
        ids = [one["id"] for one in drafts]
        last = {
            one["place_id"]: one["made_on"]
            for one in await connection.fetch(LAST_LETTERS, ctx.tenant.id, ids)
        }
        for one in drafts:
            if why := no_letter(one, one["counted"], last.get(one["id"]), ctx.today):
                await _write(ctx, one, {RenewalLetter.state: "skipped", RenewalLetter.why: why})
            else:
                await _issue(here, one, limits, signs)
        over = len(drafts) < SLICE
        if over:
            await LetterRun.update({LetterRun.state: "done", LetterRun.ended_at: ctx.now}).where(
                LetterRun.of(ctx), LetterRun.id == run
            )
    return over


async def _issue(ctx: Context, place: Mapping[str, Any], limits: Limits, signs: Signer) -> None:
    issued = await documents.issue(
        ctx,
        TEMPLATE,
        subject=subject_of(place["letter"]),
        series=SERIES,
        make=lambda stamp: renewal_paper(ctx, place, limits, signs, stamp),
    )
    made: dict[Any, Any] = {
        RenewalLetter.state: "made",
        RenewalLetter.paper: issued.id,
        RenewalLetter.number: issued.number,
        RenewalLetter.made_on: ctx.today,
    }
    await _write(ctx, place, made)
    words = _WRITTEN.format(number=issued.number)
    await note_event(ctx, place["id"], what="written", words=words)


async def _write(ctx: Context, place: Mapping[str, Any], values: dict[Any, Any]) -> None:
    await RenewalLetter.update(values).where(
        RenewalLetter.of(ctx), RenewalLetter.id == place["letter"]
    )


def subject_of(letter: UUID) -> str:
    """Return by what the paper of a letter is found."""
    return f"renewal_letter/{letter}"
