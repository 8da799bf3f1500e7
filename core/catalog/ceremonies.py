"""What root keepers and curators do together: begin, sign, replace a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from securesystemslib.signer import CryptoSigner, Key
from tuf.api.metadata import Role, Root, Targets

from core.catalog.keys import owner_of
from core.catalog.repository import CURATORS, DAYS, THRESHOLD, CatalogFault, Repository
from core.catalog.writing import Canonical, alone, load, put

# A root of bundles is signed by the keepers of the root, too. Its numbers begin where those of the
# root never come, so that neither can be handed out as the other's next one.
BUNDLES_FROM = 1_000_000
BUNDLE_DAYS = dict.fromkeys(DAYS, 400)
_ONLINE = ("snapshot", "timestamp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Public keys with which a catalog begins.

    :param root: of the keepers, off line.
    :param curators: who approve.
    :param online: of the service that signs the state every day.
    :param bundle: who sign bundles; none where there shall be no bundles.
    """

    root: Sequence[Key]
    curators: Sequence[Key]
    online: Sequence[Key]
    bundle: Sequence[Key] = ()


def bundles_of(repository: Repository) -> Repository:
    """Return the small repository from which bundles are made."""
    return Repository(repository.folder / "bundle", BUNDLE_DAYS)


def begin(repository: Repository, holders: Holders, now: datetime) -> Sequence[Path]:
    """Have the first root and the list of publishers signed, and the root of bundles.

    :returns: the files to sign.
    :raises CatalogFault: there are too few keys, or a repository is there already.
    """
    if repository.begun:
        raise CatalogFault(f"{repository.folder} holds a repository already")
    _demand(holders)
    root = _root(
        {"root": holders.root, CURATORS: holders.curators} | dict.fromkeys(_ONLINE, holders.online),
        1,
    )
    made = [repository.propose("root", root, now), repository.propose(CURATORS, Targets(), now)]
    if holders.bundle:
        roles = {"root": holders.root} | dict.fromkeys((CURATORS, *_ONLINE), holders.bundle)
        signed = _root(roles, BUNDLES_FROM + 1)
        made.append(bundles_of(repository).propose("root", signed, now))
    return made


def _demand(holders: Holders) -> None:
    for what, keys in (("root", holders.root), ("curators", holders.curators)):
        if len({one.keyid for one in keys}) <= THRESHOLD:
            raise CatalogFault(f"{what}: {THRESHOLD} of at least {THRESHOLD + 1} keys sign")
    if not holders.online:
        raise CatalogFault("online: the service has a key")
    if holders.bundle and len({one.keyid for one in holders.bundle}) < THRESHOLD:
        raise CatalogFault(f"bundle: {THRESHOLD} keys sign")
    offline = {one.keyid for one in (*holders.root, *holders.curators, *holders.bundle)}
    if offline & {one.keyid for one in holders.online}:
        raise CatalogFault("online: a key of the service is nobody's own")


def _root(holders: Mapping[str, Sequence[Key]], version: int) -> Root:
    keys = {key.keyid: key for some in holders.values() for key in some}
    online = {key.keyid for key in holders["timestamp"]} - {key.keyid for key in holders[CURATORS]}
    roles = {
        role: Role([key.keyid for key in some], 1 if role in _ONLINE and online else THRESHOLD)
        for role, some in holders.items()
    }
    return Root(version, keys=keys, roles=roles, consistent_snapshot=True)


def sign(path: Path, key: CryptoSigner) -> int:
    """Sign a document where it lies, and return how many have.

    :raises CatalogFault: this key was signed with already.
    """
    with alone(path.parent):
        document = load(path)
        if key.public_key.keyid in document.signatures:
            raise CatalogFault(f"{path.name} is signed with this key already")
        document.sign(key, append=True)
        put(path, document.to_bytes(Canonical()))
    return len(document.signatures)


def rotate(repository: Repository, what: str, out: str, new: Key, now: datetime) -> Sequence[Path]:
    """Have a key replaced that was lost, stolen, or has served its time.

    Curators' keys sign publishers' documents, too: these are proposed anew, so that none rests on
    the key that goes.

    :param what: ``root``, ``curators``, ``online`` or ``bundle``.
    :param out: the beginning of the old key's id, or its owner.
    :returns: the files to sign.
    :raises CatalogFault: no key, or more than one, is meant.
    """
    if what == "bundle":
        return [_rotate_root(bundles_of(repository), (CURATORS, *_ONLINE), out, new, now)]
    if what == "root":
        made = [_rotate_root(repository, ("root",), out, new, now)]
        bundles = bundles_of(repository)
        if bundles.waiting() or bundles.metadata.exists():
            made.append(_rotate_root(bundles, ("root",), out, new, now))
        return made
    roles = _ONLINE if what == "online" else (CURATORS,)
    made = [_rotate_root(repository, roles, out, new, now)]
    if what == "curators":
        made += _rotate_publishers(repository, now)
    return made


def _rotate_root(
    repository: Repository, roles: Sequence[str], out: str, new: Key, now: datetime
) -> Path:
    root: Root = repository.latest("root").signed
    held = [root.get_key(one) for one in root.get_delegated_role(roles[0]).keyids]
    meant = [one for one in held if out == owner_of(one) or one.keyid.startswith(out)]
    if len(meant) != 1:
        names = ", ".join(f"{owner_of(one)} ({one.keyid[:8]})" for one in held)
        raise CatalogFault(f"{out!r} is not one key of these: {names}")
    for role in roles:
        root.revoke_key(meant[0].keyid, role)
        root.add_key(new, role)
    return repository.propose("root", root, now)


def _rotate_publishers(repository: Repository, now: datetime) -> Sequence[Path]:
    root: Root = repository.latest("root").signed
    curators = root.get_delegated_role(CURATORS)
    above: Targets = repository.latest(CURATORS).signed
    if above.delegations is not None and above.delegations.roles is not None:
        above.delegations.keys = {one: root.get_key(one) for one in curators.keyids}
        for role in above.delegations.roles.values():
            role.keyids = list(curators.keyids)
    made = [repository.propose(CURATORS, above, now)]
    return made + [repository.renew(one, now) for one in repository.publishers()]
