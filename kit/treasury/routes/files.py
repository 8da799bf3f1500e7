"""Files that the pages of the treasury give out."""

from litestar import Response


def pdf_file(data: bytes, name: str) -> Response[bytes]:
    """Return a PDF that browsers show and print; no cache keeps what is somebody's."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type="application/pdf", headers=headers)
