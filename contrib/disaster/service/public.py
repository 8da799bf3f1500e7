"""What everybody may see of a disaster: where, how deep, which shelters have room. One query."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

import msgspec

from contrib.disaster.rules.events import KINDS
from core.api import Context, Text, transaction

_NOW = """
SELECT jsonb_build_object(
  'events', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'title', e.title,
      'begun_on', e.begun_on, 'zones', (SELECT coalesce(jsonb_agg(jsonb_build_object(
        'name', z.name, 'depth_cm', z.depth_cm, 'told_at', z.told_at)
        ORDER BY z.depth_cm DESC, z.name), '[]')
        FROM disaster.zone z WHERE z.tenant_id = $1 AND z.event_id = e.id))
      ORDER BY e.begun_on DESC, e.id), '[]')
    FROM disaster.event e WHERE e.tenant_id = $1 AND e.state = 'open'),
  'shelters', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', s.name,
      'address', s.address, 'phone', s.phone, 'room', s.capacity - s.people)
      ORDER BY s.name), '[]')
    FROM disaster.shelter s WHERE s.tenant_id = $1 AND s.open))::text
"""


class OpenZone(msgspec.Struct, frozen=True):
    """A zone as everybody sees it."""

    name: str
    depth_cm: int
    told_at: datetime


class OpenEvent(msgspec.Struct, frozen=True):
    """A disaster that goes on, as everybody sees it."""

    kind: str
    title: str
    begun_on: date
    zones: Sequence[OpenZone]

    @property
    def kind_words(self) -> Text:
        """What kind it is, in words."""
        return KINDS[self.kind]


class OpenShelter(msgspec.Struct, frozen=True):
    """A shelter as everybody sees it.

    :param room: how many more it takes.
    """

    name: str
    address: str
    phone: str
    room: int


class Situation(msgspec.Struct, frozen=True):
    """How it stands, as everybody sees it."""

    events: Sequence[OpenEvent]
    shelters: Sequence[OpenShelter]

    def tag(self, *seen: str) -> str:
        """Return an entity tag: another one as soon as something changes in what is seen.

        :param seen: what else the answer depends on.
        """
        whole = b"\0".join([msgspec.json.encode(self), *(one.encode() for one in seen)])
        return f'"{sha256(whole).hexdigest()[:32]}"'


async def situation(ctx: Context) -> Situation:
    """Return how it stands now."""
    async with transaction(ctx) as connection:
        return msgspec.json.decode(await connection.fetchval(_NOW, ctx.tenant.id), type=Situation)
