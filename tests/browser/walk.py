"""A way through every page that a person can open, with what makes each of them real.

A new route needs a line in :data:`WAY`, or the walk does not begin.
"""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any, NamedTuple

from playwright.async_api import Browser, BrowserContext

from tests.browser.people import CITIZEN, at_browser, sign_in
from tests.browser.preparing import prepared

# Not pages: files, a part of a page, answers for machines, what only leads on, and what is there
# while a plugin is off.
NO_PAGE = (
    "/api", "/assets/", "/static/", "/health", "/metrics", "/offline-worker.js",
    "/offline/token", "/language/", "/theme/", "/services/{code:str}/guide.pdf",
    "/t/{track:str}/files/", "/t/{track:str}/papers/", "/desk/cases/{case:uuid}/files/",
    "/desk/cases/{case:uuid}/papers/", "/desk/counter/cases/{case:uuid}/slip",
    "/desk/queue/{ticket:uuid}/slip", "/desk/counter/queue", "/logo/", "/desk/figures/",
    "/w/{code:str}/{number:int}/qr.png", "/desk/waste/runs/{run:uuid}/sheets/",
    "/desk/waste/rounds/list.pdf",
    "/apply/{draft:uuid}/uploads/", "/t/{track:str}/uploads/", "/desk/cases/{case:uuid}/draft.pdf",
    "/b/{code:str}/", "/my/receipts/", "/desk/receipts/{receipt:uuid}/",
    "/desk/till/{day:uuid}/slip.pdf", "/desk/treasury/export/", "/desk/waste/letters/",
    "/desk/waste/demands/{run:uuid}/files/", "/desk/food/inspections/{inspection:uuid}/",
    "/desk/treasury/agreements/{agreement:uuid}/agreement.pdf",
    "/permits/plans/{code:str}/{number:int}/", "/desk/permits/plans/{code:str}/{number:int}/",
    "/permits/renew", "/permits/register.csv", "/permits/register.geojson",
    "/desk/permits/register.csv", "/desk/permits/register.geojson",
    "/desk/permits/inspections/{inspection:uuid}/photos/",
    "/desk/permits/inspections/{inspection:uuid}/record.pdf",
    "/desk/permits/orders/{order:uuid}/letter.pdf",
    "/desk/food/orders/{order:uuid}/letter.pdf",
    "/desk/food/places.csv", "/desk/food/places.geojson", "/food/places.csv",
    "/food/places.geojson", "/desk/food/places/{id:uuid}/papers/",
    "/my/food/{id:uuid}/papers/", "/desk/food/import/{file:uuid}/report.csv",
    "/desk/food/letters/{run:uuid}/",
    "/desk/eoffice/letters/{letter:uuid}/files/",
    "/desk/eoffice/letters/{letter:uuid}/sheet.pdf", "/desk/eoffice/drafts/{letter:uuid}/draft.pdf",
    "/desk/eoffice/registers/{register:str}/{year:int}/register.pdf", "/exchange/eoffice",
    "/desk/kept/", "/eoffice/given/{track:str}/",
    "/recycling/prices.csv", "/recycling/kept.csv", "/my/recycling/statement.pdf",
    "/my/recycling/tickets/{ticket:uuid}/", "/desk/recycling/tickets/{ticket:uuid}/photos/",
    "/desk/recycling/tickets/{ticket:uuid}/ticket.pdf",
    "/desk/recycling/members/{member:uuid}/statement.pdf", "/desk/recycling/calls/{call:uuid}/",
    "/desk/eoffice/keeping/exports/{export:uuid}/", "/desk/eoffice/keeping/stored/{year:int}/",
    "/desk/eoffice/keeping/handovers/{handover:uuid}/list.pdf",
    "/desk/eoffice/keeping/lists/{disposal:uuid}/list.pdf",
    "/desk/eoffice/keeping/loans/{loan:uuid}/card.pdf",
    "/disaster/situation.json", "/desk/disaster/board/stream",
    "/desk/disaster/events/{event:uuid}/notices/", "/desk/disaster/import/{file:uuid}/report.csv",
    "/desk/disaster/shelters/{shelter:uuid}/given/", "/desk/disaster/batches/{batch:uuid}/bank.csv",
    "/desk/disaster/claims/{claim:uuid}/certificates/",
    "/desk/disaster/claims/{claim:uuid}/photos/",
    "/open311/", "/incidents.csv", "/incidents.geojson", "/incidents/r/{code:str}/photos/",
    "/incidents/t/{track:str}/photos/", "/desk/incidents/{report:uuid}/photos/",
    "/desk/operator/figures/national.",
    "/desk/incidents/assets/labels.pdf", "/desk/incidents/import/{file:uuid}/report.csv",
    "/catalog/repository/", "/catalog/feed.", "/catalog/{plugin:str}/badge.svg",
    "/desk/curation/{submission:uuid}/files/",
    "/desk/curation/{submission:uuid}/reports/", "/desk/curation/{submission:uuid}/package.zip",
    "/desk/curation/signing/{role:str}/",
)  # fmt: skip

