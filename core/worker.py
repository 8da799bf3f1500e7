"""The process that does the work after the answers: jobs, events, messages, the clock.

procrastinate keeps the jobs as rows and finds the next one; this module says what a job is,
for whom it runs, and what happens when it fails. A job that fails is tried again after
growing pauses; at the end it is listed for a person. A job whose process was killed is found
by its missing heartbeat and tried again. What is told by one transaction is begun within a
second after its commit.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import procrastinate
import structlog
from procrastinate import JobContext, exceptions, retry
from procrastinate.jobs import Job as StoredJob
from procrastinate.jobs import Status

from core import db, events, handing, jobs
from core.audit.sealing import sealer
from core.behalf import on_behalf
from core.catalog import following
from core.clock import follow_clock
from core.context import Context
from core.identity import upkeep
from core.jobs import Job
from core.manifest import PluginRefused
from core.notifications import delivery
from core.operator import announced, announcing, carrying, figures, noting, watching
from core.runtime import Runtime
from core.tenants import calendar
from core.undelivered import service as undelivered
from core.watchdog import HeldUp

log = logging.getLogger(__name__)

# Jobs side by side, by queue.
AT_ONCE = {jobs.CORE: 12, jobs.MESSAGES: 4, jobs.PLUGINS: 6}
POLL = 0.5  # seconds: how late a job can be found when its notification is lost
HEARTBEAT = 3.0
STALLED = 15.0  # seconds without a heartbeat after which a process counts as dead
LONGEST_HOLD = 5.0  # seconds for which a job may hold the event loop
PUT_OFF = 5 * 60  # seconds, for a job whose plugin is off or rests


class Worker:
    """The background work of one installation."""

    def __init__(self, runtime: Runtime, url: str) -> None:
        self._runtime = runtime
        jobs_of = (watching.jobs_of, figures.jobs_of)
        given = [job for give in jobs_of for job in give(runtime.directory)]
        self._of_operator = {job.name: job for job in given}
        self.kinds = {job.name: job for job in self._find_jobs()}
        self.app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(
                conninfo=url,
                min_size=1,
                max_size=4,
                kwargs={"options": f"-c search_path=procrastinate -c role={db.APP_ROLE}"},
            )
        )
        for job in self.kinds.values():
            self.app.task(name=job.name, pass_context=True, retry=_Pauses(job))(self._task(job))

    def _find_jobs(self) -> Iterable[Job]:
        yield from events.JOBS
        yield from handing.JOBS
        yield from delivery.JOBS
        yield from upkeep.JOBS
        yield from calendar.JOBS
        yield from following.JOBS
        yield from noting.JOBS
        yield from carrying.JOBS
        yield from announcing.JOBS
        yield from announced.JOBS
        yield from self._of_operator.values()
        host = self._runtime.host
        for plugin, given in host.gathered("register_jobs"):
            for job in given:
                if job.plugin != plugin:
                    reason = f"its job {job.name!r} does not begin with its name"
                    host.refuse(PluginRefused(plugin, reason))
                    break
                yield job

    def _task(self, job: Job) -> Callable[..., Awaitable[None]]:
        async def run(context: JobContext, tenant: str, **arguments: Any) -> None:
            with structlog.contextvars.bound_contextvars(job=job.name, tenant=tenant):
                await self._run(job, context.job, tenant, arguments)

        return run

    async def work(self) -> None:
        """Work until cancelled; what is being done then may end within seconds.

        :raises ExceptionGroup: the database is away, or something else ended a part of it.
        """
        async with self.app.open_async(), asyncio.TaskGroup() as group:
            await self._take_up_unknown()
            if self._runtime.settings.smtp_url:
                await self._send_what_waited()
            group.create_task(
                follow_clock(
                    self.kinds.values(),
                    everywhere=self._everywhere(),
                    alone=dict.fromkeys(self._of_operator, self._runtime.settings.operator),
                )
            )
            group.create_task(self._take_up_stalled())
            group.create_task(sealer(self._runtime))
            host, data = self._runtime.host, self._runtime.settings.data
            group.create_task(following.follow_catalog(host, data))
            for queue in jobs.QUEUES:
                group.create_task(self._work_off(queue))

    async def _work_off(self, queue: str) -> None:
        await self.app.run_worker_async(
            queues=[queue],
            name=queue,
            concurrency=AT_ONCE[queue],
            fetch_job_polling_interval=POLL,
            delete_jobs="successful",
            shutdown_graceful_timeout=6,
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
        )
        raise RuntimeError(f"the work on {queue} ended by itself")

    def _everywhere(self) -> set[str]:
        plugins = self._runtime.host.plugins
        return {"core"} | {name for name, manifest in plugins.items() if manifest.fixed}

    async def _run(
        self, job: Job, stored: StoredJob, tenant: str, arguments: dict[str, Any]
    ) -> None:
        if arguments.get("hook") == "on_plugin_switched":
            # Word of the change may be slower than this job, and the plugin shall hear of itself.
            self._runtime.directory.forget(tenant)
        found = await self._runtime.directory.get(tenant)
        if found is None:
            log.error("there is no such municipality")
            return
        ctx = self._runtime.context(found)
        try:
            if not _is_on(ctx, job.plugin) or not jobs.goes_on(job.name, found):
                raise jobs.NotNow
            await self._attempt(ctx, job, arguments)
        except jobs.NotNow:
            await self._put_off(ctx, job, stored, arguments)
        except Exception as problem:
            last = stored.attempts + 1 >= job.attempts
            log.exception("attempt %s of %s failed", stored.attempts + 1, job.attempts)
            if isinstance(problem, HeldUp) and job.plugin in ctx.host.plugins:
                ctx.host.quarantine.failed(ctx, job.plugin, job.name, problem)
            if not last:
                raise
            await undelivered.note(ctx, job=job.name, arguments=arguments, problem=problem)

    async def _attempt(self, ctx: Context, job: Job, arguments: dict[str, Any]) -> None:
        watchdog = self._runtime.host.watchdog
        with on_behalf(ctx.host.behalf(ctx, job.plugin)):
            async with asyncio.timeout(job.budget):
                await watchdog.watch(_awaited(job.run(ctx, **arguments)), longest=LONGEST_HOLD)

    async def _put_off(
        self, ctx: Context, job: Job, stored: StoredJob, arguments: dict[str, Any]
    ) -> None:
        """Store the job anew for later, with all its attempts before it."""
        at = datetime.fromtimestamp(ctx.now.timestamp() + PUT_OFF, UTC)
        async with db.transaction(ctx):
            await jobs.defer_each(ctx, job.name, [arguments], at=at, lock=stored.lock)

    async def _take_up_stalled(self) -> None:
        """Have jobs of dead processes done again; what killed its process each time is listed."""
        while True:
            for stored in await self.app.job_manager.get_stalled_jobs(
                seconds_since_heartbeat=STALLED
            ):
                await self._take_up(stored)
            await asyncio.sleep(HEARTBEAT)

    async def _take_up(self, stored: StoredJob) -> None:
        if stored.id is None:
            return
        job = self.kinds.get(stored.task_name)
        manager = self.app.job_manager
        try:
            if job is not None and stored.attempts + 1 >= job.attempts:
                await manager.finish_job_by_id_async(stored.id, Status.FAILED, delete_job=True)
                await self._list(job, stored)
            else:
                log.warning("job %s of a dead process is taken up", stored.task_name)
                await manager.retry_job_by_id_async(stored.id, retry_at=datetime.now(UTC))
        except exceptions.ConnectorException:
            # Another worker was first, or the process lives after all and has just finished it.
            log.info("job %s had been taken up already", stored.task_name)

    async def _list(self, job: Job, stored: StoredJob) -> None:
        arguments: dict[str, Any] = dict(stored.task_kwargs)
        found = await self._runtime.directory.get(arguments.pop("tenant"))
        if found is not None:
            problem = RuntimeError("the process that worked on it ended each time")
            ctx = self._runtime.context(found)
            await undelivered.note(ctx, job=job.name, arguments=arguments, problem=problem)

    async def _take_up_unknown(self) -> None:
        """Have jobs done again whose plugin was missing when their turn came."""
        for name in self.kinds:
            for stored in await self.app.job_manager.list_jobs_async(task=name, status="failed"):
                if stored.id is not None:
                    await self.app.job_manager.retry_job_by_id_async(
                        stored.id, retry_at=datetime.now(UTC)
                    )

    async def _send_what_waited(self) -> None:
        async with db.across_tenants() as connection:
            rows = await connection.fetch("SELECT core.tenants_with_waiting_messages()")
            await jobs.defer_for_tenants(delivery.SEND_WAITING, [row[0] for row in rows])


class _Pauses(retry.BaseRetryStrategy):
    """When a failed attempt is followed by another."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def get_retry_decision(
        self, *, exception: BaseException, job: StoredJob
    ) -> retry.RetryDecision | None:
        if not isinstance(exception, Exception):
            # The process was asked to stop in the middle of it.
            return retry.RetryDecision(retry_at=datetime.now(UTC))
        return retry.RetryDecision(retry_at=datetime.now(UTC) + jobs.pause_after(job.attempts + 1))


def _is_on(ctx: Context, plugin: str) -> bool:
    return plugin == "core" or plugin in ctx.tenant.plugins


async def _awaited(running: Awaitable[None]) -> None:
    await running
