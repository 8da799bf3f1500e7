"""The paper that a case or a service would end in, for who has not signed it yet."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from core.api import Actor, Context, Text, new_id
from kit import documents
from kit.casework.applicant import applicant_of, seal_answers
from kit.casework.declaration import Service
from kit.casework.service.acting import Open
from kit.casework.service.granting import approval
from kit.casework.tables import Case
from kit.thai import buddhist_year

_SAMPLE = Text("ตัวอย่าง", "Sample")
# A sample bears nobody's name: it could be taken for a paper that was signed.
_NOBODY = Actor(
    kind="officer",
    name=Text("ชื่อผู้ลงนาม", "name of who signs").th,
    post=Text("ตำแหน่งผู้ลงนาม", "post").th,
)


async def sample_paper(ctx: Context, service: Service, values: Mapping[str, Any]) -> bytes:
    """Return the paper of an approval as a PDF file; nothing is filed, numbered or kept.

    It has no code to verify it by, nobody's name under it, and says that it is a sample.

    :param service: whose paper is one of the kit's own.
    :param values: answers to the questions about the person and to the form.
    """
    nobody = replace(ctx, actor=_NOBODY)
    return await paper_before_signing(nobody, Open(_case(ctx, service, values), service), _SAMPLE)


async def paper_before_signing(ctx: Context, opened: Open, mark: Text) -> bytes:
    """Return the paper of an approval as a PDF file, as the actor would sign it, and not signed.

    Nothing is numbered or kept, and it has no code to verify it by.

    :param mark: what stands on it beside its title, and in place of its number.
    """
    template, make = await approval(ctx, opened)
    paper = make(documents.stamp(ctx, number=mark.th, verify=None))
    unsigned = msgspec.structs.replace(paper.signer, signed="") if paper.signer else None
    said = "subject" if isinstance(paper, documents.Decision) else "title"
    marked = {said: f"{getattr(paper, said)} ({mark.th})", "signer": unsigned}
    return await documents.print_at_once(ctx, template, msgspec.structs.replace(paper, **marked))


def _case(ctx: Context, service: Service, values: Mapping[str, Any]) -> Case:
    id = new_id()
    applicant = applicant_of(values, None)
    answers = {one.name: values[one.name] for one in service.form if one.name in values}
    # What no paper shows of a case is left out.
    return Case(
        _ignore_missing=True,
        tenant_id=ctx.tenant.id,
        id=id,
        number=1,
        year=buddhist_year(ctx.today),
        applicant_name=applicant.name,
        phone=applicant.phone,
        filed_at=ctx.now,
        answers=seal_answers(ctx, service.form, answers, id),
    )
