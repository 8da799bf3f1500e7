import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from core import logs


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook)
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logs.set_up(process="web")
    yield stream
    root.handlers, root.level = before[0], before[1]
    sys.excepthook = before[2]


def lines(said: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_every_line_is_one_json_object_whoever_wrote_it(said: io.StringIO) -> None:
    structlog.get_logger("ours").info("first", count=2)
    logging.getLogger("theirs").warning("second %s", "time\nand more")

    [ours, theirs] = lines(said)
    assert (ours["event"], ours["count"], ours["process"]) == ("first", 2, "web")
    assert (theirs["event"], theirs["level"], theirs["logger"]) == (
        "second time\nand more", "warning", "theirs",
    )  # fmt: skip


def test_what_is_bound_to_a_request_stands_in_all_its_lines(said: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request="7F2K"):
        logging.getLogger("theirs").error("failed")

    assert lines(said)[0]["request"] == "7F2K"


def test_personal_data_is_blackened_at_any_depth(said: io.StringIO) -> None:
    structlog.get_logger("ours").info(
        "call 081-234-5678", who={"mail": ["a@example.com"]}, id="1101700230708"
    )

    text = said.getvalue()
    assert "081" not in text
    assert "a@example.com" not in text
    assert "1101700230708" not in text


def test_of_an_exception_the_place_is_told_and_not_the_rows_it_quotes(said: io.StringIO) -> None:
    class Violation(Exception):
        def __str__(self) -> str:
            return "duplicate key\nDETAIL: Key (name)=(สมชาย) exists"

    try:
        raise Violation("duplicate key")
    except Violation:
        logging.getLogger("ours").exception("it failed")

    [line] = lines(said)
    assert line["problem"] == "Violation: duplicate key"
    assert "test_logs.py" in line["at"][0]
    assert "สมชาย" not in said.getvalue()


def test_the_arguments_of_jobs_are_never_written(said: io.StringIO) -> None:
    logger = logging.getLogger("procrastinate.worker")
    logger.error("Job parks.count(name='สมชาย') failed", extra={"job": {"id": 1}})
    logger.error("the listener failed")

    assert [line["event"] for line in lines(said)] == ["the listener failed"]
    logger.filters.clear()


BREAKING = """
import time
from functools import partial
from core import logs
from core.supervisor import Supervisor
logs.set_up(process="serve")
supervisor = Supervisor(lambda: None)
supervisor.start("work", partial(int, "seven"))
time.sleep(2)
supervisor.stop()
"""


def test_what_ends_a_process_is_one_json_object_too() -> None:
    ran = subprocess.run([sys.executable, "-c", BREAKING], capture_output=True, text=True)  # noqa: S603

    [told] = [json.loads(line) for line in ran.stderr.splitlines()]
    assert told["event"] == "work ends with a fault"
    assert "ValueError" in told["problem"]
