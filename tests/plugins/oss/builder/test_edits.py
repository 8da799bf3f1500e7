from collections.abc import Sequence
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.errors import Conflict
from core.tenants.tenant import Tenant
from core.text import Text
from kit.casework import Document, Outcome, Post, Service, Step, check_service, dump, load
from kit.forms import (
    AnyField,
    Choice,
    Choices,
    Line,
    Lines,
    Money,
    Number,
    Place,
    Yes,
    json_schema,
    read,
)
from kit.thai import WorkingDays
from plugins.oss.forms import documents, questions, steps
from plugins.oss.forms.about import about_sheet
from plugins.oss.forms.kinds import KINDS
from plugins.oss.forms.result import result_sheet
from plugins.oss.forms.sheet import Sheet, arranged, fresh, sent
from plugins.oss.rules.changes import changes
from plugins.oss.rules.faults import faults_of
from plugins.oss.rules.parts import (
    KEPT,
    Change,
    Kind,
    Names,
    find_part,
    key_of,
    move,
    name_subject,
    parts_of,
    remove,
)
from plugins.oss.rules.trial import try_out

UNITS = {"clerk": Text("สำนักปลัด", "Clerk"), "works": Text("กองช่าง", "Works")}
PLACE = Place(
    Tenant(
        id="maehia",
        kind="เทศบาลเมือง",
        name=Text("แม่เหียะ", "Mae Hia"),
        place=Text("เชียงใหม่", "Chiang Mai"),
        address=Text("หมู่ 2", "Moo 2"),
    ),
    date(2026, 11, 20),
)
WORDS = st.one_of(
    st.sampled_from(["ขอใช้สนาม", "Field", "ใช้ทำอะไร", "กลางวัน", "{label} {0}", "%s %(x)s"]),
    st.sampled_from(["<script>alert(1)</script>", "{{ 7 * 7 }}", "#set page", "\u202eกลับ\x00", ""]),
    st.text(max_size=40),
    st.integers(1, 6_000).map(lambda count: "ก" * count),
)
FIGURES = st.one_of(
    st.integers(-3, 120).map(str), st.sampled_from(["๕", "1,000", "", "ห้า", "9" * 20])
)


def typed_into(field: AnyField) -> st.SearchStrategy[list[str]]:
    """What somebody may type into a field, most of it what is asked for."""
    if isinstance(field, Choice):
        return st.sampled_from([one.code for one in field.options] + ["nothing"]).map(
            lambda code: [code]
        )
    if isinstance(field, Choices):
        return st.lists(st.sampled_from([one.code for one in field.options]), max_size=3)
    if isinstance(field, Yes):
        return st.sampled_from([["yes"], [], ["maybe"]])
    if isinstance(field, Number | Money):
        return FIGURES.map(lambda text: [text])
    return WORDS.map(lambda text: [text])


def typed_on(sheet: Sheet) -> st.SearchStrategy[dict[str, list[str]]]:
    """What somebody may type on a page: what stands there, changed in some places."""
    before = _whole(sheet)
    given: dict[str, st.SearchStrategy[list[str]]] = {}
    for field in sheet.fields:
        empty = ["คำ"] if field.required and isinstance(field, Line | Lines) else []
        stands = st.just(before.get(field.name, empty))
        given[field.name] = st.one_of(*[stands] * 8, typed_into(field))
    if sheet.pairs:
        name = sheet.pairs.name
        given[f"{name}.count"] = st.sampled_from([["0"], ["2"], ["3"], ["9999"], ["ห้า"]])
        for row in range(3):
            for part in ("th", "en"):
                texts = st.one_of(st.just("คำ"), st.just("คำ"), st.just("คำ"), WORDS)
                given[sheet.pairs.control(row, part)] = texts.map(lambda text: [text])
            given[sheet.pairs.control(row, "id")] = st.sampled_from([[""], ["o1"], ["o2"], ["x"]])
    return st.fixed_dictionaries(given)