# Who opens which page: of Mae Hia, where no other municipality stands behind an @. A name in braces
# is one of the values that :func:`prepared` returns; a page whose name has several values is opened
# for each.
WAY: Mapping[str, tuple[tuple[str, str], ...]] = {
    "/": (("stranger", "/"), ("citizen", "/")),
    "/account": (("citizen", "/account"), ("registry", "/account")),
    "/account/contact": (("citizen", "/account/contact"),),
    "/account/contact/code": (("stranger", ""), ("citizen", "/account/contact/code")),
    "/account/password": (("citizen", "/account/password"),),
    "/apply/{draft:uuid}/{number:int}": (("citizen", "{apply}"),),
    "/appointments": (("stranger", "/appointments"), ("stranger", "{day}")),
    "/appointments/{code:str}": (("stranger", "{appointment}"),),
    "/appointments/{code:str}/move": (("stranger", "{appointment}/move"),),
    "/b": (("stranger", "/b"), ("stranger", "/b?code=12"), ("stranger", "/b/2222-2222-2222")),
    "/b/{code:str}": (("stranger", "/b/{bill}"), ("citizen", "/b/{bill_of_citizen}")),
    "/catalog": (
        ("stranger@dga", "/catalog"),
        ("stranger@dga", "/catalog?q=ไม่มีปลั๊กอินนี้"),
    ),
    "/catalog/{plugin:str}": (("stranger@dga", "/catalog/{approved}"),),
    "/desk": (("registry", "/desk"),),
    "/desk/announcements": (("administrator", "/desk/announcements"),),
    "/desk/announcements/{announcement:uuid}": (
        ("administrator", "/desk/announcements/{announcement}"),
    ),
    "/desk/appointments": (("registry", "/desk/appointments"),),
    "/desk/audit": (("administrator", "/desk/audit"),),
    "/desk/bank": (("treasury", "/desk/bank"),),
    "/desk/bank/access": (("administrator", "/desk/bank/access"),),
    "/desk/bank/{file:uuid}": (("treasury", "{bank_file}"),),
    "/desk/bills": (
        ("treasury", "/desk/bills"),
        ("treasury", "/desk/bills?only=overdue"),
        ("treasury", "/desk/bills?q=ไม่มีใครชื่อนี้"),
        ("treasury", "/desk/bills?q=999999999999"),
    ),
    "/desk/bills/{bill:uuid}": (
        ("treasury", "/desk/bills/{any_bill}"),
        ("clerk", "/desk/bills/{owed_bill}"),
    ),
    "/desk/bills/{bill:uuid}/take": (
        ("treasury", "/desk/bills/{owed_bill}/take"),
        ("treasury", "/desk/bills/{paid_bill}/take"),
    ),
    "/desk/calendar": (("administrator", "/desk/calendar"),),
    "/desk/cases": (
        ("registry", "/desk/cases"),
        ("mayor", "/desk/cases"),
        ("officer", "/desk/cases?q=ไม่มีเรื่องนี้"),
    ),
    "/desk/cases/{case:uuid}": (
        ("registry", "/desk/cases/{case}"),
        ("officer", "/desk/cases/{running}"),
        ("clerk", "/desk/cases/{running}"),
        ("mayor", "/desk/cases/{deciding}"),
    ),
    "/desk/cases/{case:uuid}/papers/{paper:uuid}/revoke": (("mayor", "{paper}/revoke"),),
    "/desk/counter": (("registry", "/desk/counter"), ("registry", "/desk/counter?service=03")),
    "/desk/counter/cases/{case:uuid}": (("registry", "/desk/counter/cases/{received}"),),
    "/desk/curation": (("officer@dga", "/desk/curation"), ("director@dga", "/desk/curation")),
    "/desk/curation/failures": (("director@dga", "/desk/curation/failures"),),
    "/desk/curation/new": (("officer@dga", "/desk/curation/new"),),
    "/desk/curation/publisher": (("officer@dga", "/desk/curation/publisher"),),
    "/desk/curation/hand-over": (("director@dga", "/desk/curation/hand-over"),),
    "/desk/curation/signing": (("director@dga", "/desk/curation/signing"),),
    "/desk/curation/{submission:uuid}": (
        ("officer@dga", "/desk/curation/{submission}"),
        ("director@dga", "/desk/curation/{submission}"),
    ),
    "/desk/curation/{submission:uuid}/changes": (
        ("director@dga", "/desk/curation/{submission}/changes"),
    ),
    "/desk/curation/{submission:uuid}/checklist": (
        ("director@dga", "/desk/curation/{submission}/checklist"),
    ),
    "/desk/curation/{submission:uuid}/stop": (
        ("director@dga", "/desk/curation/{submission}/stop"),
    ),
    "/desk/eoffice/figures": (("clerk", "/desk/eoffice/figures"),),
    "/desk/eoffice/figures/{code:str}": (("clerk", "/desk/eoffice/figures/keep.ordinary"),),
    "/desk/eoffice/figures/{code:str}/set": (("clerk", "/desk/eoffice/figures/keep.ordinary/set"),),
    "/desk/eoffice/keeping": (("registry", "/desk/eoffice/keeping"),),
    "/desk/eoffice/keeping/exports": (("registry", "/desk/eoffice/keeping/exports"),),
    "/desk/eoffice/keeping/exports/new": (("registry", "/desk/eoffice/keeping/exports/new"),),
    "/desk/eoffice/figures/{code:str}/{number:int}/withdraw": (
        ("clerk", "/desk/eoffice/figures/keep.ordinary/1/withdraw"),
    ),
    "/desk/eoffice/keeping/handovers": (
        ("registry", "/desk/eoffice/keeping/handovers"),
        ("registry", "/desk/eoffice/keeping/handovers?unit=clerk"),
    ),
    "/desk/eoffice/keeping/handovers/{handover:uuid}": (
        ("registry", "/desk/eoffice/keeping/handovers/{handover}"),
    ),
    "/desk/eoffice/keeping/handovers/{handover:uuid}/{act:str}": (
        ("registry", "/desk/eoffice/keeping/handovers/{handover}/take"),
        ("registry", "/desk/eoffice/keeping/handovers/{handover}/back"),
    ),
    "/desk/eoffice/keeping/lists/{disposal:uuid}": (
        ("registry", "/desk/eoffice/keeping/lists/{disposal}"),
    ),
    "/desk/eoffice/keeping/lists/{disposal:uuid}/{act:str}": (
        ("registry", "/desk/eoffice/keeping/lists/{disposal}/appoint"),
    ),
    "/desk/eoffice/keeping/loans/{loan:uuid}/{act:str}": (
        ("mayor", "/desk/eoffice/keeping/loans/{loan}/allow"),
        ("mayor", "/desk/eoffice/keeping/loans/{loan}/refuse"),
    ),
    "/desk/eoffice/letters/{letter:uuid}/keeping": (
        ("registry", "/desk/eoffice/letters/{old_letter}/keeping"),
    ),
    "/desk/eoffice/letters/{letter:uuid}/keeping/{act:str}": (
        ("registry", "/desk/eoffice/letters/{old_letter}/keeping/class"),
        ("registry", "/desk/eoffice/letters/{old_letter}/keeping/hold"),
        ("registry", "/desk/eoffice/letters/{old_letter}/keeping/audit"),
        ("registry", "/desk/eoffice/letters/{old_letter}/keeping/place"),
        ("registry", "/desk/eoffice/letters/{old_letter}/keeping/lend"),
    ),
    "/desk/eoffice/letters/{letter:uuid}/keeping/lift/{hold:uuid}": (
        ("registry", "/desk/eoffice/letters/{old_letter}/keeping/lift/{hold}"),
    ),
    "/desk/eoffice/keeping/holds": (("registry", "/desk/eoffice/keeping/holds"),),
    "/desk/eoffice/keeping/lists": (
        ("registry", "/desk/eoffice/keeping/lists"),
        ("mayor", "/desk/eoffice/keeping/lists"),
    ),
    "/desk/eoffice/keeping/loans": (
        ("registry", "/desk/eoffice/keeping/loans"),
        ("mayor", "/desk/eoffice/keeping/loans?view=asked"),
    ),
    "/desk/eoffice/keeping/stored": (("registry", "/desk/eoffice/keeping/stored"),),
    "/desk/figures": (("mayor", "/desk/figures"), ("mayor", "/desk/figures?unit=works")),
    "/desk/disaster": (("director", "/desk/disaster"), ("treasury", "/desk/disaster")),
    "/desk/disaster/batches": (("treasury", "/desk/disaster/batches"),),
    "/desk/disaster/batches/{batch:uuid}": (("treasury", "/desk/disaster/batches/{batch}"),),
    "/desk/disaster/board": (("director", "/desk/disaster/board"),),
    "/desk/disaster/claims": (
        ("officer", "/desk/disaster/claims"),
        ("officer", "/desk/disaster/claims?state=paid&q=ไม่มีใครชื่อนี้"),
    ),
    "/desk/disaster/claims/new": (("officer", "/desk/disaster/claims/new"),),
    "/desk/disaster/claims/{claim:uuid}": (("director", "/desk/disaster/claims/{claim}"),),
    "/desk/disaster/claims/{claim:uuid}/account": (
        ("officer", "/desk/disaster/claims/{returned_claim}/account"),
    ),
    "/desk/disaster/claims/{claim:uuid}/inspect": (
        ("officer", "/desk/disaster/claims/{filed_claim}/inspect"),
    ),
    "/desk/disaster/claims/{claim:uuid}/refuse": (
        ("officer", "/desk/disaster/claims/{filed_claim}/refuse"),
    ),
    "/desk/disaster/events": (
        ("director", "/desk/disaster/events"),
        ("treasury", "/desk/disaster/events"),
    ),
    "/desk/disaster/events/new": (("director", "/desk/disaster/events/new"),),
    "/desk/disaster/events/{event:uuid}": (("director", "/desk/disaster/events/{disaster}"),),
    "/desk/disaster/events/{event:uuid}/zones/new": (
        ("director", "/desk/disaster/events/{disaster}/zones/new"),
    ),
    "/desk/disaster/events/{event:uuid}/zones/{zone:uuid}": (("director", "{disaster_zone}"),),
    "/desk/disaster/figures": (("director", "/desk/disaster/figures"),),
    "/desk/disaster/figures/{code:str}": (("director", "/desk/disaster/figures/weight.elderly"),),
    "/desk/disaster/figures/{code:str}/set": (
        ("director", "/desk/disaster/figures/living.flat/set"),
    ),
    "/desk/disaster/figures/{code:str}/{number:int}/withdraw": (
        ("director", "/desk/disaster/figures/weight.elderly/1/withdraw"),
    ),
    "/desk/disaster/households": (
        ("officer", "/desk/disaster/households"),
        ("officer", "/desk/disaster/households?q=ไม่มีใครชื่อนี้&flag=infant"),
    ),
    "/desk/disaster/households/new": (("officer", "/desk/disaster/households/new"),),
    "/desk/disaster/households/{household:uuid}": (
        ("officer", "/desk/disaster/households/{vulnerable}"),
    ),
    "/desk/disaster/households/{household:uuid}/change": (
        ("officer", "/desk/disaster/households/{vulnerable}/change"),
    ),
    "/desk/disaster/import": (("officer", "/desk/disaster/import"),),
    "/desk/disaster/import/{file:uuid}": (("officer", "/desk/disaster/import/{households_file}"),),
    "/desk/disaster/requests": (("director", "/desk/disaster/requests"),),
    "/desk/disaster/requests/new": (("officer", "/desk/disaster/requests/new"),),
    "/desk/disaster/requests/{asked:uuid}": (
        ("director", "/desk/disaster/requests/{help_request}"),
    ),
    "/desk/disaster/requests/{asked:uuid}/points": (
        ("director", "/desk/disaster/requests/{open_request}/points"),
    ),
    "/desk/disaster/resolutions/{event:uuid}": (
        ("director", "/desk/disaster/resolutions/{disaster}"),
    ),
    "/desk/disaster/rounds/{team:uuid}": (("officer", "/desk/disaster/rounds/{team}"),),
    "/desk/disaster/rounds/{team:uuid}/{asked:uuid}": (("officer", "{team_request}"),),
    "/desk/disaster/shelters": (("director", "/desk/disaster/shelters"),),
    "/desk/disaster/shelters/new": (("director", "/desk/disaster/shelters/new"),),
    "/desk/disaster/shelters/{shelter:uuid}": (("director", "/desk/disaster/shelters/{shelter}"),),
    "/desk/disaster/shelters/{shelter:uuid}/give": (
        ("officer", "/desk/disaster/shelters/{shelter}/give"),
    ),
    "/desk/disaster/shelters/{shelter:uuid}/stays/new": (
        ("officer", "/desk/disaster/shelters/{shelter}/stays/new"),
    ),
    "/desk/disaster/shelters/{shelter:uuid}/stock/new": (
        ("officer", "/desk/disaster/shelters/{shelter}/stock/new"),
    ),
    "/desk/disaster/shelters/{shelter:uuid}/stock/{thing:uuid}": (("officer", "{stock}"),),
    "/desk/disaster/teams": (("director", "/desk/disaster/teams"),),
    "/desk/disaster/teams/new": (("director", "/desk/disaster/teams/new"),),
    "/desk/eoffice": (("mayor", "/desk/eoffice"), ("registry", "/desk/eoffice")),
    "/desk/eoffice/arrivals": (("registry", "/desk/eoffice/arrivals"),),
    "/desk/eoffice/arrivals/{letter:uuid}": (("registry", "/desk/eoffice/arrivals/{arrived}"),),
    "/desk/eoffice/certificate": (("mayor", "/desk/eoffice/certificate"),),
    "/desk/eoffice/drafts/new": (
        ("officer", "/desk/eoffice/drafts/new"),
        ("officer", "/desk/eoffice/drafts/new?kind=external"),
        ("officer", "/desk/eoffice/drafts/new?kind=minutes"),
    ),
    "/desk/eoffice/drafts/{letter:uuid}": (("officer", "/desk/eoffice/drafts/{draft}"),),
    "/desk/eoffice/letters/{letter:uuid}": (
        ("mayor", "/desk/eoffice/letters/{letter}"),
        ("registry", "/desk/eoffice/letters/{letter}"),
    ),
    "/desk/eoffice/overview": (("mayor", "/desk/eoffice/overview"),),
    "/desk/eoffice/petitions/{case:uuid}": (("registry", "/desk/eoffice/petitions/{case}"),),
    "/desk/eoffice/registers": (("registry", "/desk/eoffice/registers"),),
    "/desk/eoffice/registers/{register:str}": (
        ("registry", "/desk/eoffice/registers/receive"),
        ("registry", "/desk/eoffice/registers/send"),
        ("registry", "/desk/eoffice/registers/order"),
    ),
    "/desk/eoffice/registers/{register:str}/reserve": (
        ("registry", "/desk/eoffice/registers/send/reserve"),
    ),
    "/desk/eoffice/registers/{register:str}/{year:int}/{number:int}/void": (
        ("registry", "/desk/eoffice/registers/send/{reserved}/void"),
    ),
    "/desk/eoffice/search": (
        ("mayor", "/desk/eoffice/search"),
        ("mayor", "/desk/eoffice/search?q=น้ำท่วม"),
    ),
    "/desk/eoffice/settings": (("clerk", "/desk/eoffice/settings"),),
    "/desk/eoffice/settings/agencies/new": (("clerk", "/desk/eoffice/settings/agencies/new"),),
    "/desk/eoffice/settings/agencies/{agency:uuid}": (
        ("clerk", "/desk/eoffice/settings/agencies/{agency}"),
    ),
    "/desk/eoffice/settings/petitions": (("clerk", "/desk/eoffice/settings/petitions"),),
    "/desk/eoffice/settings/channels/{code:str}": (
        ("clerk", "/desk/eoffice/settings/channels/ecms"),
        ("clerk", "/desk/eoffice/settings/channels/email"),
    ),
    "/desk/eoffice/settings/codes/{unit:str}": (("clerk", "/desk/eoffice/settings/codes/office"),),
    "/desk/eoffice/settings/garuda": (("clerk", "/desk/eoffice/settings/garuda"),),
    "/desk/food/inspect": (("officer", "/desk/food/inspect"),),
    "/desk/food/inspect/{place:uuid}": (("officer", "/desk/food/inspect/{kitchen}"),),
    "/desk/food/inspections/{inspection:uuid}": (("officer", "{kitchen_record}"),),
    "/desk/food/fees": (("treasury", "/desk/food/fees"), ("officer", "/desk/food/fees")),
    "/desk/food/fees/bands": (("treasury", "/desk/food/fees/bands"),),
    "/desk/food/fees/days": (("treasury", "/desk/food/fees/days"),),
    "/desk/food/fees/unpaid": (
        ("treasury", "/desk/food/fees/unpaid"),
        ("officer", "/desk/food/fees/unpaid?only=stop"),
    ),
    "/desk/food/fees/waivers/new": (("treasury", "/desk/food/fees/waivers/new"),),
    "/desk/food/import": (("officer", "/desk/food/import"),),
    "/desk/food/import/{file:uuid}": (("officer", "/desk/food/import/{food_file}"),),
    "/desk/food/letters": (("officer", "/desk/food/letters"), ("mayor", "/desk/food/letters")),
    "/desk/food/letters/new": (("officer", "/desk/food/letters/new"),),
    "/desk/food/letters/{run:uuid}": (
        ("officer", "/desk/food/letters/{food_letters}"),
        ("mayor", "/desk/food/letters/{food_letters}"),
    ),
    "/desk/food/reminders": (("director", "/desk/food/reminders"),),
    "/desk/food/orders": (
        ("mayor", "/desk/food/orders"),
        ("officer", "/desk/food/orders?view=closed"),
    ),
    "/desk/food/orders/new": (
        ("mayor", "/desk/food/orders/new"),
        ("mayor", "/desk/food/orders/new?after={food_order}"),
    ),
    "/desk/food/orders/{order:uuid}": (
        ("mayor", "/desk/food/orders/{food_order}"),
        ("officer", "/desk/food/orders/{food_order}"),
    ),
    "/desk/food/orders/{order:uuid}/close": (("mayor", "/desk/food/orders/{food_order}/close"),),
    "/desk/food/orders/{order:uuid}/served": (
        ("officer", "/desk/food/orders/{food_order}/served"),
    ),
    "/desk/food/places/{place:uuid}/handlers": (("officer", "{food_people}"),),
    "/desk/food/places/{place:uuid}/handlers/new": (("officer", "{food_people}/new"),),
    "/desk/food/places/{place:uuid}/handlers/{handler:uuid}": (("officer", "{food_person}"),),
    "/desk/food/places/{place:uuid}/handlers/{handler:uuid}/left": (
        ("officer", "{food_person}/left"),
    ),
    "/desk/food/map": (
        ("director", "/desk/food/map"),
        ("officer", "/desk/food/map?state=expired&at=18.7412,98.95&near=1"),
    ),
    "/desk/food/places": (
        ("director", "/desk/food/places"),
        ("officer", "/desk/food/places?q=ไม่มีร้านนี้"),
    ),
    "/desk/food/places/new": (("director", "/desk/food/places/new"),),
    "/desk/food/places/positions": (("administrator", "/desk/food/places/positions"),),
    "/desk/food/places/{id:uuid}": (("director", "/desk/food/places/{food_place}"),),
    "/desk/food/places/{id:uuid}/correct": (
        ("director", "/desk/food/places/{food_place}/correct"),
    ),
    "/desk/food": (("director", "/desk/food"),),
    "/desk/food/requests": (("officer", "/desk/food/requests"),),
    "/desk/food_cert/figures": (("director", "/desk/food_cert/figures"),),
    "/desk/food_cert/figures/{code:str}": (("director", "/desk/food_cert/figures/complaint.days"),),
    "/desk/food_cert/figures/{code:str}/set": (
        ("director", "/desk/food_cert/figures/area.most/set"),
    ),
    "/desk/food_cert/figures/{code:str}/{number:int}/withdraw": (
        ("director", "/desk/food_cert/figures/complaint.days/1/withdraw"),
    ),
    "/desk/messages": (("administrator", "/desk/messages"),),
    "/desk/catalog": (("administrator", "/desk/catalog"),),
    "/desk/catalog/{name:str}": (("administrator", "/desk/catalog/{approved}"),),
    "/desk/modules": (("administrator", "/desk/modules"),),
    "/desk/modules/{name:str}": (
        ("administrator", "/desk/modules/oss"),
        ("administrator", "/desk/modules/casework"),
    ),
    "/desk/modules/{name:str}/settings": (("administrator", "/desk/modules/oss/settings"),),
    "/desk/modules/{name:str}/switch": (
        ("administrator", "/desk/modules/food_cert/switch?on=no"),
        ("administrator", "/desk/modules/eoffice/switch?on=yes"),
    ),
    "/desk/support": (("administrator", "/desk/support"),),
    "/desk/support/{access:uuid}": (("administrator", "/desk/support/{support}"),),
    "/desk/trace": (
        ("administrator", "/desk/trace"),
        ("administrator", "/desk/trace?path=/desk"),
    ),
    "/desk/my-figures": (("officer", "/desk/my-figures"),),
    "/desk/office": (("administrator", "/desk/office"),),
    "/desk/office/units": (("administrator", "/desk/office/units"),),
    "/desk/operator/support": (("administrator@dga", "/desk/operator/support"),),
    "/desk/operator/support/{access:uuid}": (
        ("administrator@dga", "/desk/operator/support/{support}"),
    ),
    "/desk/operator/tenants": (
        ("administrator@dga", "/desk/operator/tenants"),
        ("administrator@dga", "/desk/operator/tenants?q=ไม่มีหน่วยงานนี้"),
    ),
    "/desk/operator/tenants/{tenant:str}/support": (
        ("administrator@dga", "/desk/operator/tenants/yala/support"),
    ),
    "/desk/operator/announcements": (("administrator@dga", "/desk/operator/announcements"),),
    "/desk/operator/announcements/new": (
        ("administrator@dga", "/desk/operator/announcements/new"),
    ),
    "/desk/operator/announcements/{announcement:uuid}": (
        ("administrator@dga", "/desk/operator/announcements/{announcement}"),
    ),
    "/desk/operator/figures": (
        ("administrator@dga", "/desk/operator/figures"),
        ("administrator@dga", "/desk/operator/figures?year=2569"),
    ),
    "/desk/operator/figures/services/{service:str}": (("administrator@dga", "{figure}"),),
    "/desk/operator/health": (("administrator@dga", "/desk/operator/health"),),
    "/desk/operator/offices": (("administrator@dga", "/desk/operator/offices"),),
    "/desk/operator/tenants/new": (
        ("administrator@dga", "/desk/operator/tenants/new?code=05730201"),
    ),
    "/desk/operator/tenants/{tenant:str}": (
        ("administrator@dga", "/desk/operator/tenants/maehia"),
    ),
    "/desk/people": (("administrator", "/desk/people"),),
    "/desk/people/new": (("administrator", "/desk/people/new"),),
    "/desk/people/roles": (("administrator", "/desk/people/roles"),),
    "/desk/people/roles/new": (("administrator", "/desk/people/roles/new"),),
    "/desk/people/roles/{role:str}": (("administrator", "/desk/people/roles/registry"),),
    "/desk/people/{officer:uuid}": (("administrator", "/desk/people/{officer}"),),
    "/desk/people/{officer:uuid}/acting": (("administrator", "/desk/people/{officer}/acting"),),
    "/desk/people/{officer:uuid}/edit": (("administrator", "/desk/people/{officer}/edit"),),
    "/desk/permits": (("director", "/desk/permits"), ("officer", "/desk/permits")),
    "/desk/permits/map": (("director", "/desk/permits/map"),),
    "/desk/permits/register": (
        ("director", "/desk/permits/register"),
        ("director", "/desk/permits/register?q=ไม่มีใครชื่อนี้"),
    ),
    "/desk/permits/register/new": (("director", "/desk/permits/register/new"),),
    "/desk/permits/register/{case:uuid}": (("director", "/desk/permits/register/{permit}"),),
    "/desk/permits/reminders": (("director", "/desk/permits/reminders"),),
    "/desk/permits/requests": (("director", "/desk/permits/requests"),),
    "/desk/permits/fast": (("officer", "/desk/permits/fast"),),
    "/desk/permits/figures": (
        ("director", "/desk/permits/figures"),
        ("director", "/desk/permits/figures?only=unread"),
    ),
    "/desk/permits/figures/{code:str}": (
        ("director", "/desk/permits/figures/fast.pre_check_days"),
        ("director", "/desk/permits/figures/licence.engineer"),
    ),
    "/desk/permits/figures/{code:str}/set": (
        ("director", "/desk/permits/figures/fee.check.low/set?confirm=true"),
        ("director", "/desk/permits/figures/zoning/set"),
    ),
    "/desk/permits/figures/{code:str}/{number:int}/withdraw": (
        ("director", "/desk/permits/figures/fast.pre_check_days/1/withdraw"),
    ),
    "/desk/permits/inspect": (("officer", "/desk/permits/inspect"),),
    "/desk/permits/inspect/{case:uuid}": (("officer", "/desk/permits/inspect/{site}"),),
    "/desk/permits/inspections/{inspection:uuid}": (("officer", "{inspection}"),),
    "/desk/permits/orders": (
        ("mayor", "/desk/permits/orders"),
        ("officer", "/desk/permits/orders?view=closed"),
    ),
    "/desk/permits/orders/new": (("mayor", "/desk/permits/orders/new?after={stop}"),),
    "/desk/permits/orders/{order:uuid}": (("mayor", "/desk/permits/orders/{order}"),),
    "/desk/permits/orders/{order:uuid}/close": (("mayor", "/desk/permits/orders/{stop}/close"),),
    "/desk/permits/orders/{order:uuid}/served": (
        ("officer", "/desk/permits/orders/{stop}/served"),
    ),
    "/desk/permits/plans": (("director", "/desk/permits/plans"),),
    "/desk/permits/plans/new": (("director", "/desk/permits/plans/new"),),
    "/desk/permits/plans/{code:str}": (
        ("director", "/desk/permits/plans/dpt-84"),
        ("director", "/desk/permits/plans/dpt-45"),
    ),
    "/desk/permits/plans/{code:str}/change": (("director", "/desk/permits/plans/dpt-84/change"),),
    "/desk/permits/plans/{code:str}/withdraw": (
        ("director", "/desk/permits/plans/dpt-84/withdraw"),
    ),
    "/desk/queue": (("registry", "/desk/queue"),),
    "/desk/queue/{ticket:uuid}": (("registry", "{ticket}"),),
    "/desk/receipts": (
        ("treasury", "/desk/receipts"),
        ("treasury", "/desk/receipts?q=99999"),
        ("treasury", "/desk/receipts?day.day=31&day.month=2&day.year=2569"),
    ),
    "/desk/receipts/{receipt:uuid}": (
        ("treasury", "/desk/receipts/{receipt}?tendered=100000"),
        ("clerk", "/desk/receipts/{receipt}"),
    ),
    "/desk/reconciliation": (
        ("treasury", "/desk/reconciliation"),
        ("treasury", "/desk/reconciliation?day=2026-01-01"),
    ),
    "/desk/services": (("administrator", "/desk/services"),),
    "/desk/services/new": (("administrator", "/desk/services/new"),),
    "/desk/services/{own:uuid}/publish": (("administrator", "{own}/publish"),),
    "/desk/services/{own:uuid}/retire": (("administrator", "{own}/retire"),),
    "/desk/services/{own:uuid}/try": (("administrator", "{own}/try"),),
    "/desk/services/{own:uuid}/{section:str}": (("administrator", "{own}/{section}"),),
    "/desk/services/{own:uuid}/{section:str}/{part:str}": (
        ("administrator", "{own}/questions/add?of=choice"),
        ("administrator", "{own}/documents/add"),
        ("administrator", "{own}/steps/add"),
    ),
    "/desk/suspense": (
        ("treasury", "/desk/suspense"),
        ("treasury", "/desk/suspense?reason=wrong_biller"),
    ),
    "/desk/suspense/{payment:uuid}": (("treasury", "/desk/suspense/{suspended}"),),
    "/desk/treasury": (("administrator", "/desk/treasury"),),
    "/desk/till": (("treasury", "/desk/till"),),
    "/desk/till/cheque": (("treasury", "/desk/till/cheque"),),
    "/desk/till/{day:uuid}": (("treasury", "{till}"), ("director", "{till}")),
    "/desk/treasury/agreements": (("director", "/desk/treasury/agreements"),),
    "/desk/treasury/agreements/new": (
        ("director", "/desk/treasury/agreements/new?bill={free_bill}"),
        ("director", "/desk/treasury/agreements/new?bill={paid_bill}"),
    ),
    "/desk/treasury/agreements/{agreement:uuid}": (
        ("director", "/desk/treasury/agreements/{agreement}"),
        ("treasury", "/desk/treasury/agreements/{agreement}"),
    ),
    "/desk/treasury/arrears": (
        ("director", "/desk/treasury/arrears"),
        ("director", "/desk/treasury/arrears?age=over-365"),
    ),
    "/desk/treasury/arrears/{payer:uuid}": (("director", "/desk/treasury/arrears/{debtor}"),),
    "/desk/treasury/cheques": (("director", "/desk/treasury/cheques"),),
    "/desk/treasury/cheques/{payment:uuid}": (("director", "/desk/treasury/cheques/{cheque}"),),
    "/desk/treasury/day": (("director", "/desk/treasury/day"), ("treasury", "/desk/treasury/day")),
    "/desk/treasury/month": (("director", "/desk/treasury/month"),),
    "/desk/treasury/refunds": (("director", "/desk/treasury/refunds"),),
    "/desk/treasury/tills": (("director", "/desk/treasury/tills"),),
    "/desk/undelivered": (("administrator", "/desk/undelivered"),),
    "/desk/recycling": (
        ("officer@khrueng", "/desk/recycling"),
        ("director@khrueng", "/desk/recycling"),
    ),
    "/desk/recycling/calls": (("officer@khrueng", "/desk/recycling/calls"),),
    "/desk/recycling/capital": (("director@khrueng", "/desk/recycling/capital"),),
    "/desk/recycling/dividends": (("director@khrueng", "/desk/recycling/dividends"),),
    "/desk/recycling/figures": (("director@khrueng", "/desk/recycling/figures"),),
    "/desk/recycling/figures/{code:str}": (
        ("director@khrueng", "/desk/recycling/figures/co2.paper"),
    ),
    "/desk/recycling/figures/{code:str}/set": (
        ("director@khrueng", "/desk/recycling/figures/load.tolerance/set"),
    ),
    "/desk/recycling/figures/{code:str}/{number:int}/withdraw": (
        ("director@khrueng", "/desk/recycling/figures/dividend.share/1/withdraw"),
    ),
    "/desk/recycling/loads": (("officer@khrueng", "/desk/recycling/loads"),),
    "/desk/recycling/loads/of/{collector:uuid}": (
        ("officer@khrueng", "/desk/recycling/loads/of/{carrier}"),
    ),
    "/desk/recycling/loads/{load:uuid}": (("director@khrueng", "/desk/recycling/loads/{load}"),),
    "/desk/recycling/loads/{load:uuid}/settle": (
        ("director@khrueng", "/desk/recycling/loads/{odd_load}/settle"),
    ),
    "/desk/recycling/lots": (("officer@khrueng", "/desk/recycling/lots"),),
    "/desk/recycling/lots/new": (("officer@khrueng", "/desk/recycling/lots/new"),),
    "/desk/recycling/lots/{lot:uuid}": (("officer@khrueng", "/desk/recycling/lots/{lot}"),),
    "/desk/recycling/members": (
        ("officer@khrueng", "/desk/recycling/members"),
        ("officer@khrueng", "/desk/recycling/members?q=ไม่มีบ้านนี้"),
    ),
    "/desk/recycling/members/new": (("officer@khrueng", "/desk/recycling/members/new"),),
    "/desk/recycling/members/{member:uuid}": (
        ("officer@khrueng", "/desk/recycling/members/{household}"),
    ),
    "/desk/recycling/members/{member:uuid}/advance": (
        ("director@khrueng", "/desk/recycling/members/{household}/advance"),
    ),
    "/desk/recycling/members/{member:uuid}/change": (
        ("officer@khrueng", "/desk/recycling/members/{household}/change"),
    ),
    "/desk/recycling/members/{member:uuid}/weigh": (
        ("officer@khrueng", "/desk/recycling/members/{household}/weigh"),
    ),
    "/desk/recycling/members/{member:uuid}/withdraw": (
        ("treasury@khrueng", "/desk/recycling/members/{household}/withdraw"),
    ),
    "/desk/recycling/prices": (("director@khrueng", "/desk/recycling/prices"),),
    "/desk/recycling/prices/new": (("director@khrueng", "/desk/recycling/prices/new"),),
    "/desk/recycling/round": (("officer@khrueng", "/desk/recycling/round"),),
    "/desk/recycling/round/{call:uuid}": (("officer@khrueng", "/desk/recycling/round/{fetching}"),),
    "/desk/recycling/tickets/{ticket:uuid}": (
        ("officer@khrueng", "/desk/recycling/tickets/{my_sale}"),
    ),
    "/desk/recycling/tickets/{ticket:uuid}/void": (
        ("director@khrueng", "/desk/recycling/tickets/{my_sale}/void"),
    ),
    "/desk/waste": (("treasury", "/desk/waste"), ("treasury", "/desk/waste?q=ไม่มีจุดนี้")),
    "/desk/waste/demands": (("treasury", "/desk/waste/demands"),),
    "/desk/waste/demands/days": (("treasury", "/desk/waste/demands/days"),),
    "/desk/waste/demands/new": (("treasury", "/desk/waste/demands/new"),),
    "/desk/waste/demands/{run:uuid}": (
        ("treasury", "/desk/waste/demands/{demands}"),
        ("director", "/desk/waste/demands/{demands}"),
    ),
    "/desk/waste/import": (("treasury", "/desk/waste/import"),),
    "/desk/waste/kinds": (("treasury", "/desk/waste/kinds"),),
    "/desk/waste/kinds/new": (("treasury", "/desk/waste/kinds/new"),),
    "/desk/waste/kinds/{kind:str}/tariff": (
        ("treasury", "/desk/waste/kinds/waste/tariff"),
        ("treasury", "/desk/waste/kinds/water/tariff"),
    ),
    "/desk/waste/map": (
        ("treasury", "/desk/waste/map"),
        ("treasury", "/desk/waste/map?only=unpaid&at=18.7412,98.95&near=2"),
    ),
    "/desk/waste/points/new": (("treasury", "/desk/waste/points/new"),),
    "/desk/waste/points/{point:uuid}": (("treasury", "/desk/waste/points/{point}"),),
    "/desk/waste/points/{point:uuid}/change": (("treasury", "/desk/waste/points/{point}/change"),),
    "/desk/waste/points/{point:uuid}/close": (("treasury", "/desk/waste/points/{point}/close"),),
    "/desk/waste/points/{point:uuid}/job": (("treasury", "/desk/waste/points/{point}/job"),),
    "/desk/waste/points/{point:uuid}/privileges": (
        ("treasury", "/desk/waste/points/{point}/privileges"),
    ),
    "/desk/waste/points/{point:uuid}/privileges/{privilege:uuid}": (("treasury", "{privilege}"),),
    "/desk/waste/points/{point:uuid}/readings": (
        ("treasury", "/desk/waste/points/{point}/readings"),
    ),
    "/desk/waste/requests": (("treasury", "/desk/waste/requests"),),
    "/desk/waste/rounds": (
        ("treasury", "/desk/waste/rounds"),
        ("treasury", "/desk/waste/rounds?q=หมู่"),
        ("treasury", "/desk/waste/rounds?q=ไม่มีบ้านนี้"),
        ("treasury", "/desk/waste/rounds?route=สาย 1"),
    ),
    "/desk/incidents": (
        ("director", "/desk/incidents?state="),
        ("mayor", "/desk/incidents?q=ไม่มีเรื่องนี้"),
    ),
    "/desk/incidents/assets": (
        ("director", "/desk/incidents/assets"),
        ("mayor", "/desk/incidents/assets?q=ไม่มีเสานี้"),
    ),
    "/desk/incidents/assets/new": (("director", "/desk/incidents/assets/new"),),
    "/desk/incidents/assets/{asset:uuid}": (("director", "/desk/incidents/assets/{pole}"),),
    "/desk/incidents/crew": (("director", "/desk/incidents/crew"),),
    "/desk/incidents/crew/{report:uuid}": (("director", "/desk/incidents/crew/{repair}"),),
    "/desk/incidents/figures": (("director", "/desk/incidents/figures"),),
    "/desk/incidents/figures/{code:str}": (("director", "/desk/incidents/figures/road.repair"),),
    "/desk/incidents/figures/{code:str}/set": (
        ("director", "/desk/incidents/figures/road.repair/set"),
    ),
    "/desk/incidents/figures/{code:str}/{number:int}/withdraw": (
        ("director", "/desk/incidents/figures/road.repair/1/withdraw"),
    ),
    "/desk/incidents/import": (("director", "/desk/incidents/import"),),
    "/desk/incidents/import/{file:uuid}": (("director", "/desk/incidents/import/{pole_file}"),),
    "/desk/incidents/keys": (("administrator", "/desk/incidents/keys"),),
    "/desk/incidents/rates": (("mayor", "/desk/incidents/rates"),),
    "/desk/incidents/{report:uuid}": (("director", "/desk/incidents/{incident}"),),
    "/desk/incidents/{report:uuid}/reporters": (
        ("director", "/desk/incidents/{repair}/reporters"),
    ),
    "/desk/incidents/{report:uuid}/{act:str}": tuple(
        ("director", f"/desk/incidents/{{repair}}/{act}")
        for act in ("assign", "refuse", "forward", "merge", "return")
    ),
    "/desk/waste/rounds/points/{point:uuid}": (("treasury", "/desk/waste/rounds/points/{point}"),),
    "/desk/waste/rounds/taken/{taking:uuid}": (("treasury", "{taking}"),),
    "/desk/waste/rounds/today": (("treasury", "/desk/waste/rounds/today"),),
    "/desk/waste/runs": (("treasury", "/desk/waste/runs"),),
    "/desk/waste/runs/new": (("treasury", "/desk/waste/runs/new"),),
    "/desk/waste/runs/{run:uuid}": (("treasury", "/desk/waste/runs/{run}"),),
    "/food": (
        ("stranger", "/food"),
        ("stranger", "/food?kind=sell&area=60&market=no"),
        ("stranger", "/food?kind=sell&area=260&market=no"),
        ("stranger", "/food?kind=sell&area=0&market=no"),
    ),
    "/food/after": (("stranger", "/food/after"),),
    "/food/change": (("stranger", "/food/change"),),
    "/food/places": (
        ("stranger", "/food/places"),
        ("stranger", "/food/places?q=ไม่มีร้านนี้"),
    ),
    "/food/places/{code:str}": (("stranger", "/food/places/{food_code}"),),
    "/forgot": (("stranger", "/forgot"),),
    "/forgot/code": (("stranger", "/forgot/code"), ("forgetful", "/forgot/code")),
    "/gallery": (("stranger", "/gallery"),),
    "/incidents": (
        ("stranger", "/incidents"),
        ("stranger", "/incidents?category=bridge"),
        ("stranger", "/incidents?at=18.74,98.95&near=1"),
    ),
    "/incidents/a/{code:str}": (("stranger", "/incidents/a/L-0033"),),
    "/incidents/new": (("stranger", "/incidents/new"),),
    "/incidents/r/{code:str}": (("stranger", "/incidents/r/{incident_code}"),),
    "/incidents/t": (("stranger", "/incidents/t"), ("stranger", "/incidents/t?code=12")),
    "/incidents/t/{track:str}": (("stranger", "/incidents/t/{incident_track}"),),
    "/invited/{token:str}": (("stranger", "{invited}"),),
    "/my": (("citizen", "/my"),),
    "/my/bills": (("citizen", "/my/bills"), ("returning", "/my/bills")),
    "/my/food/{place:uuid}/handlers": (("citizen", "{my_food_people}"),),
    "/my/food/{place:uuid}/handlers/new": (("citizen", "{my_food_people}/new"),),
    "/my/food/{place:uuid}/handlers/{handler:uuid}": (("citizen", "{my_food_person}"),),
    "/my/food/{place:uuid}/handlers/{handler:uuid}/left": (("citizen", "{my_food_person}/left"),),
    "/my/food": (("citizen", "/my/food"), ("returning", "/my/food")),
    "/my/recycling": (("citizen@khrueng", "/my/recycling"), ("registry@khrueng", "/my/recycling")),
    "/my/recycling/call": (("citizen@khrueng", "/my/recycling/call"),),
    "/my/recycling/change": (("citizen@khrueng", "/my/recycling/change"),),
    "/my/recycling/join": (("registry@khrueng", "/my/recycling/join"),),
    "/my/recycling/tickets/{ticket:uuid}": (
        ("citizen@khrueng", "/my/recycling/tickets/{my_sale}"),
    ),
    "/my/waste": (("citizen", "/my/waste"), ("returning", "/my/waste")),
    "/my/waste/{point:uuid}": (("citizen", "/my/waste/{my_point}"),),
    "/notices": (("citizen", "/notices"),),
    "/notices/{notice:uuid}": (("citizen", "/notices/{notice}"),),
    "/offline": (("stranger", "/offline"),),
    "/open-data": (("stranger", "/open-data"),),
    "/permits": (
        ("stranger", "/permits"),
        ("stranger", "/permits?work=build&use=house&storeys=1&area=120"),
        ("stranger", "/permits?work=other&use=house&storeys=1&area=มาก"),
    ),
    "/permits/register": (("stranger", "/permits/register"),),
    "/permits/after": (("stranger", "/permits/after?permit=1/2569&work=build"),),
    "/permits/plans": (("stranger", "/permits/plans"),),
    "/permits/plans/{code:str}": (
        ("stranger", "/permits/plans/dpt-45"),
        ("stranger", "/permits/plans/dpt-120?plot_width=16&plot_depth=30"),
        ("stranger", "/permits/plans/dpt-148?plot_width=8&plot_depth=10.5"),
        ("stranger", "/permits/plans/dpt-60?plot_width=กว้าง"),
    ),
    "/queue": (("stranger", "/queue"),),
    "/recycling": (("stranger@khrueng", "/recycling"), ("citizen@khrueng", "/recycling")),
    "/register": (("stranger", "/register"),),
    "/register/code": (("stranger", "/register/code"), ("newcomer", "/register/code")),
    "/services": (
        ("stranger", "/services"),
        ("stranger", "/services?q=ไฟ"),
        ("stranger", "/services?q=xyz"),
    ),
    "/services/{code:str}": (("stranger", "/services/{service}"),),
    "/sign-in": (("stranger", "/sign-in"),),
    "/sign-in/code": (("stranger", "/sign-in/code"), ("entering", "/sign-in/code")),
    "/sign-in/kept/{form:uuid}": (("returning", "{kept}"),),
    "/support/enter/{token:str}": (("stranger", "/support/enter/nobody"),),
    "/t/{track:str}": (("stranger", "/t/{track}"),),
    "/track": (("stranger", "/track"), ("stranger", "/nothing-is-here")),
    "/disaster": (("stranger", "/disaster"),),
    "/disaster/help": (("stranger", "/disaster/help"),),
    "/disaster/help/{code:str}": (("stranger", "/disaster/help/{help_code}"),),
    "/v": (("stranger", "/v"),),
    "/w/{code:str}": (("stranger", "/w/{sticker}"),),
    "/v/{code:str}": (("stranger", "/v/{code}"), ("stranger", "/v/2222-2222-2222")),
}


