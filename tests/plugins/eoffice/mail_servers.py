"""Real mail servers on this machine: aiosmtpd takes mail and files it, Dovecot hands it out."""

import contextlib
import datetime
import ipaddress
import mailbox
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import time
from collections import deque
from collections.abc import Iterator
from email.utils import make_msgid
from pathlib import Path
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from plugins.eoffice.service.mailboxes import Mailbox, Server
from tests.conftest import PLACES

PASSWORD = "ตู้กลาง-secret"  # noqa: S105
SERVER = "mail.test"  # by which name it marks what it found out about senders
USER = "dovecot"  # made by Debian's package; Dovecot does not open mail for root
PATIENCE = 20

Security = Literal["tls", "starttls"]

_DOVECOT = """\
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
auth_failure_delay = 0
default_internal_user = {user}
default_internal_group = {user}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{mail}/%u
{more}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={user} home={mail}/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""

_BOUNCE = """\
From: MAILER-DAEMON@{server}
To: {sender}
Subject: Undelivered Mail Returned to Sender
Message-ID: {id}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; {server}

Final-Recipient: rfc822; {receiver}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <{receiver}>: user unknown

--b
Content-Type: message/rfc822

"""


class PostOffice:
    """Takes mail from who knows the password, and files it in the Maildir of each address.

    ``answers`` are for the next mails, one each: an answer of SMTP, ``lost`` to take the mail and
    break off before saying so, or ``away`` to break off without taking it. ``unknown`` are
    addresses of which it finds out only later that they do not exist.
    """

    def __init__(self, mail: Path, owner: str) -> None:
        self.mail = mail
        self.owner = owner
        self.answers: deque[str] = deque()
        self.recipients: deque[str] = deque()
        self.unknown: set[str] = set()

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 who are you?"
        if self.recipients:
            return self.recipients.popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.popleft() if self.answers else "250 2.0.0 queued as 4711"
        assert isinstance(envelope.content, bytes)
        assert envelope.mail_from is not None
        if answer[0] in "2l":
            for address in envelope.rcpt_tos:
                self.pass_on(envelope.content, envelope.mail_from, address)
        if answer in {"lost", "away"}:
            assert server.transport is not None
            server.transport.close()
        return answer

    def pass_on(self, raw: bytes, sender: str, receiver: str) -> None:
        if receiver in self.unknown:
            head = _BOUNCE.format(
                server=SERVER, sender=sender, receiver=receiver, id=make_msgid(domain=SERVER)
            )
            self.deliver(
                sender, head.replace("\n", "\r\n").encode() + raw + b"\r\n--b--\r\n", sender=""
            )
        else:
            self.deliver(receiver, raw, sender=sender)

    def open(self, address: str) -> None:
        """Make the mailbox of an address."""
        self._maildir(address)

    def deliver(
        self, address: str, raw: bytes, *, sender: str, results: str = "dmarc=pass"
    ) -> None:
        """File a mail, above it who sent it and what we found out about that."""
        head = f"Return-Path: <{sender}>\r\nAuthentication-Results: {SERVER}; {results}\r\n"
        self._maildir(address).add(head.encode() + raw)

    def kept(self, address: str, folder: str) -> int:
        """Return how many mails are in a folder of a mailbox."""
        home = self.mail / address / (f".{folder}" if folder != "INBOX" else "")
        return len(mailbox.Maildir(home, create=False)) if home.exists() else 0

    def _maildir(self, address: str) -> mailbox.Maildir:
        home = self.mail / address
        made = mailbox.Maildir(home)
        if os.geteuid() == 0:
            for path in (home, *home.rglob("*")):
                shutil.chown(path, self.owner, self.owner)
        return made


class Ports:
    """Where the servers of one security listen."""

    def __init__(self) -> None:
        with contextlib.ExitStack() as free:
            sockets = [free.enter_context(socket.socket()) for _ in range(4)]
            for one in sockets:
                one.bind(("127.0.0.1", 0))
            ports = [one.getsockname()[1] for one in sockets]
        self.smtp: dict[str, int] = {"tls": ports[0], "starttls": ports[1]}
        self.imap: dict[str, int] = {"tls": ports[2], "starttls": ports[3]}

    def mailbox(self, address: str, security: Security) -> Mailbox:
        return Mailbox(
            address=address,
            outgoing=Server(host="localhost", port=self.smtp[security], security=security),
            incoming=Server(host="localhost", port=self.imap[security], security=security),
            user=address,
            password=PASSWORD,
            authserv_id=SERVER,
        )


@contextlib.contextmanager
def dovecot(
    program: str, folder: Path, mail: Path, ports: Ports, *, more: str = ""
) -> Iterator[None]:
    """Run Dovecot as a user without rights, with everything that it has in a folder.

    :param more: further settings.
    """
    user = pwd.getpwnam(USER) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder.mkdir(parents=True)
    settings = folder / "dovecot.conf"
    settings.write_text(
        _DOVECOT.format(
            folder=folder, mail=mail, user=user.pw_name, password=PASSWORD, more=more,
            certificate=mail.parent / "certificate", key=mail.parent / "key", **ports.imap,
        ),
        encoding="utf-8",
    )  # fmt: skip
    if os.geteuid() == 0:
        shutil.chown(folder, user.pw_uid, user.pw_gid)
    command = [program, "-F", "-c", str(settings)]
    server = subprocess.Popen(  # noqa: S603
        command, cwd=folder, stdin=subprocess.DEVNULL, user=user.pw_uid, group=user.pw_gid,
        extra_groups=[] if os.geteuid() == 0 else None,
    )  # fmt: skip
    try:
        _await_answer(ports.imap["tls"], server, folder / "log")
        yield
    finally:
        server.terminate()
        server.wait(PATIENCE)


@contextlib.contextmanager
def post_office(mail: Path, ports: Ports) -> Iterator[PostOffice]:
    """Run both kinds of SMTP servers over one post office."""
    office = PostOffice(mail, USER)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(mail.parent / "certificate", mail.parent / "key")
    tls = Controller(
        office, hostname="localhost", port=ports.smtp["tls"], ssl_context=context,
        auth_require_tls=False, authenticator=_known,
    )  # fmt: skip
    starttls = Controller(
        office, hostname="localhost", port=ports.smtp["starttls"], tls_context=context,
        require_starttls=True, authenticator=_known,
    )  # fmt: skip
    tls.start()
    starttls.start()
    yield office
    tls.stop()
    starttls.stop()


def cut_lines(settings: Path, address: str) -> None:
    """End Dovecot's connections with whoever reads a mailbox."""
    program = shutil.which("doveadm", path=PLACES)
    assert program is not None
    subprocess.run([program, "-c", settings, "kick", address], check=True, capture_output=True)  # noqa: S603


def make_certificate(folder: Path) -> Path:
    """Write a certificate of ``localhost`` and its key, and return the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "certificate"


def _known(
    _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any
) -> AuthResult:
    return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


def _await_answer(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            ended = server.poll() is not None or time.monotonic() > until
            assert not ended, log.read_text(encoding="utf-8") if log.exists() else "no log"
            time.sleep(0.05)
        else:
            return
