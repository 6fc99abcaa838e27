"""`make bench`, or python -m tests.bench REPORT…: the given reports, without any the samples."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from rdflib import Graph

from ontology.closure import close
from server.publish import build
from tests.bench.lengths import print_lengths
from tests.bench.over_http import print_http
from tests.bench.peers import print_peers
from tests.bench.stages import print_road

SAMPLES = Path(__file__).parents[2] / "examples" / "reports"


def main(reports: list[Path]) -> None:
    """Measure each stage of the reports' roads, then the release that is built of them."""
    start = time.perf_counter()
    close(Graph())
    print(f"the vocabulary and its rules, once a process: {time.perf_counter() - start:.2f} s")
    for report in reports:
        print_road(report)
    print_lengths(reports[0])
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        published = build(reports, Path(folder), jobs=2)
        print(f"\nread to published, {len(reports)} reports in two processes: {time.perf_counter() - start:.2f} s")
        if published.release is None:
            sys.exit("the reports do not conform: nothing to query")
        print_peers(published.release)
        print_http(Path(folder))


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or sorted(SAMPLES.glob("*.txt")))
