"""The demonstration is a whole flood, and its records open while the plugin is off."""

from dataclasses import replace

from contrib.disaster.service import claim_list, demo, paying, queue, shelters
from core.context import Context
from core.runtime import Runtime
from core.tenants.service import switch_plugin
from kit.documents import kept
from tests.contrib.disaster.conftest import an_officer


async def test_the_demonstration_is_a_whole_flood_in_yala_alone(
    ctx: Context, other: Context
) -> None:
    await demo.fill(ctx)
    await demo.fill(other)

    assert await queue.queue(an_officer(ctx)) == []
    yala = an_officer(other)
    assert len(await queue.queue(yala)) == 8
    assert len(await shelters.read_shelters(yala)) == 2
    [batch] = await paying.read_batches(yala)
    assert (batch["paid"], batch["refused"]) == (2, 1)
    listed = await claim_list.list_claims(yala)
    assert {state: count for state, (count, _) in listed.sums.items()} == {
        "filed": 2,
        "valued": 1,
        "paid": 2,
        "returned": 1,
    }


async def test_records_open_while_the_plugin_is_off_for_whom_it_said(
    other: Context, runtime: Runtime
) -> None:
    await demo.fill(other)
    office = an_officer(other)
    await switch_plugin(office, plugin="disaster", on=False)
    runtime.directory.forget()
    tenant = await runtime.directory.get("yala")
    assert tenant is not None
    off = replace(office, tenant=tenant)

    found = await kept.find_kept(off, "disaster", "")
    titles = {row["title"].split(" ")[0] for row in found}
    assert {"น้ำท่วมแม่น้ำปัตตานี", "คำขอความช่วยเหลือ", "แจกจ่าย", "คำขอเงินช่วยเหลือ"} <= titles
    claim = next(row for row in found if row["title"].startswith("คำขอเงินช่วยเหลือ"))
    opened = await kept.get_kept(off, "disaster", claim["id"])
    assert opened["sender"]
    told = [
        (await kept.get_kept(off, "disaster", row["id"]))["notes"]
        for row in found
        if row["title"].startswith("คำขอเงินช่วยเหลือ")
    ]
    assert {note.action.th for notes in told for note in notes} == {"จ่ายแล้ว", "โอนไม่สำเร็จ"}
    nobody = replace(an_officer(off, "คนอื่น", "disaster.shelter"), tenant=tenant)
    few = await kept.find_kept(nobody, "disaster", "")
    assert {row["title"].split(" ")[0] for row in few} == {"แจกจ่าย"}
