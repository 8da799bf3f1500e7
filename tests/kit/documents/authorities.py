"""Authorities as an office deals with them: one that gives certificates, one that stamps times."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.sign.timestamps import DummyTimeStamper

from kit.documents.keys import SigningKey

BEGAN, ENDS = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
PASSPHRASE = "แมว 3 ตัว"  # noqa: S105 - of files of the tests
SIGNING = ("digital_signature", "content_commitment")


def a_name(name: str, organization: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
        ]
    )


def _for(what: tuple[str, ...]) -> x509.KeyUsage:
    known = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment")
    more = ("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{one: one in what for one in (*known, *more)})


class Authority:
    """Gives certificates; its own is self-signed, or given by the one above it."""

    def __init__(self, name: str = "ผู้ออกใบรับรองทดสอบ", above: Any = None) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        self.name = a_name(name, "หน่วยงานทดสอบ")
        self._above = above or self
        self.certificate = self._above.sign(
            self.key, self.name, ca=True, usage=("key_cert_sign", "crl_sign")
        )

    @property
    def root(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def sign(
        self,
        key: Any,
        name: x509.Name,
        *,
        ca: bool = False,
        usage: tuple[str, ...] = SIGNING,
        began: datetime = BEGAN,
        ends: datetime = ENDS,
        purpose: x509.ObjectIdentifier | None = None,
    ) -> x509.Certificate:
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(began)
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(_for(usage), critical=True)
        )
        if purpose is not None:
            made = made.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        return made.sign(self.key, SHA256())

    def chain(self) -> list[x509.Certificate]:
        above = [] if self._above is self else self._above.chain()
        return [self.certificate, *above]

    def signing_key(
        self, name: str, key: Any = None, organization: str = "เทศบาลเมืองแม่เหียะ", **more: Any
    ) -> SigningKey:
        key = key or rsa.generate_private_key(65537, 2048)
        certificate = self.sign(key, a_name(name, organization), **more)
        return SigningKey(
            name=name,
            organization=organization,
            issuer="",
            valid_from=certificate.not_valid_before_utc,
            valid_until=certificate.not_valid_after_utc,
            key=key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
            certificate=certificate.public_bytes(Encoding.DER),
            chain=tuple(one.public_bytes(Encoding.DER) for one in self.chain()),
        )

    def file(self, name: str, key: Any, passphrase: str = PASSPHRASE, **more: Any) -> bytes:
        """The certificate file (PKCS#12) that a person gets."""
        return pkcs12.serialize_key_and_certificates(
            name.encode(),
            key,
            self.sign(key, a_name(name, "เทศบาลเมืองแม่เหียะ"), **more),
            self.chain(),
            BestAvailableEncryption(passphrase.encode()),
        )


@dataclass
class Stamps:
    """A time-stamp authority (RFC 3161), asked over HTTP.

    :param at: what its clock says.
    :param answer: how it answers: rightly, for something else, with nonsense, or that it fails.
    """

    at: datetime
    url: str = ""
    answer: Literal["right", "of another", "nonsense", "failing"] = "right"
    asked: list[bytes] = field(default_factory=list)


@contextmanager
def stamping(authority: Authority, at: datetime) -> Iterator[Stamps]:
    told = Stamps(at)
    key = rsa.generate_private_key(65537, 2048)
    purpose = ExtendedKeyUsageOID.TIME_STAMPING
    certificate = authority.sign(key, a_name("ผู้ประทับเวลาทดสอบ", "หน่วยงานทดสอบ"), purpose=purpose)
    [shown] = load_certs_from_pemder_data(certificate.public_bytes(Encoding.DER))
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    opened = load_private_key_from_pemder_data(private, None)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            told.asked.append(body)
            request = tsp.TimeStampReq.load(body)
            if told.answer == "of another":
                request["message_imprint"]["hashed_message"] = bytes(32)
            stamper = DummyTimeStamper(shown, opened, fixed_dt=told.at)
            answer = stamper.request_tsa_response(request).dump()
            self.send_response(503 if told.answer == "failing" else 200)
            self.send_header("content-type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(b"<html>" if told.answer == "nonsense" else answer)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.url = f"http://127.0.0.1:{server.server_port}/tsa"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield told
        server.shutdown()


def pdfsig(path: Path, raw: bytes) -> list[str]:
    """What another reader says of the signatures, the earliest first."""
    path.write_bytes(raw)
    told = subprocess.run(  # noqa: S603 - a file of this test
        ["/usr/bin/env", "pdfsig", "-nocert", path], check=False, capture_output=True, text=True
    )
    head = "  - Signature Validation: "
    lines = told.stdout.splitlines()
    return [line.removeprefix(head) for line in lines if line.startswith(head)]
