import pytest

from core import db
from core.context import Context
from core.errors import NotFound
from core.undelivered import service


async def test_failed_work_is_listed_with_its_reason_and_done_again_on_request(
    ctx: Context, other: Context
) -> None:
    facts = {"hook": "on_case_opened", "event": "e", "facts": {"case": 1}, "plugin": "parks"}
    problem = OSError("0812345678 does not answer")
    await service.note(ctx, job="core.deliver_event", arguments=facts, problem=problem)
    await service.note(ctx, job="parks.count", arguments={}, problem=problem)

    [event, job] = await service.undelivered(ctx)
    assert (event["plugin"], event["hook"]) == ("parks", "on_case_opened")
    assert (job["plugin"], job["hook"], job["job"]) == ("parks", None, "parks.count")
    assert event["error"] == "OSError: ••• does not answer"
    assert await service.undelivered(other) == []
    assert await service.count_undelivered(ctx) == 2

    await service.deliver_again(ctx, failed=event["id"])

    assert await service.count_undelivered(ctx) == 1
    async with db.transaction(ctx) as connection:
        arguments = await connection.fetchval(
            "SELECT args ->> 'facts' FROM procrastinate_jobs WHERE task_name = 'core.deliver_event'"
        )
        acts = await connection.fetch("SELECT action FROM core.audit_entry")
    assert arguments == '{"case": 1}'
    assert "core.work.done_again" in [row[0] for row in acts]


async def test_what_is_done_again_is_done_once(ctx: Context, other: Context) -> None:
    await service.note(ctx, job="parks.count", arguments={}, problem=OSError("no"))
    [listed] = await service.undelivered(ctx)

    with pytest.raises(NotFound):
        await service.deliver_again(other, failed=listed["id"])
    await service.deliver_again(ctx, failed=listed["id"])
    with pytest.raises(NotFound):
        await service.deliver_again(ctx, failed=listed["id"])
