"""Filing a request, against a bare handler that makes two inserts in one transaction."""

import itertools
import json
import secrets
from collections.abc import Iterator

from core.runtime import Runtime
from tools.bench.ground import analyze
from tools.bench.serving import REQUESTS, Asked, both, compare

PATH = "/api/services/oss.general/cases"
_PAYLOAD = json.dumps(
    {
        "applicant": {"name": "นายสมชาย ใจดี", "phone": "+66812345678"},
        "answers": {"subject": "ขอให้ตัดกิ่งไม้พาดสายไฟ", "details": "กลัวหักช่วงลมแรง หน้าวัด"},
    }
).encode()


def _requests() -> Iterator[Asked]:
    while True:
        yield Asked(PATH, _PAYLOAD, [("Idempotency-Key", secrets.token_hex(16))])


async def measure(runtime: Runtime) -> list[str]:
    """Return the lines about filing: one after another, and many at once."""
    requests = _requests()
    async with both(runtime) as (ours, bare):
        # An office at work: some cases, and the statistics that PostgreSQL takes within a minute.
        await ours.ask_all(itertools.islice(requests, REQUESTS), at_once=16)
        await analyze()
        theirs = itertools.repeat(Asked("/file", _PAYLOAD))
        return await compare("submit", ours, requests, bare, theirs)
