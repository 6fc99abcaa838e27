"""The log on standard error: a line for each request, as JSON or plain.

A line never holds a query string, a body, or a header of the request but its id; a traceback is nowhere else than here.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pythonjsonlogger.json import JsonFormatter

if TYPE_CHECKING:
    from server.operations.observation import Observed

PATH_LIMIT = 1000  # characters: two processes write, and only short lines are sure not to be mixed
logger = logging.getLogger("recalling")


class PlainFormatter(logging.Formatter):
    """The members of the JSON line as words for a terminal, values with blanks or control characters quoted."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        if isinstance(record.msg, dict):
            record.message = " ".join(f"{name}={_quoted(value)}" for name, value in record.msg.items())
        return super().formatMessage(record)


class LineFormatter(JsonFormatter):
    """Lines of JSON; that of a request, which has nothing but plain values, in a third of the time."""

    def __init__(self) -> None:
        super().__init__(["levelname", "message"], rename_fields={"levelname": "level"}, timestamp="time")

    def format(self, record: logging.LogRecord) -> str:
        if not isinstance(record.msg, dict) or record.exc_info or record.stack_info:
            return super().format(record)
        moment = datetime.fromtimestamp(record.created, UTC).isoformat()
        return json.dumps({"level": record.levelname, **record.msg, "time": moment})


def configure(form: str) -> None:
    """Sends what this process logs to standard error as json or plain; with "off" only errors remain, as JSON.

    To be called once, where a process starts.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(PlainFormatter() if form == "plain" else LineFormatter())
    logging.basicConfig(handlers=[handler], level=logging.ERROR if form == "off" else logging.WARNING, force=True)
    logger.setLevel(logging.ERROR if form == "off" else logging.INFO)


def write(observed: Observed) -> None:
    """Logs a request: as an error where something went wrong here, a probe for those who debug, all else as news."""
    failure = observed.failure
    level = logging.ERROR if failure else logging.DEBUG if observed.probe else logging.INFO
    if logger.isEnabledFor(level):
        logger.log(level, _members(observed), exc_info=failure.unforeseen if failure else None)


def _members(observed: Observed) -> dict[str, object]:
    members = {
        "message": observed.failure.words if observed.failure else "request",
        "request_id": observed.request_id,
        "method": observed.method,
        "path": observed.path[:PATH_LIMIT],
        "status": observed.status,
        "milliseconds": round(observed.seconds * 1000, 1),
        "bytes": observed.size,
        "client": observed.client,
        "outcome": observed.query.outcome if observed.query else None,
        "release": observed.release,
        "kept": observed.kept or None,
    }
    return {name: value for name, value in members.items() if value is not None}


def _quoted(value: object) -> str:
    words = str(value)
    return words if words.isprintable() and " " not in words else json.dumps(words)
