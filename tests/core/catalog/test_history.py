from collections.abc import Callable
from datetime import timedelta
from typing import Any

from core.catalog.history import History
from core.text import Text

Keepers = Any  # the classes of conftest.py, which cannot be imported
MakeWheel = Callable[..., tuple[str, bytes]]


def test_every_approval_and_stop_is_told_with_its_time_and_only_once(
    keepers: Keepers, a_wheel: MakeWheel
) -> None:
    began = keepers.now.replace(microsecond=0)

    def after(hours: int) -> None:
        keepers.now = began + timedelta(hours=hours)

    def told() -> list[tuple[str, str, int]]:
        found = history.read(keepers.folder)
        return [(one.version, one.state, (one.at - began) // timedelta(hours=1)) for one in found]

    history = History()
    keepers.enter(a_wheel())
    after(1)
    keepers.enter(a_wheel(version="0.2.0"))
    first = [("0.2.0", "approved", 1), ("0.1.0", "approved", 0)]
    assert told() == first

    after(2)
    keepers.repository.set_state("library", "0.2.0", "stopped", Text("รั่ว", "Leaks"), keepers.now)
    assert told() == first
    keepers.publish()
    after(3)
    keepers.repository.renew("acme", keepers.now)
    keepers.publish()
    after(4)
    keepers.repository.set_state("library", "0.2.0", "approved", None, keepers.now)
    keepers.publish()

    assert told() == [("0.2.0", "approved", 4), ("0.2.0", "stopped", 2), *first]
    assert history.read(keepers.folder) == History().read(keepers.folder)
    assert [one.reason for one in history.read(keepers.folder)][1] == Text("รั่ว", "Leaks")


def test_a_document_that_is_broken_hides_none_of_the_others(
    keepers: Keepers, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel())
    (keepers.repository.metadata / "7.acme.json").write_bytes(b'{"signed":')

    assert len(History().read(keepers.folder)) == 1
