"""The services of the plugin, as declarations that hold the figures of an office."""

from kit.casework import Service
from kit.law import Limits
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.services.change import change
from plugins.food_cert.services.close import close
from plugins.food_cert.services.complaint import complaint
from plugins.food_cert.services.licence import licence
from plugins.food_cert.services.notify import notify
from plugins.food_cert.services.renew import renew
from plugins.food_cert.services.replace import replace
from plugins.food_cert.services.transfer import transfer

_ALL = (notify, licence, renew, change, transfer, replace, close, complaint)


def declared(limits: Limits = LATEST) -> tuple[Service, ...]:
    """Return all services of an office.

    :param limits: the entries that hold now, its own among them.
    """
    return tuple(make(limits) for make in _ALL)
