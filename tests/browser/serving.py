"""What browsers are served: run as a script it fills the database, as a module it is the server.

Run as a script with the word ``work`` it does once what the worker of an installation does.

Two offices with the one-stop service, and a plugin whose form is taken outside; with
THONGTHIN_DEMO the demonstration.
"""

import asyncio
import os
import sys

from litestar.types import ASGIApp

from core import db, jobs
from core.commands import demo
from core.discovery import Found, find
from core.http.app import create_app
from core.identity import accounts
from core.runtime import Runtime, make_runtime
from core.settings import read_settings
from core.tenants.service import create_tenant
from core.tenants.tenant import Tenant, Unit
from core.text import Text
from core.worker import Worker

PASSWORD = "บันได แมว น้ำปลา"  # noqa: S105
PEOPLE = {"วิภาดา": "1234545678781", "มาลี": "1101700230708"}
OFFICES = {"maehia": "เทศบาลเมืองแม่เหียะ", "yala": "เทศบาลนครยะลา"}


def _runtime() -> Runtime:
    settings = read_settings(os.environ)
    assert settings.database_url
    more = [] if settings.demo else [Found("rounds", "rounds.plugin")]
    return make_runtime(settings, settings.database_url, [*find(), *more])


def create() -> ASGIApp:
    return create_app(_runtime())


async def found() -> None:
    runtime = _runtime()
    if runtime.settings.demo:
        await demo.seed(runtime.settings, runtime.database_url)
        return
    await db.open_pool()
    for id, name in OFFICES.items():
        words = Text(name, f"{id.title()} Municipality")
        units = {"clerk": Unit(id="clerk", name=Text("สำนักปลัดเทศบาล", "Office of the Clerk"))}
        tenant = Tenant(
            id=id, kind="เทศบาลเมือง", name=words, place=words, address=words, units=units
        )
        await create_tenant(runtime.context(tenant), plugins=["oss"])
        for first_name, number in PEOPLE.items():
            await accounts.register_citizen(
                runtime.context(tenant),
                first_name=first_name,
                last_name="แสงคำ",
                national_id=number,
                password=PASSWORD,
            )
    await runtime.host.quarantine.settle()
    await db.close_pool()


async def work() -> None:
    """Tell of what happened, work off what plugins have left for the background, and end."""
    runtime = _runtime()
    await runtime.open()
    app = Worker(runtime, runtime.database_url).app
    async with app.open_async():
        for queue in (jobs.CORE, jobs.PLUGINS):
            await app.run_worker_async(queues=[queue], wait=False, install_signal_handlers=False)
    await runtime.close()


if __name__ == "__main__":
    asyncio.run(work() if sys.argv[1:] == ["work"] else found())
