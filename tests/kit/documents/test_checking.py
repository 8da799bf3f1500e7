"""Anybody shows a signed file to the page that checks papers."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from core.context import Context
from core.http.app import create_app
from core.runtime import Runtime
from core.settings import Settings, read_settings
from kit.documents.pades import sign_pdf
from tests.kit.documents.authorities import Authority
from tests.kit.documents.strangers import plain

# Before any day on which this is run.
AT = datetime(2026, 9, 1, 3, 42, tzinfo=UTC)
AUTHORITY = Authority()
MAYOR = AUTHORITY.signing_key("นายธนวัฒน์ ยอดใจ")
CLERK = AUTHORITY.signing_key("นางอรทัย <b>มณีวงศ์</b>")
SIGNED = sign_pdf(plain(), MAYOR, AT)
BOTH = sign_pdf(SIGNED, CLERK, AT)
BRIEF = AUTHORITY.signing_key(MAYOR.name, ends=datetime(2026, 9, 2, tzinfo=UTC))
FAILING = {
    "ไฟล์ถูกแก้ไขหลังลงลายมือชื่อ": SIGNED.replace(b"/MediaBox", b"/MediaBux"),
    "ยืนยันชื่อผู้ลงลายมือชื่อไม่ได้": sign_pdf(plain(), Authority().signing_key(MAYOR.name), AT),
    "แต่ใบรับรองหมดอายุแล้ว": sign_pdf(plain(), BRIEF, AT),
    "อ่านลายมือชื่อนี้ไม่ได้": SIGNED.replace(b"/ETSI.CAdES.detached", b"/ETSI.Unknown.method"),
    "ตรวจลายมือชื่ออิเล็กทรอนิกส์ในไฟล์นี้ไม่ได้": SIGNED[:-200],
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    root = load_der_x509_certificate(AUTHORITY.root).public_bytes(Encoding.PEM)
    (tmp_path / "root.pem").write_bytes(root)
    return read_settings(
        {
            "THONGTHIN_DATA": str(tmp_path / "data"),
            "THONGTHIN_SECRET": "ab" * 32,
            "THONGTHIN_TRUSTED_ROOTS": str(tmp_path),
        }
    )


@pytest.fixture
async def stranger(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    app: Any = create_app(runtime)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", timeout=60, follow_redirects=True
    ) as client:
        page = await client.get("/v")
        client.headers["X-CSRFToken"] = page.text.split('name="_csrf_token" value="')[1].split('"')[
            0
        ]
        yield client


async def show(stranger: httpx.AsyncClient, data: bytes) -> str:
    file = {"file": ("หนังสือ.pdf", data, "application/pdf")}
    answer = await stranger.post("/v", files=file)
    assert answer.status_code == 404  # it is no file of this office
    return answer.text


async def test_who_signed_and_when_is_told_in_two_languages(stranger: httpx.AsyncClient) -> None:
    both = await show(stranger, BOTH)
    assert both.count("ลายมือชื่อถูกต้อง") == 2
    for word in (MAYOR.name, "เทศบาลเมืองแม่เหียะ", "ผู้ออกใบรับรองทดสอบ", "1 กันยายน 2569 เวลา 10.42 น."):
        assert word in both
    assert "หลังจากนั้นมีเพียงลายมือชื่ออื่น" in both
    assert "&lt;b&gt;มณีวงศ์" in both
    assert "ไม่ได้ตรวจว่าใบรับรองถูกเพิกถอนหรือไม่" in both

    await stranger.get("/language/en?next=/v")
    english = await show(stranger, SIGNED)
    assert "A valid signature" in english
    assert "Nothing in the file was changed since." in english
    assert "1 September 2026" in english


async def test_a_signature_that_does_not_hold_is_told_with_why(
    stranger: httpx.AsyncClient, tmp_path: Path
) -> None:
    for words, data in FAILING.items():
        page = await show(stranger, data)
        assert words in page
        assert "ลายมือชื่อถูกต้อง" not in page
    assert list((tmp_path / "data").glob("files/**/*")) == []


async def test_of_a_file_without_signatures_none_are_told(stranger: httpx.AsyncClient) -> None:
    assert "ลายมือชื่ออิเล็กทรอนิกส์ในไฟล์" not in await show(stranger, plain())
