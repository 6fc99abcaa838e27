"""Our server beside the Oxigraph server over the same store: wrk on loopback, eight connections, in turns.

Ours runs as `recalling serve` starts it, and once more with nothing kept, so that each answer is made. The Oxigraph
server opens the release's own store for reading; its default graph holds every statement once, so both are asked the
same of the same. Each round asks all in turn, and a ratio is the median of the rounds' ratios: a machine that does
other work slows both. What a request takes of the processors, in all processes of a server, is steadier than rates, and
is what the aims are about. Lines of the log are written and thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from os import devnull
from pathlib import Path
from statistics import median
from urllib.parse import quote, urlsplit

from server.store import EmbeddedStore
from server.things import iri
from tests.bench.wrk import WRK, Load, load
from tests.engines import OXIGRAPH, reading_oxigraph
from tests.serving import running

BASE = "http://localhost:8000/"
ROUNDS, SECONDS, CONNECTIONS = 5, 2.0, 8
WARM_UP, TEXTS = 4.0, 30  # so few texts at most that the warm-up asks each process for each of them
RESULTS, TURTLE = ("Accept: application/sparql-results+json",), ("Accept: text/turtle",)
BROWSER = ("Accept: text/html", "Accept-Encoding: gzip, deflate, br, zstd")

LOOKUP = "SELECT ?cited { <TEXT> <http://localhost:8000/def/recalls> ?cited }"
SMALL = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?clause ?number ?phrase ?cited {
  ?clause rec:clauseOf <TEXT> ; rec:number ?number .
  OPTIONAL { ?clause rec:openingPhrase ?phrase }
  OPTIONAL { ?clause rec:cites ?cited }
}"""


# The page of our description: what is said of a thing and what points to it, evidence aside.
PAGE = """CONSTRUCT { ?s ?p ?o } {
  { GRAPH ?g { <TEXT> ?p ?o } BIND(<TEXT> AS ?s) } UNION { GRAPH ?g { ?s ?p <TEXT> } BIND(<TEXT> AS ?o) }
  FILTER(!STRENDS(STR(?g), "/evidence"))
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a server is asked again and again: a line of the table; `to` is what it is compared with, if any.

    `goal` is that of the ratio of what a request takes of the processors, theirs to ours.
    """

    line: str
    server: str
    paths: tuple[str, ...]
    headers: tuple[str, ...]
    to: str = ""
    goal: str = ""
    connections: int = CONNECTIONS


def print_http(data: Path) -> None:
    """Measure, and print the table; say what is missing where wrk or the Oxigraph server is."""
    if WRK is None or OXIGRAPH is None:
        missing = "wrk (Debian: wrk)" if WRK is None else "oxigraph (PyPI)"
        print(f"\nover HTTP: not measured, {missing} is not installed")
        return
    texts = texts_of(data / "current" / "store")
    lines = tuple(asked(texts))
    with servers(data) as addresses:
        for line in lines:
            load(*addresses[line.server], line.paths, line.headers, line.connections, WARM_UP)
        rounds = [
            {one.line: load(*addresses[one.server], one.paths, one.headers, one.connections, SECONDS) for one in lines}
            for _ in range(ROUNDS)
        ]
    print(f"\nover HTTP: {len(texts)} texts in turn, medians of {ROUNDS} rounds of {SECONDS:g} s")
    print(
        f"  {'':<46} {'requests/s':>10} {'p50 ms':>7} {'p95 ms':>7} {'p99 ms':>7} {'bytes':>7} {'cpu us':>7}  of the rate, by cpu"
    )
    for line in lines:
        print(row(line, rounds))


