"""The services of the plugin, as declarations that hold the plans and figures of an office."""

from collections.abc import Sequence

from kit.casework import Service
from kit.law import Limits
from plugins.permits.rules.dated import LATEST
from plugins.permits.rules.plans import Plan
from plugins.permits.services.build import build
from plugins.permits.services.certify import certify
from plugins.permits.services.complete import complete
from plugins.permits.services.notify import notify
from plugins.permits.services.renew import renew
from plugins.permits.services.replace import replace
from plugins.permits.services.small import small
from plugins.permits.services.supervise import supervise
from plugins.permits.services.transfer import transfer

# What can be asked for once there is a permit.
_AFTER = (renew, supervise, replace, transfer, complete, certify)


def declared(plans: Sequence[Plan] = (), limits: Limits = LATEST) -> tuple[Service, ...]:
    """Return all services of an office.

    :param plans: its standard plans, in the order in which they are offered.
    :param limits: the entries that hold now, its own among them.
    """
    asked_first = (small(plans, limits), build(plans, limits), notify(limits))
    return (*asked_first, *(make(limits) for make in _AFTER))


__all__ = ["build", "declared", "notify", "small"]
