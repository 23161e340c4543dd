"""How a line of the log looks: JSON for machines, or words for people; and what stands in none.

Needs no Django, as the process of gunicorn that begins all others has no settings.
"""

import logging
import re

import structlog
from structlog.stdlib import ProcessorFormatter

# Pairs of a pattern and what takes its place in every line: what people seek stands in queries.
_hidden = [(re.compile(r"\?[\w%.~+*\[\]-]+=[^\s\"'\\)>]*"), "?…")]


def register_hidden(pattern, replacement):
    """Name something that stands in no line of the log, such as a token, and what stands there instead."""
    _hidden.append((pattern, replacement))


def hide(text):
    """Return a text without what stands in no log."""
    for pattern, replacement in _hidden:
        text = pattern.sub(replacement, text)
    return text


class HidingFilter(logging.Filter):
    """Takes out of a record what stands in no log, for a handler that writes lines in a way of its own."""

    def filter(self, record):
        record.msg, record.args = hide(record.getMessage()), ()
        return True


def add_request_id(logger, name, values):
    """Add the id of the request that a record is about: Django logs some when the request is over."""
    request = getattr(values["_record"], "request", None)
    if hasattr(request, "request_id"):
        values["request_id"] = request.request_id
    return values


class LineFormatter(ProcessorFormatter):
    """Writes a record as one line of JSON, or for people with the traceback below it."""

    def __init__(self, style):
        """`style` is "json" or "line"."""
        processors = [
            structlog.contextvars.merge_contextvars,  # such as the id of the request
            add_request_id,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=style == "json"),
        ]
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if style == "line":
            last = [
                structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, exception_formatter=structlog.dev.plain_traceback)
            ]
        super().__init__(processors=[ProcessorFormatter.remove_processors_meta, *last], foreign_pre_chain=processors)

    def format(self, record):
        return hide(super().format(record))


structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
