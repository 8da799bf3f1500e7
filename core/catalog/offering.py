"""The catalog as an administrator sees it: what there is, what is here, what may be done."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from core.catalog.client import Catalog, CatalogRefused
from core.catalog.entries import Listed, rank
from core.catalog.installed import Installations, Installed
from core.catalog.policy import read_policy
from core.catalog.state import Known
from core.context import Context
from core.errors import NotFound
from core.text import Text

_NONE = Text("ไม่มีโมดูลนี้ในบัญชีที่รับรอง", "There is no such module in the catalog.")

Deed = Literal["install", "update", "back", "remove", "pin", "unpin", "start"]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin of the catalog.

    :param newest: that may be installed; None where every version was stopped.
    :param shown: what is told of it: the newest, else the last one.
    :param installed: here; None where it is not.
    :param here: the entry of the version that is installed.
    :param deeds: what an administrator who decides for the installation can do with it now.
    """

    name: str
    newest: Listed | None
    shown: Listed
    installed: Installed | None
    here: Listed | None
    deeds: tuple[Deed, ...]


class Offering(msgspec.Struct, frozen=True, kw_only=True):
    """The whole catalog.

    :param known: None where no catalog was added, or none can be read.
    :param problem: why it cannot be read.
    :param stopped: versions that run here, or would, and were stopped.
    :param decides: the administrators of this municipality install here.
    :param late: half-way to its end.
    :param over: nothing can be installed on its word.
    """

    offers: tuple[Offer, ...] = ()
    known: Known | None = None
    problem: str = ""
    stopped: tuple[Listed, ...] = ()
    decides: bool = False
    late: bool = False
    over: bool = False

    @property
    def needs_look(self) -> bool:
        """Whether whoever runs the installation should hear of how it stands."""
        return bool(self.problem) or self.late or self.over


async def offering(ctx: Context) -> Offering:
    """Return what the catalog has."""
    return await asyncio.to_thread(_offering, ctx)


def _offering(ctx: Context) -> Offering:
    data = ctx.settings.data
    policy = read_policy(data)
    if policy is None:
        return Offering()
    decides = ctx.tenant.id in policy.deciders
    try:
        known = Catalog(data).read(ctx.now)
    except CatalogRefused as problem:
        return Offering(problem=str(problem), decides=decides)
    installed = Installations(data).read()
    over = not known.holds(ctx.now)
    return Offering(
        offers=tuple(_offer(one, known, installed, over=over) for one in known.plugins),
        known=known,
        stopped=tuple(_stopped(known, installed)),
        decides=decides,
        late=known.warn_from <= ctx.now,
        over=over,
    )


def _stopped(known: Known, installed: Mapping[str, Installed]) -> Iterator[Listed]:
    for name, one in installed.items():
        here = known.listed.get((name, one.current.version))
        if here is not None and here.entry.state == "stopped":
            yield here


def _offer(name: str, known: Known, installed: Mapping[str, Installed], *, over: bool) -> Offer:
    here, newest = installed.get(name), known.newest(name)
    shown = newest or known.plugins[name][0]
    return Offer(
        name=name,
        newest=newest,
        shown=shown,
        installed=here,
        here=known.listed.get((name, here.current.version)) if here else None,
        deeds=tuple(_deeds(name, here, None if over else newest, known)),
    )


def _deeds(name: str, here: Installed | None, newest: Listed | None, known: Known) -> list[Deed]:
    if here is None:
        return ["install"] if newest else []
    deeds: list[Deed] = []
    newer = newest is not None and rank(newest.entry.version) > rank(here.current.version)
    if newer and not here.pinned:
        deeds.append("update")
    if here.previous is not None:
        before = known.listed.get((name, here.previous.version))
        if before is None or before.entry.state != "stopped":
            deeds.append("back")
    return [*deeds, "unpin" if here.pinned else "pin", "remove"]


async def offer(ctx: Context, name: str) -> tuple[Offering, Offer]:
    """Return one plugin of the catalog.

    :raises NotFound: the catalog has none of the name.
    """
    found = await offering(ctx)
    for one in found.offers:
        if one.name == name:
            return found, one
    raise NotFound(_NONE)


def warnings(known: Known, now: datetime) -> list[str]:
    """Return what whoever runs the installation should look at, each with what to do."""
    if known.early:
        return ["the catalog was signed later than the clock here says: set the clock."]
    if not known.holds(now):
        return [
            f"the catalog held until {known.until:%Y-%m-%d}: nothing can be installed until it is "
            "refreshed, or a newer bundle is taken in; what runs goes on."
        ]
    if known.warn_from <= now:
        return [
            f"the catalog is half-way to its end on {known.until:%Y-%m-%d}: see why it was not "
            "refreshed, or take in a newer bundle."
        ]
    return []
