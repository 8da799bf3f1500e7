"""What an installation decided about the catalog: whose, who may install, what runs beside it."""

import hashlib
import logging
import secrets
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import msgspec

from core.catalog.writing import put

log = logging.getLogger(__name__)

FILE = "catalog.json"


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The decisions of whoever runs the installation.

    :param installation: a number that tells it from others, and nothing about it.
    :param url: of the repository; "" where catalogs come as bundles only.
    :param local: plugins that were not approved run too, each by a named person's decision.
    :param every: seconds between two looks at the repository.
    :param automatic: versions that can do no more than the running one are installed by themselves.
    :param wait: days after its approval before a version is installed by itself.
    :param spread: days over which installations follow then, each on its own day.
    :param start_at: hour of the day, in Bangkok, in which the platform starts anew by itself when
        something waits for that; None: only when somebody asks for it.
    :param report: how often plugins of the catalog fail here is told to it, without anything else.
    :param deciders: municipalities whose administrators may install here.
    """

    installation: str
    url: str = ""
    local: bool = False
    every: Annotated[int, msgspec.Meta(ge=1, le=86_400)] = 300
    automatic: bool = False
    wait: Annotated[int, msgspec.Meta(ge=0, le=365)] = 7
    spread: Annotated[int, msgspec.Meta(ge=0, le=365)] = 7
    start_at: Annotated[int, msgspec.Meta(ge=0, le=23)] | None = 3
    report: bool = False
    deciders: tuple[str, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether failures are counted and told."""
        return self.report and bool(self.url)

    def day_of(self, plugin: str, version: str, approved: date) -> date:
        """Return the first day on which a version may be installed by itself here."""
        which = f"{self.installation}/{plugin}/{version}".encode()
        place = int.from_bytes(hashlib.sha256(which).digest()[:8], "big") / 2**64
        return approved + timedelta(days=self.wait + int(place * (self.spread + 1)))


def new_policy(url: str) -> Policy:
    """Return what holds where a catalog was just added."""
    return Policy(installation=secrets.token_hex(16), url=url)


def read_policy(data: Path) -> Policy | None:
    """Return what was decided; None where no catalog was added.

    Where it cannot be read nothing was decided: what is approved runs, and nothing else.

    :param data: the data folder.
    """
    path = data / "catalog" / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Policy)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as problem:
        log.error("%s cannot be read: %s", path, problem)
        return Policy(installation="")


def write_policy(data: Path, policy: Policy) -> None:
    """Keep what was decided."""
    told = msgspec.json.format(msgspec.json.encode(policy)) + b"\n"
    put(data / "catalog" / FILE, told)
