"""A step on the way to the decision, and the limit of the whole."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from core.api import Text
from kit.casework import Outcome, Post, Service, Step
from kit.forms import Choice, Option, Yes
from kit.thai import WorkingDays
from plugins.oss.forms.limits import limit_fields, limit_of, limit_values
from plugins.oss.forms.pairs import Pair
from plugins.oss.forms.sheet import Group, Sheet, Values, bilingual, said, whole
from plugins.oss.rules.parts import Change, Names, put

# Whose desk a step can wait on; the treasury's comes with the fee.
POSTS: Mapping[Post, Text] = {
    Post.REGISTRY: Text("เจ้าหน้าที่ธุรการ", "Registry clerk"),
    Post.OFFICER: Text("เจ้าหน้าที่", "Officer"),
    Post.INSPECTOR: Text("ผู้ตรวจสถานที่", "Inspector"),
    Post.HEAD: Text("หัวหน้าฝ่าย", "Head of section"),
    Post.DIRECTOR: Text("ผู้อำนวยการกอง", "Director of division"),
    Post.CLERK: Text("ปลัด", "Municipal clerk"),
    Post.MAYOR: Text("ผู้บริหารท้องถิ่น", "Mayor"),
}
NEW = Step("", Text("", ""), Post.OFFICER, WorkingDays(1))


def step_sheet(service: Service, step: Step) -> Sheet:
    """Return the page of a step; one without a code is new."""
    last = bool(service.steps) and service.steps[-1].code == step.code
    inspection = Yes("inspection", Text("ออกไปตรวจสถานที่", "A visit to the place"), required=False)
    refuses = Yes(
        "refuses",
        Text("จบที่ขั้นนี้ได้โดยไม่อนุมัติ", "It can end here with a refusal"),
        required=False,
    )
    by = Choice(
        "by",
        Text("ใครดำเนินการ", "Who acts"),
        options=tuple(Option(post, words) for post, words in POSTS.items()),
    )
    return Sheet(
        title=step.title if step.code else Text("เพิ่มขั้นตอน", "Add a step"),
        groups=(
            Group(
                Text("ขั้นตอน", "Step"),
                (
                    *bilingual("title", Text("ชื่อขั้นตอน", "Name"), longest=100, why=True),
                    by,
                    inspection,
                    *(() if last else (refuses,)),
                ),
            ),
            Group(Text("เวลาของขั้นนี้", "Time of this step"), _TIME),
        ),
        values=_values(step),
        take=lambda values, _: _take(step, values),
    )


_TIME = limit_fields(Text("ต้องเสร็จภายใน", "Done within"))


def _values(step: Step) -> Values:
    return {
        **said("title", step.title),
        **limit_values(step.within),
        "by": step.by,
        "inspection": step.status == "site_inspection",
        "refuses": Outcome.REFUSED in step.ends,
    }


def _take(step: Step, values: Values) -> Change:
    changed = replace(
        step,
        title=whole(values, "title"),
        by=Post(values["by"]),
        within=limit_of(values),
        status="site_inspection" if values["inspection"] else "considering",
        ends=(Outcome.REFUSED,) if values.get("refuses") else (),
    )

    def change(service: Service, names: Names) -> Service:
        return put(service, names, "steps", changed)

    return change


def whole_sheet(service: Service) -> Sheet:
    """Return the page of the limit of the whole, counted from the day the file is complete."""
    return Sheet(
        title=Text("กำหนดของทั้งเรื่อง", "Limit of the whole"),
        groups=(
            Group(
                Text("เวลา", "Time"),
                limit_fields(Text("ประชาชนได้รับผลภายใน", "Citizens have the answer within")),
                note=Text(
                    "นับจากวันที่เอกสารครบ กำหนดนี้ผูกพันหน่วยงานตาม พ.ร.บ.การอำนวยความสะดวกฯ มาตรา 10",
                    "Counted from the day the file is complete; it binds the office "
                    "(Licensing Facilitation Act B.E. 2558, s. 10).",
                ),
            ),
        ),
        values=limit_values(service.within),
        take=_take_whole,
    )


def _take_whole(values: Values, _: Sequence[Pair]) -> Change:
    within = limit_of(values)

    def change(service: Service, _: Names) -> Service:
        return replace(service, within=within)

    return change
