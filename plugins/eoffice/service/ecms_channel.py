"""eCMS as an office sets it up: its node, and what the office is called there."""

import asyncio
import re
from collections.abc import Sequence
from datetime import timedelta

import msgspec

from core.api import Context, Text
from plugins.eoffice.rules.channels import Config, Finding, Kind
from plugins.eoffice.rules.ecms_letters import MINISTRY_DIGITS, is_department
from plugins.eoffice.rules.ecms_lists import Organization
from plugins.eoffice.rules.ecms_tree import Unreadable
from plugins.eoffice.rules.parcels import Unsent
from plugins.eoffice.service.correspondents import WEB
from plugins.eoffice.service.ecms import ECMSCarrier
from plugins.eoffice.service.ecms_line import Node

PATIENCE = 20.0  # seconds, for somebody who looks at the page
SKEW = timedelta(minutes=1)

_URL = Text(
    "กรอกที่อยู่ของระบบ eCMS ขึ้นต้นด้วย http:// หรือ https://",
    "Give the address of the eCMS node, beginning with http:// or https://.",
)
_MINISTRY = Text("กรอกรหัสกระทรวง 2 หลัก", "Give the code of the ministry, two digits.")
_DEPARTMENT = Text("กรอกรหัสหน่วยงาน 5 หลัก", "Give the code of the office, five digits.")
_SILENT = Text(
    "ระบบ eCMS ไม่ตอบ ตรวจที่อยู่และการเชื่อมต่อเครือข่ายของหน่วยงาน",
    "The eCMS node does not answer. Look at its address and at the office's network.",
)
_CLOCK = Text(
    "นาฬิกาของระบบ eCMS ต่างจากระบบนี้ {seconds} วินาที",
    "The clock of the eCMS node is {seconds} seconds from ours.",
)
_LISTED = Text("พบ {count} หน่วยงานในระบบ eCMS", "eCMS lists {count} agencies.")
_OURS = Text("รหัส {code} ในระบบ eCMS คือ {name}", "The code {code} is {name} in eCMS.")
_NOT_OURS = Text(
    "ไม่พบรหัสหน่วยงาน {code} ในระบบ eCMS ตรวจรหัสกับผู้ดูแลระบบ eCMS",
    "eCMS does not list the code {code}. Check it with who runs the node.",
)


def check(config: Config) -> dict[str, Text]:
    """Return what is wrong with a configuration, by field."""
    problems = {}
    if not WEB.fullmatch(config["url"]):
        problems["url"] = _URL
    if not re.fullmatch(f"[0-9]{{{MINISTRY_DIGITS}}}", config["ministry"]):
        problems["ministry"] = _MINISTRY
    if not is_department(config["department"]):
        problems["department"] = _DEPARTMENT
    return problems


def carrier(ctx: Context, config: Config, secret: str) -> ECMSCarrier:
    """Open the channel; nodes ask for no password."""
    return ECMSCarrier(msgspec.convert(config, Node))


async def probe(ctx: Context, config: Config, secret: str) -> Sequence[Finding]:
    """Return whether the node answers, how its clock goes, and whom it knows."""
    node = carrier(ctx, config, secret)
    try:
        async with asyncio.timeout(PATIENCE):
            skew = abs(await node.clock() - ctx.now)
            listed = await node.organizations()
    except TimeoutError:
        return [Finding(False, _SILENT)]
    except Unsent as problem:
        away = problem.again and not isinstance(problem, Unreadable)
        return [Finding(False, _SILENT if away else problem.why)]
    return [
        Finding(skew <= SKEW, _CLOCK.format(seconds=f"{round(skew.total_seconds()):,}")),
        Finding(bool(listed), _LISTED.format(count=f"{len(listed):,}")),
        _own(config["department"], listed.get(config["department"])),
    ]


def _own(code: str, found: Organization | None) -> Finding:
    if found is None:
        return Finding(False, _NOT_OURS.format(code=code))
    return Finding(True, _OURS.format(code=code, name=found.name))


KIND = Kind(check=check, carrier=carrier, probe=probe, known_by="department", receipts=True)
