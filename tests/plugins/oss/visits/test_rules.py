from hypothesis import given
from hypothesis import strategies as st

from core.api import Text
from kit.casework import Status
from plugins.oss.rules.cases import CaseKind, Stand, is_for_cases, stand
from plugins.oss.rules.slots import Booking

ORDER = ("a", "b", "c", "d")


def a_kind(*steps: str) -> CaseKind:
    title = Text("ลงนาม", "Sign")
    return CaseKind(code="kiosk.signing", title=title, service="kiosk.permit", steps=steps)


@given(
    at=st.sampled_from(ORDER),
    steps=st.sets(st.sampled_from(ORDER), min_size=1),
    status=st.sampled_from([Status.CONSIDERING, Status.INSPECTING]),
)
def test_at_a_step_a_case_is_ready_early_or_past_it(
    at: str, steps: set[str], status: Status
) -> None:
    found = stand(a_kind(*steps), order=ORDER, status=status, step=at)

    if at in steps:
        assert found is Stand.READY
    else:
        assert found is (Stand.EARLY if max(steps) > at else Stand.OVER)


@given(status=st.sampled_from(Status), step=st.sampled_from([None, *ORDER]))
def test_outside_of_the_steps_no_visit_is_booked(status: Status, step: str | None) -> None:
    found = stand(a_kind(*ORDER), order=ORDER, status=status, step=step)
    before = {Status.SUBMITTED, Status.CHECKING, Status.RETURNED}

    if status in before:
        assert found is Stand.EARLY
    elif status not in {Status.CONSIDERING, Status.INSPECTING}:
        assert found is Stand.OVER


def test_no_kind_of_the_office_has_a_code_of_a_plugin() -> None:
    assert not any(is_for_cases(kind.code) for kind in Booking().kinds)
    assert is_for_cases("kiosk.signing")
