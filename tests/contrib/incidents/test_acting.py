import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contrib.incidents.rules.states import Act
from contrib.incidents.service import acting, crew, finding, following, reading
from contrib.incidents.service.assets import asset_of_code
from contrib.incidents.service.matters import get_report
from contrib.incidents.service.rights import READ, SCREEN, WORK
from contrib.incidents.service.telling import MESSAGES
from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed
from tests.contrib.incidents.conftest import a_pole, an_officer, rows
from tests.contrib.incidents.reports import (
    a_report,
    assigned,
    now_of,
    report_id,
    revision,
    state,
    stranger,
    worked,
)


def of_unit(ctx: Context, unit: str) -> Context:
    held = {READ: None, WORK: frozenset({unit})}
    officer = an_officer(ctx, "คำปัน ช่างไฟ")
    return replace(officer, actor=replace(officer.actor, permissions=held))


async def test_a_report_goes_its_way_from_the_pole_to_the_stars(officer: Context) -> None:
    pole = await a_pole(officer)
    sent = await a_report(officer, asset=pole, phone="+66812345678")
    later = now_of(officer, hours=1)
    id = await assigned(later, sent)
    await acting.act_on(now_of(officer, hours=2), id, Act.ACCEPT, {}, revision=2)
    await worked(now_of(officer, hours=3), id, "begin")
    await worked(now_of(officer, hours=4), id, "done")

    done = now_of(officer, hours=5)
    await following.rate(stranger(done), sent.track, 4, "เร็วดี")
    matter = await reading.read_matter(done, id)
    assert [one["act"] for one in matter.seen.events] == [
        "sent",
        "assign",
        "accept",
        "begin",
        "close",
        "rated",
    ]
    assert [one.period["in_time"] for one in matter.times] == [True, True, True]
    # The office does not close for lunch: from 10:42 on all hours count.
    assert [one.used.total_seconds() / 3600 for one in matter.times] == [1, 1, 2]
    report = matter.seen.report
    assert (report["cost"], report["answer"]) == (35_000, "เปลี่ยนหลอดแล้ว")
    assert [one["shows"] for one in matter.photos] == ["before", "after"]
    assert (await asset_of_code(done, "MH-0123"))["repaired_on"] == date(2026, 11, 20)
    told = await rows(done, "SELECT template FROM core.message ORDER BY created_at")
    assert [row["template"] for row in told] == ["incidents.received", "incidents.done"]


async def test_what_took_too_long_is_noted_as_late(officer: Context) -> None:
    sent = await a_report(officer)

    late = now_of(officer, hours=5)
    rows_late, _ = await finding.inbox(late, finding.Sought(state="late"))
    assert [row["code"] for row in rows_late] == [sent.code]
    id = await assigned(late, sent)
    matter = await reading.read_matter(late, id)
    assert [one.period["in_time"] for one in matter.times] == [False, None]
    assert (await finding.counts(late))[1] == 0


async def test_of_two_officers_who_assign_at_once_the_second_is_told(officer: Context) -> None:
    id = await report_id(officer, await a_report(officer))
    values = {"category": "lighting", "unit": "works", "summary": "ไฟดับ"}

    done = await asyncio.gather(
        *(acting.act_on(officer, id, Act.ASSIGN, values, revision=1) for _ in range(2)),
        return_exceptions=True,
    )

    assert [type(one) for one in done if one] == [Conflict]
    assert len(await rows(officer, "SELECT 1 FROM incidents.period WHERE stage = 'accept'")) == 1


async def test_a_division_does_its_own_work_only(officer: Context) -> None:
    id = await assigned(officer, await a_report(officer), unit="works")
    other, own = of_unit(officer, "clerk"), of_unit(officer, "works")

    with pytest.raises(NotAllowed):
        await acting.act_on(other, id, Act.ACCEPT, {}, revision=2)
    with pytest.raises(NotAllowed):
        await worked(other, id)
    assert [row["id"] for row in await crew.to_do(own)] == [id]
    assert await crew.to_do(other) == []
    await acting.act_on(own, id, Act.ACCEPT, {}, revision=2)
    with pytest.raises(NotAllowed):
        await acting.act_on(own, id, Act.FORWARD, {"agency": "กฟภ."}, revision=3)
    with pytest.raises(Conflict):
        await acting.act_on(own, id, Act.CLOSE, {"words": "เสร็จ"}, revision=3)


async def test_work_is_named_only_to_who_may_do_it(officer: Context) -> None:
    id = await report_id(officer, await a_report(officer))
    values = {"category": "lighting", "unit": "works", "summary": "ไฟดับ", "crew": str(id)}

    with pytest.raises(InvalidInput):
        await acting.act_on(officer, id, Act.ASSIGN, values, revision=1)


