import shutil
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import msgspec.structs
import pytest

from plugins.eoffice.rules.mail_opening import open_mail
from plugins.eoffice.rules.mail_writing import write_note
from plugins.eoffice.rules.parcels import Agency, Arrived, Note, Parcel, Unsent
from tests.conftest import PLACES
from tests.plugins.eoffice.desks import Desk, Servers, a_desk, between, running
from tests.plugins.eoffice.mail_servers import Ports, cut_lines
from tests.plugins.eoffice.mailed import FILES, NOW, a_letter, a_mail, a_note


@pytest.fixture(scope="session")
def dovecot_program() -> str:
    found = shutil.which("dovecot", path=PLACES)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def servers(dovecot_program: str) -> Iterator[Servers]:
    with running(dovecot_program) as made:
        yield made


@pytest.fixture(autouse=True)
def trusting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "servers" in request.fixturenames:
        found: Servers = request.getfixturevalue("servers")
        monkeypatch.setenv("SSL_CERT_FILE", str(found.folder / "certificate"))


@pytest.fixture
def desk(servers: Servers) -> Desk:
    return a_desk(servers, "tls")


@pytest.fixture
def province(servers: Servers) -> Desk:
    return a_desk(servers, "starttls")


async def test_a_letter_goes_out_and_its_number_comes_back(desk: Desk, province: Desk) -> None:
    letter = between(desk, province)

    proof = await desk.send(letter)
    [come] = await province.collected()
    note = a_note(letter, id=uuid4())
    await province.carrier.tell(note)
    [back] = await desk.collected()

    assert b"queued as 4711" in proof
    assert come.content == letter
    assert come.files == FILES
    assert come.doubt is None
    assert b"Message-ID: <letter." in come.proof
    assert back.content == note
    assert back.doubt is None


async def test_what_was_taken_over_leaves_the_inbox_and_stays_in_the_mailbox(
    servers: Servers, desk: Desk, province: Desk
) -> None:
    await desk.send(between(desk, province))

    await province.collected()

    assert servers.office.kept(province.box.address, "INBOX") == 0
    assert servers.office.kept(province.box.address, "Thongthin") == 1
    assert await province.collected() == []


async def test_a_person_answers_with_a_number(servers: Servers, desk: Desk, province: Desk) -> None:
    letter = between(desk, province)
    await desk.send(letter)
    [come] = await province.collected()
    sent_as = open_mail(come.proof).message_id
    reply = a_mail(
        "รับแล้วค่ะ เลขรับ ๑๒๓/๒๕๖๙", sender=province.box.address, In_Reply_To=f"<{sent_as}>"
    )

    servers.office.deliver(desk.box.address, reply, sender=province.box.address)
    [back] = await desk.collected()

    assert isinstance(back.content, Note)
    assert (back.content.kind, back.content.accept_number) == ("accepted", "123/2569")
    assert (back.content.letter, back.doubt) == (letter.id, None)


async def test_a_spoofed_acknowledgement_is_doubted(
    servers: Servers, desk: Desk, province: Desk
) -> None:
    letter = between(desk, province)
    await desk.send(letter)
    note = a_note(letter, accept_number="999")

    spoofed = write_note(note, letter, NOW)
    servers.office.deliver(
        desk.box.address, spoofed, sender="a@evil.th", results="spf=fail; dmarc=fail"
    )
    [back] = await desk.collected()

    assert back.content == note
    assert back.doubt is not None
    assert province.box.address in back.doubt.th


async def test_a_mailbox_that_is_not_there_comes_back_as_undeliverable(
    servers: Servers, desk: Desk, province: Desk
) -> None:
    letter = between(desk, province)
    servers.office.unknown.add(province.box.address)

    await desk.send(letter)
    [back] = await desk.collected()

    assert isinstance(back.content, Note)
    assert (back.content.kind, back.content.letter) == ("undeliverable", letter.id)
    assert "There is no such mailbox" in back.content.why


