"""What a curator's desk may use of the catalog: to read wheels, to propose and to publish."""

from core.catalog.ceremonies import Holders, begin, bundles_of, rotate, sign
from core.catalog.changing import hand_over, publisher_of, take_back
from core.catalog.documents import Untrusted
from core.catalog.entering import enter, read_wheel, renew_evidence
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
from core.catalog.failures import FailureCount, FailureReport
from core.catalog.history import History, Turn
from core.catalog.keys import KeyFault, make_key, open_key, owner_of, read_public
from core.catalog.packing import pack, propose_bundle
from core.catalog.published import read_published
from core.catalog.reading import REACHING, STATEMENT, Reading
from core.catalog.repository import CatalogFault, Repository, read_entry, with_entry
from core.catalog.signing import (
    Change,
    SignatureRefused,
    Waiting,
    Why,
    add_signatures,
    read_waiting,
)
from core.catalog.state import Known
from core.catalog.terms import ending
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
    "FailureCount",
    "FailureReport",
    "History",
    "Holders",
    "KeyFault",
    "Known",
    "Listed",
    "Quality",
    "Reading",
    "Repository",
    "SignatureRefused",
    "Standing",
    "Turn",
    "Untrusted",
    "Waiting",
    "Wheel",
    "WheelRefused",
    "Why",
    "add_signatures",
    "begin",
    "bundles_of",
    "ending",
    "enter",
    "hand_over",
    "make_key",
    "open_key",
    "open_wheel",
    "owner_of",
    "pack",
    "propose_bundle",
    "publisher_of",
    "rank",
    "read_entry",
    "read_public",
    "read_published",
    "read_waiting",
    "read_wheel",
    "renew_evidence",
    "rotate",
    "sign",
    "take_back",
    "with_entry",
]
