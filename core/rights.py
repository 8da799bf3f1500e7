"""What must be held to do something, asked where it is done."""

from core.context import Context
from core.errors import NotAllowed
from core.text import Text

_NOT_HELD = Text(
    "บัญชีของท่านไม่มีสิทธิ: {what} ถ้าต้องใช้ แจ้งผู้ดูแลระบบ",
    "Your account may not: {what}. Ask the administrator if you need to.",
)


def need(ctx: Context, permission: str) -> None:
    """Return when the actor holds a permission; what the system does by itself may be done.

    :param permission: of a plugin of this installation, whose manifest says it in words.
    :raises NotAllowed: the actor does not hold it.
    """
    if ctx.actor.kind != "system" and not ctx.actor.may(permission):
        plugin = permission.partition(".")[0]
        what = ctx.host.plugins[plugin].permissions[permission]
        raise NotAllowed(_NOT_HELD.format(what=what))
