"""The conformance kit is run on a submission, and its report kept as evidence."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from anyio import to_thread

from contrib.catalog.rules.reports import LARGEST, Told, read_report
from contrib.catalog.rules.sources import is_project_of, open_source, project_of
from contrib.catalog.rules.states import Act, State
from contrib.catalog.service.moving import CHECK_JOB
from contrib.catalog.service.running import run_limited
from contrib.catalog.service.submissions import (
    carry_on,
    read_file,
    read_submission,
    store_of,
)
from contrib.catalog.tables.submissions import Report
from core.api import Context, Job, add, audit, catalog, new_id, transaction
from kit.documents import FileRefused

Sent = tuple[bytes, str]
"""A file that was handed in, and its name."""
SECONDS = 1500  # that the kit may take
_TRIED = frozenset({State.CHECKING, State.RETRYING})


async def check(ctx: Context, submission: str) -> None:
    """Try a submission that waits for it; done once, however often the job runs."""
    id = UUID(submission)
    row = await read_submission(ctx, id)
    if row["state"] not in _TRIED:
        return
    wheel, source = await read_file(ctx, id, "wheel"), await read_file(ctx, id, "source")
    data, failure = await _tried(wheel, source)
    told = failure or read_report(data, row["plugin"], row["version"])
    digest = ""
    if isinstance(told, Told):
        digest = await store_of(ctx).put_async(ctx.tenant.id, data)
    await _keep(ctx, id, told, digest)


async def _tried(wheel: Sent, source: Sent) -> tuple[bytes, str]:
    """Return the report, empty where none was written, and why the kit did not come to its end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place)
        try:
            alike = await to_thread.run_sync(_lay_out, wheel, source, folder / "plugin")
        except FileRefused:
            return b"", "source"
        if not alike:
            return b"", "unlike"
        report = folder / "report.json"
        arguments = ("-m", "core", "plugin", "check", "plugin", "--report", report.name)
        status = await run_limited(arguments, folder, seconds=SECONDS)
        return await to_thread.run_sync(_read, report), "time" if status is None else ""


def _lay_out(wheel: Sent, source: Sent, folder: Path) -> bool:
    """Write the project of a source into a folder, and return whether it is the wheel's."""
    project = project_of(open_source(*source))
    if not is_project_of(project, catalog.open_wheel(wheel[0], name=wheel[1])):
        return False
    for path, held in project.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(held)
    return True


def _read(report: Path) -> bytes:
    """Return the report; what strangers' code made of it is no link, and not endless."""
    if report.is_symlink() or not report.is_file():
        return b""
    with report.open("rb") as file:
        return file.read(LARGEST + 1)


async def _keep(ctx: Context, id: UUID, told: Told | str, digest: str) -> None:
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "submission_id": id,
        "at": ctx.now,
        "failure": told if isinstance(told, str) else "",
        "tier": "" if isinstance(told, str) else told.tier or "",
        "passed": 0 if isinstance(told, str) else told.passed,
        "total": 0 if isinstance(told, str) else len(told.checks),
        "digest": digest,
    }
    async with transaction(ctx):
        held = await read_submission(ctx, id, hold=True)
        if held["state"] not in _TRIED:
            return
        await carry_on(ctx, held, Act.CHECKED)
        await add(Report, row)
        facts: dict[str, Any] = {name: row[name] for name in ("tier", "failure", "digest")}
        await audit.record(ctx, "catalog.submission.checked", f"submission/{id}", **facts)


JOBS = (Job(name=CHECK_JOB, run=check, attempts=2, budget=SECONDS + 120),)
