"""Kinds of revenue: what plugins charge for, as they register it."""

import msgspec

from core.api import Context, NotFound, Text


class Revenue(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of revenue.

    :param code: ``<plugin>.<word>``.
    :param kind: two digits, which begin the reference of its bills; the office's own list of
        kinds decides them.
    """

    code: str
    title: Text
    kind: str


def get_revenue(ctx: Context, code: str) -> Revenue:
    """Return a kind of revenue that a plugin has registered.

    :raises NotFound: no plugin has.
    """
    for _, given in ctx.host.gathered("register_revenues"):
        for one in given:
            if one.code == code:
                return one  # type: ignore[no-any-return]
    raise NotFound(Text("ไม่มีประเภทรายรับนี้", "There is no such kind of revenue."))


# What the office takes that no service charges for.
OTHER = Revenue(code="treasury.other", title=Text("รายได้เบ็ดเตล็ด", "Other revenue"), kind="99")
