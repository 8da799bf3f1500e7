"""Whether this is the operator's own tenant."""

from core.context import Context


def is_operator(ctx: Context) -> bool:
    """Return whether the tenant is the one that runs the platform for all others."""
    return ctx.tenant.id == ctx.settings.operator
