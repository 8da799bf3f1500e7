"""Files of letters: looked into, kept as they came, read for their words."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from core.api import Context, NotFound, Text, add_later, into, new_id, transaction
from kit.documents import Checked, Store, words_of_pdf
from plugins.eoffice.service.access import open_letter
from plugins.eoffice.tables.letters import File

MOST_WORDS = 400_000  # characters of the files of one letter that are searched
_FILES = into(File)
NO_FILE = Text("ไม่พบไฟล์นี้", "There is no such file.")


class Kept(NamedTuple):
    """A file in the store of the office.

    :param size: in bytes.
    """

    name: str
    mime: str
    digest: str
    size: int
    pages: int


async def words_in(ctx: Context, letter: UUID) -> str:
    """Return what can be read in the PDF files of a letter, up to a bound; "" of scans."""
    store, found = Store(ctx.settings.data / "files"), ""
    for file in await files_of(ctx, letter):
        # What was stamped is a copy.
        if file["mime"] == "application/pdf" and file["role"] != "stamped":
            raw = await store.read_async(ctx.tenant.id, file["digest"])
            found += " " + await words_of_pdf(raw, most=MOST_WORDS)
    return found.strip()[:MOST_WORDS]


async def keep(ctx: Context, checked: Checked) -> Kept:
    """Keep the bytes of a file that was looked into."""
    data = checked.data
    digest = await Store(ctx.settings.data / "files").put_async(ctx.tenant.id, data)
    return Kept(checked.name, checked.mime, digest, len(data), checked.pages)


def add_file(ctx: Context, letter: UUID, file: Kept, *, role: str, position: int) -> UUID:
    """Note a kept file with its letter, in the transaction that is open."""
    id = new_id()
    row: Mapping[str, Any] = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "letter_id": letter,
        "role": role,
        "position": position,
        **file._asdict(),
        "added_at": ctx.now,
        "added_by": ctx.actor.id,
    }
    add_later(_FILES, row)
    return id


async def files_of(ctx: Context, letter: UUID) -> Sequence[dict[str, Any]]:
    """Return the files of a letter in their order."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await File.select()
            .where(File.of(ctx), File.letter_id == letter, File.dropped_at.is_null())
            .order_by(File.position)
            .order_by(File.id)
        )
    return rows


async def read_file(ctx: Context, letter: UUID, file: UUID) -> tuple[bytes, str, str]:
    """Return bytes, name and type of a file of a letter that the actor may see.

    :raises NotFound: there is none, or the letter is not for the actor's eyes.
    """
    await open_letter(ctx, letter, file=str(file))
    async with transaction(ctx):
        row = (
            await File.select(File.digest, File.name, File.mime)
            .where(File.of(ctx), File.letter_id == letter, File.id == file)
            .first()
        )
    if row is None:
        raise NotFound(NO_FILE)
    data = await Store(ctx.settings.data / "files").read_async(ctx.tenant.id, row["digest"])
    return data, row["name"], row["mime"]
