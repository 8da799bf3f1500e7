"""Where the office's money goes: what banks and payers' apps know it by, as the office set it."""

import logging
from collections.abc import Callable, Mapping

import msgspec

from core.api import Context, InvalidInput, Text, audit, set_settings, transaction
from kit.thai import Unreadable, ascii_digits, parse_tax_id
from kit.treasury.codes.payments import Asked, BillPayment
from kit.treasury.refusals import Malformed

log = logging.getLogger(__name__)

SETTINGS = "treasury.settings"

_PAST_ASCII = Text(
    "ใช้อักษรอังกฤษและตัวเลขไม่เกิน {most} ตัว เพราะแอปธนาคารแสดงอักษรไทยใน QR ไม่ได้",
    "Use at most {most} English letters and digits: apps of banks show no Thai from a QR.",
)


class Payee(msgspec.Struct, frozen=True, kw_only=True):
    """The office as who is paid; each may be empty.

    :param biller: 15 digits that its bank gave, for bill payment (tag 30).
    :param tax_id: 13 digits by which PromptPay knows it (tag 29), used where there is no biller.
    :param merchant: its name as a QR carries it, up to 25 characters of ASCII.
    :param city: the same, up to 15.
    """

    biller: str = ""
    tax_id: str = ""
    merchant: str = ""
    city: str = ""


# In the manifest: what stands there until the office sets it.
DEFAULTS: Mapping[str, str] = msgspec.to_builtins(Payee())


def payee(ctx: Context) -> Payee:
    """Return the office as who is paid."""
    given = ctx.tenant.settings.get("treasury", {})
    try:
        return check_payee({name: str(given.get(name, "")) for name in DEFAULTS})
    except InvalidInput as problem:
        # What was set by hand must not close the page of a bill: it is paid at the counter.
        log.warning("treasury: the payee of %s does not fit: %s", ctx.tenant.id, problem)
        return Payee()


def check_payee(typed: Mapping[str, str]) -> Payee:
    """Return the payee that was typed; Thai digits, spaces and hyphens in numbers are taken.

    :raises InvalidInput: naming every field that is wrong.
    """
    values = {name: " ".join(typed.get(name, "").split()) for name in DEFAULTS}
    for name in ("biller", "tax_id"):
        values[name] = ascii_digits(values[name]).replace(" ", "").replace("-", "")
    problems: dict[str, Text] = {}
    for name, check in _CHECKS.items():
        try:
            if values[name]:
                check(values[name])
        except (Malformed, Unreadable) as refusal:
            problems[name] = _PLAIN.get(name, refusal.sentence)
    if problems:
        raise InvalidInput(problems)
    return Payee(**values)


_CHECKS: Mapping[str, Callable[[str], object]] = {
    "biller": lambda value: BillPayment(biller=value, ref1="0"),
    "tax_id": parse_tax_id,
    "merchant": lambda value: Asked(merchant=value),
    "city": lambda value: Asked(city=value),
}
_PLAIN = {"merchant": _PAST_ASCII.format(most=25), "city": _PAST_ASCII.format(most=15)}


async def set_payee(ctx: Context, typed: Mapping[str, str]) -> None:
    """Keep who is paid; bills ask for it within two seconds.

    :raises InvalidInput: naming every field that is wrong.
    """
    values = msgspec.to_builtins(check_payee(typed))
    async with transaction(ctx):
        was = msgspec.to_builtins(payee(ctx))
        if values == was:
            return
        await set_settings(ctx, plugin="treasury", settings=values)
        subject = f"tenant/{ctx.tenant.id}"
        await audit.record(ctx, "treasury.payee.changed", subject, was=was, now=values)
