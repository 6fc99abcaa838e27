"""`make bench-many`: questions, pages and rates over as many reports as a library would hold.

The reports are the facts of two real sessions under the numbers of other ones, each with documents of its own.
"""

from __future__ import annotations

import argparse
import gzip
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from server.app import create_app
from server.publishing.facts_only import EVIDENCE, FACTS, read_dump
from server.questions import questions
from server.settings import Settings
from server.store import EmbeddedStore
from tests.bench.over_http import BASE, print_http
from tests.serving import recalling

FOLDER = Path(__file__).parents[2] / "examples" / "facts"
SESSIONS = {31: 2022, 33: 2024}  # the real ones, and the years in the symbols of their documents
FIRST_SESSION, FIRST_YEAR = 101, 1900  # of the others
TIMES = 5
PAGES = {
    "home": "",
    "text": "text/ccpcj/{session}/resolution/1.html",
    "session": "session/ccpcj/{session}.html",
    "report": "report/ccpcj/{session}.html",
    "meeting": "meeting/ccpcj/{session}/9.html",
    "State": "state/FRA.html",
    "body": "body/ccpcj.html",
    "instrument": "instrument/untoc.html",
    "verb": "verb/recall.html",
    "search": "search?q=trafficking",
    "dataset": "dataset",
}


def write_sessions(folder: Path, count: int) -> list[Path]:
    """Write the facts of so many sessions; the files that `recalling build` reads."""
    written = []
    for place in range(count):
        old = list(SESSIONS)[place % len(SESSIONS)]
        new, year = FIRST_SESSION + place, FIRST_YEAR + place
        for suffix in (FACTS, EVIDENCE):
            text = _renumbered(read_dump(FOLDER / f"ccpcj-{old}{suffix}"), old, new, year)
            content = gzip.compress(text.encode(), 1) if suffix == EVIDENCE else text.encode()
            (folder / f"ccpcj-{new}{suffix}").write_bytes(content)
        written.append(folder / f"ccpcj-{new}{FACTS}")
    return written


def _renumbered(quads: str, old: int, new: int, year: int) -> str:
    text = re.sub(rf"ccpcj/{old}(?=[/>])", f"ccpcj/{new}", quads)
    text = text.replace(f'def/ordinal> "{old}"', f'def/ordinal> "{new}"')
    text = text.replace(f"E/CN.15/{SESSIONS[old]}/", f"E/CN.15/{year}/")
    text = re.sub(rf"E/CN\.15/(RES|DEC)/{old}(?=[/>])", rf"E/CN.15/\g<1>/{new}", text)
    return "".join(sorted(text.splitlines(keepends=True)))


def print_questions(store: EmbeddedStore) -> None:
    """What each question takes when it is asked whole."""
    print(f"\n  {'question':<20} {'rows':>8} {'seconds':>8}")
    for question in questions():
        start = time.perf_counter()
        rows = len(store.select(question.at(BASE)))
        print(f"  {question.name:<20} {rows:>8} {time.perf_counter() - start:>8.2f}")


def print_pages(data: Path, session: int) -> None:
    """What pages take that nobody has asked for before."""
    app = create_app(Settings(data=data, cache_size=0))
    client = app.test_client()
    print(f"\n  {'page, made each time':<20} {'ms':>8}")
    for name, path in PAGES.items():
        address = f"/{path.format(session=session)}"
        if client.get(address).status_code != 200:
            raise SystemExit(f"{address} is not there")
        print(f"  {name:<20} {median(_timed(lambda at=address: client.get(at).data) for _ in range(TIMES)):>8.1f}")
    app.extensions["current"].close()


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.many")
    parser.add_argument("--sessions", type=int, default=100)
    count = parser.parse_args().sessions
    with tempfile.TemporaryDirectory() as folder:
        facts, data = Path(folder, "facts"), Path(folder, "data")
        facts.mkdir()
        files = write_sessions(facts, count)
        start = time.perf_counter()
        subprocess.run(recalling("build", *files, "--data", data, "--jobs", "2"), check=True, capture_output=True)
        print(f"{count} reports, read to published in two processes: {time.perf_counter() - start:.0f} s")
        print_questions(EmbeddedStore(data / "current" / "store"))
        print_pages(data, FIRST_SESSION)
        print_http(data)


if __name__ == "__main__":
    main()
