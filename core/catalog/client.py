"""The catalog on an installation: taken from outside by python-tuf's client, read from here.

What comes by the network and what comes in bundles lie apart, each with what protects it from
being put back to an older state. The root is one: who signs bundles is named by its keepers.
"""

import contextlib
import fcntl
import hashlib
import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.ngclient import Updater

from core.catalog.bundles import check_bundle_root, follow_roots
from core.catalog.documents import Documents, Untrusted, read_root
from core.catalog.entries import Listed
from core.catalog.fetching import Bundle, FromNetwork
from core.catalog.installed import Installations
from core.catalog.policy import Policy, new_policy, read_policy, write_policy
from core.catalog.state import Known, known_of
from core.catalog.writing import keep, keep_tree, put
from core.text import Text

log = logging.getLogger(__name__)

ONLINE, BUNDLE, WHEELS = "online", "bundle", "wheels"


class CatalogRefused(Exception):
    """A catalog, or a part of it, is not taken; the sentence says why."""


class Catalog:
    """The catalog of one installation.

    :param data: the data folder.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._folder = data / "catalog"

    @property
    def policy(self) -> Policy:
        """What was decided here.

        :raises CatalogRefused: no catalog was added.
        """
        policy = read_policy(self._data)
        if policy is None:
            raise CatalogRefused("there is no catalog here; add one: thongthin catalog add")
        return policy

    def add(self, root: bytes, url: str) -> Policy:
        """Trust a catalog from now on, by its root, which a person has compared.

        :param url: of its repository; "" for bundles only.
        :raises CatalogRefused: it is no root, or another one is trusted here.
        """
        try:
            read_root(root)
        except Untrusted as problem:
            raise CatalogRefused(str(problem)) from problem
        # The policy is written last: without it nothing was trusted yet.
        if read_policy(self._data) is not None:
            raise CatalogRefused("another catalog is trusted here already")
        policy = new_policy(url)
        put(self._folder / "root.json", root)
        write_policy(self._data, policy)
        return policy

    def refresh(self, fetcher: FromNetwork | None = None) -> None:
        """Take the newest state from the repository; what was here stays where that fails.

        :raises CatalogRefused: it cannot be fetched, or is not what its keepers signed.
        """
        url = self.policy.url
        if not url:
            raise CatalogRefused("this catalog comes in bundles: thongthin catalog bundle FILE")
        with (
            contextlib.closing(fetcher or FromNetwork()) as network,
            self._alone("the catalog is not taken"),
            self._next(ONLINE) as folder,
        ):
            base = f"{url.rstrip('/')}/metadata/"
            self._take(folder, Updater(str(folder), base, fetcher=network, bootstrap=self._root()))
            put(self._folder / "root.json", (folder / "root.json").read_bytes())

    def take_bundle(self, path: Path) -> None:
        """Take the state and the wheels of what is approved from a bundle.

        :raises CatalogRefused: it is not what the catalog's keepers and curators signed.
        """
        self.policy  # noqa: B018 - there is one
        with (
            self._alone("the bundle is not taken"),
            contextlib.closing(Bundle(path)) as bundle,
            self._next(BUNDLE) as folder,
        ):
            root = follow_roots(self._root(), bundle)
            before = folder / "root.json"
            least = read_root(before.read_bytes()).version if before.exists() else 0
            first = check_bundle_root(root, bundle, least)
            base = f"{Bundle.BASE}metadata/"
            updater = Updater(str(folder), base, fetcher=bundle, bootstrap=first)
            self._take(folder, updater)
            for _, one in self._documents(folder).listed():
                if one.entry.state == "approved":
                    self._fetch_wheel(updater, one, f"{Bundle.BASE}targets/")
            put(self._folder / "root.json", root)
        self.clear()

    def clear(self) -> None:
        """Remove wheels that nobody needs: what is installed, the way back, the newest bundle.

        A wheel that came by the network can be fetched again. Where it cannot be told what is
        needed, all stay.
        """
        if not (self._folder / WHEELS).exists():
            return
        try:
            with self._alone("wheels are not cleared"):
                needed = set(self._needed())
                for path in (self._folder / WHEELS).iterdir():
                    if path.name.removesuffix(".whl") not in needed:
                        path.unlink()
        except (CatalogRefused, msgspec.MsgspecError) as problem:
            log.warning("%s", problem)

    def _needed(self) -> Iterator[str]:
        """Yield the SHA-256 of wheels that stay."""
        for one in Installations(self._data).read().values():
            yield from (held.wheel for held in (one.current, one.previous, one.leaving) if held)
        if (self._folder / BUNDLE).exists():
            for _, listed in self._current(BUNDLE).listed():
                if listed.entry.state == "approved":
                    yield listed.digest

    def read(self, now: datetime) -> Known:
        """Return what is known, with every signature verified again.

        :raises CatalogRefused: nothing that can be trusted is here.
        """
        found, problems = self._sets()
        if not found:
            raise CatalogRefused(f"no catalog can be read ({'; '.join(problems)})")
        return known_of(found, now)

    def _sets(self) -> tuple[list[Documents], list[str]]:
        """Return what came by the network and in bundles, and why what is here cannot be read."""
        found, problems = [], []
        for kind in (ONLINE, BUNDLE):
            if (self._folder / kind).exists():
                try:
                    found.append(self._current(kind))
                except Untrusted as problem:
                    problems.append(f"{kind}: {problem}")
        return found, problems

    def _current(self, kind: str) -> Documents:
        link = self._folder / kind
        while True:
            folder = link.resolve()
            try:
                return self._documents(folder)
            except Untrusted:
                # Another process has just brought the state forward, and removed this one.
                if link.resolve() == folder:
                    raise

    def stops(self) -> dict[tuple[str, str], Text]:
        """Return which versions were stopped, and why.

        What runs does not depend on a catalog, so its expiry changes nothing here.

        :raises CatalogRefused: something of it cannot be read, and could name a stop.
        """
        found, problems = self._sets()
        if problems or not found:
            raise CatalogRefused(f"stops cannot be read ({'; '.join(problems)})")
        known = known_of(found, datetime.now(UTC))
        return {
            key: one.entry.reason
            for key, one in known.listed.items()
            if one.entry.state == "stopped" and one.entry.reason is not None
        }

    def wheel(self, listed: Listed, fetcher: FromNetwork | None = None) -> bytes:
        """Return a wheel, fetched where it is not here yet, in the very bytes that were approved.

        :raises CatalogRefused: it cannot be had so.
        """
        data = self._held(listed)
        if data is None and self.policy.url:
            base = self.policy.url.rstrip("/")
            with (
                contextlib.closing(fetcher or FromNetwork()) as network,
                self._alone(f"{listed.path} cannot be had"),
                self._next(ONLINE) as folder,
            ):
                updater = Updater(
                    str(folder), f"{base}/metadata/", fetcher=network, bootstrap=self._root()
                )
                self._take(folder, updater)
                self._fetch_wheel(updater, listed, f"{base}/targets/")
                data = self._held(listed)
        if data is None:
            raise CatalogRefused(f"{listed.path} is not here as it was approved; take in a bundle")
        return data

    def _held(self, listed: Listed) -> bytes | None:
        """Return a wheel that is here; None where it is not, or is not what was approved."""
        try:
            data = (self._folder / WHEELS / f"{listed.digest}.whl").read_bytes()
        except FileNotFoundError:
            return None
        same = len(data) == listed.size and hashlib.sha256(data).hexdigest() == listed.digest
        return data if same else None

    def _take(self, folder: Path, updater: Updater) -> None:
        updater.refresh()
        for role in self._documents(folder, whole=False).publishers:
            # Of no wheel: the way on which python-tuf reads the role of a publisher.
            updater.get_targetinfo(f"{role}/")
        list(self._documents(folder).listed())

    def _fetch_wheel(self, updater: Updater, listed: Listed, base: str) -> None:
        target = updater.get_targetinfo(listed.path)
        if target is None or target.hashes.get("sha256") != listed.digest:
            raise Untrusted(f"{listed.path} is not in the catalog as it is now")
        path = self._folder / WHEELS / f"{listed.digest}.whl"
        if updater.find_cached_target(target, str(path)) is None:
            updater.download_target(target, str(path), base)
            keep(path)
            keep(path.parent)

    def _root(self) -> bytes:
        return (self._folder / "root.json").read_bytes()

    @staticmethod
    def _documents(folder: Path, *, whole: bool = True) -> Documents:
        try:
            return Documents(folder, read_root((folder / "root.json").read_bytes()), whole=whole)
        except OSError as problem:
            raise Untrusted("it was not fetched yet") from problem

    @contextlib.contextmanager
    def _next(self, kind: str) -> Iterator[Path]:
        """Give a copy of a state to bring forward, which takes its place when all went well."""
        link = self._folder / kind
        folder = self._folder / f"{kind}.{secrets.token_hex(4)}"
        try:
            if link.exists():
                shutil.copytree(link.resolve(), folder, symlinks=True)
            else:
                folder.mkdir(parents=True)
            yield folder
            keep_tree(folder)
            draft = folder.with_suffix(f"{folder.suffix}.link")
            draft.symlink_to(folder.name)
            os.replace(draft, link)
            keep(self._folder)
        finally:
            # Those before, of processes that were killed, or this one where it failed.
            current = link.resolve()
            for one in self._folder.glob(f"{kind}.*"):
                if one.is_symlink():
                    one.unlink()
                elif one != current:
                    shutil.rmtree(one)

    @contextlib.contextmanager
    def _alone(self, what: str) -> Iterator[None]:
        """Let one process at a time take something in, and say what fails in one way.

        :raises CatalogRefused: what is taken in is refused, or cannot be had.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                yield
            except (RepositoryError, DownloadError, Untrusted, OSError, ValueError) as problem:
                words = " ".join(str(problem).split())
                why = f"{type(problem).__name__}: {words}"
                raise CatalogRefused(f"{what}: {why}") from problem
