"""What the processes say: one JSON object a line on stderr, without personal data.

Everything passes through here, ours and the libraries'. Numbers of citizens and telephones
and addresses of e-mail are blackened wherever they stand; of an exception the place and the
sentence are kept, not the rows that the database quotes in its details.
"""

import functools
import logging
import sys
import traceback
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.contextvars import bind_contextvars, clear_contextvars, merge_contextvars
from structlog.types import EventDict, WrappedLogger

from core.personal import blacken

FRAMES = 12  # of a traceback, the innermost

__all__ = ["bind_contextvars", "clear_contextvars", "set_up"]


def set_up(*, process: str, level: int = logging.INFO) -> None:
    """Send all logs of this process to stderr.

    :param process: ``web``, ``work`` or the name of a command.
    """

    def named(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    shared: list[Any] = [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        named,
    ]
    rendering: list[Any] = [
        _tell_problem,
        _blacken,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=repr),
    ]
    # Ours do not go round by way of the library's records: one is written for every request.
    structlog.configure(
        processors=[*shared, *rendering],
        logger_factory=functools.partial(_Lines, sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # It writes the arguments of every job, among which facts about people are; our worker
    # says by itself what became of a job.
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    logging.getLogger("procrastinate.worker").addFilter(_is_not_about_a_job)
    sys.excepthook = _tell_end


class _Lines:
    """Writes what is a line already."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._write = stream.write
        self.name = name

    def msg(self, line: str) -> None:
        """Write one line, whole."""
        self._write(f"{line}\n")

    debug = info = warning = error = exception = critical = msg


def _tell_end(
    kind: type[BaseException], problem: BaseException, trace: TracebackType | None
) -> None:
    """Log the fault that ends the process."""
    logging.getLogger("end").critical("the process ends", exc_info=(kind, problem, trace))


def _is_not_about_a_job(record: logging.LogRecord) -> bool:
    return getattr(record, "job", None) is None


def _tell_problem(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Write an exception as type, sentence and places."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    problem = info[1] if isinstance(info, tuple) else info
    if isinstance(problem, BaseException):
        frames = traceback.extract_tb(problem.__traceback__)[-FRAMES:]
        sentence = str(problem.args[0]) if problem.args else ""
        event["problem"] = f"{type(problem).__name__}: {sentence}"
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        if problem.__cause__ is not None:
            event["because"] = type(problem.__cause__).__name__
    return event


def _blacken(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {name: _blackened(value) for name, value in event.items()}


def _blackened(value: Any) -> Any:
    if isinstance(value, str):
        return blacken(value)
    if isinstance(value, list | tuple):
        return [_blackened(one) for one in value]
    if isinstance(value, dict):
        return {name: _blackened(one) for name, one in value.items()}
    return value
