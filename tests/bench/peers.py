"""Loading and asking the quads of a release with rdflib's own engine, the named peer."""

from __future__ import annotations

import time

from rdflib import Dataset

from server.publishing.release import Release
from server.questions import questions
from server.table import ask


def print_peers(release: Release) -> None:
    """Load and query the same quads with rdflib, and print the ratios."""
    dump = "".join(path.read_text(encoding="utf-8") for path in release.dumps().values())
    dataset = Dataset(default_union=True)
    start = time.perf_counter()
    dataset.parse(data=dump, format="nquads")
    print(f"\nrdflib parses the {dump.count(chr(10))} quads of the release in {time.perf_counter() - start:.2f} s")
    print(f"  {'question':<18} {'ours':>9} {'rdflib':>9}  ratio")
    for entry in questions():
        if entry.name in ("texts", "sponsors", "citations", "meetings"):
            start = time.perf_counter()
            ask(release.store, entry.at(release.base))
            ours = time.perf_counter() - start
            start = time.perf_counter()
            list(dataset.query(entry.at(release.base)))
            theirs = time.perf_counter() - start
            print(f"  {entry.name:<18} {ours * 1000:6.1f} ms {theirs * 1000:6.0f} ms {theirs / ours:6.0f}")
