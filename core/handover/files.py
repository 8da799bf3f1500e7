"""The files of a municipality, each under the digest of what is in it."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from core.handover.manifest import Files

_DIGEST = re.compile(r"[0-9a-f]{64}")


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder such as ``<data>/files/<municipality>``, by their names.

    What is still being written has no digest for its name, and is none of them.
    """
    for part in sorted(folder.glob("[0-9a-f][0-9a-f]")):
        for path in sorted(part.iterdir()):
            if _DIGEST.fullmatch(path.name) and path.name.startswith(part.name):
                yield path


def list_files(folder: Path, into: Path) -> Files:
    """Write the names of the files that there are, a line for each, and return what was found."""
    count = size = 0
    with into.open("x+b") as names:
        for path in files_in(folder):
            names.write(f"{path.name}\n".encode())
            count += 1
            size += path.stat().st_size
        names.seek(0)
        digest = hashlib.file_digest(names, "sha256").hexdigest()
    return Files(count=count, size=size, sha256=digest)
