"""Submissions go where the catalog has them, whoever published it; and the state is kept signed."""

from contrib.catalog.rules.states import FOLLOWED, State, act_towards
from contrib.catalog.service.kept import alone, kept_here, publish, sign_state
from contrib.catalog.service.submissions import carry_on, read_submission
from contrib.catalog.tables.submissions import Submission
from core.api import Conflict, Context, Job, audit, catalog, transaction

FOLLOW, TIMESTAMP = "catalog.follow", "catalog.timestamp"


async def follow(ctx: Context) -> None:
    """Let every submission stand where the catalog has its version."""

    def read(repository: catalog.Repository) -> dict[tuple[str, str], str]:
        published = repository.entries(published=True)
        return {key: entry.state for key, (_, entry) in published.items()}

    states = await alone(ctx, read)
    async with transaction(ctx):
        rows = await Submission.select(
            Submission.id, Submission.plugin, Submission.version, Submission.state
        ).where(Submission.of(ctx), Submission.state.is_in(sorted(FOLLOWED)))
        for row in rows:
            there = states.get((row["plugin"], row["version"]))
            if there is None or act_towards(State(row["state"]), there) is None:
                continue
            held = await read_submission(ctx, row["id"], hold=True)
            if act := act_towards(State(held["state"]), there):
                await carry_on(ctx, held, act)
                facts = {"act": act, "plugin": row["plugin"], "version": row["version"]}
                subject = f"submission/{row['id']}"
                await audit.record(ctx, "catalog.submission.moved", subject, **facts, reason="")


async def _follow(ctx: Context) -> None:
    """Publish what was signed elsewhere, and follow what was published there.

    :raises Conflict: the service's key is of no use, which whoever runs the platform is told.
    """
    if kept_here(ctx) is not None:
        published = await alone(ctx, lambda repository: publish(repository, ctx))
        await follow(ctx)
        if published.problem is not None:
            raise Conflict(published.problem)


async def _timestamp(ctx: Context) -> None:
    if kept_here(ctx) is not None:
        await alone(ctx, lambda repository: sign_state(repository, ctx))


JOBS = (
    Job(name=FOLLOW, run=_follow, every="*/5 * * * *"),
    Job(name=TIMESTAMP, run=_timestamp, every="20 3 * * *"),
)
