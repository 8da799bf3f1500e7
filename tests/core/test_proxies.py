from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.proxies import Proxies, read_address

HERE = Proxies(["127.0.0.1", "::1", "10.0.0.0/8", "unix"])
NEAR = "127.0.0.1"


def seen(peer: str | None, *headers: tuple[str, str], proxies: Proxies = HERE) -> tuple[str, str]:
    """Return address and scheme of a request that came over plain http."""
    scope: dict[str, Any] = {
        "client": (peer, 4711) if peer is not None else None,
        "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    proxies.see_through(scope)
    return (scope["client"] or ("", 0))[0], scope["scheme"]


def sender(peer: str | None, *lines: str, proxies: Proxies = HERE) -> str:
    return seen(peer, *(("x-forwarded-for", one) for one in lines), proxies=proxies)[0]


@pytest.mark.parametrize(
    ("peer", "lines", "who"),
    [
        (NEAR, ["203.0.113.7"], "203.0.113.7"),
        (NEAR, ["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
        (NEAR, ["198.51.100.1", "203.0.113.7"], "203.0.113.7"),
        (NEAR, ["198.51.100.1, 203.0.113.7, 10.2.3.4"], "203.0.113.7"),
        (NEAR, ["10.9.9.9, 10.2.3.4"], "10.9.9.9"),
        (NEAR, ["203.0.113.7:50123"], "203.0.113.7"),
        (NEAR, ["[2001:db8::1]:50123"], "2001:db8::1"),
        ("::ffff:127.0.0.1", ["203.0.113.7"], "203.0.113.7"),
        (NEAR, ["::ffff:10.0.0.1, ::ffff:203.0.113.7"], "203.0.113.7"),
        ("", ["203.0.113.7"], "203.0.113.7"),
        (None, ["203.0.113.7"], "203.0.113.7"),
        (NEAR, [], NEAR),
        (NEAR, ["", " , "], NEAR),
        (NEAR, ["unknown"], NEAR),
        (NEAR, ["203.0.113.7, unknown, 10.2.3.4"], "10.2.3.4"),
        (NEAR, ["x" * 9000], NEAR),
    ],
)
def test_the_sender_is_the_last_one_whom_no_trusted_server_stands_for(
    peer: str | None, lines: list[str], who: str
) -> None:
    assert sender(peer, *lines) == who


@pytest.mark.parametrize("peer", ["203.0.113.9", "11.0.0.1", "2001:db8::9"])
def test_what_others_say_of_the_sender_is_not_heard(peer: str) -> None:
    told = [("x-forwarded-for", "198.51.100.1"), ("x-forwarded-proto", "https")]
    assert seen(peer, *told) == (peer, "http")
    assert seen(NEAR, *told, proxies=Proxies([])) == (NEAR, "http")


def test_a_unix_socket_is_trusted_only_where_it_is_named() -> None:
    assert sender("", "198.51.100.1", proxies=Proxies(["127.0.0.1"])) == ""


@pytest.mark.parametrize(
    ("told", "scheme"),
    [("https", "https"), ("http", "http"), ("https, http", "http"), ("ws", "http"), ("", "http")],
)
def test_the_scheme_is_the_one_that_the_nearest_server_names(told: str, scheme: str) -> None:
    assert seen(NEAR, ("x-forwarded-proto", told))[1] == scheme


@given(st.text(max_size=80), st.ip_addresses(network="203.0.113.0/24"))
def test_whatever_a_stranger_writes_first_the_address_that_our_server_saw_counts(
    written: str, true: Any
) -> None:
    written = written.encode("ascii", "ignore").decode()
    assert sender(NEAR, f"{written}, {true}") == str(true)


@given(st.text(max_size=80))
def test_no_text_is_taken_for_an_address_that_is_none(text: str) -> None:
    address = read_address(text)
    assert address is None or ip_address(str(address)) == address
