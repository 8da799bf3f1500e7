"""The acceptance sequences of eCMS over real HTTP: two drivers, two nodes."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from plugins.eoffice.rules.parcels import Note, Parcel, Refused, Unsent
from plugins.eoffice.service import ecms_line
from plugins.eoffice.service.ecms import ECMSCarrier
from plugins.eoffice.service.ecms_line import Node
from tests.plugins.eoffice.ecms_offices import FILES, LETTER, MAEHIA, YALA, Office, offices, read

Sequence = Callable[[Office, Office], Awaitable[None]]
AGAIN = replace(LETTER, id=UUID("01933c5e-0000-7000-8000-000000000002"))


async def normal(sender: Office, receiver: Office) -> None:
    await sender.send(LETTER)
    await receiver.collect()
    await receiver.tell("received", MAEHIA)
    await sender.collect()
    await receiver.tell("accepted", MAEHIA, accept_number="๔๕๖/2569")
    await sender.collect()


async def rejected(sender: Office, receiver: Office) -> None:
    await _sent_back(sender, receiver, "rejected")


async def misdirected(sender: Office, receiver: Office) -> None:
    await _sent_back(sender, receiver, "misdirected")


async def _sent_back(sender: Office, receiver: Office, kind: str) -> None:
    await sender.send(LETTER)
    await receiver.collect()
    await receiver.tell(kind, MAEHIA)  # type: ignore[arg-type]
    await sender.collect()
    await sender.tell("withdrawn", YALA)
    await sender.send(AGAIN)
    await receiver.collect()


async def wrong_number(sender: Office, receiver: Office) -> None:
    await normal(sender, receiver)
    await sender.tell("wrong_number", YALA, accept_number="๔๕๖/2569")
    await receiver.collect()
    await receiver.tell("accepted", MAEHIA, accept_number="457/2569")
    await sender.collect()


# Sequence, what the sender has taken after it, what the receiver has.
SEQUENCES: dict[str, tuple[Sequence, list[str], list[str]]] = {
    "A": (normal, ["received", "accepted ๔๕๖/2569"], ["letter"]),
    "B": (rejected, ["rejected"], ["letter", "letter"]),
    "C": (misdirected, ["misdirected"], ["letter", "letter"]),
    "D": (
        wrong_number,
        ["received", "accepted ๔๕๖/2569", "accepted 457/2569"],
        ["letter", "wrong_number ๔๕๖/2569"],
    ),
}


@pytest.mark.parametrize("old", [False, True], ids=["new nodes", "nodes of 2012"])
@pytest.mark.parametrize("name", SEQUENCES)
async def test_both_sides_come_to_the_same(name: str, old: bool) -> None:
    run, by_sender, by_receiver = SEQUENCES[name]
    with offices(old=old) as (sender, receiver):
        await run(sender, receiver)

        assert sender.took() == by_sender
        assert receiver.took() == by_receiver
        assert sender.node.queue == receiver.node.queue == []


# A has nothing that D does not have, and C goes the ways of B.
FAULTS = [(name, "drop") for name in SEQUENCES] + [("D", "lose"), ("B", "garbage"), ("B", "500")]


@pytest.mark.parametrize(("name", "fault"), FAULTS)
async def test_whichever_answer_is_lost_everything_comes_once(name: str, fault: str) -> None:
    run, by_sender, by_receiver = SEQUENCES[name]
    with offices() as (sender, receiver):
        await run(sender, receiver)
        asked = [len(sender.node.seen), len(receiver.node.seen)]

    for side, count in enumerate(asked):
        for at in range(count):
            with offices() as pair:
                pair[side].node.faults[at] = fault
                await run(*pair)

                said = f"{fault} of {at} {pair[side].node.seen[at]}"
                assert pair[0].took() == by_sender, said
                assert pair[1].took() == by_receiver, said
                assert pair[0].node.queue == pair[1].node.queue == [], said


async def test_a_letter_arrives_whole_with_the_names_of_both_sides() -> None:
    with offices() as (sender, receiver):
        proof = await sender.send(LETTER)
        await receiver.collect()

        [arrived] = receiver.register.values()
        node = {one.agency.department: one.node.url for one in (sender, receiver)}
        assert isinstance(arrived.content, Parcel)
        assert arrived.content == replace(
            LETTER,
            id=arrived.content.id,
            sender=replace(MAEHIA, node=node[MAEHIA.department]),
            receiver=replace(YALA, node=node[YALA.department]),
        )
        assert arrived.files == FILES
        assert proof == b"1500100000001 2026-11-20T10:42:00+07:00"
        assert b"<ProcessID>1500200000001</ProcessID>" in arrived.proof
        assert "ขอเชิญประชุม".encode() in arrived.proof


async def test_a_note_arrives_with_who_said_it_and_on_which_day() -> None:
    with offices() as (sender, receiver):
        await normal(sender, receiver)

        note = list(sender.register.values())[1].content
        assert isinstance(note, Note)
        assert (note.number, note.dated_on, note.subject) == (
            LETTER.number, LETTER.dated_on, LETTER.subject,
        )  # fmt: skip
        assert (note.sender.name, note.sender.department) == (YALA.name, "15002")
        assert note.receiver.name == MAEHIA.name
        assert note.accept_on == date(2026, 11, 20)


async def test_what_was_taken_before_a_crash_is_given_again_under_its_key() -> None:
    with offices() as (sender, receiver):
        await sender.send(LETTER)
        receiver.crashes = True
        with pytest.raises(RuntimeError):
            await receiver.collect()
        [before] = receiver.register
        receiver.register.clear()
        await receiver.collect()

        assert list(receiver.register) == [before]
        assert receiver.node.seen.count("CorrespondenceLetterDeleteRequest") == 1


async def test_a_number_goes_out_again_only_after_it_was_withdrawn() -> None:
    with offices() as (sender, receiver):
        await sender.send(LETTER)
        with pytest.raises(Unsent) as refused:
            await sender.send(AGAIN)

        assert not refused.value.again
        assert LETTER.number in refused.value.why.th
        assert "ขอลบหนังสือฉบับเดิมก่อน" in refused.value.why.th
        await receiver.collect()
        assert receiver.took() == ["letter"]


async def test_where_nobody_knows_whether_it_was_taken_a_person_is_asked() -> None:
    with offices() as (sender, receiver):
        # Organisations, what was taken over, the letter, what was taken over.
        sender.node.faults = {2: "drop", 3: "lose"}
        with pytest.raises(Unsent) as refused:
            await sender.send(LETTER)

        assert not refused.value.again
        await receiver.collect()
        assert receiver.took() == ["letter"]


async def test_an_agency_that_the_node_does_not_list_is_said_at_once() -> None:
    with offices() as (sender, _):
        stranger = replace(YALA, department="99999")
        with pytest.raises(Unsent) as refused:
            await sender.send(replace(LETTER, receiver=stranger))

        assert not refused.value.again
        assert "99999" in refused.value.why.th
        assert "CorrespondenceLetterOutboundRequest" not in sender.node.seen


async def test_a_letter_of_an_agency_that_nobody_lists_is_noted_and_not_taken() -> None:
    with offices() as (sender, receiver):
        await sender.send(LETTER)
        del receiver.node.directory["15001"]
        await receiver.collect()

        [arrived] = receiver.register.values()
        assert isinstance(arrived.content, Refused)
        assert "15001" in arrived.content.why.th
        assert (arrived.content.number, arrived.files) == (LETTER.number, {})
        assert receiver.node.queue == []


@pytest.mark.parametrize("code", ["003", "๐๐๔", "005", "017"])
async def test_of_a_letter_above_the_level_only_that_it_came_is_kept(code: str) -> None:
    with offices() as (sender, receiver):
        await sender.send(LETTER)
        process, item = receiver.node.queue[0]
        receiver.node.queue[0] = process, item.replace("SecretCode>002", f"SecretCode>{code}")
        await receiver.collect()
        await sender.collect()

        [arrived] = receiver.register.values()
        assert isinstance(arrived.content, Refused)
        assert arrived.content.secret
        assert (arrived.content.number, arrived.content.dated_on) == (
            LETTER.number, LETTER.dated_on,
        )  # fmt: skip
        assert arrived.content.sender.name == MAEHIA.name
        assert (arrived.content.subject, arrived.files, arrived.proof) == ("", {}, b"")
        assert sender.took() == ["rejected"]
        assert receiver.node.queue == []


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("SpeedCode>004", "SpeedCode>008", "008"),
        ("application/pdf", "application/x-msdownload", "application/x-msdownload"),
        ('mimeCode="image/png">', 'mimeCode="image/png">=*', "base64"),
        ("rsm:GovernmentDocument", "rsm:Other", "other"),
    ],
)
async def test_what_cannot_be_taken_does_not_hold_up_what_waits_behind_it(
    was: str, now: str, why: str
) -> None:
    with offices() as (sender, receiver):
        await sender.send(LETTER)
        await sender.send(replace(AGAIN, number="ชม 52001/124"))
        process, item = receiver.node.queue[0]
        receiver.node.queue[0] = process, item.replace(was, now)
        await receiver.collect()

        assert receiver.took() == ["refused", "letter"]
        refused = next(iter(receiver.register.values())).content
        assert isinstance(refused, Refused)
        assert why in refused.why.th
        assert why in refused.why.en


async def test_a_letter_larger_than_may_be_taken_does_not_hold_up_what_waits_behind_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with offices() as (sender, receiver):
        await sender.send(LETTER)
        await sender.send(replace(AGAIN, number="ชม 52001/124", attachments=()))
        _, item = receiver.node.queue[0]
        monkeypatch.setattr(ecms_line, "LARGEST_MESSAGE", len(item.encode()))
        await receiver.collect()

        assert receiver.took() == ["refused", "letter"]
        refused = next(iter(receiver.register.values())).content
        assert isinstance(refused, Refused)
        assert (refused.number, refused.subject) == (LETTER.number, LETTER.subject)


async def test_a_node_that_is_slow_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ecms_line, "LONGEST", 0.2)
    with offices() as (sender, receiver):
        sender.node.faults = {2: "slow"}
        await sender.send(LETTER)
        await receiver.collect()

        assert receiver.took() == ["letter"]


async def test_a_peer_that_is_away_gets_it_when_it_is_back() -> None:
    with offices() as (sender, receiver):
        receiver.node.away = True
        await sender.send(LETTER)
        await receiver.collect()
        assert receiver.took() == []

        receiver.node.away = False
        await sender.collect()
        await receiver.collect()
        assert receiver.took() == ["letter"]


async def test_something_lost_is_asked_for_once_more() -> None:
    with offices() as (sender, receiver):
        await sender.send(LETTER)
        await receiver.collect()
        receiver.register.clear()
        await receiver.carrier.ask_again(
            "letter", number=LETTER.number, dated_on=LETTER.dated_on, sender=MAEHIA, receiver=YALA
        )
        await receiver.collect()

        assert receiver.took() == ["letter"]


@pytest.mark.parametrize("old", [False, True])
async def test_the_lists_of_a_node_are_read(old: bool) -> None:
    with offices(old=old) as (sender, receiver):
        listed = await sender.carrier.organizations()
        assert listed["15002"].name == YALA.name
        assert listed["15002"].english == "Office 15002"
        assert listed["15002"].node == receiver.node.url
        assert [one.code for one in await sender.carrier.ministries()] == ["15"]
        assert [one.label for one in await sender.carrier.secrets()] == ["ปกติ"]
        assert [one.code for one in await sender.carrier.speeds()] == ["002"]
        assert [one.mime for one in await sender.carrier.file_kinds()] == ["application/pdf"]
        assert await sender.carrier.clock() == datetime(2026, 11, 20, 3, 42, tzinfo=UTC)


async def test_what_the_node_took_over_is_listed() -> None:
    with offices() as (sender, _):
        await sender.send(LETTER)

        [listed] = await sender.carrier.status()
        assert (listed.process, listed.number) == ("1500100000001", LETTER.number)
        assert listed.status == "ส่งแล้ว"


@pytest.mark.parametrize(
    ("url", "again"),
    [("ftp://node/service2", False), ("node", False), ("http://127.0.0.1:9/service2", True)],
)
async def test_a_node_that_is_not_there_is_said_with_what_to_do(url: str, again: bool) -> None:
    carrier = ECMSCarrier(Node(url=url, department="15001", ministry="15"))
    with pytest.raises(Unsent) as refused:
        await carrier.send(LETTER, read)

    assert refused.value.again is again
