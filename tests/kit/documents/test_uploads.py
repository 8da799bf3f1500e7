import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.api import Conflict, NotFound, TooLarge, TooMany
from kit.documents import uploads
from kit.documents.files import LARGEST
from kit.documents.refusals import FileRefused
from kit.documents.uploads import LARGEST_PIECE, Begun, Uploads, WrongOffset

MINE = "draft/1"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


@pytest.fixture
def waiting(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads", "maehia")


def begun(waiting: Uploads, total: int = len(JPEG), mark: str = "") -> str:
    return waiting.begin(MINE, Begun(name="โฉนด.jpg", total=total, mark=mark)).key


def test_pieces_become_the_file(waiting: Uploads) -> None:
    key = begun(waiting)
    for offset in range(0, len(JPEG), 300):
        upload = waiting.append(MINE, key, offset=offset, piece=JPEG[offset : offset + 300])
    whole = waiting.finish(MINE, key)

    assert upload.received == len(JPEG)
    assert whole.path.read_bytes() == JPEG
    assert whole.begun.name == "โฉนด.jpg"


def test_a_piece_at_the_wrong_place_is_told_the_right_one(waiting: Uploads) -> None:
    key = begun(waiting)
    waiting.append(MINE, key, offset=0, piece=JPEG[:500])

    for offset in (0, 499, 501, 10_000):
        with pytest.raises(WrongOffset) as wrong:
            waiting.append(MINE, key, offset=offset, piece=JPEG[500:600])
        assert wrong.value.received == 500
    assert waiting.get(MINE, key).received == 500


@settings(max_examples=40)
@given(st.data())
def test_whatever_breaks_off_the_sender_who_asks_how_far_it_got_always_finishes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    waiting = Uploads(tmp_path_factory.mktemp("uploads"), "maehia")
    key = begun(waiting)
    while (received := waiting.get(MINE, key).received) < len(JPEG):
        offset = data.draw(st.sampled_from([received, 0, max(0, received - 1), received + 1]))
        piece = JPEG[offset : offset + data.draw(st.integers(16, 900))]
        try:
            waiting.append(MINE, key, offset=offset, piece=piece)
        except WrongOffset as wrong:
            assert wrong.received == received  # noqa: PT017 - one of two ways

    assert waiting.finish(MINE, key).path.read_bytes() == JPEG


def test_a_file_that_is_not_whole_is_not_finished(waiting: Uploads) -> None:
    key = begun(waiting)
    waiting.append(MINE, key, offset=0, piece=JPEG[:500])

    with pytest.raises(Conflict, match=f"500 of {len(JPEG)}"):
        waiting.finish(MINE, key)


def test_a_foreign_file_is_refused_with_its_first_piece(waiting: Uploads) -> None:
    key = begun(waiting, 1_000)

    with pytest.raises(FileRefused):
        waiting.append(MINE, key, offset=0, piece=b"MZ" + b"\0" * 400)
    assert waiting.of(MINE) == []


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(waiting: Uploads) -> None:
    with pytest.raises(FileRefused, match="at most 20"):
        begun(waiting, LARGEST + 1)


@pytest.mark.parametrize("total", [100, LARGEST])
def test_a_piece_is_no_larger_than_agreed(waiting: Uploads, total: int) -> None:
    key = begun(waiting, total)

    with pytest.raises(TooLarge):
        waiting.append(MINE, key, offset=0, piece=JPEG[:4] + b"\0" * min(total, LARGEST_PIECE))


def test_a_tenant_cannot_fill_the_disk_with_what_it_never_ends(
    waiting: Uploads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_AT_ONCE", 3)
    file = Begun(name="a.jpg", total=10)
    for number in range(3):
        waiting.begin(f"draft/{number}", file)

    with pytest.raises(TooMany):
        begun(waiting)
    assert Uploads(tmp_path / "uploads", "yala").begin(MINE, file)


def test_an_owner_has_some_files_on_their_way_at_once(waiting: Uploads) -> None:
    for _ in range(uploads.MOST_OF_OWNER):
        begun(waiting)

    with pytest.raises(TooMany, match="on their way"):
        begun(waiting)
    assert waiting.begin("draft/2", Begun(name="a.jpg", total=10))


def test_another_tenant_another_owner_and_a_made_up_id_find_nothing(
    waiting: Uploads, tmp_path: Path
) -> None:
    key = begun(waiting)
    elsewhere = Uploads(tmp_path / "uploads", "yala")

    for where, owner, wrong in (
        (elsewhere, MINE, key),
        (waiting, "draft/2", key),
        (waiting, "../draft/1", key),
        (waiting, MINE, "0" * 32),
        (waiting, MINE, f"../{key}"),
    ):
        with pytest.raises(NotFound):
            where.get(owner, wrong)
        where.discard(owner, wrong)
    assert waiting.get(MINE, key).received == 0
    with pytest.raises(ValueError, match="no tenant"):
        Uploads(tmp_path, "../maehia")


def test_the_same_file_goes_on_where_it_broke_off_and_another_begins_anew(
    waiting: Uploads,
) -> None:
    key = begun(waiting, mark="7")
    waiting.append(MINE, key, offset=0, piece=JPEG[:500])

    assert begun(waiting, mark="7") == key
    others = {begun(waiting, mark="8"), begun(waiting, len(JPEG) + 1, mark="7"), begun(waiting)}
    assert len(others | {key}) == 4


def test_what_became_of_a_file_is_told_again_to_whom_the_answer_did_not_reach(
    waiting: Uploads,
) -> None:
    key = begun(waiting, mark="7")
    for offset in range(0, len(JPEG), 500):
        waiting.append(MINE, key, offset=offset, piece=JPEG[offset : offset + 500])
    waiting.close(MINE, key, {"id": "1"})

    again = waiting.append(MINE, begun(waiting, mark="7"), offset=len(JPEG), piece=b"")
    assert (again.received, again.result) == (len(JPEG), {"id": "1"})
    assert not again.path.exists()


@pytest.mark.parametrize("total", [0, -1])
def test_an_empty_file_is_refused_before_it_is_sent(waiting: Uploads, total: int) -> None:
    with pytest.raises(FileRefused, match="empty"):
        begun(waiting, total)


def test_a_discarded_upload_is_gone_and_the_others_stay(waiting: Uploads, tmp_path: Path) -> None:
    gone, kept = begun(waiting), begun(waiting)
    waiting.discard(MINE, gone)
    waiting.discard(MINE, gone)
    waiting.discard(MINE, "*")

    with pytest.raises(NotFound):
        waiting.get(MINE, gone)
    assert waiting.get(MINE, kept).received == 0
    assert len(list((tmp_path / "uploads").rglob("*.*"))) == 2


def test_what_nobody_goes_on_with_is_swept_away(waiting: Uploads, tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    old, new = begun(waiting), begun(waiting)
    for key, age in ((old, timedelta(hours=25)), (new, timedelta(hours=23))):
        moment = (now - age).timestamp()
        path = waiting.get(MINE, key).path
        os.utime(path.with_suffix(".json"), (moment - 7200, moment - 7200))
        os.utime(path, (moment, moment))

    assert waiting.sweep(now - timedelta(days=1)) == 1
    assert waiting.get(MINE, new).begun.total == len(JPEG)
    with pytest.raises(NotFound):
        waiting.get(MINE, old)


SENDER = """
import sys
from pathlib import Path
from kit.documents.uploads import Begun, Uploads

uploads = Uploads(Path(sys.argv[1]), "maehia")
data = bytes.fromhex("ffd8ffe0") + bytes(range(256)) * 40_000
key = uploads.begin("draft/1", Begun(name="a.jpg", total=len(data))).key
print(key, flush=True)
for at in range(0, len(data), 5000):
    upload = uploads.append("draft/1", key, offset=at, piece=data[at : at + 5000])
    print(upload.received, flush=True)
"""


def test_what_was_acknowledged_outlives_a_killed_process(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", SENDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as sender:
        assert sender.stdout
        key = sender.stdout.readline().strip()
        told = [int(sender.stdout.readline()) for _ in range(7)]
        sender.kill()
        told += [int(line) for line in sender.stdout.read().split() if len(line) > 3]

    upload = Uploads(tmp_path, "maehia").get(MINE, key)
    whole = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40_000
    assert len(whole) > upload.received >= max(told)
    assert upload.path.read_bytes() == whole[: upload.received]
