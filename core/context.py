"""Who acts, where and when: the first argument of every service."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from core.keys import Keys
from core.settings import Settings
from core.tenants.tenant import Tenant
from core.text import Language, Text

if TYPE_CHECKING:
    from core.host import Host

# A permission held everywhere in the municipality, not only in some divisions.
EVERYWHERE: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """In whose place somebody acts: รักษาราชการแทน, ปฏิบัติราชการแทน or รักษาการในตำแหน่ง.

    :param post: the post that is acted for, in Thai.
    :param order: number and day of the order.

    Law: Municipality Act B.E. 2496, s. 48 visati.
    """

    how: Literal["replacing", "delegated", "filling"]
    post: str
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """By which consent somebody of the operator acts here, in which role, until when."""

    access: UUID
    until: datetime
    role: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, or the system itself, as far as rights go.

    :param permissions: for each permission the ids of the divisions where it holds;
        ``EVERYWHERE`` for the whole municipality.
    :param acting: in whose place the person signs; None in the own place.
    :param support: set for somebody of the operator, who acts by the office's consent.
    """

    kind: Literal["stranger", "citizen", "officer", "system"] = "stranger"
    id: UUID | None = None
    name: str = ""
    post: str = ""
    initials: str = ""
    acting: Acting | None = None
    support: Support | None = None
    permissions: Mapping[str, frozenset[str] | None] = field(default_factory=dict)

    def may(self, permission: str, division: str | None = None) -> bool:
        """Return whether the permission is held, in ``division`` where one is given."""
        if permission not in self.permissions:
            return False
        where = self.permissions[permission]
        return where is EVERYWHERE or division is None or division in where


STRANGER = Actor()
SYSTEM = Actor(kind="system", name="system")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One request or one job: its municipality, its actor, its moment.

    :param keys: of the municipality.
    :param now: aware, UTC. Nothing else reads the clock.
    :param request: the id that logs, audit and error pages share.
    :param address: network address the request came from, "" for a job.
    """

    tenant: Tenant
    host: "Host"
    keys: Keys
    settings: Settings
    now: datetime
    actor: Actor = STRANGER
    language: Language = "th"
    request: str = ""
    address: str = ""

    @property
    def origin(self) -> str:
        """Where the municipality's pages are, e.g. ``https://maehia.example.go.th``."""
        return self.settings.origin(self.tenant.id)

    @property
    def today(self) -> date:
        """The day in the municipality, which is not always the day in UTC."""
        return self.now.astimezone(self.tenant.zone).date()

    def elsewhere(self, tenant: Tenant, actor: Actor = STRANGER) -> "Context":
        """Return the same request or job in another municipality, with the keys of that one."""
        keys = Keys(self.settings.secret_keys).of_tenant(tenant.id, tenant.secret)
        return replace(self, tenant=tenant, keys=keys, actor=actor)
