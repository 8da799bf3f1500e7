"""The municipality's own ground, without which no row that has an address can be judged."""

from core.api import Conflict, Context, Text
from kit.geo import Subdistrict, own_subdistricts

_NO_HOME = Text(
    "ยังไม่ได้ตั้งตำบลในเขตของหน่วยงาน ให้ผู้ดูแลระบบตั้งก่อน แล้วส่งไฟล์อีกครั้ง",
    "The sub-districts of the office are not set. Ask the administrator to set them, then send it.",
)


def need_subdistricts(ctx: Context) -> tuple[Subdistrict, ...]:
    """Return the sub-districts of the office, at least one.

    :raises Conflict: the office has not set them.
    """
    own = own_subdistricts(ctx.tenant)
    if not own:
        raise Conflict(_NO_HOME)
    return own
