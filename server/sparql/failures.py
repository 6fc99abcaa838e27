"""Every way in which a query gets no answer."""

from __future__ import annotations

from server.sparql.messages import Kind


class QueryError(Exception):
    """A query that got no answer; `outcome` is the word for that in the log and in the metrics."""

    outcome = "failed"


class QuerySyntaxError(QueryError):
    """The engine cannot parse the query; the message is the mistake as JSON, or what the engine says."""

    outcome = "syntax"


class UnknownGraphError(QueryError):
    """The query asks for a graph that the release does not hold; the message is its IRI."""

    outcome = "unknown graph"


class UnacceptableError(QueryError):
    """The client accepts no form in which this kind of answer can be written."""

    outcome = "unacceptable"

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind.value)
        self.kind = kind


class EvaluationError(QueryError):
    """The engine cannot evaluate the query; the message is what it says."""


class BoundError(QueryError):
    """The query names more than is looked up for one query; the message says the bound."""

    outcome = "bound"


class TimeLimitError(QueryError):
    """The query was ended at the time limit."""

    outcome = "time limit"


class RefusedError(QueryError):
    """What is not done here, whoever asks; the message says why."""

    outcome = "refused"


class ClientLimitError(QueryError):
    """The client has as many queries running or waiting as one client may."""

    outcome = "client limit"

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} queries")
        self.limit = limit


class BusyError(QueryError):
    """All workers are busy and too many queries wait."""

    outcome = "busy"


class ExhaustedError(QueryError):
    """The worker died, most likely because the query needed more memory than a worker may have."""

    outcome = "memory limit"


class ResultLimitError(QueryError):
    """The answer is larger than the limit."""

    outcome = "result limit"


class NoRoomError(QueryError):
    """The answer cannot be kept until it is sent: the disk of temporary files is full, or cannot be written."""

    outcome = "no room"
