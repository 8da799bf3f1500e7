"""Whom a bundle is trusted by: its root is signed by the keepers of the catalog's own root."""

from typing import Any

from tuf.api.exceptions import DownloadHTTPError, RepositoryError
from tuf.api.metadata import Metadata, Root

from core.catalog.ceremonies import BUNDLES_FROM
from core.catalog.fetching import Bundle

LARGEST = 512_000  # bytes of a root


def follow_roots(held: bytes, bundle: Bundle) -> bytes:
    """Return the newest root of the catalog to which the roots in a bundle lead from ours.

    :raises RepositoryError: one of them is not signed by the keepers before it and its own.
    """
    trusted = _root(held)
    while (data := _fetch(bundle, f"roots/{trusted.signed.version + 1}.root.json")) is not None:
        newer = _root(data)
        if newer.signed.version != trusted.signed.version + 1:
            raise RepositoryError("a root in it has another number than its name")
        for one in (trusted, newer):
            one.signed.verify_delegate("root", newer.signed_bytes, newer.signatures)
        held, trusted = data, newer
    return held


def check_bundle_root(held: bytes, bundle: Bundle, least: int) -> bytes:
    """Return the newest root of bundles that a bundle has, with which reading it begins.

    :param held: the catalog's root, whose keepers sign it.
    :param least: the number of the one that was taken before; 0 for none.
    :raises RepositoryError: it is not theirs, or older than one that was taken.
    """
    number, found = BUNDLES_FROM + 1, None
    while (data := _fetch(bundle, f"metadata/{number}.root.json")) is not None:
        found, number = data, number + 1
    if found is None:
        raise RepositoryError("there is no root of bundles in it")
    root = _root(found)
    _root(held).signed.verify_delegate("root", root.signed_bytes, root.signatures)
    if root.signed.version != number - 1 or root.signed.version < least:
        raise RepositoryError("its root of bundles is older than the one before")
    return found


def _root(data: bytes) -> Metadata[Root]:
    found: Metadata[Any] = Metadata.from_bytes(data)
    if not isinstance(found.signed, Root):
        raise RepositoryError("it is no root")
    return found


def _fetch(bundle: Bundle, name: str) -> bytes | None:
    try:
        data: bytes = bundle.download_bytes(f"{bundle.BASE}{name}", LARGEST)
    except DownloadHTTPError:
        return None
    return data
