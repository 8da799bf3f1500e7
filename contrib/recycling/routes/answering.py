"""What comes with a form, cleaned and kept, and files as answers."""

from litestar import Response

from core.api import Context, InvalidInput
from kit.documents import FileRefused, KeptPhoto, keep_photo
from kit.forms import AnyRequest, Posted, clean, read_files


def cleaned(posted: Posted) -> Posted:
    """Return what was posted as it is read, kept and shown again."""
    return {name: [clean(text) for text in texts] for name, texts in posted.items()}


async def photos_of(request: AnyRequest, ctx: Context, most: int) -> list[KeptPhoto]:
    """Keep the photos that were sent.

    :raises InvalidInput: one of them is no picture.
    """
    sent = (await read_files(request)).get("photo", [])
    try:
        return [await keep_photo(ctx, one.filename, await one.read()) for one in sent[:most]]
    except FileRefused as refusal:
        raise InvalidInput({"photo": refusal.sentence}) from None


def pdf_response(pdf: bytes, name: str) -> Response[bytes]:
    """Return a paper to be looked at and kept by nobody between."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


def photo_response(data: bytes, media_type: str) -> Response[bytes]:
    """Return a photo."""
    headers = {"Content-Disposition": "inline", "Cache-Control": "private, max-age=86400"}
    return Response(data, media_type=media_type, headers=headers)
