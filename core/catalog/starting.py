"""When the platform starts anew, so that what was installed meanwhile runs."""

from datetime import datetime
from pathlib import Path

from core.catalog.installed import FILE
from core.catalog.policy import read_policy
from core.catalog.writing import put
from core.tenants.tenant import BANGKOK

ASKED = "start"


def ask_for_start(data: Path, now: datetime) -> None:
    """Have ``thongthin serve`` start anew within a second.

    :param data: the data folder.
    """
    put(data / "plugins" / ASKED, f"{now:%Y-%m-%d %H:%M:%S}\n".encode())


class Starts:
    """Knows whether a server should start anew, by what was installed when it started.

    :param data: the data folder.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._began = self._installed()
        self._asked().unlink(missing_ok=True)

    def is_due(self, now: datetime) -> bool:
        """Return whether somebody asked for it, or something waits and it is the hour for that."""
        if self._asked().exists():
            return True
        policy = read_policy(self._data)
        if policy is None or now.astimezone(BANGKOK).hour != policy.start_at:
            return False
        return self._installed() != self._began

    def _asked(self) -> Path:
        return self._data / "plugins" / ASKED

    def _installed(self) -> bytes:
        try:
            return (self._data / "plugins" / FILE).read_bytes()
        except FileNotFoundError:
            return b""
