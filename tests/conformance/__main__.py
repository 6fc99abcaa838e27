"""`python -m tests.conformance [SUITE…]`: runs the public suites; fails where an outcome is not as exceptions.toml says."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.conformance import graph_store, owl_rl, protocol, query_evaluation, refusals, service_description, shacl
from tests.conformance.outcome import Outcome, table, unexpected

SUITES: dict[str, Callable[[Path, Path], Iterator[Outcome]]] = {
    "query": query_evaluation.run,
    "protocol": protocol.run,
    "refusals": refusals.run,
    "graph-store": graph_store.run,
    "service-description": service_description.run,
    "shacl": shacl.run,
    "owl-rl": owl_rl.run,
}


def main(names: list[str]) -> int:
    """Print a table and what was not expected; 1 where there is such a thing, 2 where the suites are not at hand."""
    shared = Path(os.environ.get("RECALLING_SHARED", Path(__file__).parents[3] / "shared"))
    if not (shared / "suites").is_dir():
        sys.stderr.write(f"no suites at {shared}: set RECALLING_SHARED to their folder\n")
        return 2
    logging.getLogger("rdflib").setLevel(
        logging.ERROR
    )  # which tells at length of each literal that is ill-typed on purpose
    warnings.simplefilter("ignore")
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names or SUITES:
            outcomes += SUITES[name](shared / "suites", Path(folder) / name)
    surprises = unexpected(outcomes)
    sys.stdout.write("\n".join([table(outcomes), *surprises]) + "\n")
    return 1 if surprises else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
