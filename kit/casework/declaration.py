"""A service, declared once: everything else about it follows from this.

The same value is written in a plugin's code, and loaded from the rows that the
builder in the browser made; nothing downstream knows the difference. It is
plain data, so that a case can keep the version on which it was filed.

Law: Licensing Facilitation Act B.E. 2558, s. 7 (what the citizen's guide must say).
"""

import hashlib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal

import msgspec

from core.api import Text
from kit.casework.states import Outcome, Post
from kit.forms import AnyField, When, check_fields
from kit.thai import Limit

CODE = r"[a-z][a-z0-9_]*\.[a-z][a-z0-9-]*"


class Applying(StrEnum):
    """What must be known of the person who files."""

    IDENTIFIED = "identified"  # name, national ID, phone
    CONTACT = "contact"  # name and phone
    ANYBODY = "anybody"  # nothing; a phone if the person wants to be told


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document that goes with the request.

    :param code: short word, unique within the service.
    :param issuer: which agency issues it.
    :param originals: how many are shown.
    :param copies: how many are handed in on paper.
    :param way: sent as a file, shown at the counter, or looked up by the office itself.
    :param when: needed only where the answers say so; None: always.
    :param most: files of it.
    :param megabytes: each file may have; large ones, such as drawings, come in pieces.

    Law: Digital Government Act B.E. 2562, s. 11 (papers of the state are fetched by the office).
    """

    code: str
    name: Text
    required: bool = True
    when: When | None = None
    issuer: Text = Text("", "")
    originals: int = 1
    copies: int = 0
    way: Literal["upload", "shown", "looked_up"] = "upload"
    most: int = 5
    megabytes: int = 20
    note: Text = Text("", "")


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step on the way to the decision.

    :param code: short word, unique within the service.
    :param by: whose desk the case waits on.
    :param within: the step's own share of the time, for the figures; the law binds the whole.
    :param status: how the step is called towards the citizen.
    :param ends: how the case can end here; empty: it goes on to the next step.
    :param judged: it can only be left when all that the rules doubt was judged.
    """

    code: str
    title: Text
    by: Post
    within: Limit
    status: Literal["considering", "site_inspection"] = "considering"
    ends: tuple[Outcome, ...] = ()
    judged: bool = False


class Pause(msgspec.Struct, frozen=True):
    """A reason for which the law lets the clock stand still."""

    code: str
    title: Text
    law: str


class Correction(msgspec.Struct, frozen=True):
    """The law lets the office order that what was filed be changed, before it decides.

    :param law: the section that gives the power.
    :param within: the limit from the day on which it was changed, in place of what was left.
    """

    law: str
    within: Limit


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Telling the office is enough to begin: filing gives the receipt, the office checks after it.

    The clock runs from the day of filing. What is wrong is told once, at the first step; who filed
    then has a time of the law to put it right, and the whole limit runs anew for the office.

    :param law: the section that says so.
    :param mend: how long who filed has, from the day on which they are told.
    :param receipt: what the receipt is called; ``form`` is the code prescribed for it, if any.
    :param says: what the receipt lets its holder do, a paragraph each.
    """

    law: str
    mend: Limit
    receipt: Text
    form: str = ""
    says: tuple[Text, ...] = ()


class Appeal(msgspec.Struct, frozen=True):
    """What a refusal tells about the way to challenge it.

    The default is the general rule for administrative orders.

    Law: Administrative Procedure Act B.E. 2539, s. 44 (15 days, unverified in its wording).
    """

    to: Text = Text("ผู้บริหารท้องถิ่นผู้ออกคำสั่ง", "the local executive who made the order")
    days: int = 15
    since: Text = Text("วันที่ได้รับแจ้งคำสั่ง", "the day on which you are told of the order")
    law: str = "พ.ร.บ.วิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539 มาตรา 44"


class Fee(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the service costs.

    :param amount: satang, for everybody alike; what depends on the request is found by the rules
        of the service, see ``examination``.
    :param note: what it depends on, for the guide.
    :param days: within how many it is to be paid, from the day of approval.
    """

    amount: int = 0
    note: Text = Text("ไม่เสียค่าธรรมเนียม", "No fee")
    days: int = 30


