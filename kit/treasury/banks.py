"""Banks that confirm payments at once: how each speaks, and how it wants to be answered."""

from collections.abc import Callable

import msgspec

from core.api import AppError, Context, NotFound, Text
from kit.treasury.banking.callback import read_bangkok_bank, read_scb
from kit.treasury.banking.replies import BangkokCode, bangkok_refusal, bangkok_reply, scb_reply
from kit.treasury.banking.statement import Line
from kit.treasury.refusals import Malformed


class Bank(msgspec.Struct, frozen=True, kw_only=True):
    """A bank, as a plugin teaches the treasury to hear it.

    :param code: a short word, which ends the address of its callbacks.
    :param read: reads the body of a callback; it raises ``Malformed``.
    :param kept: the answer to a callback that is kept, from its line and our number of it.
    :param refused: the answer to one that is not, or None for the platform's own, with a status.
    :param signature: the header with HMAC-SHA256 over time, full stop and body; see ``signing``.
    :param timestamp: the header with the time, in seconds of Unix time.
    """

    code: str
    title: Text
    read: Callable[[bytes], Line]
    kept: Callable[[Line, str], bytes]
    refused: Callable[[AppError], bytes | None] = lambda _: None
    signature: str = "x-signature"
    timestamp: str = "x-timestamp"


def _scb_kept(line: Line, ours: str) -> bytes:
    return scb_reply(transaction=line.transaction, confirmation=ours)


def _bangkok_kept(_: Line, __: str) -> bytes:
    return bangkok_reply(BangkokCode.SUCCESS)


def _bangkok_refused(problem: AppError) -> bytes | None:
    if isinstance(problem, Malformed) and problem.field not in ("signature", "timestamp"):
        return bangkok_reply(bangkok_refusal(problem))
    return None


SCB = Bank(code="scb", title=Text("ธนาคารไทยพาณิชย์", "SCB"), read=read_scb, kept=_scb_kept)
BANGKOK = Bank(
    code="bbl",
    title=Text("ธนาคารกรุงเทพ", "Bangkok Bank"),
    read=read_bangkok_bank,
    kept=_bangkok_kept,
    refused=_bangkok_refused,
)


def banks(ctx: Context) -> list[Bank]:
    """Return the banks that plugins have registered, by their code."""
    given = [one for _, some in ctx.host.gathered("register_banks") for one in some]
    return sorted(given, key=lambda one: one.code)


def get_bank(ctx: Context, code: str) -> Bank:
    """Return a bank.

    :raises NotFound: no plugin speaks its language.
    """
    for one in banks(ctx):
        if one.code == code:
            return one
    raise NotFound(Text("ไม่มีช่องทางของธนาคารนี้", "There is no such bank here."))
