"""Standard plans: houses whose drawings and calculations were checked once for all.

Law: Building Control Act B.E. 2522, s. 13 bis (4).
"""

from decimal import Decimal

import msgspec

from core.api import Text


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A standard plan as the rules and the form know it.

    :param code: small letters, digits and hyphens, unique in the office.
    :param source: who made it, e.g. the Department of Public Works, or the office itself.
    :param storeys: above ground.
    :param area: square metres of all floors.
    :param footprint: square metres of the largest floor.
    :param height: metres, from the ground to the highest part of the building.
    :param width: metres along the road, ``depth`` away from it.
    :param signer: name and licence number of who signed the calculations; may be empty.
    """

    code: str
    title: Text
    source: Text
    storeys: int
    area: Decimal
    footprint: Decimal
    height: Decimal
    width: Decimal
    depth: Decimal
    signer: str = ""
