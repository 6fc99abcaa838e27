"""What a stranger's query costs before a worker has it: linear in its length, however it is made."""

from __future__ import annotations

import sys
import tracemalloc
from types import FrameType

import pytest

from server.settings import Settings
from server.sparql.failures import BoundError
from server.sparql.screening import MOST_GRAPHS, screen

SMALL, LARGE = 256 * 1024, Settings().request_limit
BAD = {
    "FROM": "FROM<x>",
    "FROM that climbs": "FROM <../../x>",
    "FROM without a name": "from ",
    "a comment in each FROM": "FROM#\n<x>",
    "BASE": "BASE<x>",
    "BASE that grows": "BASE <xxxx/>",
    "PREFIX": "PREFIX a:<x> ",
    "one PREFIX without an IRI": "PREFIX ",
    "IRIs that are not ended": "<a",
    "angles": "<",
    "brackets": "(",
    "backslashes": "\\",
    "escapes": "\\u0041",
    "services": "service <",
    "names with service": "service:a",
    "strings": "'a'",
    "words": "a ",
    "signs beyond ASCII": "\U0001f600",
}


def cost(query: str) -> tuple[int, int]:
    """Lines of Python that are run to screen a query, and the bytes that it takes at most."""
    steps = 0

    def count(_frame: FrameType, _event: str, _argument: object) -> object:
        nonlocal steps
        steps += 1
        return count

    tracemalloc.start()
    sys.settrace(count)  # type: ignore[arg-type]
    try:
        screen(query)
    except BoundError:
        pass
    finally:
        sys.settrace(None)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return steps, peak


@pytest.mark.parametrize("piece", BAD.values(), ids=BAD)
def test_four_times_the_text_costs_at_most_five_times_as_much(piece: str) -> None:
    before = f"BASE <http://a/{'a' * 1000}> SELECT * FROM <x> "
    small, large = (cost((before + piece * size)[:size]) for size in (SMALL, LARGE))
    assert large[0] <= 5 * small[0]
    assert large[1] <= 5 * small[1] + 64 * 1024
    assert large[1] < 12 * LARGE


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        ("SELECT * " + "FROM <urn:x> " * (MOST_GRAPHS + 1) + "{}", "100 graphs"),
        (f"BASE <http://a/{'a' * 400_000}/> SELECT * {'FROM<x>' * 40_000} {{?s ?p ?o}}", "2048 characters"),
        (f"PREFIX a: <http://a/{'a' * 400_000}/> SELECT * FROM a:x {{}}", "2048 characters"),
        ("BASE <x/>" * 1001 + "ASK FROM <x> {}", "1000 lines"),
    ],
)
def test_what_names_more_than_is_looked_up_is_refused_with_the_bound(query: str, bound: str) -> None:
    with pytest.raises(BoundError, match=bound):
        screen(query)


def test_as_many_graphs_as_may_be_named_are_told() -> None:
    assert len(screen("SELECT * " + "FROM <urn:x> " * MOST_GRAPHS + "{}").graphs) == MOST_GRAPHS
