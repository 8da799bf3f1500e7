"""Channels that an office sets up, and what comes over them that is no ordinary letter."""

import base64
import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.context import Context
from core.errors import InvalidInput, NotAllowed
from core.runtime import Runtime
from plugins.eoffice.forms.setting import CHANNEL_FIELDS
from plugins.eoffice.rules.dispatching import CHANNELS
from plugins.eoffice.service import arrivals, channels, correspondents, outbox, telling
from plugins.eoffice.service.correspondents import Entry
from tests.plugins.eoffice import letters
from tests.plugins.eoffice.conftest import TownHall, at_desk, rows, staffed
from tests.plugins.eoffice.sides import MAEHIA, NAMES, YALA, Office, Side, sides
from tests.today import year

SETTINGS = "/desk/eoffice/settings"
NOBODY = {"url": "http://127.0.0.1:9/ecms-ws01/service2", "ministry": "15", "department": "15001"}


@pytest.fixture
async def both(ctx: Context, other: Context) -> AsyncIterator[tuple[Side, Side]]:
    """Two town halls of this very moment, as their pages are."""
    now = datetime.now(UTC)
    async with sides(replace(ctx, now=now), replace(other, now=now)) as found:
        yield found


async def drop(side: Side, *, active: bool = False) -> None:
    """Have the other one no more in the address book, or again."""
    other = MAEHIA if side.node.department == YALA else YALA
    entry = Entry(name=NAMES[other], channel="ecms", department=other, active=active)
    await correspondents.keep(side.ctx, entry, id=side.other)


async def test_a_channel_is_kept_with_its_password_locked_to_it(hall: TownHall) -> None:
    password = secrets.token_hex(8)
    await channels.keep(hall.ctx, "ecms", NOBODY, secret=password)
    await channels.keep(hall.ctx, "ecms", NOBODY | {"ministry": "16"})

    [row] = await rows(hall.ctx, "SELECT * FROM eoffice.channel")
    keys, purpose = hall.ctx.keys, "eoffice.channel"
    assert keys.decrypt(purpose, row["secret"], bound_to="maehia/ecms") == password
    with pytest.raises(ValueError, match="cannot be decrypted"):
        keys.decrypt(purpose, row["secret"], bound_to="yala/ecms")
    shown = await channels.channels(hall.ctx)
    assert shown["ecms"]["config"]["ministry"] == "16"
    assert "secret" not in shown["ecms"]


def test_of_every_channel_that_can_be_set_up_the_page_asks_what_it_needs() -> None:
    assert CHANNEL_FIELDS.keys() == channels.KINDS.keys() <= CHANNELS.keys()


