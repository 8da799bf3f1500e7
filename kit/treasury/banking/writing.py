"""End-of-day files as a bank makes them, for demonstrations and for holding the reader."""

from collections.abc import Iterable, Iterator

from kit.thai import local
from kit.treasury.banking.fixed import ROUND
from kit.treasury.banking.layout import WIDTHS
from kit.treasury.banking.statement import Header, Kind, Line


def write(header: Header, lines: Iterable[Line], *, end: str = "\r\n") -> Iterator[bytes]:
    """Yield the records with their ends, in CP874; bank, account and number are the file's own.

    :param end: CRLF, LF or CR.
    :raises ValueError: a text is too long for its field or is not in CP874.
    """
    owner = f"{header.bank:>3}{header.account:>10}"
    service = 8 if header.width == WIDTHS[0] else 12
    first = (_fit(header.name, 40), f"{header.effective_on:%d%m%Y}", _fit(header.service, service))
    sums = {kind: [0, 0] for kind in (Kind.REVERSED, Kind.PAID)}
    number = 1
    yield _record(f"H{number:06}{owner}{''.join(first)}", width=header.width, end=end)
    for line in lines:
        number = (number + 1) % ROUND
        sums[line.kind][0] += line.amount
        sums[line.kind][1] += 1
        text = f"D{number:06}{owner}{_detail(line)}"
        if header.width == WIDTHS[0]:
            text = f"{text:<196}{_fit(line.biller, 15)}{'':32}{_fit(line.payer_bank, 3)}"
        yield _record(text, width=header.width, end=end)
    totals = "".join(f"{amount:013}{count % ROUND:06}" for amount, count in sums.values())
    yield _record(f"T{(number + 1) % ROUND:06}{owner}{totals}", width=header.width, end=end)


def _detail(line: Line) -> str:
    """Return what stands behind the account, up to the bank of a cheque."""
    if line.amount >= 10**13:
        raise ValueError(f"{line.amount} satang do not fit into thirteen digits")
    references = "".join(_fit(one, 20) for one in (line.ref1, line.ref2, line.ref3))
    return (
        f"{local(line.paid_at):%d%m%Y%H%M%S}{_fit(line.payer, 50)}{references}{'':8}"
        f"{line.kind}{_fit(line.channel, 3)}{_fit(line.cheque, 7)}{line.amount:013}{'':3}"
    )


def _fit(text: str, width: int) -> str:
    if len(text) > width:
        raise ValueError(f"{text!r} has more than {width} characters")
    return text.ljust(width)


def _record(text: str, *, width: int, end: str) -> bytes:
    return (text.ljust(width) + end).encode("cp874")
