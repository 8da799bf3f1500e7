"""Work after the answer: jobs are rows of procrastinate, deferred in the change's own transaction.

A job that was deferred by a change that is rolled back never existed; a job
whose worker dies is found again by its missing heartbeat. So a job may run
more than once: whatever it does must bear that.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from croniter import croniter

from core import db
from core.context import Context
from core.inserts import Into
from core.tenants.tenant import Tenant

_JOBS = Into(
    "procrastinate_jobs",
    ("queue_name", "task_name", "priority", "lock", "args", "scheduled_at"),
    encoded=frozenset({"args"}),
)


# Not procrastinate's queueing lock: with it a failed job could not be put back beside a new one.
_FAN_OUT = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, args)
SELECT $3::varchar, $1::varchar, 0, $1::text || '/' || tenant, jsonb_build_object('tenant', tenant)
FROM unnest($2::text[]) AS tenant
WHERE NOT EXISTS (
  SELECT 1 FROM procrastinate_jobs AS other
  WHERE other.lock = $1::text || '/' || tenant AND other.status IN ('todo', 'doing')
)
"""

# Seconds between one attempt and the next; the last is repeated.
PAUSES = (10, 60, 300, 1800, 7200)


# Jobs that wait in one queue hold up none in the others: a mail server that does not answer
# delays no event, and the long work of a plugin delays no message.
MESSAGES, CORE, PLUGINS = QUEUES = ("messages", "core", "plugins")
SEND_MESSAGE = "core.send_message"


# Of a municipality that is suspended only this goes on: messages, such as the codes by which its
# officers sign in to read, and what passes between it and the operator.
BETWEEN = frozenset(
    {
        "core.hand_over",
        "core.note_elsewhere",
        "core.take_announcement",
        "core.take_support",
        "core.take_support_use",
    }
)


def goes_on(name: str, tenant: Tenant) -> bool:
    """Return whether jobs of this name are done for the municipality at present."""
    return tenant.suspended is None or queue_of(name) == MESSAGES or name in BETWEEN


def queue_of(name: str) -> str:
    """Return the queue in which jobs of this name wait."""
    if name == SEND_MESSAGE:
        return MESSAGES
    return CORE if name.startswith("core.") else PLUGINS


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts, at least one."""
    return timedelta(seconds=PAUSES[min(attempts, len(PAUSES)) - 1])


class NotNow(Exception):
    """A job cannot be done at present and nobody failed: it is put off, not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A kind of background work.

    :param name: ``<plugin>.<verb>``.
    :param run: called with the context of the municipality and the arguments of the job.
    :param every: minutes, hours, … as cron writes them, Bangkok time; the job then runs
        for each municipality that has the plugin switched on. A time that passed while
        nothing ran is made up for once. None: only when deferred.
    :param attempts: how often it is tried, with growing pauses, before it is listed for a person.
    :param budget: seconds that one attempt may take.
    :raises ValueError: ``every`` is no time as cron writes it.
    """

    name: str
    run: Callable[..., Awaitable[None]]
    every: str | None = None
    attempts: int = 6
    budget: float = 600

    def __post_init__(self) -> None:
        if self.every is not None and not croniter.is_valid(self.every):
            raise ValueError(f"{self.name}: cron does not know the time {self.every!r}")

    @property
    def plugin(self) -> str:
        """The plugin that it belongs to, or ``core``."""
        return self.name.partition(".")[0]


async def defer(
    ctx: Context,
    name: str,
    *,
    at: datetime | None = None,
    lock: str | None = None,
    **arguments: Any,
) -> None:
    """Have ``name`` done after the commit.

    :param at: not before this instant.
    :param lock: jobs of one lock run one after another, in the order in which they were deferred.
    :param arguments: JSON values.
    :raises RuntimeError: outside a transaction: the job could outlive a change that never was.
    """
    await _defer(ctx, name, lock, at, [arguments])


async def defer_each(
    ctx: Context,
    name: str,
    arguments: Sequence[Mapping[str, Any]],
    *,
    at: datetime | None = None,
    lock: str | None = None,
    urgent: bool = False,
) -> None:
    """Have ``name`` done after the commit, once with each of the arguments, as :func:`defer`.

    :param urgent: before all others of its queue.
    """
    await _defer(ctx, name, lock, at, arguments, urgent=urgent)


async def defer_for_tenants(name: str, tenants: Sequence[str]) -> None:
    """Have ``name`` done after the commit for each municipality where it is not waiting already.

    :raises RuntimeError: outside a transaction.
    """
    await db.current_connection().execute(_FAN_OUT, name, tenants, queue_of(name))


async def _defer(
    ctx: Context,
    name: str,
    lock: str | None,
    at: datetime | None,
    arguments: Sequence[Mapping[str, Any]],
    *,
    urgent: bool = False,
) -> None:
    for one in arguments:
        _add(ctx.tenant.id, name, one, lock=lock, at=at, urgent=urgent)


async def defer_for(tenant: str, name: str, arguments: Mapping[str, Any]) -> None:
    """Have ``name`` done after the commit for a municipality, by the platform itself.

    :raises RuntimeError: outside a transaction.
    """
    _add(tenant, name, arguments)


def _add(
    tenant: str,
    name: str,
    arguments: Mapping[str, Any],
    *,
    lock: str | None = None,
    at: datetime | None = None,
    urgent: bool = False,
) -> None:
    row = {
        "queue_name": queue_of(name),
        "task_name": name,
        "priority": 10 if urgent else 0,
        "lock": lock,
        "args": {"tenant": tenant, **arguments},
        "scheduled_at": at,
    }
    db.add_later(_JOBS, row)
