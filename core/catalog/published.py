"""What a repository has published, read in the folder where it is kept."""

from datetime import datetime
from pathlib import Path

from core.catalog.documents import Documents, Untrusted, read_root
from core.catalog.state import Known, known_of
from core.catalog.writing import versions


def read_published(folder: Path, now: datetime) -> Known:
    """Return what the repository in a folder says, with every signature verified.

    What waits to be signed is no part of it.

    :raises Untrusted: nothing is published, or not what its keepers signed.
    """
    metadata = folder / "metadata"
    newest = metadata / f"{max(versions(metadata, 'root'), default=0)}.root.json"
    try:
        root = read_root(newest.read_bytes())
    except OSError as problem:
        raise Untrusted(f"there is no root in {metadata}") from problem
    return known_of([Documents(metadata, root, numbered=True)], now)
