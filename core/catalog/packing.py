"""Bundles: the whole catalog in one file, for places without network."""

import hashlib
import zipfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tuf.api.exceptions import UnsignedMetadataError
from tuf.api.metadata import Metadata, MetaFile, Snapshot, Targets, Timestamp

from core.catalog.ceremonies import BUNDLE_DAYS, bundles_of
from core.catalog.repository import CURATORS, CatalogFault, Repository, read_entry
from core.catalog.writing import load, versions

# As the archive's epoch, so that the same bundle has the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def propose_bundle(repository: Repository, now: datetime) -> Sequence[Path]:
    """Have a bundle signed that tells of all that is published, and holds what is approved.

    :returns: the files to sign, all with keys of the bundle role; its root comes first where it
        was not published yet or half of its term is over, and is signed by the keepers of the root.
    :raises CatalogFault: no keys of bundles were named when the repository began; or something
        waits to be published, such as a stop, which the bundle, younger than it, would undo.
    """
    bundles = bundles_of(repository)
    publishers = set(repository.publishers())
    if waiting := [one.stem for one in repository.waiting() if one.stem in publishers]:
        raise CatalogFault(f"publish first what waits, or take it back: {', '.join(waiting)}")
    if bundles.latest("root").signed.expires - now < timedelta(days=BUNDLE_DAYS["root"] / 2):
        bundles.renew("root", now)
    targets = Targets()
    for publisher in repository.publishers():
        if any(versions(repository.metadata, publisher)):
            targets.targets |= repository.newest(publisher).signed.targets
    number = max(versions(bundles.metadata, CURATORS), default=0) + 1
    roots = [bundles.pending / "root.json"] if (bundles.pending / "root.json").exists() else []
    state = {f"{CURATORS}.json": MetaFile(number)}
    stamp = Timestamp(snapshot_meta=MetaFile(number))
    stamp.version = number
    made = [
        bundles.propose(CURATORS, targets, now),
        bundles.propose("snapshot", Snapshot(meta=state), now),
    ]
    bundles.date("timestamp", stamp, now)
    made.append(bundles.keep_pending("timestamp", Metadata(stamp)))
    return [*roots, *made]


def pack(repository: Repository, to: Path) -> None:
    """Write the bundle that was signed into a file.

    :raises CatalogFault: it is not signed by enough, or the file is there already.
    """
    bundles = bundles_of(repository)
    _settle(bundles)
    try:
        with zipfile.ZipFile(to, "x", zipfile.ZIP_STORED) as archive:
            for number in sorted(versions(repository.metadata, "root")):
                name = f"{number}.root.json"
                _add(archive, f"roots/{name}", (repository.metadata / name).read_bytes())
            for number in sorted(versions(bundles.metadata, "root")):
                name = f"{number}.root.json"
                _add(archive, f"metadata/{name}", (bundles.metadata / name).read_bytes())
            number = max(versions(bundles.metadata, CURATORS))
            for name in (f"{number}.{CURATORS}.json", f"{number}.snapshot.json", "timestamp.json"):
                _add(archive, f"metadata/{name}", (bundles.metadata / name).read_bytes())
            for path, target in bundles.newest(CURATORS).signed.targets.items():
                if read_entry(target).state != "approved":
                    continue
                folder, _, file = path.rpartition("/")
                name = f"{folder}/{target.hashes['sha256']}.{file}"
                data = (repository.targets / name).read_bytes()
                if hashlib.sha256(data).hexdigest() != target.hashes["sha256"]:
                    raise CatalogFault(f"{name} is not what was signed")
                _add(archive, f"targets/{name}", data)
    except FileExistsError:
        raise CatalogFault(f"{to} is there already") from None
    except BaseException:
        to.unlink(missing_ok=True)
        raise


def _settle(bundles: Repository) -> None:
    """Publish within the folder of bundles what waits there, all of it or nothing."""
    waiting = {path.stem: load(path) for path in bundles.waiting()}
    if CURATORS not in waiting and not any(versions(bundles.metadata, CURATORS)):
        raise CatalogFault("no bundle was proposed; run: thongthin catalog pack without --to")
    root = waiting.get("root") or bundles.newest("root")
    above = [bundles.newest("root"), root] if any(versions(bundles.metadata, "root")) else [root]
    try:
        for role, document in waiting.items():
            for one in above if role == "root" else [root]:
                one.signed.verify_delegate(role, document.signed_bytes, document.signatures)
    except UnsignedMetadataError as problem:
        raise CatalogFault(f"the bundle is not signed by enough: {problem}") from problem
    for role, document in waiting.items():
        if role == "timestamp":
            bundles.put_timestamp(document)
        else:
            bundles.put_version(role, document)
        (bundles.pending / f"{role}.json").unlink()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)
