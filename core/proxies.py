"""Whom a request is from, where a web server stands in front.

A web server adds the address that it saw to ``X-Forwarded-For``. What stands left of that was
written by whoever sent the request, so it counts only as far as every writer is trusted.
"""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Whoever speaks to us over a Unix socket: who may, the rights of its file say.
UNIX = "unix"


class Proxies:
    """The web servers whose word on the sender counts.

    :param trusted: addresses, networks such as ``10.0.0.0/8``, and ``unix``.
    :raises ValueError: one of them is none of these.
    """

    def __init__(self, trusted: Iterable[str]) -> None:
        words = set(trusted)
        self._unix = UNIX in words
        self._networks: tuple[Network, ...] = tuple(ip_network(one) for one in words - {UNIX})

    def see_through(self, scope: Any) -> None:
        """Put the sender's address and scheme into the scope, where a trusted server says them."""
        peer = (scope.get("client") or ("", 0))[0]
        if not self._trusts(read_address(peer)):
            return
        sender = self._sender(_values(scope, b"x-forwarded-for"))
        if sender is not None:
            scope["client"] = (sender, 0)
        schemes = _values(scope, b"x-forwarded-proto")
        if schemes and schemes[-1] in ("http", "https"):
            scope["scheme"] = schemes[-1]

    def _sender(self, path: list[str]) -> str | None:
        """Return the last one on the path whom no trusted server stands for."""
        sender = None
        for text in reversed(path):
            address = read_address(text)
            if address is None:
                break
            sender = str(address)
            if not self._trusts(address):
                break
        return sender

    def _trusts(self, address: Address | None) -> bool:
        if address is None:
            return self._unix
        return any(address in network for network in self._networks)


@lru_cache(maxsize=1_000)
def read_address(text: str) -> Address | None:
    """Return the address in ``203.0.113.7``, ``203.0.113.7:4711``, ``[2001:db8::1]:4711``.

    An IPv4 address within IPv6 is given as what it is, a zone is left out; None for other texts.
    """
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _values(scope: Any, name: bytes) -> list[str]:
    """Return the values of a header that may stand several times, in the order of the lines."""
    lines = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return [one.strip() for one in ",".join(lines).split(",") if one.strip()]