async def test_what_another_agency_does_is_closed_or_taken_back(officer: Context) -> None:
    id = await report_id(officer, await a_report(officer))
    forward = {"agency": "การไฟฟ้าส่วนภูมิภาค", "words": "กฟภ. เป็นเจ้าของเสา"}

    await acting.act_on(officer, id, Act.FORWARD, forward, revision=1)
    assert (await finding.inbox(officer, finding.Sought(state="passed")))[1] == 1
    await acting.act_on(officer, id, Act.TAKE_BACK, {"words": "เป็นเสาของเรา"}, revision=2)
    assert await state(officer, id) == "reported"
    await acting.act_on(officer, id, Act.FORWARD, forward, revision=3)
    await acting.act_on(officer, id, Act.CLOSE, {"words": "กฟภ. แก้แล้ว"}, revision=4)
    assert await state(officer, id) == "done"


@pytest.mark.parametrize("how", ["citizen", "officer"])
async def test_what_is_not_right_is_reopened_with_a_reason_and_counted(
    officer: Context, how: str
) -> None:
    sent = await a_report(officer)
    id = await assigned(officer, sent)
    await worked(officer, id)

    if how == "citizen":
        await following.reopen(stranger(officer), sent.track, "ยังดับอยู่")
    else:
        words = {"words": "ผู้แจ้งโทรมาว่ายังดับ"}
        await acting.act_on(officer, id, Act.REOPEN, words, revision=await revision(officer, id))

    matter = await reading.read_matter(officer, id)
    assert (matter.seen.report["state"], matter.seen.report["reopened"]) == ("reported", 1)
    assert matter.seen.report["unit"] == ""
    assert [one.period["stage"] for one in matter.times] == ["screen", "accept", "repair", "screen"]


async def test_what_is_reopened_is_nobodys_and_what_was_paid_before_counts_on(
    officer: Context,
) -> None:
    sent = await a_report(officer)
    id = await report_id(officer, sent)
    forward = {"agency": "การไฟฟ้าส่วนภูมิภาค", "words": ""}
    await acting.act_on(officer, id, Act.FORWARD, forward, revision=1)
    await acting.act_on(officer, id, Act.CLOSE, {"words": "กฟภ. แก้แล้ว"}, revision=2)

    await following.reopen(stranger(officer), sent.track, "ยังดับอยู่")
    report = await get_report(officer, id)
    assert (report["agency"], report["unit"], report["crew"]) == ("", "", None)
    await worked(officer, await assigned(officer, sent), cost=10_000)
    await following.reopen(stranger(officer), sent.track, "ดับอีกแล้ว")
    await worked(officer, await assigned(officer, sent), cost=None)
    assert (await get_report(officer, id))["cost"] == 10_000
    await following.reopen(stranger(officer), sent.track, "ดับอีกครั้ง")
    await worked(officer, await assigned(officer, sent), cost=2_500)

    assert (await get_report(officer, id))["cost"] == 12_500


async def test_what_was_passed_on_is_not_closed_from_the_field_by_who_only_works(
    officer: Context,
) -> None:
    id = await report_id(officer, await a_report(officer))
    forward = {"agency": "การไฟฟ้าส่วนภูมิภาค", "words": ""}
    await acting.act_on(officer, id, Act.FORWARD, forward, revision=1)

    with pytest.raises(NotAllowed):
        await worked(an_officer(officer, "คำปัน ช่างไฟ", WORK), id)
    assert await state(officer, id) == "passed"


async def test_reopening_ends_after_the_days_of_the_office(officer: Context) -> None:
    sent = await a_report(officer)
    await worked(officer, await assigned(officer, sent))

    late = now_of(officer, days=16)
    assert (await following.follow(late, sent.track)).reopen_until is None
    with pytest.raises(Conflict):
        await following.reopen(stranger(late), sent.track, "ยังดับอยู่")


async def test_who_reported_is_read_by_officers_alone_and_the_look_is_recorded(
    officer: Context,
) -> None:
    sent = await a_report(officer, phone="+66812345678")
    id = await report_id(officer, sent)

    with pytest.raises(NotAllowed):
        await reading.read_reporters(an_officer(officer, "คนอื่น", SCREEN), id)
    _, voices = await reading.read_reporters(officer, id)
    assert [voice["phone"] for voice in voices] == ["+66812345678"]
    looks = "SELECT 1 FROM core.audit_entry WHERE action = 'incidents.reporters.read'"
    assert len(await rows(officer, looks)) == 1


def test_every_message_says_where_to_read_on() -> None:
    sent: dict[str, Any] = {one.name: one for one in MESSAGES}

    assert all(name.startswith("incidents.") for name in sent)
    assert all("{code}" in one.subject.th or "{count}" in one.subject.th for one in MESSAGES)
