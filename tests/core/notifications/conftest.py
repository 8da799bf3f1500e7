import asyncio
import socket
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from core.context import Context


class PostOffice:
    """A mail server that keeps what it takes and answers as it is told.

    ``answers`` are for the next letters, one each: an answer of SMTP, or ``drop`` to take the
    letter and break off before saying so, or ``hold`` to take it and say nothing for long.
    Without any, all is taken.
    """

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.answers: deque[str] = deque()
        self.recipients: deque[str] = deque()

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.recipients:
            return self.recipients.popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.popleft() if self.answers else "250 taken as 4711"
        if answer[0] in "24dh":
            content = envelope.content
            assert isinstance(content, bytes)
            letter = message_from_bytes(content)
            if answer[0] in "2dh":
                self.letters.append(letter)
        if answer == "hold":
            await asyncio.sleep(600)
        if answer == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer


@pytest.fixture
def post_office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def smtp_url(post_office: PostOffice) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(post_office, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def with_post(smtp_url: str) -> Callable[[Context], Context]:
    def give(ctx: Context) -> Context:
        return replace(ctx, settings=replace(ctx.settings, smtp_url=smtp_url))

    return give