@pytest.mark.parametrize(
    ("field", "value"),
    [("url", "ftp://node"), ("url", ""), ("ministry", "๑๕"), ("ministry", "151"),
     ("department", "1500"), ("department", "15001x")],
)  # fmt: skip
async def test_what_is_no_channel_is_refused_by_its_field(
    hall: TownHall, field: str, value: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await channels.keep(hall.ctx, "ecms", NOBODY | {field: value})

    assert list(refused.value.problems) == [field]
    with pytest.raises(NotAllowed):
        await channels.keep(await hall.sits("registry"), "ecms", NOBODY)


async def test_a_letter_waits_for_a_person_until_the_channel_is_set_up(
    both: tuple[Side, Side],
) -> None:
    sender, receiver = both
    config = await channels.config_of(sender.ctx, "ecms")
    await rows(sender.ctx, "UPDATE eoffice.channel SET active = false, config = '{}'")
    await sender.signs()
    await sender.send()
    [failed] = await rows(sender.ctx, "SELECT * FROM eoffice.dispatch")
    await channels.keep(sender.ctx, "ecms", config)
    await outbox.try_again(await sender.sits(), failed["id"])
    await sender.send()
    await receiver.collect()

    assert failed["state"] == "failed"
    assert "ยังไม่ได้ตั้งค่าหรือปิดช่องทาง ระบบ eCMS" in failed["problem"]
    assert len(await sender.told("eoffice.dispatch.stuck")) == 1
    assert await sender.sent() == [("letter", "sent", "")]
    [came] = await receiver.came()
    assert f'"department": "{MAEHIA}"' in came["content"]


async def test_a_channel_that_is_off_or_away_holds_up_nothing_and_is_said(
    runtime: Runtime, both: tuple[Side, Side]
) -> None:
    sender, receiver = both
    config = await channels.config_of(receiver.ctx, "ecms")
    await sender.signs()
    await sender.send()
    await channels.keep(receiver.ctx, "ecms", config, active=False)
    await receiver.collect()
    off = await receiver.states()
    await channels.keep(receiver.ctx, "ecms", NOBODY)
    await receiver.collect()
    async with at_desk(runtime, receiver.hall, "registry") as desk:
        page = (await desk.get("/desk/eoffice/arrivals")).text

    assert off == await receiver.states() == []
    assert "รับหนังสือทาง ระบบ eCMS (TH e-GIF) ไม่ได้" in page
    await channels.keep(receiver.ctx, "ecms", config)
    await receiver.collect()
    assert await channels.silent(receiver.ctx) == []
    assert len(await receiver.states()) == 1


async def test_a_strangers_letter_is_taken_and_answered_once_it_is_in_the_address_book(
    runtime: Runtime, both: tuple[Side, Side]
) -> None:
    sender, receiver = both
    await drop(receiver)
    await sender.signs()
    await sender.send()
    await receiver.collect()
    async with at_desk(runtime, receiver.hall, "registry") as desk:
        [waiting] = await arrivals.arrivals(await receiver.sits())
        asked = (await desk.get(f"/desk/eoffice/arrivals/{waiting['id']}")).text
        letter = await receiver.register()
        page = f"/desk/eoffice/letters/{letter}"
        before = (await desk.get(page)).text
        nothing = await desk.post(f"{page}/number")
        await drop(receiver, active=True)
        after = (await desk.get(page)).text
        done = await desk.post(f"{page}/number")
    told = await receiver.sent()
    await receiver.send()
    await sender.collect()

    stranger = f"{NAMES[MAEHIA]} {MAEHIA} ไม่อยู่ในสมุดที่อยู่"
    assert stranger in asked
    assert stranger in before
    assert nothing.status_code == 409
    assert "ยังไม่ได้แจ้งเลขรับ" in after
    assert done.status_code == 303
    assert told == [("accepted", "waiting", "")]
    assert await sender.sent() == [("letter", "accepted", f"1/{year()}")]


async def test_a_strangers_note_changes_nothing_and_is_shown(
    runtime: Runtime, both: tuple[Side, Side]
) -> None:
    sender, receiver = both
    await sender.signs()
    await sender.send()
    await receiver.collect()
    await receiver.send()
    await drop(sender)
    await sender.collect()
    async with at_desk(runtime, sender.hall, "registry") as desk:
        page = (await desk.get("/desk/eoffice/arrivals")).text

    assert await sender.sent() == [("letter", "sent", "")]
    assert f"{NAMES[YALA]} {YALA}" in page
    assert "แจ้งว่าได้รับหนังสือแล้ว" in page


@pytest.mark.parametrize(
    ("was", "now", "subject"),
    [
        ("SecretCode>001", "SecretCode>003", ""),
        (r"(?<=pdf\">)[^<]+", base64.b64encode(b"hello").decode(), letters.FIELDS["subject"]),
    ],
)
async def test_of_what_may_not_be_kept_it_is_shown_that_it_came(
    runtime: Runtime, both: tuple[Side, Side], was: str, now: str, subject: str
) -> None:
    sender, receiver = both
    await sender.signs()
    await sender.send()
    [(process, item)] = receiver.node.queue
    receiver.node.queue = [(process, re.sub(was, now, item))]
    await receiver.collect()
    await receiver.collect()
    async with at_desk(runtime, receiver.hall, "registry") as desk:
        page = (await desk.get("/desk/eoffice/arrivals")).text

    assert await receiver.states() == []
    assert receiver.node.queue == []
    [only] = await arrivals.untaken(await receiver.sits())
    assert (only.subject, only.number) == (subject, "ชม 52001/1")
    [row] = await receiver.came()
    assert row["proof"] == b""
    assert (letters.FIELDS["subject"] in row["content"]) is bool(subject)
    assert "ที่ ชม 52001/1" in page
    assert only.why.th in page


async def test_a_channel_is_set_up_and_tried_on_its_page(
    runtime: Runtime, both: tuple[Side, Side]
) -> None:
    side, _ = both
    page = f"{SETTINGS}/channels/ecms"
    async with at_desk(runtime, side.hall, "clerk") as clerk:
        wrong = await clerk.post(page, data=NOBODY | {"url": "node", "ministry": "1"})
        good = await clerk.post(f"{page}/try")
        data = NOBODY | {"active": "yes", "department": "๑๕๐๐๙"}
        kept = await clerk.post(page, data=data | {"url": side.node.url})
        unknown = await clerk.post(f"{page}/try")
        await clerk.post(page, data=data)
        away = await clerk.post(f"{page}/try")
        shown = await clerk.get(SETTINGS)
        assert (await clerk.get(f"{SETTINGS}/channels/hand")).status_code == 404
    async with at_desk(runtime, side.hall, "registry") as registry:
        assert (await registry.get(page)).status_code == 403

    assert wrong.status_code == 422
    assert "กรอกที่อยู่ของระบบ eCMS" in wrong.text
    assert 'value="node"' in wrong.text
    assert "พบ 3 หน่วยงานในระบบ eCMS" in good.text
    assert f"รหัส {MAEHIA} ในระบบ eCMS คือ {NAMES[MAEHIA]}" in good.text
    assert "นาฬิกาของระบบ eCMS ต่างจากระบบนี้" in good.text
    assert kept.status_code == 303
    assert "ไม่พบรหัสหน่วยงาน 15009" in unknown.text
    assert "ระบบ eCMS ไม่ตอบ" in away.text
    assert page in shown.text


async def test_a_number_is_doubted_and_told_again_on_the_pages(
    runtime: Runtime, both: tuple[Side, Side]
) -> None:
    sender, receiver = both
    sent = f"/desk/eoffice/letters/{await sender.signs()}"
    await sender.send()
    await receiver.collect()
    got = f"/desk/eoffice/letters/{await receiver.register()}"
    await receiver.send()
    await sender.collect()
    [row] = await rows(sender.ctx, "SELECT id FROM eoffice.dispatch")
    async with at_desk(runtime, sender.hall, "registry") as desk:
        accepted = (await desk.get(sent)).text
        step = {"dispatch": str(row["id"]), "step": "doubt"}
        doubted = await desk.post(f"{sent}/sent", data=step)
        again = await desk.post(f"{sent}/sent", data=step)
        waits = (await desk.get(sent)).text
    await sender.send()
    receiver.wait(minutes=1)
    await receiver.collect()
    async with at_desk(runtime, receiver.hall, "registry") as desk:
        asked = (await desk.get(got)).text
        told = await desk.post(f"{got}/number")
    assert "เลขรับของปลายทาง 1" in accepted
    assert "เลขรับไม่ถูกต้อง" in accepted
    assert (doubted.status_code, again.status_code) == (303, 409)
    assert "แจ้งว่าเลขรับไม่ถูกต้องแล้ว" in waits
    assert "ผู้ส่งแจ้งว่าเลขรับ 1 ไม่ถูกต้อง" in asked
    assert told.status_code == 303


@pytest.mark.parametrize("registered", [False, True])
async def test_what_a_neighbour_withdraws_goes_back_unless_it_is_registered(
    ctx: Context, other: Context, runtime: Runtime, registered: bool
) -> None:
    now = datetime.now(UTC)
    here, there = [Office(await staffed(replace(one, now=now))) for one in (ctx, other)]
    yala = Entry(name=NAMES[YALA], channel="neighbour", neighbour="yala")
    entry = await correspondents.keep(ctx, yala)
    await letters.signed(here.hall, to=(str(entry),))
    await hand_over(here, there)
    [sent] = await rows(ctx, "SELECT id FROM eoffice.dispatch")
    letter = await there.register() if registered else None
    await telling.withdraw(await here.sits(), sent["id"])
    await hand_over(here, there)

    assert await there.states() == [("ชม 52001/1", "registered" if registered else "returned")]
    assert len(await there.told("eoffice.letter.withdrawn")) == registered
    assert (await here.sent())[0][1] == ("accepted" if registered else "withdrawn")
    if letter:
        async with at_desk(runtime, there.hall, "registry") as desk:
            page = (await desk.get(f"/desk/eoffice/letters/{letter}")).text
        assert "ผู้ส่งขอถอนหนังสือฉบับนี้" in page


async def hand_over(here: Office, there: Office) -> None:
    for one in (here, there, here):
        await one.send()
