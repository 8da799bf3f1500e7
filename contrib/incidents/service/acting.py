"""What officers do with reports: screen, assign, pass on, accept, send back, close, reopen."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contrib.incidents.rules.doing import ANSWERS, IN_THE_FIELD, is_screening
from contrib.incidents.rules.states import Act, State, acts_at
from contrib.incidents.service.matters import hold
from contrib.incidents.service.moving import check_revision, move
from contrib.incidents.service.rights import SCREEN, WORK
from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotAllowed,
    Text,
    need,
    people,
    transaction,
)

_OTHER_UNIT = Text(
    "เรื่องนี้เป็นงานของ{unit} ให้เจ้าหน้าที่ของหน่วยงานนั้นดำเนินการ",
    "This report is the work of {unit}; its officers carry it on.",
)
_NO_UNIT = Text("ยังไม่มอบหมาย", "nobody yet")
_NO_CREW = Text(
    "เจ้าหน้าที่คนนี้ไม่มีสิทธิรับงานของหน่วยงานที่เลือก เลือกคนอื่น หรือไม่ระบุชื่อ",
    "This officer may not do the work of that division. Choose another, or nobody by name.",
)

_IN_THE_FIELD = Text(
    "บันทึกที่หน้างานภาคสนาม พร้อมรูปหลังทำและค่าใช้จ่าย",
    "Note it on the page for field work, with a photo of the result and the cost.",
)


def may_do(ctx: Context, report: Mapping[str, Any], act: Act) -> bool:
    """Return whether the actor has the right to an act, where the report stands."""
    if ctx.actor.kind == "system" or is_screening(State(report["state"]), act):
        return ctx.actor.kind == "system" or ctx.actor.may(SCREEN)
    if act == Act.RETURN and ctx.actor.may(SCREEN):
        return True
    return ctx.actor.may(WORK, report["unit"])


def possible(ctx: Context, report: Mapping[str, Any]) -> list[Act]:
    """Return what the actor may do with a report now, in the order of the state machine."""
    return [act for act in acts_at(State(report["state"])) if may_do(ctx, report, act)]


def check_right(ctx: Context, report: Mapping[str, Any], act: Act) -> None:
    """Return when the actor has the right to an act.

    :raises NotAllowed: the actor has not, or the report is of another division.
    """
    if may_do(ctx, report, act):
        return
    need(ctx, SCREEN if is_screening(State(report["state"]), act) else WORK)
    unit = ctx.tenant.units.get(report["unit"])
    raise NotAllowed(_OTHER_UNIT.format(unit=unit.name if unit else _NO_UNIT))


async def act_on(
    ctx: Context, id: UUID, act: Act, values: Mapping[str, Any], *, revision: int
) -> None:
    """Do an act with a report.

    :param values: of its form: words, and what the act asks for.
    :param revision: of the report that the officer had before them.
    :raises NotFound: there is no such report.
    :raises NotAllowed: the actor has no right to it.
    :raises Conflict: it is not possible now, or somebody has changed the report meanwhile.
    :raises InvalidInput: the officer who was named may not do the work.
    """
    more = await _columns(ctx, act, values)
    async with transaction(ctx):
        [held] = await hold(ctx, id)
        check_right(ctx, held, act)
        check_revision(held, revision)
        if act in IN_THE_FIELD and held["state"] != State.PASSED:
            raise Conflict(_IN_THE_FIELD)
        words = values.get("words", "")
        await move(ctx, held, act, more, words=words, for_all=act in ANSWERS)


async def _columns(ctx: Context, act: Act, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a report that an act changes beside its state."""
    if act == Act.ASSIGN:
        crew = await _crew(ctx, values["unit"], values.get("crew", ""))
        screened = {name: values[name] for name in ("category", "unit", "summary")}
        return {**crew, **screened, "place": values.get("place", "")}
    if act == Act.FORWARD:
        return {"agency": values["agency"], "unit": "", "crew": None, "crew_name": ""}
    return {}


async def _crew(ctx: Context, unit: str, crew: str) -> dict[str, Any]:
    if not crew:
        return {"crew": None, "crew_name": ""}
    able = {str(one["id"]): one for one in await people.holders_of(ctx, WORK, unit=unit)}
    if crew not in able:
        raise InvalidInput({"crew": _NO_CREW})
    return {"crew": UUID(crew), "crew_name": able[crew]["name"]}


async def crews(ctx: Context) -> dict[str, str]:
    """Return who may do the work of some division: names by account, for a list to choose from."""
    found: dict[str, str] = {}
    for unit in ctx.tenant.units:
        holders = await people.holders_of(ctx, WORK, unit=unit)
        found |= {str(one["id"]): one["name"] for one in holders}
    return dict(sorted(found.items(), key=lambda item: item[1]))
