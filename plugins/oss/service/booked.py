"""An appointment as it is kept, shown and recorded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, Text, audit, publish
from plugins.oss.rules.slots import Visit
from plugins.oss.service.offering import find_kind


class Booked(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment as pages show it.

    :param kind: code of what it is about, ``title`` the same in words.
    :param starts_at: in the municipality's zone.
    :param account: of a citizen who was signed in, or whose case it is.
    :param service: of the case, where the visit stands on its way; None for the office's own
        kinds.
    :param open: it can still be moved or cancelled.
    """

    id: UUID
    code: str
    kind: str
    title: Text
    starts_at: datetime
    minutes: int
    name: str
    phone: str
    account: UUID | None
    case_id: UUID | None
    case_number: str | None
    service: str | None
    state: Visit
    open: bool


def booked_of(ctx: Context, row: Mapping[str, Any]) -> Booked:
    """Return a row of an appointment as pages show it."""
    columns = (
        *("id", "code", "kind", "minutes", "name", "phone"),
        *("account", "case_id", "case_number", "service"),
    )
    return Booked(
        title=title_of(ctx, row),
        starts_at=row["starts_at"].astimezone(ctx.tenant.zone),
        state=Visit(row["state"]),
        open=row["state"] == Visit.BOOKED and row["starts_at"] > ctx.now,
        **{column: row[column] for column in columns},
    )


def title_of(ctx: Context, row: Mapping[str, Any]) -> Text:
    """Return what a visit is about: as the office says now, or as it was when it was booked.

    :param row: with its kind and, where it is for a case, ``title_th`` and ``title_en``.
    """
    kind = find_kind(ctx, row["kind"])
    if kind is not None:
        return kind.title
    return Text(row.get("title_th") or row["kind"], row.get("title_en") or row["kind"])


async def note(ctx: Context, what: str, booked: Booked, **detail: Any) -> None:
    """Record what was done to an appointment, in the change's own transaction.

    Of a visit for a case the plugins are told.

    :param what: a value of ``kit.casework.VisitState``.
    :param booked: as it stands now.
    """
    subject = f"appointment/{booked.id}"
    await audit.record(ctx, f"oss.appointment.{what}", subject, owner=booked.account, **detail)
    if booked.service is not None:
        await publish(
            ctx,
            "on_visit_changed",
            case=booked.case_id,
            state=what,
            starts_at=booked.starts_at,
            minutes=booked.minutes,
            code=booked.kind,
            at=ctx.now,
        )
