"""By what an office knows that a callback comes from its bank: a shared secret, and addresses.

The secret lies encrypted. When it is changed the one before it is good until the next change,
since a bank changes over when it has time.
"""

from collections.abc import Sequence
from ipaddress import ip_address, ip_network

import msgspec

from core.api import Context, InvalidInput, NotAllowed, Text, announce_change, audit, transaction
from kit.treasury.banking.signing import check_signature
from kit.treasury.banks import Bank
from kit.treasury.refusals import Malformed
from kit.treasury.tables.banks import BankAccess

_PURPOSE = "treasury bank secret"
_MEMORY = "treasury.access"
SHORTEST, LONGEST_SOURCES = 16, 1_000

_CLOSED = Text(
    "หน่วยงานนี้ยังไม่ได้ตั้งรหัสลับกับธนาคาร จึงไม่รับข้อความ",
    "The office has agreed on no secret with this bank, so nothing is taken.",
)
_ELSEWHERE = Text(
    "ข้อความไม่ได้มาจากที่อยู่เครือข่ายของธนาคารที่ตั้งไว้ จึงไม่รับ",
    "The message does not come from the addresses that are set for this bank.",
)


class Access(msgspec.Struct, frozen=True):
    """What an office has agreed with a bank.

    :param secrets: the one in use, and the one before it.
    :param sources: networks; none for any address.
    """

    secrets: tuple[bytes, ...]
    sources: tuple[str, ...]


async def accesses(ctx: Context) -> dict[str, Access]:
    """Return what is agreed, by the code of the bank."""
    known: dict[str, Access] | None = ctx.tenant.memory.get(_MEMORY)
    if known is None:
        async with transaction(ctx):
            rows = await BankAccess.select().where(BankAccess.of(ctx))
        known = {
            row["bank"]: Access(
                secrets=tuple(
                    ctx.keys.decrypt(_PURPOSE, one, bound_to=_place(ctx, row["bank"])).encode()
                    for one in (row["secret"], row["before"])
                    if one is not None
                ),
                sources=tuple(row["sources"].split()),
            )
            for row in rows
        }
        ctx.tenant.memory[_MEMORY] = known
    return known


def _place(ctx: Context, bank: str) -> str:
    return f"{ctx.tenant.id}/{bank}"


async def agree(ctx: Context, bank: Bank, *, secret: str, sources: str) -> None:
    """Set what is agreed with a bank.

    :param secret: at least 16 characters; empty leaves the one that there is.
    :param sources: addresses or networks, apart by spaces or lines; empty for any.
    """
    networks, problems = _networks(sources)
    known = (await accesses(ctx)).get(bank.code)
    if (secret or known is None) and not SHORTEST <= len(secret) <= 200:
        problems["secret"] = Text(
            "รหัสลับต้องมีอย่างน้อย {least} ตัวอักษร ใช้รหัสที่ธนาคารให้หรือตกลงกับธนาคาร",
            "A secret has at least {least} characters. Use what is agreed with the bank.",
        ).format(least=SHORTEST)
    if problems:
        raise InvalidInput(problems)
    async with transaction(ctx) as connection:
        await connection.execute(
            "INSERT INTO treasury.bank_access (tenant_id, bank, secret, sources, changed_at)"
            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, bank) DO UPDATE SET"
            " before = CASE WHEN $6 THEN bank_access.secret ELSE bank_access.before END,"
            " secret = CASE WHEN $6 THEN excluded.secret ELSE bank_access.secret END,"
            " sources = excluded.sources, changed_at = excluded.changed_at",
            ctx.tenant.id,
            bank.code,
            ctx.keys.encrypt(_PURPOSE, secret, bound_to=_place(ctx, bank.code)),
            "\n".join(networks),
            ctx.now,
            bool(secret),
        )
        await audit.record(
            ctx,
            "treasury.bank.agreed",
            f"bank/{bank.code}",
            secret="changed" if secret else "kept",
            sources=networks,
        )
        await announce_change(ctx.tenant)


def _networks(sources: str) -> tuple[list[str], dict[str, Text]]:
    networks: list[str] = []
    for one in sources.replace(",", " ").split():
        try:
            networks.append(str(ip_network(one, strict=False)))
        except ValueError:
            sentence = Text(
                "“{one}” ไม่ใช่ที่อยู่เครือข่าย เขียนแบบ 203.0.113.7 หรือ 203.0.113.0/24",
                "“{one}” is no network address. Write 203.0.113.7 or 203.0.113.0/24.",
            )
            return [], {"sources": sentence.format(one=one[:40])}
    if len(" ".join(networks)) > LONGEST_SOURCES:
        return [], {"sources": Text("ที่อยู่เครือข่ายมากเกินไป", "These are too many addresses.")}
    return networks, {}


async def check(ctx: Context, bank: Bank, body: bytes, headers: Sequence[str]) -> None:
    """Refuse a callback that does not come from the bank.

    :param headers: the time and the signature that came with it.
    :raises NotAllowed: nothing is agreed with the bank, or it comes from elsewhere.
    :raises Malformed: the signature or its time is wrong.
    """
    access = (await accesses(ctx)).get(bank.code)
    if access is None:
        raise NotAllowed(_CLOSED)
    if access.sources and not _within(ctx.address, access.sources):
        raise NotAllowed(_ELSEWHERE)
    timestamp, signature = headers
    try:
        check_signature(
            body,
            timestamp=timestamp,
            signature=signature,
            secrets=access.secrets,
            now=ctx.now,
        )
    except Malformed as forged:
        raise NotAllowed(forged.sentence) from forged


def _within(address: str, sources: Sequence[str]) -> bool:
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in ip_network(one) for one in sources)
