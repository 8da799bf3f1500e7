from datetime import UTC, datetime
from typing import Any

import pytest
from asn1crypto.pkcs12 import Pfx
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from hypothesis import given
from hypothesis import strategies as st

from core.api import InvalidInput
from kit.documents import bounded
from kit.documents.keys import open_key, open_key_async
from tests.kit.documents.authorities import PASSPHRASE, Authority, a_name

AT = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)
NAME = "นายธนวัฒน์ ยอดใจ"
KEY = rsa.generate_private_key(65537, 2048)
ABOVE = Authority("รากทดสอบ")
AUTHORITY = Authority("ผู้ออกใบรับรองทดสอบ", ABOVE)
FILE = AUTHORITY.file(NAME, KEY)


def refused(raw: bytes, passphrase: str = PASSPHRASE) -> tuple[str, str]:
    with pytest.raises(InvalidInput) as refusal:
        open_key(raw, passphrase, AT)
    [(field, sentence)] = refusal.value.problems.items()
    return field, sentence.th


def test_a_certificate_file_is_opened_with_its_passphrase_and_says_whose_it_is() -> None:
    key = open_key(FILE, PASSPHRASE, AT)

    assert key.name == NAME
    assert key.organization == "เทศบาลเมืองแม่เหียะ"
    assert key.issuer == "ผู้ออกใบรับรองทดสอบ"
    assert key.valid_from < AT < key.valid_until
    assert key.chain == (AUTHORITY.root, ABOVE.root)


def test_nothing_secret_is_shown_where_a_key_is_written_to_a_log() -> None:
    key = open_key(FILE, PASSPHRASE, AT)

    assert key.key
    assert repr(key.key)[2:-1] not in repr(key)
    assert "key=" not in repr(key)


def test_a_wrong_passphrase_stands_beside_the_passphrase() -> None:
    assert refused(FILE, "แมว 2 ตัว") == (
        "passphrase",
        "รหัสผ่านนี้ไม่ใช่ของไฟล์ใบรับรองที่เลือก พิมพ์ใหม่อีกครั้ง",
    )
    assert refused(FILE, "")[0] == "passphrase"


def test_a_file_without_passphrase_is_not_signed_with() -> None:
    loose = BestAvailableEncryption(b" ")
    certificate = AUTHORITY.sign(KEY, a_name(NAME, ""))
    raw = pkcs12.serialize_key_and_certificates(b"", KEY, certificate, None, loose)

    assert "ไม่มีรหัสผ่านใช้ลงลายมือชื่อไม่ได้" in refused(raw, "")[1]


@pytest.mark.parametrize("raw", [b"", b"hello", b"%PDF-1.7", FILE[:500]])
def test_what_is_no_certificate_file_is_refused(raw: bytes) -> None:
    field, sentence = refused(raw)
    assert field == "certificate"
    assert ".p12" in sentence


def test_a_file_without_the_private_key_is_refused() -> None:
    certificate = AUTHORITY.sign(KEY, a_name(NAME, ""))
    closed = BestAvailableEncryption(PASSPHRASE.encode())

    alone = pkcs12.serialize_key_and_certificates(b"", None, certificate, None, closed)
    assert "ไม่มีกุญแจส่วนตัว" in refused(alone)[1]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"ends": datetime(2026, 10, 4, 18, tzinfo=UTC)}, "หมดอายุเมื่อ 5 ตุลาคม 2569"),
        ({"began": datetime(2026, 12, 1, tzinfo=UTC)}, "ใช้ได้ตั้งแต่ 1 ธันวาคม 2569"),
        ({"usage": ("key_encipherment",)}, "ไม่ได้ออกให้ใช้ลงลายมือชื่อ"),
    ],
)
def test_a_certificate_that_does_not_hold_for_this_is_refused_with_why(
    more: dict[str, Any], word: str
) -> None:
    field, sentence = refused(AUTHORITY.file(NAME, KEY, **more))

    assert field == "certificate"
    assert word in sentence


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(65537, 1024),  # noqa: S505 - to be refused
        ec.generate_private_key(ec.SECP224R1()),
        ed25519.Ed25519PrivateKey.generate(),
    ],
)
def test_a_weak_key_and_one_that_readers_do_not_know_are_refused(key: Any) -> None:
    assert "RSA 2048" in refused(AUTHORITY.file(NAME, key))[1]


def test_a_key_on_a_curve_is_opened() -> None:
    assert open_key(AUTHORITY.file(NAME, ec.generate_private_key(ec.SECP256R1())), PASSPHRASE, AT)


@pytest.mark.filterwarnings("ignore:PKCS#12 bundle could not be parsed as DER")
@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_a_damaged_file_is_opened_or_refused_and_never_more(place: int, change: int) -> None:
    damaged = bytearray(FILE)
    damaged[place] ^= change
    try:
        opened = open_key(bytes(damaged), PASSPHRASE, AT)
    except InvalidInput:
        return
    assert opened == open_key(FILE, PASSPHRASE, AT)


async def test_a_file_that_takes_hours_to_open_is_refused_in_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 1)
    endless = Pfx.load(FILE)
    endless["mac_data"]["iterations"] = 2_000_000_000

    with pytest.raises(InvalidInput) as refusal:
        await open_key_async(endless.dump(), PASSPHRASE, AT)
    assert refusal.value.problems.keys() == {"certificate"}
    assert (await open_key_async(FILE, PASSPHRASE, AT)).name == NAME
