"""What a plugin lets people do, in words, and who may do it now."""

from collections.abc import Sequence

import msgspec

from core import db
from core.context import Context
from core.manifest import Manifest
from core.text import Text

# Who was closed holds the role still, and can do nothing with it.
_HOLDERS = """
SELECT r.code, r.title_th, r.title_en, r.permissions,
  coalesce(array_agg(DISTINCT h.account) FILTER (WHERE a.active), '{}') AS holders
FROM core.role r
LEFT JOIN core.role_holder h ON h.tenant_id = r.tenant_id AND h.role = r.code
LEFT JOIN core.account a ON a.tenant_id = h.tenant_id AND a.id = h.account
WHERE r.tenant_id = $1 AND r.permissions && $2
GROUP BY r.code, r.title_th, r.title_en, r.permissions, r.position ORDER BY r.position, r.code
"""


class Right(msgspec.Struct, frozen=True):
    """One permission of a plugin.

    :param roles: code, title and holders of each role that has it.
    :param people: how many hold it, each counted once.
    """

    words: Text
    roles: tuple[tuple[str, Text, int], ...]
    people: int


async def rights_of(ctx: Context, manifest: Manifest) -> Sequence[Right]:
    """Return the permissions of a plugin, in the order in which it names them."""
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(_HOLDERS, ctx.tenant.id, list(manifest.permissions))
    found = []
    for permission, words in manifest.permissions.items():
        having = [row for row in rows if permission in row["permissions"]]
        roles = tuple(
            (row["code"], Text(row["title_th"], row["title_en"]), len(row["holders"]))
            for row in having
        )
        people = {account for row in having for account in row["holders"]}
        found.append(Right(words, roles, len(people)))
    return found
