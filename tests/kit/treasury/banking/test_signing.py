from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.treasury.banking.signing import WINDOW, check_signature, sign
from kit.treasury.refusals import Malformed

BODY = b'{"amount":"60.00"}'
SECRET = b"agreed with the bank"
NOW = datetime(2026, 7, 1, 7, 25, 50, tzinfo=UTC)
SENT = str(int(NOW.timestamp()))
RIGHT = sign(BODY, timestamp=SENT, secret=SECRET)


def check(
    body: bytes = BODY,
    *,
    timestamp: str = SENT,
    signature: str = RIGHT,
    secrets: tuple[bytes, ...] = (SECRET,),
    now: datetime = NOW,
) -> None:
    check_signature(body, timestamp=timestamp, signature=signature, secrets=secrets, now=now)


def test_a_signature_is_hmac_sha256_over_time_and_body() -> None:
    # Reckoned by: printf '1.what do ya want for nothing?' | openssl dgst -sha256 -hmac Jefe
    assert sign(b"what do ya want for nothing?", timestamp="1", secret=b"Jefe") == (
        "a9049465ce89cfb8e9aac62333abda66f80e3403f51f57f6bae3c3a4485eca38"
    )


def test_a_message_that_was_signed_just_now_is_taken() -> None:
    check()
    check(signature=f" {RIGHT.upper()} ")


def test_for_a_while_the_secret_before_is_known_too() -> None:
    check(secrets=(b"the new one", SECRET))
    check(secrets=(SECRET, b"the old one"))


@pytest.mark.parametrize(
    ("body", "signature", "timestamp"),
    [
        (BODY + b" ", RIGHT, SENT),
        (BODY.replace(b"60", b"06"), RIGHT, SENT),
        (BODY, "", SENT),
        (BODY, RIGHT[:-1], SENT),
        (BODY, "0" * 64, SENT),
        (BODY, "ก" * 64, SENT),
        (BODY, "\ud800", SENT),
        (BODY, RIGHT, str(int(SENT) + 1)),
        (BODY, sign(BODY, timestamp=SENT, secret=b"guessed"), SENT),
    ],
)
def test_a_forged_message_is_refused(body: bytes, signature: str, timestamp: str) -> None:
    with pytest.raises(Malformed) as refused:
        check(body, signature=signature, timestamp=timestamp)

    assert refused.value.field == "signature"
    assert "ไม่ได้บันทึกรายการ" in refused.value.sentence.th


@pytest.mark.parametrize("side", [-1, 1])
def test_a_message_is_taken_at_the_edge_of_the_window_and_not_beyond(side: int) -> None:
    check(now=NOW + side * WINDOW)

    with pytest.raises(Malformed) as refused:
        check(now=NOW + side * (WINDOW + timedelta(seconds=1)))

    assert refused.value.field == "timestamp"


@pytest.mark.parametrize(
    "timestamp", ["", "now", "-1", "1.5", "๑๗๘๒", "2026-07-01", "9" * 5_000, "\ud800", "²"]
)
def test_a_time_that_is_none_is_refused(timestamp: str) -> None:
    with pytest.raises(Malformed) as refused:
        check(timestamp=timestamp)

    assert refused.value.field == "timestamp"


@pytest.mark.parametrize("secrets", [(), (b"",), (SECRET, b"")])
def test_without_a_secret_nothing_is_taken_for_genuine(secrets: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="without a secret"):
        check(signature=sign(BODY, timestamp=SENT, secret=b""), secrets=secrets)


@given(st.text(max_size=70), st.text(max_size=14), st.binary(max_size=50))
def test_any_header_is_refused_in_words(signature: str, timestamp: str, body: bytes) -> None:
    with suppress(Malformed):
        check(body, signature=signature, timestamp=timestamp)
        raise AssertionError("it was taken")