def asked(texts: list[str]) -> Iterator[Asked]:
    """The lines of the table, what is compared beside its measure."""
    described = tuple(f"/query?query={quote(f'DESCRIBE <{text}>', safe='')}" for text in texts)
    built = tuple(f"/query?query={quote(PAGE.replace('TEXT', text), safe='')}" for text in texts)
    turtle = tuple(f"{urlsplit(text).path}.ttl" for text in texts)
    pages = tuple(f"{urlsplit(text).path}.html" for text in texts)
    yield Asked("Turtle: Oxigraph, DESCRIBE", "oxigraph", described, TURTLE)
    yield Asked("Turtle: Oxigraph, CONSTRUCT of the same", "oxigraph", built, TURTLE)
    yield Asked("Turtle: page", "ours", turtle, (), "Turtle: Oxigraph, DESCRIBE", "2.5")
    yield Asked("Turtle: the same page again", "ours", turtle, (), "Turtle: Oxigraph, CONSTRUCT of the same", "2.5")
    yield Asked("Turtle: page, nothing kept", "unkept", turtle, (), "Turtle: Oxigraph, DESCRIBE", "2.5")
    for name, query, aim in (("SELECT, small", SMALL, "0.6"), ("SELECT, lookup", LOOKUP, "0.33")):
        queries = [quote(query.replace("TEXT", text), safe="") for text in texts]
        theirs, ours = (tuple(f"/{at}?query={text}" for text in queries) for at in ("query", "sparql"))
        yield Asked(f"{name}: Oxigraph", "oxigraph", theirs, RESULTS)
        yield Asked(f"{name}: ours, kept", "ours", ours, RESULTS, f"{name}: Oxigraph", "1.0")
        yield Asked(f"{name}: ours, made each time", "unkept", ours, RESULTS, f"{name}: Oxigraph", aim)
    yield Asked("HTML page of a text, kept", "ours", pages, BROWSER, "SELECT, small: Oxigraph", "2.5")
    yield Asked("HTML page of a text, made, one client", "unkept", pages, BROWSER, "", "p50 50 ms", connections=1)


def row(line: Asked, rounds: list[dict[str, Load]]) -> str:
    """A line of the table: medians over the rounds, and the medians of the ratios with their goal."""
    loads = [measured[line.line] for measured in rounds]
    rate, p50, p95, p99, size, processor = (
        median(getattr(one, name) for one in loads) for name in ("rate", "p50", "p95", "p99", "size", "processor")
    )
    cells = f"  {line.line:<46} {rate:>10.0f} {p50:>7.2f} {p95:>7.2f} {p99:>7.2f} {size:>7.0f} {processor:>7.0f}"
    if not line.to:
        return f"{cells}  {f'(aim: {line.goal})' if line.goal else ''}".rstrip()
    rates = median(measured[line.line].rate / measured[line.to].rate for measured in rounds)
    taken = median(measured[line.to].processor / measured[line.line].processor for measured in rounds)
    return f"{cells}  {rates:.2f}, {taken:.2f} of {line.to} (aim: {line.goal})"


def texts_of(store: Path) -> list[str]:
    """The IRIs of the texts of a release, or of some that are spread over all of it."""
    rows = EmbeddedStore(store).select(f"SELECT DISTINCT ?text {{ ?clause <{BASE}def/clauseOf> ?text }} ORDER BY ?text")
    return [iri(found, "text") for found in rows[:: max(1, ceil(len(rows) / TEXTS))]]


@contextmanager
def servers(data: Path) -> Iterator[dict[str, tuple[str, int]]]:
    """The addresses of our server, of ours that keeps nothing, and of Oxigraph's, over the current release.

    Each with its main process.
    """
    with (
        running(data, log=Path(devnull)) as ours,
        running(data, {"RECALLING_CACHE_SIZE": "0"}, log=Path(devnull)) as unkept,
        reading_oxigraph(data / "current" / "store") as theirs,
    ):
        own = {name: (one.address.rstrip("/"), one.process.pid) for name, one in (("ours", ours), ("unkept", unkept))}
        yield {**own, "oxigraph": theirs}


if __name__ == "__main__":
    import sys

    print_http(Path(sys.argv[1]))