async def test_an_automatic_answer_is_only_words(
    servers: Servers, desk: Desk, province: Desk
) -> None:
    letter = between(desk, province)
    await desk.send(letter)
    away = a_mail("ได้รับแล้ว เลขรับ 5", sender=province.box.address,
                  In_Reply_To=f"<letter.{letter.id}@x>", Auto_Submitted="auto-replied")  # fmt: skip

    servers.office.deliver(desk.box.address, away, sender="")
    [back] = await desk.collected()

    assert isinstance(back.content, Note)
    assert back.content.kind == "said"


async def test_a_letter_of_another_program_with_a_subject_in_tis_620(
    servers: Servers, desk: Desk
) -> None:
    subject = "ที่ ชม 0017.3/ว 4115 แจ้งกำหนดการ"
    raw = a_mail("เรียน นายก").replace(b"Re: x", subject.encode("tis-620"))

    servers.office.deliver(desk.box.address, raw, sender="a@chiangmai.go.th")
    [come] = await desk.collected()

    assert isinstance(come.content, Parcel)
    assert (come.content.subject, come.content.number) == (subject, "ชม 0017.3/ว 4115")


async def test_an_answer_that_is_lost_leads_to_a_second_mail_and_to_one_letter(
    servers: Servers, desk: Desk, province: Desk
) -> None:
    letter = between(desk, province)
    servers.office.answers.append("lost")

    with pytest.raises(Unsent) as lost:
        await desk.send(letter)
    await desk.send(letter)

    assert lost.value.again
    assert servers.office.kept(province.box.address, "INBOX") == 2
    [come] = await province.collected()
    assert come.content == letter
    assert province.given == [come.key] * 2
    assert servers.office.kept(province.box.address, "Thongthin") == 2


@pytest.mark.parametrize(
    ("recipients", "answers", "said", "again"),
    [
        (["550 5.1.1 no such mailbox"], [], "550 5.1.1 no such mailbox", False),
        (["450 4.2.1 try later"], [], "450 4.2.1 try later", True),
        ([], ["552 5.3.4 too large"], "552 5.3.4 too large", False),
        ([], ["451 4.3.0 busy"], "451 4.3.0 busy", True),
        ([], ["away"], "tried again by itself", True),
    ],
)
async def test_what_a_server_says_decides_whether_it_is_tried_again(
    servers: Servers,
    desk: Desk,
    province: Desk,
    recipients: list[str],
    answers: list[str],
    said: str,
    again: bool,
) -> None:
    servers.office.recipients.extend(recipients)
    servers.office.answers.extend(answers)

    with pytest.raises(Unsent, match=said) as refused:
        await desk.send(between(desk, province))

    assert refused.value.again == again
    assert servers.office.kept(province.box.address, "INBOX") == 0


async def test_a_wrong_password_is_said_and_tried_again(desk: Desk, province: Desk) -> None:
    wrong = Desk(replace(desk.box, password="guessed"))  # noqa: S106

    with pytest.raises(Unsent, match="password") as out:
        await wrong.send(between(desk, province))
    with pytest.raises(Unsent, match="password") as back:
        await wrong.collected()

    assert (out.value.again, back.value.again) == (True, True)


