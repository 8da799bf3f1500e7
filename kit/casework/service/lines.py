"""The lines of the inbox in words."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from core.api import Context, Text, transaction
from kit.casework.clock import Clock, read_clock
from kit.casework.declaration import Service, load
from kit.casework.service.inbox import Listed
from kit.casework.states import LABELS
from kit.casework.tables import ServiceVersion
from kit.thai import calendar_of

_NOBODY = Text("ไม่ประสงค์ออกนาม", "Does not say")


async def lines_of(
    ctx: Context, cases: Sequence[Listed], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return what each line shows, in the reader's language.

    :param names: of officers, by id, for those to whom cases are given.
    """
    services = await declared(ctx, {(one.service, one.version) for one in cases})
    calendar = calendar_of(ctx.tenant)
    lines = []
    for one in cases:
        service = services[one.service, one.version]
        clock = read_clock(
            today=ctx.today,
            due_on=one.due_on,
            paused=one.paused,
            within=service.within,
            calendar=calendar,
        )
        step = service.step(one.step).title if one.step else LABELS[one.status]
        title = service.title.to(ctx.language)
        lines.append(
            {
                "case": one,
                "title": f"{title} {one.subject}".strip(),
                "facts": [
                    one.number,
                    one.applicant or _NOBODY.to(ctx.language),
                    step.to(ctx.language),
                ],
                "officer": names.get(str(one.assignee), ""),
                "state": clock_words(clock).to(ctx.language),
                "tone": TONES[clock.urgency],
            }
        )
    return lines


async def declared(
    ctx: Context, wanted: Collection[tuple[str, int]]
) -> dict[tuple[str, int], Service]:
    """Return the declarations of codes and versions by one query."""
    codes = sorted({code for code, _ in wanted})
    if not codes:
        return {}
    async with transaction(ctx):
        rows = (
            await ServiceVersion.select(
                ServiceVersion.service, ServiceVersion.version, ServiceVersion.declaration
            )
            .where(
                ServiceVersion.of(ctx),
                ServiceVersion.service.is_in(codes),
                ServiceVersion.version.is_in(sorted({version for _, version in wanted})),
            )
            .output(load_json=True)
        )
    return {(row["service"], row["version"]): load(row["declaration"]) for row in rows}


TONES = {
    "late": "bad",
    "today": "warn",
    "soon": "warn",
    "running": "run",
    "not_started": "",
    "stopped": "",
}


def clock_words(clock: Clock) -> Text:
    """Return how a case stands against its limit, as it is said in a list."""
    unit = Text("วันทำการ", "working days") if clock.unit == "working_days" else Text("วัน", "days")
    match clock.urgency:
        case "not_started":
            return Text("ยังไม่เริ่มนับเวลา", "The clock has not started")
        case "stopped":
            return Text("หยุดนับเวลา", "The clock is stopped")
        case "today":
            return Text("ครบกำหนดวันนี้", "Due today")
        case "late":
            return Text("เกิน {days} {unit}", "{days} {unit} late").format(
                days=-clock.left, unit=unit
            )
        case _:
            return Text("เหลือ {days} {unit}", "{days} {unit} left").format(
                days=clock.left, unit=unit
            )
