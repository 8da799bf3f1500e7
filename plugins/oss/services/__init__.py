"""The declared services, a module for each group of the catalogue."""

from plugins.oss.services.assistance import TRANSPORT, TREE, WATER
from plugins.oss.services.buildings import BUILDING
from plugins.oss.services.certificates import CONDUCT, PERSON, RESIDENCE
from plugins.oss.services.events import BORROW, LOUDSPEAKER
from plugins.oss.services.general import GENERAL
from plugins.oss.services.health import MOSQUITO, NUISANCE, SEPTAGE, STRAY
from plugins.oss.services.information import CCTV, DOCUMENTS
from plugins.oss.services.repairs import ROAD, STREET_LIGHT
from plugins.oss.services.welfare import OLD_AGE

# Those that people commonly come for stand first: the order while nothing has been filed yet.
ALL = (
    GENERAL,
    STREET_LIGHT,
    CCTV,
    RESIDENCE,
    OLD_AGE,
    ROAD,
    NUISANCE,
    TREE,
    DOCUMENTS,
    BORROW,
    WATER,
    STRAY,
    PERSON,
    MOSQUITO,
    BUILDING,
    SEPTAGE,
    TRANSPORT,
    CONDUCT,
    LOUDSPEAKER,
)
