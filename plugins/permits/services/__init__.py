"""The services of the plugin, as declarations that hold the plans and figures of an office."""

from collections.abc import Sequence

from kit.casework import Service
from plugins.permits.rules.dated import LATEST, Limits
from plugins.permits.rules.plans import Plan
from plugins.permits.services.build import build
from plugins.permits.services.notify import notify
from plugins.permits.services.small import small


def declared(plans: Sequence[Plan] = (), limits: Limits = LATEST) -> tuple[Service, ...]:
    """Return all services of an office.

    :param plans: its standard plans, in the order in which they are offered.
    :param limits: the entries that hold now, its own among them.
    """
    return (small(plans, limits), build(plans, limits), notify(limits))


__all__ = ["build", "declared", "notify", "small"]
