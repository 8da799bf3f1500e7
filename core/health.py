"""How an installation is, beyond answering: its worker, mail, audit trail, plugins and disk.

Read as the owner, who alone sees the rows of all municipalities, and counts them only.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import msgspec

from core.settings import Settings

LATE = 5 * 60  # seconds after which work that is due counts as not being done
UNSEALED = 60  # seconds in which every entry of the trail has its place in the chain
LEAST_FREE = 2_000_000_000  # bytes

_STATE = """
SELECT
  (SELECT count(*) FROM procrastinate.procrastinate_workers
    WHERE last_heartbeat > now() - interval '15 seconds') AS workers,
  (SELECT count(*) FROM procrastinate.procrastinate_jobs j
    WHERE j.status = 'todo' AND coalesce(j.scheduled_at, (
      SELECT min(at) FROM procrastinate.procrastinate_events e WHERE e.job_id = j.id
    )) < now() - make_interval(secs => $1)) AS jobs_late,
  (SELECT count(*) FROM core.message WHERE state = 'waiting') AS messages_waiting,
  (SELECT count(*) FROM core.message WHERE state = 'failed') AS messages_failed,
  (SELECT coalesce(extract(epoch FROM now() - min(at)), 0)::bigint FROM core.audit_entry
    WHERE seq IS NULL) AS unsealed_seconds,
  (SELECT count(*) FROM core.plugin_switch
    WHERE "on" AND resting_since IS NOT NULL) AS plugins_resting
"""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted over all municipalities.

    :param workers: processes that work in the background and were heard of within 15 seconds.
    :param jobs_late: jobs that were due more than five minutes ago.
    :param messages_waiting: for which nothing here sends.
    :param messages_failed: given up, until somebody has them sent again.
    :param unsealed_seconds: age of the oldest entry without a place in its chain; 0: none.
    :param plugins_resting: switched on, and resting after failures.
    :param disk_free: bytes on the disk of the data folder.
    """

    workers: int
    jobs_late: int
    messages_waiting: int
    messages_failed: int
    unsealed_seconds: int
    plugins_resting: int
    disk_free: int


async def read_state(url: str, data: Path) -> State:
    """Count.

    :param url: of the database's owner.
    :param data: the data folder.
    :raises OSError: the database does not answer.
    """
    connection = await asyncpg.connect(url, timeout=5)
    try:
        row = await connection.fetchrow(_STATE, float(LATE))
    finally:
        await connection.close()
    return State(disk_free=_free(data), **dict(row))


def _free(data: Path) -> int:
    """Return the free bytes of the disk on which the folder is, or will be."""
    folder = next(one for one in (data, *data.parents) if one.exists())
    return shutil.disk_usage(folder).free


def faults(state: State) -> Iterator[str]:
    """Yield what is wrong, each with what to do."""
    if state.jobs_late:
        why = "" if state.workers else "no worker runs; start thongthin serve. "
        yield f"{state.jobs_late} jobs wait for more than 5 minutes: {why}See its log."
    if state.unsealed_seconds > UNSEALED:
        yield (
            f"the audit trail is {state.unsealed_seconds} seconds behind with sealing: "
            "the worker does it; see its log."
        )
    if state.plugins_resting:
        yield (
            f"{state.plugins_resting} plugins rest after failures; "
            "each municipality's page of modules says why: /desk/modules"
        )
    if state.disk_free < LEAST_FREE:
        yield f"only {state.disk_free / 1e9:.1f} GB are free on the disk of the data."


def notes(state: State, settings: Settings) -> Iterator[str]:
    """Yield what whoever runs the platform should know, though nothing is broken."""
    if not state.workers:
        yield "No worker runs at present; thongthin serve starts one."
    if settings.smtp_url is None:
        yield (
            "THONGTHIN_SMTP_URL is not set: no e-mail leaves, "
            "codes to sign in come from: thongthin officer code"
        )
    if state.messages_waiting:
        yield f"{state.messages_waiting} messages wait for a way to be sent."
    if state.messages_failed:
        yield f"{state.messages_failed} messages failed; they are listed at /desk/messages."
    if not settings.secure and settings.base_domain != "localhost":
        yield "THONGTHIN_PUBLIC_URL is not https://…: passwords would travel in the open."
