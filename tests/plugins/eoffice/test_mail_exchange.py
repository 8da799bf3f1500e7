"""Letters that an office exchanges by its central mailbox, on real servers, from page to page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest

from core.context import Context
from core.runtime import Runtime
from plugins.eoffice.rules.mail_writing import write_note
from plugins.eoffice.rules.parcels import Arrived, Note, Parcel
from plugins.eoffice.service import arrivals, collecting, correspondents, receiving
from plugins.eoffice.service.correspondents import Entry
from tests.plugins.eoffice.conftest import TownHall, a_head, a_pdf, at_desk, rows, staffed
from tests.plugins.eoffice.desks import Desk, Servers, a_desk
from tests.plugins.eoffice.letters import signed
from tests.plugins.eoffice.mail_servers import PASSWORD, SERVER
from tests.plugins.eoffice.mailed import a_mail
from tests.plugins.eoffice.test_mailing import dovecot_program, servers, trusting
from tests.plugins.eoffice.working import work

__all__ = ["dovecot_program", "servers", "trusting"]

CHANNEL = "/desk/eoffice/settings/channels/email"


class Town:
    """An office with its mailbox, and the province that it writes to."""

    def __init__(self, hall: TownHall, servers: Servers) -> None:
        self.hall = hall
        self.servers = servers
        self.own = a_desk(servers, "tls").box
        self.province = a_desk(servers, "starttls")
        self.agency: UUID | None = None

    @property
    def form(self) -> dict[str, str]:
        made = {"address": self.own.address, "user": self.own.user, "authserv_id": SERVER}
        for way in ("incoming", "outgoing"):
            server = getattr(self.own, way)
            made |= {
                f"{way}_host": server.host,
                f"{way}_port": str(server.port),
                f"{way}_security": server.security,
            }
        return made | {"active": "yes", "secret": PASSWORD}

    async def knows(self, mailbox: str = "") -> None:
        entry = Entry(
            name="จังหวัดเชียงใหม่", channel="email", mailbox=mailbox or self.province.box.address
        )
        registrar = await self.hall.sits("clerk")
        self.agency = await correspondents.keep(registrar, entry, id=self.agency)

    async def sends(self) -> UUID:
        """Sign a letter to the province, and have it sent."""
        letter = await signed(self.hall, to=(str(self.agency),))
        await work(self.later())
        return letter

    def later(self) -> Context:
        return replace(self.hall.ctx, now=self.hall.ctx.now + timedelta(minutes=5))

    async def collects(self) -> None:
        await collecting.collect(self.hall.ctx)
        await work(self.later())

    def delivers(self, raw: bytes, **how: str) -> None:
        box = self.province.box.address
        self.servers.office.deliver(self.own.address, raw, **{"sender": box, **how})

    async def dispatch(self) -> Any:
        [row] = await rows(
            self.hall.ctx, "SELECT * FROM eoffice.dispatch WHERE what = 'letter' ORDER BY id"
        )
        return row


@pytest.fixture
async def town(ctx: Context, runtime: Runtime, servers: Servers) -> Town:
    hall = await staffed(replace(ctx, now=datetime.now(UTC)))
    found = Town(hall, servers)
    async with at_desk(runtime, hall, "clerk") as clerk:
        kept = await clerk.post(CHANNEL, data=found.form)
    assert kept.status_code == 303, kept.text
    await found.knows()
    return found


def by_hand(sender: str, **files: bytes) -> bytes:
    """Return a letter as a clerk of any agency sends one."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, "ที่ ชม 0023/555 ขอเชิญประชุม"
    mail["Message-ID"] = "<555@chiangmai.go.th>"
    mail.set_content("เรียน นายกเทศมนตรี\n\nขอส่งหนังสือที่แนบ ที่ ชม 0023/555 ลงวันที่ 20 พฤศจิกายน 2569\n")
    for name, data in files.items():
        kind = "pdf" if data.startswith(b"%PDF") else "msword"
        mail.add_attachment(
            data, maintype="application", subtype=kind, filename=name.replace("_", ".")
        )
    return mail.as_bytes()


async def told(desk: Desk) -> list[Arrived]:
    return await desk.collected()


async def test_the_mailbox_is_tried_on_its_page_and_says_what_is_wrong(
    runtime: Runtime, town: Town
) -> None:
    async with at_desk(runtime, town.hall, "clerk") as clerk:
        good = (await clerk.post(f"{CHANNEL}/try")).text
        wrong = await clerk.post(CHANNEL, data=town.form | {"address": "saraban", "secret": ""})
        await clerk.post(CHANNEL, data=town.form | {"secret": "another"})
        refused = (await clerk.post(f"{CHANNEL}/try")).text

    assert "เปิดตู้อีเมลกลางได้ มีอีเมลรออยู่ 0 ฉบับ" in good
    assert "เซิร์ฟเวอร์ขาออกรับชื่อผู้ใช้และรหัสผ่าน" in good
    assert wrong.status_code == 422
    assert "กรอกที่อยู่ไปรษณีย์อิเล็กทรอนิกส์กลาง" in wrong.text
    assert "ชื่อผู้ใช้หรือรหัสผ่านของตู้อีเมลกลางไม่ถูกต้อง" in refused
    assert PASSWORD not in good + wrong.text + refused


