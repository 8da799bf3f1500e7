"""Every night what has run out is deleted: codes, parked forms, counts, records of old sessions."""

from datetime import timedelta

from core import db
from core.context import Context
from core.identity.tables import OneTimeCode, ParkedForm, Session, SignInAttempt
from core.jobs import Job

FORGET = "core.forget_run_out"

# Who used the system is kept 90 days at least, and up to two years when an officer orders it.
# Law: Computer Crime Act B.E. 2550, s. 26.
SESSIONS_KEPT = timedelta(days=2 * 365)
_COUNTS_KEPT = timedelta(days=2)


async def forget_run_out(ctx: Context) -> None:
    """Delete what has run out in one municipality."""
    async with db.transaction(ctx):
        await OneTimeCode.delete().where(
            OneTimeCode.of(ctx), OneTimeCode.expires_at < ctx.now - timedelta(days=1)
        )
        await ParkedForm.delete().where(ParkedForm.of(ctx), ParkedForm.expires_at < ctx.now)
        await SignInAttempt.delete().where(
            SignInAttempt.of(ctx), SignInAttempt.last_at < ctx.now - _COUNTS_KEPT
        )
        await Session.delete().where(Session.of(ctx), Session.expires_at < ctx.now - SESSIONS_KEPT)


JOBS = (Job(name=FORGET, run=forget_run_out, every="17 3 * * *"),)
