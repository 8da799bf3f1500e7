import httpx
import pytest

from core import db
from core.context import Context
from core.identity.tables import Session
from core.runtime import Runtime
from tests.conftest import app_of

TOLD = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7", "X-Forwarded-Proto": "https"}
PERSON = {"first_name": "ก", "last_name": "ข", "national_id": "1234545678781"}


@pytest.mark.parametrize(
    ("peer", "address"), [("127.0.0.1", "203.0.113.7"), ("192.0.2.9", "192.0.2.9")]
)
async def test_a_session_is_from_the_address_that_a_trusted_server_names_and_no_other(
    runtime: Runtime, ctx: Context, peer: str, address: str
) -> None:
    application = app_of(runtime)
    await runtime.open()
    transport = httpx.ASGITransport(application, client=(peer, 4711))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", headers=TOLD
    ) as browser:
        await browser.get("/register")
        fields = {"_csrf_token": browser.cookies["csrf"], "password": "บันได แมว น้ำปลา"}
        assert (await browser.post("/register", data=fields | PERSON)).status_code == 303
    await runtime.close()

    async with db.transaction(ctx):
        [row] = await Session.select(Session.address).where(Session.of(ctx))
    assert row["address"] == address
