"""Everything that the kit and plugins may import of the core; nothing else."""

from core import audit, notifications, numbers, pictures
from core.catalog import keeping as catalog
from core.columns import TSVector
from core.conformance.check import Check, Level
from core.conformance.trial import Trial
from core.context import EVERYWHERE, SYSTEM, Actor, Context
from core.days import MONTHS, WEEKDAYS
from core.db import (
    MAYBE,
    MUST,
    OfTenant,
    across_tenants,
    add,
    add_all,
    add_later,
    in_transaction,
    new_id,
    transaction,
    write_now,
)
from core.errors import (
    AppError,
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    NotSignedIn,
    TooLarge,
    TooMany,
)
from core.events import publish
from core.handing import hand_over
from core.hooks import hookimpl, hookspec
from core.http.forgery import token_of
from core.http.guards import AWAKE, allow, officer, public, signed_in
from core.http.inject import Ctx
from core.http.pages import page, wants_fragment
from core.identity import attempts, people, posts, providers
from core.identity.forms import show_form, typed
from core.inserts import into
from core.jobs import Job, defer
from core.keys import Keys
from core.levels import LEVEL, Retiring, retiring
from core.manifest import Manifest
from core.migrations import sql_migration
from core.notifications import Channel, Message, Notice, Recipient
from core.reasons import LONGEST_REASON, read_reason
from core.rights import need
from core.tenants.directory import announce_change
from core.tenants.service import others_here, set_settings
from core.tenants.tenant import Hours, Tenant, Unit
from core.text import Language, Text
from core.ui import Card, Effect, FrontPage, NavItem, Volume

__all__ = [
    "AWAKE",
    "EVERYWHERE",
    "LEVEL",
    "LONGEST_REASON",
    "MAYBE",
    "MONTHS",
    "MUST",
    "SYSTEM",
    "WEEKDAYS",
    "Actor",
    "AppError",
    "Card",
    "Channel",
    "Check",
    "Conflict",
    "Context",
    "Ctx",
    "Effect",
    "FrontPage",
    "Hours",
    "InvalidInput",
    "Job",
    "Keys",
    "Language",
    "Level",
    "Manifest",
    "Message",
    "NavItem",
    "NotAllowed",
    "NotFound",
    "NotSignedIn",
    "Notice",
    "OfTenant",
    "Recipient",
    "Retiring",
    "TSVector",
    "Tenant",
    "Text",
    "TooLarge",
    "TooMany",
    "Trial",
    "Unit",
    "Volume",
    "across_tenants",
    "add",
    "add_all",
    "add_later",
    "allow",
    "announce_change",
    "attempts",
    "audit",
    "catalog",
    "defer",
    "hand_over",
    "hookimpl",
    "hookspec",
    "in_transaction",
    "into",
    "need",
    "new_id",
    "notifications",
    "numbers",
    "officer",
    "others_here",
    "page",
    "people",
    "pictures",
    "posts",
    "providers",
    "public",
    "publish",
    "read_reason",
    "retiring",
    "set_settings",
    "show_form",
    "signed_in",
    "sql_migration",
    "token_of",
    "transaction",
    "typed",
    "wants_fragment",
    "write_now",
]