async def test_a_letter_goes_out_and_a_clerk_answers_with_its_number(
    runtime: Runtime, town: Town
) -> None:
    letter = await town.sends()
    [come] = await told(town.province)
    assert isinstance(come.content, Parcel)
    sent = await town.dispatch()
    reply = a_mail(
        "รับแล้วค่ะ เลขรับ ๑๒๓/๒๕๖๙",
        sender=town.province.box.address,
        In_Reply_To=f"<letter.{sent['id']}@{town.own.address.partition('@')[2]}>",
    )
    town.delivers(reply)
    await town.collects()
    await town.collects()
    async with at_desk(runtime, town.hall, "registry") as desk:
        page = (await desk.get(f"/desk/eoffice/letters/{letter}")).text

    assert come.content.id == sent["id"]
    assert (sent["state"], (await town.dispatch())["state"]) == ("sent", "accepted")
    assert "เลขรับของปลายทาง 123/2569" in page


async def test_a_clerks_letter_is_registered_and_its_number_goes_back(
    runtime: Runtime, town: Town
) -> None:
    sender = town.province.box.address
    town.delivers(by_hand(sender, letter_pdf=a_pdf(), form_doc=b"\xd0\xcf\x11\xe0 word"))
    await town.collects()
    registry = await town.hall.sits("registry")
    [waiting] = await arrivals.arrivals(registry)
    async with at_desk(runtime, town.hall, "registry") as desk:
        page = (await desk.get(f"/desk/eoffice/arrivals/{waiting['id']}")).text
    await receiving.register(registry, waiting["id"], a_head(number="ชม 0023/555"))
    await work(town.later())
    notes = [one.content for one in await told(town.province)]

    assert "form.doc" in page
    assert "เปิดไฟล์นี้ในตู้อีเมลกลาง" in page
    files = await rows(town.hall.ctx, "SELECT * FROM eoffice.file ORDER BY position")
    assert [one["name"] for one in files if one["role"] != "stamped"] == [
        "letter.pdf",
        "message.txt",
    ]
    assert [one.kind for one in notes if isinstance(one, Note)] == ["received", "accepted"]
    assert isinstance(notes[-1], Note)
    assert notes[-1].accept_number == "1"
    assert town.servers.office.kept(town.own.address, "INBOX") == 0


async def test_a_forged_answer_changes_nothing_and_is_read_by_a_person(
    runtime: Runtime, town: Town
) -> None:
    letter = await town.sends()
    [come] = await told(town.province)
    parcel = come.content
    assert isinstance(parcel, Parcel)
    note = Note(
        id=UUID(int=7), kind="accepted", letter=parcel.id, number=parcel.number,
        dated_on=parcel.dated_on, subject=parcel.subject, sender=parcel.receiver,
        receiver=parcel.sender, accept_number="999",
    )  # fmt: skip
    forged = write_note(note, parcel, town.hall.ctx.now)
    town.delivers(forged, sender="a@evil.th", results="spf=fail; dmarc=fail")
    await town.collects()
    async with at_desk(runtime, town.hall, "registry") as desk:
        page = (await desk.get(f"/desk/eoffice/letters/{letter}")).text

    assert (await town.dispatch())["state"] == "sent"
    assert "เลขรับ 999" in page
    assert "อาจไม่ได้ส่งมาจาก" in page
    assert "เลขรับของปลายทาง" not in page


async def test_what_does_not_arrive_is_sent_anew_to_the_right_address(
    runtime: Runtime, town: Town
) -> None:
    await town.knows("saraban@nobody.go.th")
    town.servers.office.unknown.add("saraban@nobody.go.th")
    letter = await town.sends()
    await town.collects()
    failed = await town.dispatch()
    await town.knows()
    async with at_desk(runtime, town.hall, "registry") as desk:
        page = (await desk.get(f"/desk/eoffice/letters/{letter}")).text
        again = await desk.post(
            f"/desk/eoffice/letters/{letter}/send", data={"agency": str(town.agency)}
        )
    await work(town.later())

    assert failed["state"] == "failed"
    assert "There is no such mailbox" in page
    assert "ส่งใหม่" in page
    assert again.status_code == 303
    query = "SELECT 1 FROM core.message WHERE template = $1 AND channel = 'inbox'"
    assert len(await rows(town.hall.ctx, query, "eoffice.dispatch.undelivered")) == 1
    assert len(await told(town.province)) == 1


async def test_words_of_a_machine_are_shown_and_nothing_goes_back(
    runtime: Runtime, town: Town
) -> None:
    letter = await town.sends()
    await told(town.province)
    sent = await town.dispatch()
    away = a_mail(
        "ขณะนี้อยู่นอกสำนักงาน ได้รับแล้ว เลขรับ 5",
        sender=town.province.box.address,
        In_Reply_To=f"<letter.{sent['id']}@x>",
        Auto_Submitted="auto-replied",
    )
    town.delivers(away, sender="")
    await town.collects()
    async with at_desk(runtime, town.hall, "registry") as desk:
        page = (await desk.get(f"/desk/eoffice/letters/{letter}")).text

    assert (await town.dispatch())["state"] == "sent"
    assert "ขณะนี้อยู่นอกสำนักงาน" in page
    assert await told(town.province) == []