_WITH_ACCOUNTS = (
    "citizen", "registry", "officer", "clerk", "mayor", "administrator", "treasury", "director",
)  # fmt: skip


class Stop(NamedTuple):
    """A page, and who opens it."""

    who: str
    path: str

    def __str__(self) -> str:
        return f"{self.path} ({self.who})"


async def everybody(
    stack: AsyncExitStack, chromium: Browser, town: Any
) -> dict[str, BrowserContext]:
    """Give everybody of the way a browser, and sign in who has an account."""
    names = {who for stops in WAY.values() for who, _ in stops}
    contexts = {
        name: await stack.enter_async_context(
            at_browser(chromium, town, tenant=tenant_of(name), service_workers="block")
        )
        for name in sorted(names)
    }
    for who in (name for name in sorted(names) if person_of(name) in _WITH_ACCOUNTS):
        page = await contexts[who].new_page()
        person = person_of(who)
        await sign_in(page, CITIZEN if person == "citizen" else person, tenant_of(who))
        first = await page.reload()
        assert first is not None
        assert first.status == 200, f"{who} is led to {page.url} after signing in"
        await page.close()
    return contexts


def person_of(who: str) -> str:
    """Return the role of somebody of the way."""
    return who.partition("@")[0]


def tenant_of(who: str) -> str:
    """Return where somebody of the way is at home."""
    return who.partition("@")[2] or "maehia"


async def stops(contexts: Mapping[str, BrowserContext], town: Any) -> list[Stop]:
    """Return every page of the way, after making what it shows."""
    values = await prepared(contexts, town)
    found = []
    for who, path in (one for ways in WAY.values() for one in ways if one[1]):
        found += [Stop(who, one) for one in filled(path, values)]
    return found


def filled(path: str, values: Mapping[str, list[str]]) -> list[str]:
    """Return the path with its names replaced, once for each value of each name."""
    paths = [path]
    for name, known in values.items():
        mark = f"{{{name}}}"
        paths = [
            one.replace(mark, value)
            for one in paths
            for value in (known if mark in one else known[:1])
        ]
    return paths
