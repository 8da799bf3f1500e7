"""Tell the catalog how plugins fail here, where that was decided: once a day, counts only."""

import asyncio
import logging
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import httpx
import msgspec

from core.catalog.counting import KEPT, finished_counts, forget_counts
from core.catalog.failures import FailureReport, reports_of
from core.catalog.policy import Policy
from core.catalog.writing import put
from core.tenants.tenant import BANGKOK

log = logging.getLogger(__name__)

WAIT = 30.0  # seconds for one report
SPREAD = 12 * 60  # minutes after midnight over which installations send, each at its own
TRIED = "reported"  # in the data folder: the day on which it was tried last


async def report_if_due(data: Path, policy: Policy, now: datetime) -> None:
    """Send what was counted on days that are over, unless that was tried today.

    What cannot be sent goes along on another day, for a week. Where nothing is to be reported,
    nothing is kept.

    :param data: the data folder.
    """
    local = now.astimezone(BANGKOK)
    today, tried = local.date(), data / "catalog" / TRIED
    if not policy.tells:
        await forget_counts(today + timedelta(days=1))
        return
    if local.hour * 60 + local.minute < _minute(policy) or _day_of(tried) == today.isoformat():
        return
    put(tried, today.isoformat().encode())
    for report in await waiting_reports(policy, today):
        try:
            async with asyncio.timeout(WAIT):
                await _send(policy.url, report)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as problem:
            log.info("failures could not be reported: %s", problem)
            await forget_counts(today - KEPT)
            return
    await forget_counts(today)


async def waiting_reports(policy: Policy, today: date) -> list[FailureReport]:
    """Return what is sent next, as it stands now."""
    return reports_of(policy.installation, await finished_counts(today))


def _minute(policy: Policy) -> int:
    return int(policy.installation[:8] or "0", 16) % SPREAD


def _day_of(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        return ""


def address_of(url: str) -> str:
    """Return where reports go: beside the repository.

    :param url: of the repository.
    """
    return urljoin(url.rstrip("/"), "failures")


async def _send(url: str, report: FailureReport) -> None:
    """Send a report; what is answered is not read."""
    headers = {"Content-Type": "application/json", "User-Agent": "thongthin"}
    async with (
        httpx.AsyncClient() as client,
        client.stream(
            "POST", address_of(url), content=msgspec.json.encode(report), headers=headers
        ) as told,
    ):
        told.raise_for_status()
