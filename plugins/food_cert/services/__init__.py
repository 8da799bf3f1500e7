"""The services of the plugin, as declarations that hold the figures of an office."""

from collections.abc import Sequence

from kit.casework import Service
from kit.law import Limits
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.services.complaint import complaint


def declared(limits: Limits = LATEST) -> Sequence[Service]:
    """Return all services of an office, by the figures that hold there."""
    return (complaint(limits),)
