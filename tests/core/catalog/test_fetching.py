from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from core.catalog.fetching import FromNetwork
from tests.answering import answering


class Echo(BaseHTTPRequestHandler):
    """Answers with the host that was asked for."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.headers["Host"].encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    with answering(Echo) as address:
        yield int(address.rpartition(":")[2])


@pytest.mark.parametrize("host", ["dga.localhost", "127.0.0.1"])
def test_an_office_of_this_machine_is_reached_by_its_name(port: int, host: str) -> None:
    network = FromNetwork(wait=5)

    told = network.download_bytes(f"http://{host}:{port}/", max_length=100)

    network.close()
    assert told.decode() == f"{host}:{port}"