class Service(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A service of the office, from the guide to the paper.

    :param code: ``<plugin>.<word>``; one made in the browser begins with the plugin that made it.
    :param topic: the heading under which citizens look for it.
    :param words: what people type who look for it, beside its title.
    :param unit: id of the division that owns it.
    :param within: the limit of the citizen's guide, counted from the day the file is complete.
    :param extensions: how often, and by how much, the law lets the office extend it.
    :param notice: telling is enough to begin; None where the office has to receive it first.
    :param subject: name of the field whose answer tells one case from another in a list.
    :param keep_years: how long a closed case is kept.
    :param paper: template of the paper at the end; None: the letter with the outcome alone.
    :param certifies: what a certificate says of the person, after the name; None: the summary.
    :param offline: whether the form may be filled in where there is no signal.
    """

    code: str
    title: Text
    summary: Text
    topic: str = "general"
    words: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    unit: str = "clerk"
    applying: Applying = Applying.CONTACT
    form: tuple[AnyField, ...] = ()
    subject: str | None = None
    documents: tuple[Document, ...] = ()
    steps: tuple[Step, ...]
    within: Limit
    extensions: tuple[Limit, ...] = ()
    pauses: tuple[Pause, ...] = ()
    correction: Correction | None = None
    notice: Notice | None = None
    fee: Fee = Fee()
    paper: str | None = None
    paper_title: Text | None = None
    certifies: Text | None = None
    appeal: Appeal = Appeal()
    conditions: tuple[Text, ...] = ()
    keep_years: int = 2
    offline: bool = False

    def step(self, code: str) -> Step:
        """Return the step of this code.

        :raises KeyError: there is none.
        """
        for step in self.steps:
            if step.code == code:
                return step
        raise KeyError(code)

    def documents_for(self, answers: Mapping[str, Any]) -> tuple[Document, ...]:
        """Return the documents that some answers ask for."""
        return tuple(one for one in self.documents if one.when is None or one.when.holds(answers))

    def after(self, code: str) -> Step | None:
        """Return the step that follows; None after the last."""
        codes = [step.code for step in self.steps]
        place = codes.index(code) + 1
        return self.steps[place] if place < len(codes) else None


@lru_cache(maxsize=2_000)
def digest(service: Service) -> str:
    """Return what tells one version of a declaration from another."""
    return hashlib.sha256(msgspec.json.encode(service, order="deterministic")).hexdigest()


def dump(service: Service) -> dict[str, object]:
    """Return the declaration as JSON values."""
    values: dict[str, object] = msgspec.to_builtins(service)
    return values


def load(values: object) -> Service:
    """Return the declaration that :func:`dump` gave.

    :raises msgspec.ValidationError: it is none.
    """
    return msgspec.convert(values, Service)


def check_service(service: Service) -> Iterator[Text]:
    """Yield what is wrong with a declaration, in words for the officer who made it."""
    yield from check_fields(service.form)
    if not service.steps:
        yield Text("ใส่ขั้นตอนอย่างน้อย 1 ขั้น", "Give at least one step.")
        return
    for what, codes in (
        (Text("เอกสาร", "documents"), [one.code for one in service.documents]),
        (Text("ขั้นตอน", "steps"), [one.code for one in service.steps]),
    ):
        if len(set(codes)) < len(codes):
            yield Text("รหัสของ{what}ซ้ำกัน", "Two {what} have the same code.").format(what=what)
    if Outcome.APPROVED not in service.steps[-1].ends:
        yield Text("ขั้นตอนสุดท้ายต้องอนุมัติได้", "The last step must be able to end with an approval.")
    if not service.title.th.strip() or not service.title.en.strip():
        yield Text("ใส่ชื่อบริการทั้งภาษาไทยและอังกฤษ", "Give the title in Thai and in English.")
    names = {field.name for field in service.form}
    for document in service.documents:
        if document.when is not None and document.when.field not in names:
            yield Text(
                f"เงื่อนไขของเอกสาร “{document.name.th}” อ้างคำถามที่ไม่มี",
                f"The condition of “{document.name.en}” names a question that is not there.",
            )
