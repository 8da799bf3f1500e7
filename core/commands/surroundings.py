"""What every command needs: a database at hand, a process put together, and a way to speak."""

import contextlib
import sys
from collections.abc import AsyncIterator, Iterator

from core import embedded
from core.catalog.returning import put_tables_back
from core.context import Context
from core.discovery import find
from core.errors import NotFound
from core.host import Host
from core.migrations import migrate
from core.registry import apps
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from core.text import Text


def say(line: str = "") -> None:
    """Write a line for the person at the terminal, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextlib.contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Give the address of the owner: the outside database's, or the embedded one's, started.

    An embedded one that somebody else uses at the same time stays up afterwards.
    """
    if settings.database_url is not None:
        yield settings.database_url
    else:
        with embedded.running(settings.data) as url:
            yield url


@contextlib.asynccontextmanager
async def opened(settings: Settings, url: str) -> AsyncIterator[Runtime]:
    """Give a process that is connected to the database."""
    runtime = make_runtime(settings, url)
    try:
        await runtime.open()
        yield runtime
    finally:
        await runtime.close()


async def of_tenant(runtime: Runtime, tenant: str) -> Context:
    """Return the context in which the system acts for a municipality.

    :raises NotFound: there is none of this id.
    """
    found = await runtime.directory.get(tenant)
    if found is None:
        raise NotFound(
            Text(
                f"ไม่มีหน่วยงานรหัส {tenant} ดูรายชื่อด้วย thongthin tenant list",
                f"There is no municipality {tenant!r}; see: thongthin tenant list",
            )
        )
    return runtime.context(found)


async def bring_up_found(settings: Settings, url: str) -> dict[str, BaseException]:
    """Put back what was left for an older version, then migrate every floor of what is found."""
    await put_tables_back(settings.data, url)
    return await bring_up(url, Host(find(data=settings.data)))


async def bring_up(url: str, host: Host) -> dict[str, BaseException]:
    """Migrate every floor.

    :returns: which plugins failed, and how; they are not served.
    :raises Exception: the core or a part of the kit failed.
    """
    fixed = {name for name, manifest in host.plugins.items() if manifest.fixed}
    return await migrate(url, apps(host), essential={"core", *fixed})
