"""Names of kinds of revenue and of accounts, for people."""

from collections.abc import Iterable

from core.api import Context, NotFound, Text
from kit.treasury.revenues import get_revenue
from kit.treasury.service.ledger import SUSPENSE

_WAITING = Text("เงินรับเกินหรือรอตรวจสอบ", "Paid beyond what is owed, or not matched")
_PLACES = {
    "cash": Text("เงินสด ช่อง {code}", "Cash, till {code}"),
    "cheque": Text("เช็ค ช่อง {code}", "Cheques, till {code}"),
    "bank": Text("ธนาคาร บัญชี {code}", "Bank account {code}"),
    "transit": Text("รอไฟล์ยืนยันจากธนาคาร บัญชี {code}", "Awaiting the bank's file, account {code}"),
    "vault": Text("เช็คที่นำส่งแล้ว", "Cheques handed over"),
}


def revenue_title(ctx: Context, code: str) -> str:
    """Return the title of a kind of revenue; its code where its plugin is gone."""
    if code == SUSPENSE:
        return _WAITING.to(ctx.language)
    try:
        return get_revenue(ctx, code).title.to(ctx.language)
    except NotFound:
        return code


def account_title(ctx: Context, account: str) -> str:
    """Return what an account of the ledger holds, in words."""
    kind, _, code = account.partition("/")
    return _PLACES[kind].to(ctx.language).format(code=code) if kind in _PLACES else account


def revenue_titles(ctx: Context, codes: Iterable[str]) -> dict[str, str]:
    """Return titles by code, in the order of the titles."""
    titles = {code: revenue_title(ctx, code) for code in codes}
    return dict(sorted(titles.items(), key=lambda one: one[1]))
