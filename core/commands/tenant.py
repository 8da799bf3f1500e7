"""``thongthin tenant``: found a municipality, list those that there are, hand one over."""

import argparse
import asyncio

from core.commands import tenant_handover
from core.commands.surroundings import database, opened, say
from core.db import TENANT_ID
from core.settings import Settings
from core.tenants.calendar import fill_holidays
from core.tenants.founding import new_tenant
from core.tenants.service import create_tenant


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("tenant", help="found a municipality, list them, hand one over")
    actions = parser.add_subparsers(required=True, metavar="action")
    create = actions.add_parser("create", help="found a municipality")
    create.add_argument("code", type=_code, help="short and for ever, e.g. maehia")
    create.add_argument("--name", required=True, help="official name in Thai")
    create.add_argument("--name-en", help="name in English (default: the code)")
    create.add_argument("--place", default="", help="district and province in Thai")
    create.add_argument("--place-en", default="", help="district and province in English")
    create.add_argument("--dla-code", default="", help="eight digits of the DLA")
    create.add_argument("--plugins", default="", help="names to switch on, between commas")
    create.set_defaults(run=run_create)
    tenant_handover.add(actions)
    actions.add_parser("list", help="list the municipalities").set_defaults(run=run_list)


def _code(text: str) -> str:
    if not TENANT_ID.fullmatch(text):
        raise argparse.ArgumentTypeError(
            "2 to 31 small letters, digits and hyphens, a letter first"
        )
    return text


def run_create(arguments: argparse.Namespace, settings: Settings) -> int:
    """Found a municipality with the divisions that its kind usually has."""
    with database(settings) as url:
        return asyncio.run(_create(arguments, settings, url))


async def _create(arguments: argparse.Namespace, settings: Settings, url: str) -> int:
    tenant = new_tenant(
        arguments.code,
        name=arguments.name,
        name_en=arguments.name_en or arguments.code,
        place=arguments.place,
        place_en=arguments.place_en or arguments.place,
        code=arguments.dla_code,
    )
    async with opened(settings, url) as runtime:
        plugins = [name for name in arguments.plugins.split(",") if name]
        unknown = [name for name in plugins if name not in runtime.host.plugins]
        if unknown:
            say(f"There is no plugin {unknown[0]!r}; see: thongthin plugin list")
            return 1
        ctx = runtime.context(tenant)
        await create_tenant(ctx, plugins=plugins)
        await fill_holidays(ctx)
    say(f"{arguments.name}: {settings.origin(arguments.code)}")
    say(f"Let its administrator in with: thongthin officer invite --tenant {arguments.code} …")
    return 0


def run_list(_arguments: argparse.Namespace, settings: Settings) -> int:
    """List the municipalities, in the order of the alphabet."""
    with database(settings) as url:
        asyncio.run(_list(settings, url))
    return 0


async def _list(settings: Settings, url: str) -> None:
    async with opened(settings, url) as runtime:
        for id in await runtime.directory.all_ids():
            tenant = await runtime.directory.get(id)
            if tenant is not None:
                say(f"{tenant.id:32}  {settings.origin(tenant.id)}  {tenant.name.th}")
