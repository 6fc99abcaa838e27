"""A SPARQL 1.1 endpoint over HTTP: a query and its dataset go out, bytes of a known media type come back."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import httpx

from server.sparql.failures import EvaluationError, QueryError, QuerySyntaxError, ResultLimitError, TimeLimitError
from server.sparql.workers import IN_MEMORY, Limits, keep

CONNECT = 5.0  # seconds


class UnreachableError(QueryError):
    """The engine behind this server does not answer; the message says why."""

    outcome = "unreachable"


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query without a dataset of its own is about."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What an endpoint answered: its media type and its bytes, to be read from the beginning and closed."""

    media_type: str
    content: IO[bytes]
    size: int


class Endpoint:
    """One endpoint; safe to use from several threads. Redirects are not followed."""

    def __init__(self, address: str, limits: Limits) -> None:
        self.address = address
        self._limits = limits
        self._client = httpx.Client(timeout=httpx.Timeout(limits.seconds, connect=CONNECT), follow_redirects=False)

    def ask(self, query: str, accept: str, dataset: Dataset) -> Received:
        """The whole answer to a query. Raises QueryError: of time, of size, of what the engine refuses or cannot do."""
        until = time.monotonic() + self._limits.seconds
        with self._post(query, accept, dataset) as response:
            if response.status_code != 200:
                raise _refusal(response)
            content: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it has been read
            for part in response.iter_bytes():
                keep(content, part)
                if content.tell() > self._limits.result:
                    raise ResultLimitError
                if time.monotonic() > until:
                    raise TimeLimitError
        size = content.tell()
        content.seek(0)
        return Received(response.headers.get("Content-Type", "").partition(";")[0].strip().lower(), content, size)

    def close(self) -> None:
        """Ends the connections."""
        self._client.close()

    @contextmanager
    def _post(self, query: str, accept: str, dataset: Dataset) -> Iterator[httpx.Response]:
        form: dict[str, str | Sequence[str]] = {
            "query": query,
            "default-graph-uri": dataset.default,
            "named-graph-uri": dataset.named,
        }
        try:
            with self._client.stream("POST", self.address, data=form, headers={"Accept": accept}) as response:
                yield response
        except httpx.TimeoutException as error:
            raise TimeLimitError from error
        except httpx.HTTPError as error:
            raise UnreachableError(f"{self.address}: {error}") from error


def _refusal(response: httpx.Response) -> QueryError:
    """What the engine says of a query that it did not answer: 400 is the client's mistake, by the protocol (2.1.6)."""
    said = response.read().decode("utf-8", "replace").strip()
    lines = said.splitlines()
    message = lines[0][:500] if lines else f"status {response.status_code}"
    return QuerySyntaxError(message) if response.status_code == 400 else EvaluationError(message)
