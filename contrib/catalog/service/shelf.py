"""What the public page tells of the catalog: plugins with all their versions, and what happened."""

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

import msgspec

from contrib.catalog.rules.badge import Worth
from contrib.catalog.rules.feeds import Feed, Item
from contrib.catalog.service.published import changes, published
from core.api import Context, NotFound, Text, catalog

HOME = "/catalog"
LATEST = 50  # items of a feed
_TITLE = Text("ปลั๊กอินที่รับรองและถูกระงับ", "Plugins approved and stopped")
_APPROVED = Text("รับรอง {title} รุ่น {version}", "Approved: {title} {version}")
_STOPPED = Text("ระงับ {title} รุ่น {version}", "Stopped: {title} {version}")
_NONE = Text("ไม่มีปลั๊กอินนี้ในคลัง", "There is no such plugin in the catalog.")


class Shelved(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin of the catalog.

    :param shown: what is told of it: the newest that is approved, else the newest.
    :param worth: its tier, that it has fallen, or that every version was stopped.
    :param versions: the newest first.
    """

    name: str
    shown: catalog.Listed
    worth: Worth
    versions: Sequence[catalog.Listed]

    @property
    def stopped(self) -> Sequence[catalog.Listed]:
        """The versions that were stopped."""
        return [one for one in self.versions if one.entry.state == "stopped"]


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """The catalog as everybody sees it.

    :param known: None where nothing is published that can be read.
    :param total: plugins in all.
    """

    known: catalog.Known | None
    plugins: Sequence[Shelved] = ()
    total: int = 0


async def shelf(ctx: Context, sought: str = "") -> Shelf:
    """Return the plugins in the order of their names.

    :param sought: those alone that have every word of it in name, texts or publisher.
    :raises NotFound: no catalog is kept here.
    """
    known = await published(ctx)
    if known is None:
        return Shelf(known=None)
    found = [_shelved(known, name, ctx.today) for name in known.plugins]
    words = sought.casefold().split()
    fitting = [one for one in found if all(word in _searched(one) for word in words)]
    return Shelf(known=known, plugins=fitting, total=len(found))


async def shelved(ctx: Context, name: str) -> Shelved:
    """Return one plugin.

    :raises NotFound: there is none, or no catalog is kept here.
    """
    known = await published(ctx)
    if known is None or name not in known.plugins:
        raise NotFound(_NONE)
    return _shelved(known, name, ctx.today)


def _shelved(known: catalog.Known, name: str, today: date) -> Shelved:
    versions, newest = known.plugins[name], known.newest(name)
    shown = newest or versions[0]
    return Shelved(
        name=name,
        shown=shown,
        worth=shown.entry.quality.on_day(today) if newest else "stopped",
        versions=versions,
    )


def _searched(one: Shelved) -> str:
    entry = one.shown.entry
    texts = [entry.title.th, entry.title.en, entry.summary.th, entry.summary.en]
    return " ".join([one.name, one.shown.publisher, *texts]).casefold()


async def feed(ctx: Context) -> Feed:
    """Return what was approved and stopped of late.

    :raises NotFound: nothing is published, or no catalog is kept here.
    """
    known = await published(ctx)
    if known is None:
        raise NotFound(_NONE)
    items = list(_items(ctx, known, (await changes(ctx))[:LATEST]))
    return Feed(
        title=_TITLE,
        author=ctx.tenant.name,
        home=f"{ctx.origin}{HOME}",
        updated=items[0].at if items else ctx.now,
        items=items,
    )


def _items(ctx: Context, known: catalog.Known, found: Sequence[catalog.Turn]) -> Iterator[Item]:
    host = urlsplit(ctx.origin).hostname
    for one in found:
        entry = known.listed[one.plugin, one.version].entry
        title = _STOPPED if one.state == "stopped" else _APPROVED
        yield Item(
            # A tag of RFC 4151: of this host, on that day, what happened.
            id=f"tag:{host},{one.at:%Y-%m-%d}:{one.plugin}/{one.version}/{one.state}/{one.at:%H%M%S}",
            url=f"{ctx.origin}{HOME}/{one.plugin}",
            title=title.format(title=entry.title, version=one.version),
            words=one.reason or entry.notes,
            at=one.at,
        )
