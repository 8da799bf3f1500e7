"""Become another program of Python within limits: ``python -m contrib.catalog.service.limited …``.

A process limits itself before it runs what strangers wrote, and none can take more again. What it
starts has the same limits.
"""

import os
import resource
import sys

LIMITS = (
    (resource.RLIMIT_CPU, 600),  # seconds of one process
    (resource.RLIMIT_DATA, 2_000_000_000),  # bytes of memory of one process
    (resource.RLIMIT_FSIZE, 256_000_000),  # bytes of one file
    (resource.RLIMIT_NOFILE, 1024),
    (resource.RLIMIT_CORE, 0),
)


def main() -> None:
    """Set the limits and go on as ``python`` with the arguments that are left."""
    for what, most in LIMITS:
        _, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])  # noqa: S606 - our own program


if __name__ == "__main__":
    main()
