"""Which documents of a repository end soon, so that their signers are asked in time."""

from datetime import datetime, timedelta

from core.catalog.repository import Repository
from core.catalog.writing import versions

SOON = timedelta(days=14)
STATE = timedelta(days=4)  # of the 7 that the service signs for every day


def ending(repository: Repository, now: datetime) -> list[tuple[str, datetime]]:
    """Return the roles whose term ends soon, and when, unless a renewal waits to be signed."""
    published = [
        role
        for role in ("root", "targets", *repository.publishers())
        if any(versions(repository.metadata, role))
    ]
    waiting = {path.stem for path in repository.waiting()}
    until = {role: repository.newest(role).signed.expires for role in published}
    found = [(role, day) for role, day in until.items() if day - now < SOON and role not in waiting]
    if "targets" in until and (repository.metadata / "timestamp.json").exists():
        day = repository.newest("timestamp").signed.expires
        found += [("timestamp", day)] if day - now < STATE else []
    return found


def sentences(repository: Repository, now: datetime) -> list[str]:
    """Return the same for whoever runs the installation, each with what to do."""
    return [
        f"the catalog that is kept here: {role} ends on {day:%Y-%m-%d}: thongthin catalog "
        + (f"timestamp {repository.folder}" if role == "timestamp" else f"renew … {role}, two sign")
        for role, day in ending(repository, now)
    ]
