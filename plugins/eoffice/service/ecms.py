"""Letters through eCMS, the nodes of TH e-GIF: store and forward between agencies over SOAP.

The own node takes what is sent and keeps what arrives until it is deleted. The wire knows no
attempts: whether a message whose answer was lost was taken over is seen in the list of what the
node passes on. Where even that stays open, a person is asked; nothing is called sent on a guess.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Literal, TypeVar
from uuid import UUID
from xml.etree.ElementTree import Element

from anyio import to_thread
from msgspec.structs import replace

from core.api import Text
from plugins.eoffice.rules.ecms_envelope import Declined, check_size, request
from plugins.eoffice.rules.ecms_inbox import POLL, introduce, read_queued, write_delete
from plugins.eoffice.rules.ecms_letters import department_code, write_letter
from plugins.eoffice.rules.ecms_lists import (
    CLOCK,
    FILE_KINDS,
    MINISTRIES,
    ORGANIZATIONS,
    SECRETS,
    SPEEDS,
    STATUS,
    ListedCode,
    ListedKind,
    Ministry,
    Organization,
    Outbound,
    read_clock,
    read_codes,
    read_kinds,
    read_ministries,
    read_organizations,
    read_status,
)
from plugins.eoffice.rules.ecms_matching import plain
from plugins.eoffice.rules.ecms_notes import write_again, write_note
from plugins.eoffice.rules.ecms_tree import Unreadable, said
from plugins.eoffice.rules.parcels import Agency, Note, NoteKind, Parcel, Read, Take, Unsent
from plugins.eoffice.service.ecms_line import Line, Node, open_line

Listed = TypeVar("Listed")

MOST_A_ROUND = 200  # letters and notes; what waits behind them comes in the next round

_NOT_LISTED = Text(
    "ระบบ eCMS ไม่มีหน่วยงานรหัส {code} ให้ส่งทางอื่นหรือแก้รหัสในทะเบียนหน่วยงาน",
    "eCMS lists no agency {code}; send it another way or correct the code in the address book",
)
_IN_USE = Text(
    "ระบบ eCMS ไม่รับ และมีรายการของหนังสือเลขที่ {number} อยู่ก่อนแล้ว ให้ตรวจว่าหน่วยงานผู้รับ"
    "ได้รับแล้วหรือไม่ หากจะส่งใหม่ให้ขอลบหนังสือฉบับเดิมก่อน",
    "eCMS does not take it, and lists a letter with the number {number} already. See whether the "
    "receiver has it; to send it anew, withdraw the earlier one first",
)
_NO_PROCESS = Text(
    "ระบบ eCMS ไม่ได้แจ้งเลขที่รายการ ระบบจะลองใหม่เอง",
    "The eCMS node gave no number of its process; it will be tried again",
)
_STUCK = Text(
    "ระบบ eCMS ส่งรายการเดิมซ้ำทั้งที่ลบออกจากคิวแล้ว ระบบจะลองใหม่เอง",
    "The eCMS node gives again what was deleted from its queue; it will be tried again",
)


class ECMSCarrier:
    """The channel of a node."""

    def __init__(self, node: Node) -> None:
        self._node = node

    async def send(self, parcel: Parcel, read: Read) -> bytes:
        """Send a letter.

        An earlier letter with the same number has to be told as withdrawn before; copies of one
        letter are sent one after another.

        :returns: id and time of the process at the node.
        :raises Unsent: as the channel says.
        """
        parcel = replace(parcel, sender=self._own(parcel.sender))
        enclosed = (parcel.main, *parcel.attachments)
        check_size(sum(one.size for one in enclosed) * 4 // 3)
        files = {one.digest: await read(one.digest) for one in enclosed}
        asked = await to_thread.run_sync(
            partial(write_letter, parcel, files, ministry=self._node.ministry)
        )
        async with open_line(self._node) as line:
            to = await self._address(line, parcel.receiver)
            before = await self._taken(line, parcel.number)
            try:
                return await self._hand_over(line, asked, parcel.id, parcel.number, to, before)
            except Declined as problem:
                if before:
                    raise Declined(_IN_USE.format(number=parcel.number)) from problem
                raise

    async def tell(self, note: Note) -> bytes:
        """Tell a note; why a letter is not taken does not travel.

        :returns: id and time of the process at the node; empty where a letter that is to be
            withdrawn is not there any more.
        :raises Unsent: as the channel says.
        """
        note = replace(note, sender=self._own(note.sender))
        async with open_line(self._node) as line:
            return await self._tell(line, note)

    async def _tell(self, line: Line, note: Note) -> bytes:
        asked = write_note(note)
        to = await self._address(line, note.receiver)
        before = await self._taken(line, note.number)
        if note.kind != "withdrawn":
            return await self._hand_over(line, asked, note.id, note.number, to, before)
        try:
            return _process(await line.ask(asked, to=to, message=self._message(note.id)))
        except Unsent:
            if before is None:
                raise
            after = await self._taken(line, note.number)
            if after is None or (before and not before - after):
                raise
            return b""

    async def _hand_over(
        self, line: Line, asked: Element, id: UUID, number: str, to: str,
        before: set[str] | None,
    ) -> bytes:  # fmt: skip
        try:
            return _process(await line.ask(asked, to=to, message=self._message(id)))
        except Declined:
            raise
        except Unsent:
            after = None if before is None else await self._taken(line, number)
            taken = (after or set()) - (before or set())
            if not taken:
                raise
            return max(taken).encode()

    def _own(self, office: Agency) -> Agency:
        """Return the office under the code that it has at its node now."""
        return replace(office, department=self._node.department)

    def _message(self, id: UUID) -> str:
        return f"{self._node.department}.{id}"

    async def _address(self, line: Line, agency: Agency) -> str:
        code = department_code(agency)
        if agency.node:
            return agency.node
        found = read_organizations(await line.ask(request(ORGANIZATIONS))).get(code)
        if found is None or not found.node:
            raise Unsent(_NOT_LISTED.format(code=code), again=False)
        return found.node

    async def _taken(self, line: Line, number: str) -> set[str] | None:
        """Return what the node took over under a number; None where it does not say."""
        try:
            listed = read_status(await line.ask(request(STATUS)))
        except Unsent:
            return None
        return {one.process for one in listed if plain(one.number) == plain(number)}

    async def collect(self, take: Take) -> None:
        """Give what waits at the node to ``take``, one at a time, up to 200 in a round.

        The sender of a letter that is too secret is told at once that it is rejected.

        :raises Unsent: the node does not answer.
        """
        known: dict[str, Organization] | None = None
        last = ""
        async with open_line(self._node) as line:
            for _ in range(MOST_A_ROUND):
                data, cut = await line.fetch(request(POLL))
                queued = await to_thread.run_sync(
                    partial(read_queued, data, department=self._node.department, cut=cut)
                )
                if queued is None:
                    return
                if queued.process == last:
                    raise Unsent(_STUCK, again=True)
                if known is None:
                    known = read_organizations(await line.ask(request(ORGANIZATIONS)))
                await take(introduce(queued.arrived, known))
                if queued.answer is not None:
                    await self._reject(line, queued.answer)
                await line.ask(write_delete(queued.process))
                last = queued.process

    async def _reject(self, line: Line, note: Note) -> None:
        try:
            await self._tell(line, note)
        except Unsent as problem:
            # Where it can never be told, whoever sees the record asks the sender.
            if problem.again:
                raise

    async def ask_again(
        self, what: NoteKind | Literal["letter"], *, number: str, dated_on: date, sender: Agency,
        receiver: Agency,
    ) -> None:  # fmt: skip
        """Ask the node to give something lost once more; it comes with what is collected.

        :param sender: of the letter; ``receiver`` is who was to accept it.
        :raises Unsent: the node does not have it, or does not answer.
        """
        asked = write_again(
            what, number=number, dated_on=dated_on, sender=sender, receiver=receiver
        )
        await self._ask(asked)

    async def organizations(self) -> dict[str, Organization]:
        """Return the agencies of eCMS by their codes, for the address book."""
        return await self._list(ORGANIZATIONS, read_organizations)

    async def ministries(self) -> tuple[Ministry, ...]:
        """Return the ministries."""
        return await self._list(MINISTRIES, read_ministries)

    async def secrets(self) -> tuple[ListedCode, ...]:
        """Return the levels of secrecy of the node."""
        return await self._list(SECRETS, read_codes)

    async def speeds(self) -> tuple[ListedCode, ...]:
        """Return the speeds of the node."""
        return await self._list(SPEEDS, read_codes)

    async def file_kinds(self) -> tuple[ListedKind, ...]:
        """Return the kinds of files that the node takes."""
        return await self._list(FILE_KINDS, read_kinds)

    async def status(self) -> tuple[Outbound, ...]:
        """Return what the node took over from us."""
        return await self._list(STATUS, read_status)

    async def clock(self) -> datetime:
        """Return the time of the node, aware, UTC."""
        return await self._list(CLOCK, read_clock)

    async def _list(self, name: str, read: Callable[[Element], Listed]) -> Listed:
        return read(await self._ask(request(name)))

    async def _ask(self, asked: Element) -> Element:
        async with open_line(self._node) as line:
            return await line.ask(asked)


def _process(answer: Element) -> bytes:
    process = said(answer, "ProcessID")
    if not process:
        raise Unreadable(_NO_PROCESS)
    return f"{process} {said(answer, 'ProcessTime')}".strip().encode()
