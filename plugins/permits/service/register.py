"""The register: permits as they are issued, found again by their number."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.api import Context, NotFound, Text, add, audit, transaction
from kit.casework import Request, Status, read_request
from kit.documents import papers_of
from kit.geo import Address
from kit.thai import ascii_digits, local
from plugins.permits.rules.asked import asked_of
from plugins.permits.rules.ways import BUILD, SMALL
from plugins.permits.service.plans import plans_in_force
from plugins.permits.tables.register import Permit

_NO_PERMIT = Text(
    "ไม่พบใบอนุญาตเลขที่นี้ ตรวจเลขที่บนใบอนุญาต เช่น 12/2569",
    "There is no permit of this number. Check it on the permit, e.g. 12/2569.",
)


async def follow(ctx: Context, case: UUID, service: str, status: str) -> None:
    """Enter the permit that was issued in a case; told again it is entered once."""
    if service not in (SMALL, BUILD) or status != Status.ISSUED:
        return
    async with transaction(ctx):
        request = await read_request(ctx, case)
        for paper in await papers_of(ctx, f"case/{case}"):
            if paper["id"] == request.paper:
                await _enter(ctx, await _row(ctx, request, paper))


async def _enter(ctx: Context, row: Mapping[str, Any]) -> None:
    if await add(Permit, row, unless=("tenant_id", "case_id")):
        subject = f"permit/{row['case_id']}"
        await audit.record(ctx, "permits.permit.entered", subject, number=row["number"])


async def follow_revoked(ctx: Context, paper: UUID) -> None:
    """Note that the paper of a permit was taken back; of another paper nothing follows."""
    async with transaction(ctx):
        revoked = (
            await Permit.update({Permit.state: "revoked", Permit.changed_at: ctx.now})
            .where(Permit.of(ctx), Permit.paper == paper, Permit.state != "revoked")
            .returning(Permit.case_id)
        )
        for row in revoked:
            await audit.record(ctx, "permits.permit.revoked", f"permit/{row['case_id']}")


async def _row(ctx: Context, request: Request, paper: Mapping[str, Any]) -> dict[str, Any]:
    answers, applicant = request.answers, request.applicant
    issued_on = local(paper["issued_at"]).date()
    plans = await plans_in_force(ctx, issued_on)
    asked = asked_of(answers, plans)
    site = Address(**answers["site"])
    holder = answers.get("owner_name") or answers.get("company_name") or applicant.name
    return {
        "tenant_id": ctx.tenant.id,
        "case_id": request.id,
        "paper": paper["id"],
        "number": paper["number"],
        "service": request.service,
        "work": asked.work or "",
        "use": asked.use or "",
        "storeys": asked.storeys or 0,
        "area": asked.area or Decimal(0),
        "holder": holder,
        "phone": applicant.phone or "",
        "account": applicant.account,
        "subdistrict": site.subdistrict,
        "place": site.one_line("th"),
        "deed": asked.deed,
        "plan": asked.plan.code if asked.plan else "",
        "pin": answers.get("pin"),
        "plot": answers.get("plot"),
        "fee": request.found.fee,
        "issued_on": issued_on,
        "until": request.found.paper.last_day(issued_on) or issued_on,
        "renewed": 0,
        # It may have been taken back before this is told.
        "state": "revoked" if paper["revoked_at"] else "valid",
        "changed_at": ctx.now,
    }


async def get_permit(ctx: Context, typed: str) -> dict[str, Any]:
    """Return a permit by its number as it was typed.

    :raises NotFound: there is none.
    """
    number = ascii_digits("".join(typed.split()))
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Permit.select()
            .where(Permit.of(ctx), Permit.number == number[:20])
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(_NO_PERMIT)
    return row


async def read_permit(ctx: Context, case: UUID) -> dict[str, Any]:
    """Return the permit that was issued in a case; its holder sees there who read it.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Permit.select()
            .where(Permit.of(ctx), Permit.case_id == case)
            .first()
            .output(load_json=True)
        )
        if row is None:
            raise NotFound(
                Text(
                    "ไม่พบใบอนุญาตนี้ กลับไปที่ทะเบียนแล้วค้นอีกครั้ง",
                    "There is no such permit. Go back to the register and search again.",
                )
            )
        await audit.record(ctx, "permits.permit.read", f"case/{case}", owner=row["account"])
    return row
