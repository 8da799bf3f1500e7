"""The JSON interface: what other systems of citizens and agencies may ask and file.

It knows no session: whoever calls is a stranger, and acts for the person whom
the request names. The same key in ``Idempotency-Key`` is the same case.
"""

import re
from typing import Annotated, Any

import msgspec
from litestar import Router, get, post
from litestar.exceptions import ClientException
from litestar.params import FromPath, HeaderParameter, JSONBody

from core.api import Ctx, InvalidInput, Text, public
from kit.casework.applicant import applicant_of, questions
from kit.casework.declaration import Service
from kit.casework.service import reading
from kit.casework.service.catalogue import get_offered, offered
from kit.casework.service.filing import file_case
from kit.casework.service.timeline import timeline
from kit.forms import Place, json_schema, read_json

_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


class ServiceSummary(msgspec.Struct):
    """A service in the list."""

    code: str
    title: Text
    summary: Text
    within: str
    fee: str


class ServiceDescription(msgspec.Struct):
    """A service with the JSON Schemas of what it asks.

    ``applicant`` describes the person, ``answers`` the form of the service.
    """

    service: ServiceSummary
    applicant: dict[str, Any]
    answers: dict[str, Any]
    documents: list[str]


class Request(msgspec.Struct):
    """What is filed: the person and the answers, as the schemas of the service say."""

    applicant: dict[str, Any]
    answers: dict[str, Any]


class Receipt(msgspec.Struct):
    """The case that was filed: its number and the code under which it can be followed."""

    number: str
    track: str
    url: str


class Progress(msgspec.Struct):
    """Where a case stands; days as ISO 8601."""

    number: str
    service: str
    status: str
    label: Text
    complete_on: str | None
    due_on: str | None
    events: list[dict[str, str]]


def _summary(service: Service) -> ServiceSummary:
    return ServiceSummary(
        code=service.code,
        title=service.title,
        summary=service.summary,
        within=service.within.text.th,
        fee=service.fee.note.th,
    )


@get("/services", guards=[public])
async def list_services(ctx: Ctx) -> list[ServiceSummary]:
    """List the services that can be asked for now."""
    return [_summary(service) for service in (await offered(ctx)).values()]


@get("/services/{code:str}", guards=[public])
async def describe_service(ctx: Ctx, code: FromPath[str]) -> ServiceDescription:
    """Describe one service, with the JSON Schemas of its form."""
    service = await get_offered(ctx, code)
    return ServiceDescription(
        service=_summary(service),
        applicant=json_schema(questions(service.applying)),
        answers=json_schema(service.form),
        documents=[one.code for one in service.documents],
    )


@post("/services/{code:str}/cases", guards=[public], exclude_from_csrf=True)
async def file_by_json(
    ctx: Ctx,
    code: FromPath[str],
    data: JSONBody[Request],
    key: Annotated[str, HeaderParameter(name="Idempotency-Key")],
) -> Receipt:
    """File a case. Sent again with the same key, it answers with the same case."""
    if not _KEY.fullmatch(key):
        raise ClientException("Idempotency-Key: 8 to 64 letters, digits, - or _")
    service = await get_offered(ctx, code)
    place = Place.of(ctx)
    person = read_json(questions(service.applying), data.applicant, place)
    answers = read_json(service.form, data.answers, place)
    problems = {f"applicant.{name}": text for name, text in person.problems.items()}
    problems |= {f"answers.{name}": text for name, text in answers.problems.items()}
    if problems:
        raise InvalidInput(problems)
    filed = await file_case(
        ctx,
        service=service,
        applicant=applicant_of(person.values, None),
        answers=answers.values,
        key=f"api/{key}",
        channel="api",
    )
    return Receipt(number=filed.number, track=filed.track, url=f"{ctx.origin}/t/{filed.track}")


@get("/cases/{track:str}", guards=[public])
async def follow_case(ctx: Ctx, track: FromPath[str]) -> Progress:
    """Tell where a case stands, to who holds its code."""
    view = await reading.view_as_citizen(ctx, await reading.find_tracked(ctx, track))
    return Progress(
        number=view.number,
        service=view.service.code,
        status=view.status,
        label=view.label,
        complete_on=view.complete_on.isoformat() if view.complete_on else None,
        due_on=view.clock.due_on.isoformat() if view.clock.due_on else None,
        events=[
            {"title": one.title, "at": one.at, "state": one.state} for one in timeline(ctx, view)
        ],
    )


router = Router(
    "/api",
    route_handlers=[list_services, describe_service, file_by_json, follow_case],
    include_in_schema=True,
    tags=["casework"],
)
