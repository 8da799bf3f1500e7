import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.api import Conflict, NotFound, TooLarge, TooMany
from kit.documents import uploads
from kit.documents.files import LARGEST
from kit.documents.refusals import FileRefused
from kit.documents.uploads import LARGEST_PIECE, Uploads, WrongOffset

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


@pytest.fixture
def waiting(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads")


def begun(waiting: Uploads, total: int = len(JPEG)) -> str:
    return waiting.begin("maehia", total=total, name="โฉนด.jpg")


def test_pieces_become_the_file(waiting: Uploads) -> None:
    key = begun(waiting)
    for offset in range(0, len(JPEG), 300):
        received = waiting.append("maehia", key, offset=offset, piece=JPEG[offset : offset + 300])
    whole = waiting.finish("maehia", key)

    assert received == len(JPEG)
    assert whole.path.read_bytes() == JPEG
    assert whole.name == "โฉนด.jpg"


def test_a_piece_at_the_wrong_place_is_told_the_right_one(waiting: Uploads) -> None:
    key = begun(waiting)
    waiting.append("maehia", key, offset=0, piece=JPEG[:500])

    for offset in (0, 499, 501, 10_000):
        with pytest.raises(WrongOffset) as wrong:
            waiting.append("maehia", key, offset=offset, piece=JPEG[500:600])
        assert wrong.value.received == 500
    assert waiting.get("maehia", key).received == 500


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_breaks_off_the_sender_who_asks_how_far_it_got_always_finishes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    waiting = Uploads(tmp_path_factory.mktemp("uploads"))
    key = begun(waiting)
    while (received := waiting.get("maehia", key).received) < len(JPEG):
        offset = data.draw(st.sampled_from([received, 0, max(0, received - 1), received + 1]))
        piece = JPEG[offset : offset + data.draw(st.integers(16, 900))]
        try:
            waiting.append("maehia", key, offset=offset, piece=piece)
        except WrongOffset as wrong:
            assert wrong.received == received  # noqa: PT017 - one of two ways

    assert waiting.finish("maehia", key).path.read_bytes() == JPEG


def test_a_file_that_is_not_whole_is_not_finished(waiting: Uploads) -> None:
    key = begun(waiting)
    waiting.append("maehia", key, offset=0, piece=JPEG[:500])

    with pytest.raises(Conflict, match=f"500 of {len(JPEG)}"):
        waiting.finish("maehia", key)


def test_a_foreign_file_is_refused_with_its_first_piece(waiting: Uploads) -> None:
    key = begun(waiting, 1_000)

    with pytest.raises(FileRefused):
        waiting.append("maehia", key, offset=0, piece=b"MZ" + b"\0" * 400)
    assert waiting.get("maehia", key).received == 0


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(waiting: Uploads) -> None:
    with pytest.raises(FileRefused, match="at most 20"):
        begun(waiting, LARGEST + 1)


@pytest.mark.parametrize("total", [100, LARGEST])
def test_a_piece_is_no_larger_than_agreed(waiting: Uploads, total: int) -> None:
    key = begun(waiting, total)

    with pytest.raises(TooLarge):
        waiting.append("maehia", key, offset=0, piece=JPEG[:4] + b"\0" * min(total, LARGEST_PIECE))


def test_a_tenant_cannot_fill_the_disk_with_what_it_never_ends(
    waiting: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_AT_ONCE", 3)
    for _ in range(3):
        begun(waiting)

    with pytest.raises(TooMany):
        begun(waiting)
    assert waiting.begin("yala", total=10, name="a.jpg")


def test_another_tenant_and_a_made_up_id_find_nothing(waiting: Uploads) -> None:
    key = begun(waiting)

    for tenant, wrong in (("yala", key), ("maehia", "0" * 32), ("maehia", f"../maehia/{key}")):
        with pytest.raises(NotFound):
            waiting.get(tenant, wrong)
    with pytest.raises(ValueError, match="no tenant"):
        waiting.get("../maehia", key)


def test_a_discarded_upload_is_gone_and_the_others_stay(waiting: Uploads, tmp_path: Path) -> None:
    gone, kept = begun(waiting), begun(waiting)
    waiting.discard("maehia", gone)
    waiting.discard("maehia", gone)
    waiting.discard("maehia", "*")

    with pytest.raises(NotFound):
        waiting.get("maehia", gone)
    assert waiting.get("maehia", kept).received == 0
    assert len(list((tmp_path / "uploads").rglob("*.*"))) == 2


def test_what_nobody_goes_on_with_is_swept_away(waiting: Uploads, tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    old, new = begun(waiting), begun(waiting)
    for key, age in ((old, timedelta(hours=25)), (new, timedelta(hours=23))):
        moment = (now - age).timestamp()
        os.utime(waiting.get("maehia", key).path, (moment, moment))

    assert waiting.sweep(now - timedelta(days=1)) == 1
    assert waiting.get("maehia", new).total == len(JPEG)
    with pytest.raises(NotFound):
        waiting.get("maehia", old)
