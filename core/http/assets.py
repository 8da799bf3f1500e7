"""Addresses of files that browsers keep for a year, because they change with their content."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path


class Assets:
    """Knows the files of every plugin's ``static`` folder and of the set-up's ``assets``.

    :param folders: the folder of each plugin that ``static`` stands in, by its name.
    :param built: the folder that set-up fills: htmx, fonts, addresses.
    """

    def __init__(self, folders: Mapping[str, Path], built: Path) -> None:
        self._folders = folders
        self._built = built
        self._urls: dict[str, str] = {}

    def url(self, name: str) -> str:
        """Return the address of ``<plugin>/<file>``, or of ``assets/<file>``.

        :raises FileNotFoundError: there is none.
        """
        if name not in self._urls:
            home, _, rest = name.partition("/")
            if home == "assets":
                path, address = self._built / rest, f"/assets/{rest}"
            else:
                path, address = self._folders[home] / "static" / rest, f"/static/{name}"
            self._urls[name] = f"{address}?v={sha256(path.read_bytes()).hexdigest()[:12]}"
        return self._urls[name]
