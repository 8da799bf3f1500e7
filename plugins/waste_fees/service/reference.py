"""The key under which a month of a fee is charged to a point, once while its bill stands."""

from datetime import date
from uuid import UUID


def charge_reference(point: UUID, kind: str, month: date) -> str:
    """Return the key: the same point, fee and month are the same charge, whoever bills it."""
    return f"{point.hex}/{kind}/{month:%Y-%m}"
