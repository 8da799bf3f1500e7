"""Letters by e-mail, through the central mailbox: SMTP out, IMAP in."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar, TypeVarTuple
from uuid import UUID

import aiosmtplib
from anyio import CancelScope, to_thread
from imapclient import IMAPClient
from imapclient.exceptions import LoginError
from msgspec.structs import replace

from core.api import Text
from kit.thai import local
from plugins.eoffice.rules.mail_opening import Mail, is_address, open_head, open_mail
from plugins.eoffice.rules.mail_parts import Unopened
from plugins.eoffice.rules.mail_reading import Office, letters_meant, read_mail, read_unopened
from plugins.eoffice.rules.mail_writing import write_letter, write_note
from plugins.eoffice.rules.parcels import Agency, Arrived, Note, Parcel, Read, Take, Unsent
from plugins.eoffice.service.mailboxes import PATIENCE, Inbox, Mailbox

# The letter of that id that left or came by this mailbox.
Find = Callable[[UUID], Awaitable[Parcel | None]]

Given = TypeVarTuple("Given")
T = TypeVar("T")

# Seconds until the answer to a whole mail (RFC 5321, 4.5.3.2.6); a scan on a slow line is long.
_PATIENCE_FOR_ALL = 600
_LONGEST_ANSWER = 300

_SECRET = Text(
    "หนังสือลับส่งทางอีเมลไม่ได้ ส่งด้วยวิธีที่ระเบียบว่าด้วยการรักษาความลับกำหนด",
    "A secret letter cannot go by e-mail. Send it in the way that the rules on secrecy say.",
)
_NO_ADDRESS = Text(
    "ไม่มีที่อยู่ตู้อีเมลกลางที่ถูกต้องของ{name} แก้ไขในทะเบียนหน่วยงานแล้วส่งใหม่",
    "The central mailbox of {name} is missing or wrong. Put it right and send again.",
)
_REFUSED = Text(
    "เซิร์ฟเวอร์อีเมลไม่รับหนังสือนี้: {answer} ตรวจที่อยู่ของหน่วยงานผู้รับ หรือส่งด้วยวิธีอื่น",
    "The mail server refused it: {answer}. Check the receiver's address, or send in another way.",
)
_LATER = Text(
    "เซิร์ฟเวอร์อีเมลยังไม่รับ ระบบจะลองใหม่เอง: {answer}",
    "The mail server did not take it yet; it is tried again by itself: {answer}",
)
_PASSWORD = Text(
    "ชื่อผู้ใช้หรือรหัสผ่านของตู้อีเมลกลางไม่ถูกต้อง ให้ผู้ดูแลระบบตรวจการตั้งค่า",
    "User or password of the central mailbox are wrong. The administrator checks the settings.",
)
_AWAY = Text(
    "เปิดตู้อีเมลกลางไม่ได้ ระบบจะลองใหม่เอง: {answer}",
    "The central mailbox cannot be opened; it is tried again by itself: {answer}",
)
_OPEN_THERE = Text(
    "ระบบเปิดอ่านอีเมลนี้ไม่ได้ ({why}) เปิดอ่านในตู้อีเมลกลาง โฟลเดอร์ {folder}",
    "This e-mail was not read ({why}). Open it in the central mailbox, folder {folder}.",
)


class MailCarrier:
    """E-mail as a channel.

    :param find: what is known of a letter; answers of people are matched by it.
    :param now: aware; when mails are written, and by which day they came at the latest.
    """

    def __init__(self, mailbox: Mailbox, find: Find, *, now: datetime) -> None:
        self._mailbox = mailbox
        self._find = find
        self._now = now
        self._office = Office(
            mailbox=mailbox.address, server=mailbox.authserv_id, today=local(now).date()
        )

    async def send(self, parcel: Parcel, read: Read) -> bytes:
        """Send a letter under the Message-ID of its id, and return the server's answer.

        A server that breaks off may have taken it. It is sent again then; another Thongthin
        takes it once, and people are told in it that it is the same letter.

        :raises Unsent: see :class:`Carrier`.

        Law: ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. 2544.
        """
        if parcel.secrecy != "normal":
            raise Unsent(_SECRET, again=False)
        letter = replace(parcel, sender=self._here(parcel.sender))
        _check_address(letter.receiver)
        enclosed = (letter.main, *letter.attachments)
        files = {file.digest: await read(file.digest) for file in enclosed}
        raw = await to_thread.run_sync(write_letter, letter, files, self._now)
        return await self._post(raw, letter.receiver)

    async def tell(self, note: Note) -> bytes:
        """Send a note as an answer to the mail of its letter."""
        note = replace(note, sender=self._here(note.sender))
        _check_address(note.receiver)
        letter = await self._find(note.letter) if note.letter else None
        return await self._post(write_note(note, letter, self._now), note.receiver)

    async def collect(self, take: Take) -> None:
        """Give what each mail in the inbox brings, and put it away once it was taken."""
        inbox = await _step(Inbox, self._mailbox)
        try:
            for number in await _step(inbox.waiting):
                raw = await _step(inbox.fetch, number)
                if raw is None:
                    continue
                for arrived in await self._read(raw):
                    await take(arrived)
                await _step(inbox.put_away, number)
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(inbox.close)

    async def count(self) -> int:
        """Return how many mails wait; nothing is taken.

        :raises Unsent: the mailbox does not open.
        """
        inbox = await _step(Inbox, self._mailbox)
        try:
            return len(await _step(inbox.waiting))
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(inbox.close)

    async def greet(self) -> None:
        """Sign in where mails leave, and send nothing.

        :raises Unsent: the server does not let us.
        """
        with _judging():
            async with self._line():
                pass

    async def _read(self, raw: bytes) -> list[Arrived]:
        try:
            mail = await to_thread.run_sync(open_mail, raw)
        except Unopened as problem:
            why = _OPEN_THERE.format(why=problem.why, folder=self._mailbox.folder)
            return [read_unopened(open_head(raw), self._office, why)]
        letter = await self._letter_of(mail)
        return await to_thread.run_sync(read_mail, mail, letter, self._office)

    async def _letter_of(self, mail: Mail) -> Parcel | None:
        for id in letters_meant(mail):
            if letter := await self._find(id):
                return letter
        return None

    def _here(self, sender: Agency) -> Agency:
        return replace(sender, mailbox=self._mailbox.address)

    async def _post(self, raw: bytes, receiver: Agency) -> bytes:
        with _judging():
            async with self._line() as client:
                _, answer = await client.sendmail(
                    self._mailbox.address, [receiver.mailbox], raw, timeout=_PATIENCE_FOR_ALL
                )
        return answer.encode()

    def _line(self) -> aiosmtplib.SMTP:
        server = self._mailbox.outgoing
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=self._mailbox.user or None,
            password=self._mailbox.password or None,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            timeout=PATIENCE,
        )


@contextmanager
def _judging() -> Iterator[None]:
    """Say of what the server for sending does not do whether it may do so later.

    :raises Unsent: it does not.
    """
    try:
        yield
    except aiosmtplib.SMTPRecipientsRefused as problem:
        raise _judged(problem.recipients[0]) from problem
    except aiosmtplib.SMTPAuthenticationError as problem:
        # The password is wrong, not the letter.
        raise Unsent(_PASSWORD, again=True) from problem
    except aiosmtplib.SMTPResponseException as problem:
        raise _judged(problem) from problem
    except (aiosmtplib.SMTPException, OSError) as problem:
        raise Unsent(_LATER.format(answer=_told(problem)), again=True) from problem


async def _step(step: Callable[[*Given], T], *given: *Given) -> T:
    """Take one step with the mailbox, without holding the loop.

    :raises Unsent: the server does not let us.
    """
    try:
        return await to_thread.run_sync(step, *given)
    except LoginError as problem:
        raise Unsent(_PASSWORD, again=True) from problem
    except (IMAPClient.Error, OSError) as problem:
        raise Unsent(_AWAY.format(answer=_told(problem)), again=True) from problem


def _check_address(receiver: Agency) -> None:
    if not is_address(receiver.mailbox):
        raise Unsent(_NO_ADDRESS.format(name=receiver.name), again=False)


def _judged(problem: aiosmtplib.SMTPResponseException) -> Unsent:
    lasting = 500 <= problem.code <= 599
    answer = f"{problem.code} {problem.message}"[:_LONGEST_ANSWER]
    return Unsent((_REFUSED if lasting else _LATER).format(answer=answer), again=not lasting)


def _told(problem: Exception) -> str:
    return str(problem)[:_LONGEST_ANSWER]