async def test_a_server_whose_certificate_nobody_knows_gets_nothing(
    desk: Desk, province: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    for one, other in ((desk, province), (province, desk)):
        with pytest.raises(Unsent) as out:
            await one.send(between(one, other))
        with pytest.raises(Unsent) as back:
            await one.collected()
        assert (out.value.again, back.value.again) == (True, True)


async def test_a_server_that_is_away_is_tried_again(desk: Desk, province: Desk) -> None:
    port = Ports().smtp["tls"]
    away = Desk(
        replace(
            desk.box,
            outgoing=replace(desk.box.outgoing, port=port),
            incoming=replace(desk.box.incoming, port=port),
        )
    )

    with pytest.raises(Unsent) as out:
        await away.send(between(desk, province))
    with pytest.raises(Unsent) as back:
        await away.collected()

    assert (out.value.again, back.value.again) == (True, True)


async def test_who_cannot_keep_a_letter_gets_it_again(
    servers: Servers, desk: Desk, province: Desk
) -> None:
    letters = [between(desk, province) for _ in range(3)]
    for letter in letters:
        await desk.send(letter)

    async def break_off(arrived: Arrived) -> None:
        if province.taken:
            raise RuntimeError("the database is gone")
        await province.take(arrived)

    with pytest.raises(RuntimeError):
        await province.carrier.collect(break_off)
    left = servers.office.kept(province.box.address, "INBOX")
    await province.collected()

    assert left == 2
    assert len(province.given) == 3
    assert [one.content for one in province.taken.values()] == letters


async def test_a_line_that_is_cut_after_a_letter_was_kept_gives_it_again_under_its_key(
    servers: Servers, desk: Desk, province: Desk
) -> None:
    letter = between(desk, province)
    await desk.send(letter)

    async def cut(arrived: Arrived) -> None:
        await province.take(arrived)
        # The mailbox is made anew, as after a move to another server: all numbers change.
        for path in (servers.folder / "mail" / province.box.address).glob("dovecot*"):
            path.unlink()
        cut_lines(servers.folder / "dovecot" / "dovecot.conf", province.box.address)

    with pytest.raises(Unsent) as problem:
        await province.carrier.collect(cut)
    again = await province.collected()

    assert problem.value.again
    assert again == []
    assert province.given == [*province.taken] * 2
    assert [one.content for one in province.taken.values()] == [letter]
    assert servers.office.kept(province.box.address, "INBOX") == 0


OLD_SERVER = """\
imap_capability = IMAP4rev1 LITERAL+ NAMESPACE
namespace inbox {
  inbox = yes
  prefix = INBOX.
  separator = .
}
"""


async def test_mails_are_put_away_where_the_server_cannot_move_and_has_folders_below_the_inbox(
    dovecot_program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(dovecot_program, more=OLD_SERVER) as old:
        monkeypatch.setenv("SSL_CERT_FILE", str(old.folder / "certificate"))
        one, other = a_desk(old, "tls"), a_desk(old, "starttls")
        await one.send(between(one, other))

        come = await other.collected()

        assert len(come) == 1
        assert await other.collected() == []
        assert old.office.kept(other.box.address, "Thongthin") == 1


async def test_a_mail_too_large_to_be_read_is_shown_and_stays_in_the_mailbox(
    servers: Servers, desk: Desk
) -> None:
    huge = a_mail("x" * 52_500_000, subject="แผนที่ทั้งอำเภอ")

    servers.office.deliver(desk.box.address, huge, sender="a@chiangmai.go.th")
    [come] = await desk.collected()

    assert isinstance(come.content, Parcel)
    assert come.content.subject == "แผนที่ทั้งอำเภอ"
    assert come.doubt is not None
    assert "Thongthin" in come.doubt.th
    assert sum(map(len, come.files.values())) < 10_000
    assert servers.office.kept(desk.box.address, "Thongthin") == 1


async def test_a_secret_letter_does_not_leave_by_mail(desk: Desk, province: Desk) -> None:
    letter = msgspec.structs.replace(between(desk, province), secrecy="secret")

    with pytest.raises(Unsent, match="secret") as kept:
        await desk.send(letter)

    assert not kept.value.again


@pytest.mark.parametrize("mailbox", ["", "x", "a@b.th, c@d.th", "a@b.th\r\nRCPT TO:<c@d.th>"])
async def test_a_letter_without_an_address_is_said_to_have_none(desk: Desk, mailbox: str) -> None:
    nobody = a_letter(sender=desk.agency, receiver=Agency(name="อำเภอ", mailbox=mailbox))

    with pytest.raises(Unsent, match="central mailbox of อำเภอ") as kept:
        await desk.send(nobody)

    assert not kept.value.again


async def test_letters_leave_in_the_name_of_the_mailbox_alone(desk: Desk, province: Desk) -> None:
    claimed = a_letter(
        id=uuid4(), sender=Agency(name="x", mailbox="other@x.th"), receiver=province.agency
    )

    await desk.send(claimed)
    [come] = await province.collected()

    assert isinstance(come.content, Parcel)
    assert come.content.sender.mailbox == desk.box.address
    assert come.doubt is None


def test_a_password_is_not_shown(desk: Desk) -> None:
    assert desk.box.password not in repr(desk.box)
