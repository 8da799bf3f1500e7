"""Found offices with the people of the demonstration, and with nothing else in them.

``python founding.py dga maehia``, in the surroundings of an installation whose database is empty.
"""

import asyncio
import os
import sys
from collections.abc import Sequence

import asyncpg

from core.commands import demo_people
from core.commands.surroundings import opened
from core.demonstration import DONE, set_mark
from core.settings import read_settings
from core.tenants.founding import new_tenant
from core.tenants.service import create_tenant

NAMES = {
    "dga": ("สำนักงานพัฒนารัฐบาลดิจิทัล (องค์การมหาชน)", "Digital Government Development Agency"),
    "maehia": ("เทศบาลเมืองแม่เหียะ", "Mae Hia Town Municipality"),
}


async def found(offices: Sequence[str]) -> None:
    settings = read_settings(os.environ)
    assert settings.database_url
    connection = await asyncpg.connect(settings.database_url)
    await set_mark(connection, DONE)
    await connection.close()
    async with opened(settings, settings.database_url) as runtime:
        for id in offices:
            name, name_en = NAMES[id]
            tenant = new_tenant(id, name=name, name_en=name_en)
            keeps = id == settings.operator
            await create_tenant(runtime.context(tenant), plugins=["catalog"] if keeps else [])
            founded = await runtime.directory.get(id)
            assert founded is not None
            fill = demo_people.fill_operator if keeps else demo_people.fill
            await fill(runtime.context(founded))


if __name__ == "__main__":
    asyncio.run(found(sys.argv[1:]))