class Making(RuleBasedStateMachine):
    """An officer who fills in the pages of a service in any order, with anything."""

    service: Service
    names: Names

    @initialize()
    def begin(self) -> None:
        self.service = _with_one_choice()
        self.names = Names(3)

    def fill(self, sheet: Sheet, data: st.DataObject) -> None:
        posted = data.draw(typed_on(sheet))
        came = sent(sheet, posted, PLACE)
        assert (came.change is None) == bool(came.problems)
        assert all(text.th and text.en for text in came.problems.values())
        if came.change is not None:
            self.make(came.change)
        acts = st.sampled_from(["more", "up.1", "down.0", "drop.2", "up.0", "drop.99", "nothing"])
        assert arranged(sheet, posted, PLACE, data.draw(acts)).change is None

    def make(self, change: Change) -> None:
        try:
            self.service = change(self.service, self.names)
        except Conflict:
            assert len(self.service.steps) == 20

    @rule(data=st.data())
    def fill_in_what_it_is(self, data: st.DataObject) -> None:
        self.fill(about_sheet(self.service, UNITS), data)

    @rule(data=st.data(), kind=st.sampled_from(sorted(KINDS)))
    def add_a_question(self, data: st.DataObject, kind: str) -> None:
        new = KINDS[kind].make("", Text("", ""))
        self.fill(questions.question_sheet(self.service, new), data)

    @rule(data=st.data())
    def add_a_document(self, data: st.DataObject) -> None:
        self.fill(documents.document_sheet(self.service, documents.NEW), data)

    @rule(data=st.data())
    def add_a_step(self, data: st.DataObject) -> None:
        self.fill(steps.step_sheet(self.service, steps.NEW), data)

    @rule(data=st.data(), kind=st.sampled_from(sorted(KEPT)), place=st.integers(0, 5))
    def change_a_part(self, data: st.DataObject, kind: Kind, place: int) -> None:
        parts = parts_of(self.service, kind)
        match parts[place % len(parts)] if parts else None:
            case None:
                return
            case Document() as document:
                self.fill(documents.document_sheet(self.service, document), data)
            case Step() as step:
                self.fill(steps.step_sheet(self.service, step), data)
            case field:
                self.fill(questions.question_sheet(self.service, field), data)

    @rule(
        kind=st.sampled_from(sorted(KEPT)),
        place=st.integers(0, 5),
        act=st.sampled_from(["up", "down", "drop"]),
    )
    def rearrange(self, kind: Kind, place: int, act: str) -> None:
        keys = [key_of(kind, one) for one in parts_of(self.service, kind)]
        key = keys[place % len(keys)] if keys else "x"
        if act == "drop":
            self.service = remove(self.service, kind, key)
        else:
            self.service = move(self.service, kind, key, -1 if act == "up" else 1)

    @rule(place=st.integers(0, 5))
    def name_the_matter(self, place: int) -> None:
        fields = self.service.form
        self.service = name_subject(
            self.service, fields[place].name if place < len(fields) else "x"
        )

    @rule(data=st.data())
    def set_the_limit(self, data: st.DataObject) -> None:
        self.fill(steps.whole_sheet(self.service), data)

    @rule(data=st.data())
    def fill_in_the_result(self, data: st.DataObject) -> None:
        self.fill(result_sheet(self.service), data)

    @invariant()
    def it_loads_as_it_was_kept(self) -> None:
        if hasattr(self, "service"):
            assert load(dump(self.service)) == self.service
            assert self.service.fee.amount == 0

    @invariant()
    def a_fault_leads_to_where_it_is_put_right(self) -> None:
        if not hasattr(self, "service"):
            return
        for fault in faults_of(self.service, list(UNITS)):
            kind = next((kind for kind in KEPT if kind == fault.page), None)
            assert fault.sentence.th.strip()
            assert not fault.part or (kind and find_part(self.service, kind, fault.part))

    @invariant()
    def without_faults_it_can_be_filed(self) -> None:
        if not hasattr(self, "service") or faults_of(self.service, list(UNITS)):
            return
        assert list(check_service(self.service)) == []
        assert json_schema(self.service.form)["type"] == "object"
        assert read(self.service.form, {}, PLACE).typed == {}
        trial = try_out(self.service, {}, PLACE, 99)
        assert trial.problems or trial.number == len(trial.pages) + 1
        assert changes(self.service, self.service) == []


Making.TestCase.settings = settings(max_examples=40, stateful_step_count=20)
TestMaking = Making.TestCase


def test_a_question_is_kept_as_it_was_filled_in() -> None:
    service = _with_one_choice()
    [field] = service.form

    assert isinstance(field, Choice)
    assert (field.label, field.required, field.step) == (
        Text("ใช้ช่วงใด", "When"),
        True,
        Text("การใช้", "The use"),
    )
    assert [(one.code, one.label.th) for one in field.options] == [("o1", "วัน"), ("o2", "คืน")]


def test_an_answer_keeps_its_code_when_it_is_renamed_and_moved() -> None:
    service = _with_one_choice()
    sheet = questions.question_sheet(service, service.form[0])
    rows = {
        "option.count": ["3"],
        **_row(0, "o2", "กลางคืน", "By night"),
        **_row(1, "o1", "กลางวัน", "By day"),
        **_row(2, "o2", "ซ้ำ", "Again"),
    }
    came = sent(sheet, _whole(sheet) | rows, PLACE)
    assert came.change is not None
    [field] = came.change(service, Names(3)).form

    assert isinstance(field, Choice)
    assert [one.code for one in field.options] == ["o2", "o1", "o4"]


def _row(number: int, id: str, thai: str, english: str) -> dict[str, list[str]]:
    texts = {"id": id, "th": thai, "en": english}
    return {f"option.{number}.{part}": [text] for part, text in texts.items()}


def _whole(sheet: Sheet) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in fresh(sheet).typed.items()}


def _with_one_choice() -> Service:
    words = Text("ขอใช้สนาม", "Use of the field")
    empty = Service(
        code="oss.own-1",
        title=words,
        summary=words,
        steps=(Step("s1", words, Post.CLERK, WorkingDays(1), ends=(Outcome.APPROVED,)),),
        within=WorkingDays(5),
    )
    sheet = questions.question_sheet(empty, KINDS["choice"].make("", Text("", "")))
    posted: dict[str, Sequence[str]] = {
        "label_th": ["ใช้ช่วงใด"],
        "label_en": ["When"],
        "required": ["yes"],
        "heading_th": ["การใช้"],
        "heading_en": ["The use"],
        "option.count": ["2"],
        **_row(0, "", "วัน", "Day"),
        **_row(1, "", "คืน", "Night"),
    }
    came = sent(sheet, {name: list(texts) for name, texts in posted.items()}, PLACE)
    assert came.change is not None
    return came.change(empty, Names(0))
