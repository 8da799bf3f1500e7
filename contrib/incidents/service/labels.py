"""Labels of assets: a QR that leads straight to a report about the asset, printed in sheets."""

from collections.abc import Sequence

import msgspec

from contrib.incidents.rules.assets import KINDS, USED
from contrib.incidents.service.assets import Sought, find_assets
from contrib.incidents.service.rights import ASSETS
from core.api import Context, NotFound, Text, need
from kit.documents import Paper, print_at_once, stamp

# Sheets of one print; more would hold the printer and the reader.
MOST = 500
_TITLE = Text("ป้ายแจ้งเหตุ", "Labels for reports")
_NONE = Text("ไม่มีทรัพย์สินที่ตรงกับที่ค้น จึงไม่มีป้ายให้พิมพ์", "No asset fits, so there is no label.")


class Open(msgspec.Struct, frozen=True):
    """What the QR holds."""

    url: str


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """One label.

    :param site: the same address in letters.
    """

    code: str
    kind: str
    place: str
    open: Open
    site: str


class Labels(Paper, frozen=True, kw_only=True):
    """Labels, ten to a sheet."""

    labels: Sequence[Label]


async def labels_pdf(ctx: Context, sought: Sought) -> bytes:
    """Return the labels of the assets in use that fit, at most ``MOST`` a time.

    :param sought: its ``page`` counts ``MOST`` assets.
    :raises NotFound: none fits.
    """
    need(ctx, ASSETS)
    rows, _ = await find_assets(ctx, sought, at_once=MOST)
    site = ctx.origin.partition("://")[2]
    made = [
        Label(
            code=row["code"],
            kind=KINDS[row["kind"]].th,
            place=row["place"],
            open=Open(f"{ctx.origin}/incidents/a/{row['code']}"),
            site=f"{site}/incidents/a/{row['code']}",
        )
        for row in rows
        if row["state"] == USED
    ]
    if not made:
        raise NotFound(_NONE)
    base = stamp(ctx, number="", verify=None)
    return await print_at_once(
        ctx, "incidents/labels.typ", Labels(**base, title=_TITLE.th, labels=made)
    )
