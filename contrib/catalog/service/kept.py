"""The catalog that is kept here: what is done with it is done in threads, by one at a time."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from anyio import to_thread

from core.api import Conflict, Context, Text, catalog

NONE = Text(
    "ระบบนี้ไม่ได้เก็บคลังไว้เอง นำชุดไฟล์ ZIP ไปลงลายมือชื่อบนเครื่องที่เก็บคลัง",
    "No catalog is kept here. Take the ZIP to the machine where it is kept, and sign it there.",
)
_FAULT = Text(
    "คลังไม่รับ และไม่มีอะไรเปลี่ยน คลังแจ้งว่า “{why}”",
    "The catalog does not take it, and nothing was changed: {why}.",
)
_NO_KEY = Text(
    "รับลายมือชื่อแล้ว และครบแล้ว แต่ใช้กุญแจของระบบไม่ได้ จึงยังไม่เผยแพร่ แจ้งผู้ดูแลระบบให้ดู "
    "THONGTHIN_REPOSITORY_KEY ({why})",
    "The signature is taken and enough have signed, but the service's key is of no use, so nothing "
    "is published. Whoever runs the platform looks at THONGTHIN_REPOSITORY_KEY ({why}).",
)

T = TypeVar("T")


class Published(msgspec.Struct, frozen=True):
    """What came of publishing.

    :param roles: that were published now.
    :param problem: why nothing could be, where enough have signed.
    """

    roles: tuple[str, ...] = ()
    problem: Text | None = None


def kept_here(ctx: Context) -> catalog.Repository | None:
    """Return the catalog that is kept here, which is the operator's; None where none has begun."""
    folder = ctx.settings.repository
    if folder is None or ctx.tenant.id != ctx.settings.operator:
        return None
    repository = catalog.Repository(folder)
    return repository if repository.begun else None


async def alone(ctx: Context, work: Callable[[catalog.Repository], T]) -> T:
    """Return what comes of some work on the catalog, while nobody else changes anything of it.

    :param work: done in a thread.
    :raises Conflict: none is kept here, or it does not take what is done.
    """
    repository = kept_here(ctx)
    if repository is None:
        raise Conflict(NONE)

    def held() -> T:
        with repository.alone():
            return work(repository)

    try:
        return await to_thread.run_sync(held)
    except catalog.CatalogFault as fault:
        raise Conflict(_FAULT.format(why=str(fault))) from fault


def publish(repository: catalog.Repository, ctx: Context) -> Published:
    """Publish what enough have signed, where the service's key is here; in a thread."""
    settings = ctx.settings
    if settings.repository_key is None or settings.repository_passphrase is None:
        return Published()
    if not any(one.enough for one in catalog.read_waiting(repository)):
        return Published()
    try:
        signer = _open(settings.repository_key, settings.repository_passphrase)
        return Published(tuple(repository.publish(signer, ctx.now)[0]))
    except (catalog.KeyFault, catalog.CatalogFault) as fault:
        return Published(problem=_NO_KEY.format(why=str(fault)))


def _open(key: Path, passphrase: Path) -> Any:
    try:
        phrase = passphrase.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise catalog.KeyFault(f"{passphrase} cannot be read: {problem}") from problem
    return catalog.open_key(key, phrase)


def sign_state(repository: catalog.Repository, ctx: Context) -> None:
    """Sign the catalog's state for another term, where the service's key is here; in a thread.

    :raises KeyFault: the key does not open.
    :raises CatalogFault: it is another key.
    """
    settings = ctx.settings
    if settings.repository_key is None or settings.repository_passphrase is None:
        return
    signer = _open(settings.repository_key, settings.repository_passphrase)
    repository.sign_state(signer, ctx.now)
