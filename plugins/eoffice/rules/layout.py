"""The measures of official papers, kept in ``data/layout.json``."""

from pathlib import Path

import msgspec

_FILE = Path(__file__).parents[1] / "data" / "layout.json"


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """Centimetres; ``*_points`` are points of TH Sarabun, the letters that offices type with.

    :param drawn: by how much less of Sarabun is set, whose letters are larger at the same points.
    :param garuda_letter: its height on a letter; ``garuda_memo`` on a memo.
    :param indent: of the first line of a paragraph.
    :param indent_step: how much more for every level of a clause.
    """

    top: float
    bottom: float
    left: float
    right: float
    garuda_from_edge: float
    garuda_letter: float
    garuda_memo: float
    indent: float
    indent_step: float
    drawn: float
    text_points: float
    title_points: float
    urgency_points: float
    secrecy_points: float
    memo_title_points: float
    memo_label_points: float
    register_points: float
    stamp_width: float
    stamp_height: float
    photo_width: float
    photo_height: float


LAYOUT: Layout = msgspec.json.decode(_FILE.read_bytes(), type=Layout)
