"""Files that go with a document: put to its draft, and taken from it until it is signed."""

from collections.abc import Sequence
from uuid import UUID

from core.api import Context, InvalidInput, NotFound, transaction
from kit.documents import Checked
from plugins.eoffice.service.access import lock_letter, record
from plugins.eoffice.service.arrivals import MANY_FILES, MOST_FILES
from plugins.eoffice.service.drafts import demand_open
from plugins.eoffice.service.files import NO_FILE, add_file, files_of, keep
from plugins.eoffice.tables.letters import File, Letter


async def enclose(ctx: Context, letter: UUID, files: Sequence[Checked]) -> None:
    """Put files to a draft, behind those that it has.

    :raises InvalidInput: for ``files``: there would be too many.
    """
    kept = [await keep(ctx, one) for one in files]
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        await demand_open(ctx, row)
        before = await files_of(ctx, letter)
        if len(before) + len(kept) > MOST_FILES:
            raise InvalidInput({"files": MANY_FILES})
        last = max((one["position"] for one in before), default=0)
        for position, file in enumerate(kept, start=last + 1):
            add_file(ctx, letter, file, role="enclosed", position=position)
        await _changed(ctx, letter)
        await record(ctx, "eoffice.draft.enclosed", row, files=len(kept))


async def drop(ctx: Context, letter: UUID, file: UUID) -> None:
    """Take a file from a draft; it is kept, and goes nowhere.

    :raises NotFound: the draft has no such file.
    """
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        await demand_open(ctx, row)
        moved = (
            await File.update({File.dropped_at: ctx.now})
            .where(
                File.of(ctx),
                File.letter_id == letter,
                File.id == file,
                File.role == "enclosed",
                File.dropped_at.is_null(),
            )
            .returning(File.id)
        )
        if not moved:
            raise NotFound(NO_FILE)
        await _changed(ctx, letter)
        await record(ctx, "eoffice.draft.uncovered", row, file=str(file))


async def _changed(ctx: Context, letter: UUID) -> None:
    # Who has read the draft before signs nothing else.
    await Letter.update({Letter.revision: Letter.revision + 1}).where(
        Letter.of(ctx), Letter.id == letter
    )
