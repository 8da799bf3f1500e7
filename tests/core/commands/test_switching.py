"""The one-stop service is switched off and on for one municipality, in two processes at work."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import psycopg
import pytest

from core import embedded

Office = Any  # the classes of conftest.py, which cannot be imported
Traffic = Any

GUIDE = "/services/oss.general"
OF_OTHERS = ("/", GUIDE, "/services", "/queue", "/track")


def until(true: Callable[[], object], within: float) -> float:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within, "it did not happen in time"
        time.sleep(0.02)
    return time.monotonic() - began


def everywhere(office: Office, status: int) -> bool:
    """Ask so often that both processes are asked; the kernel chooses by the connection."""
    return all(office.at.get(GUIDE)[0] == status for _ in range(12))


@pytest.fixture
def records(office: Office) -> Mapping[str, str]:
    """What a citizen and an officer hold of the case that has ended: words, by path."""
    number, track = office.case["number"], office.case["track"]
    with psycopg.connect(embedded.start(office.at.data)) as owner:
        papers = owner.execute(
            "SELECT id, code FROM documents.paper WHERE subject = %s ORDER BY id",
            (f"case/{office.case['id']}",),
        ).fetchall()
    assert papers
    found = {
        f"/t/{track}": number,
        f"/desk/cases/{office.case['id']}": number,
        "/desk/cases?view=closed": number,
        f"/api/cases/{track}": number,
    }
    for paper, code in papers:
        found[f"/t/{track}/papers/{paper}"] = "%PDF"
        found[f"/desk/cases/{office.case['id']}/papers/{paper}"] = "%PDF"
        found[f"/v/{code}"] = code
    return found


@pytest.fixture
def switched_on_again(office: Office) -> Iterator[None]:
    yield
    office.switch("oss", on=True)


@pytest.mark.usefixtures("switched_on_again")
def test_both_processes_follow_within_two_seconds_others_notice_nothing_and_records_stay(
    office: Office, traffic: Traffic, records: Mapping[str, str]
) -> None:
    def read_all() -> dict[str, str]:
        answers = {path: office.officer.get(path) for path in records}
        assert {path: one.status_code for path, one in answers.items()} == dict.fromkeys(
            records, 200
        )
        for path, one in answers.items():
            assert records[path] in one.text
        return {path: one.text for path, one in answers.items() if one.text.startswith("%PDF")}

    everywhere(office, 200)
    pdfs = read_all()
    assert len(pdfs) >= 2
    of_citizens = tuple(path for path in records if not path.startswith("/desk"))
    watched = {"maehia": of_citizens, "yala": OF_OTHERS}
    with traffic(office.at, watched) as people:
        for _ in range(3):
            office.switch("oss", on=False)
            assert until(lambda: everywhere(office, 404), 2) < 2
            assert read_all() == pdfs
            assert "oss" not in office.officer.get("/api/services").text
            office.switch("oss", on=True)
            assert until(lambda: everywhere(office, 200), 2) < 2
            assert read_all() == pdfs
            assert "oss.general" in office.officer.get("/api/services").text

    assert people.failures() == {}
    assert all(len(answers) > 5 for answers in people.seen.values())


@pytest.mark.usefixtures("switched_on_again")
def test_off_its_pages_and_the_way_to_file_are_closed_with_a_sentence(office: Office) -> None:
    office.switch("oss", on=False)
    until(lambda: everywhere(office, 404), 2)

    for path in (GUIDE, "/services", "/queue"):
        status, body = office.at.get(path)
        assert (status, "Traceback" in body) == (404, False)
    key = {"Idempotency-Key": "switched-off-1"}
    sent: dict[str, dict[str, str]] = {"applicant": {}, "answers": {}}
    answer = office.officer.post("/api/services/oss.general/cases", json=sent, headers=key)
    assert answer.status_code == 404
    assert office.at.get("/")[0] == 200
