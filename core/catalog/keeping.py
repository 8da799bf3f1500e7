"""What a curator's desk may use of the catalog: to read wheels, to propose and to publish."""

from core.catalog.ceremonies import Holders, begin, bundles_of, rotate, sign
from core.catalog.documents import Untrusted
from core.catalog.entering import enter, read_wheel
from core.catalog.entries import (
    PUBLISHER,
    STANDINGS,
    Capabilities,
    Entry,
    Listed,
    Quality,
    Standing,
    rank,
)
from core.catalog.history import Change, History
from core.catalog.keys import KeyFault, make_key, open_key, owner_of, read_public
from core.catalog.packing import pack, propose_bundle
from core.catalog.published import read_published
from core.catalog.reading import REACHING, STATEMENT, Reading
from core.catalog.repository import CatalogFault, Repository, read_entry, with_entry
from core.catalog.state import Known
from core.catalog.wheels import Wheel, WheelRefused, open_wheel

__all__ = [
    "PUBLISHER",
    "REACHING",
    "STANDINGS",
    "STATEMENT",
    "Capabilities",
    "CatalogFault",
    "Change",
    "Entry",
    "History",
    "Holders",
    "KeyFault",
    "Known",
    "Listed",
    "Quality",
    "Reading",
    "Repository",
    "Standing",
    "Untrusted",
    "Wheel",
    "WheelRefused",
    "begin",
    "bundles_of",
    "enter",
    "make_key",
    "open_key",
    "open_wheel",
    "owner_of",
    "pack",
    "propose_bundle",
    "rank",
    "read_entry",
    "read_public",
    "read_published",
    "read_wheel",
    "rotate",
    "sign",
    "with_entry",
]
