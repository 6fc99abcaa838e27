"""Whole answers to questions, kept in each web process by release: their rows are filtered and turned page by page.

A question is asked of the store once; what a reader chooses, the values that a form offers and the next page are read
from the rows. Of an answer with too many rows nothing is kept: it is asked again, narrowed by the query.
"""

from __future__ import annotations

import threading
from itertools import islice
from typing import cast

import pyoxigraph as ox
from cachetools import LRUCache
from flask import Flask, current_app

from server.negotiation import N_TRIPLES, RESULTS_JSON
from server.questions import Question
from server.requests import release
from server.sparql.editor import table_of
from server.sparql.querying import Asked, run
from server.store import Row

LARGEST = 20_000  # rows of an answer that is kept: some 20 MB of terms
ALL = 100_000  # rows that are kept in all

Answer = tuple[list[str], list[Row]]


class WholeAnswers:
    """Answers by release and question; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: LRUCache[tuple[str, str], Answer] = LRUCache(ALL, getsizeof=lambda answer: len(answer[1]) + 1)

    def of(self, question: Question) -> Answer | None:
        """The columns and all rows of a question's answer; None where there are too many to keep. Raises a Problem."""
        key = release().id, question.name
        with self._lock:
            if kept := self._kept.get(key):
                return kept
        names, rows = asked(question.at(release().base), LARGEST + 1)
        if len(rows) > LARGEST:
            return None
        with self._lock:
            self._kept[key] = names, rows
        return names, rows


def init_app(app: Flask) -> None:
    """Gives the application a place for answers."""
    app.extensions["whole answers"] = WholeAnswers()


def whole_answers() -> WholeAnswers:
    """Those of the application that answers."""
    return cast(WholeAnswers, current_app.extensions["whole answers"])


def asked(query: str, limit: int | None = None) -> Answer:
    """The columns and rows of the answer to a query, at most as many as the limit. Raises a Problem."""
    body = b"".join(run(Asked(query, (), ()), RESULTS_JSON, N_TRIPLES).chunks)
    result = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    assert isinstance(result, ox.QuerySolutions), "questions are SELECT queries"
    names, found = table_of(result)
    return names, list(islice(found, limit))
