"""What is known of the catalog: its entries, until when they hold, and from when to warn."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from core.catalog.documents import Documents, Signed
from core.catalog.entries import Listed, rank

# A catalog that was signed later than this after now was not: the clock here is wrong.
AHEAD = timedelta(days=1)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """The catalog as it is known now.

    :param listed: by plugin and version.
    :param plugins: their versions, the newest first; plugins in the order of the alphabet.
    :param until: after it nothing is installed; what runs goes on.
    :param warn_from: half-way there, when whoever runs the installation should look.
    :param early: it was signed in a future that is none: the clock of this machine is wrong.
    """

    listed: Mapping[tuple[str, str], Listed]
    plugins: Mapping[str, Sequence[Listed]]
    until: datetime
    warn_from: datetime
    early: bool

    def holds(self, now: datetime) -> bool:
        """Return whether anything may be installed on its word."""
        return now < self.until and not self.early

    def newest(self, plugin: str) -> Listed | None:
        """Return the newest version that is approved; None where there is none."""
        approved = (one for one in self.plugins.get(plugin, ()) if one.entry.state == "approved")
        return next(approved, None)


def known_of(sets: Sequence[Documents], now: datetime) -> Known:
    """Return what some sets of documents say together; of each version the newest word counts.

    A stop that came by the network is not undone by an older bundle, nor the other way round.
    """
    said: dict[tuple[str, str], tuple[datetime, Listed]] = {}
    for documents in sets:
        for role, one in documents.listed():
            key = (one.entry.plugin, one.entry.version)
            if key not in said or said[key][0] < role.issued:
                said[key] = (role.issued, one)
    best = max(sets, key=lambda one: min(top.expires for top in one.tops))
    listed = {key: one for key, (_, one) in said.items()}
    return Known(
        listed=listed,
        plugins=_by_plugin(listed.values()),
        until=min(one.expires for one in best.tops),
        warn_from=min(map(_half, best.tops)),
        early=max(one.issued for one in best.tops) > now + AHEAD,
    )


def _by_plugin(listed: Iterable[Listed]) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = {}
    for one in sorted(listed, key=lambda one: rank(one.entry.version), reverse=True):
        found.setdefault(one.entry.plugin, []).append(one)
    return dict(sorted(found.items()))


def _half(document: Signed) -> datetime:
    return document.issued + (document.expires - document.issued) / 2
