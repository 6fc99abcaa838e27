"""Official texts on their way from their files to the parts of a release: a part for each work, in all its languages.

Several files may hold one work: of those in one language the one that was marked up last is read, one whose cover and
preface agree before one where they do not, and the others are listed. A file that cannot be read is listed and holds
up no other.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from rdflib import Graph

from mappings.facts import Count, Gap
from mappings.graph import sorted_quads
from mappings.official.assertion import assert_official
from mappings.official.document import OfficialText
from mappings.official.evidence import evidence_graph
from mappings.official.expressions import expression_graph
from mappings.official.extract import extract_official
from mappings.official.facts import OfficialFacts
from mappings.official.reading import read_official
from mappings.source import SourceError, Span
from ontology.closure import Inconsistent, close
from server.publishing.reading import ListedGap, Reading, Refusal
from server.publishing.release import Part, WorkName, sha256
from shapes.conformance import validate

SUFFIX = ".xml"
_READ_FIRST = ("en", "fr", "es", "ru", "ar", "zh", "de")  # whose words stand on the work itself
_Found = tuple[Path, OfficialText]


def read_works(paths: Sequence[Path], watch: Callable[[Reading | Refusal], None]) -> Iterator[Reading | Refusal]:
    """The outcome of each work in the files, in the order of their symbols, after the files that cannot be read."""
    works: dict[str, list[_Found]] = defaultdict(list)
    for path in paths:
        try:
            for text in read_official(path):
                works[text.symbol].append((path, text))
        except SourceError as error:
            refusal = Refusal(path, str(error))
            watch(refusal)
            yield refusal
    for symbol in sorted(works):
        outcome = _work(works[symbol])
        watch(outcome)
        yield outcome


def _work(found: list[_Found]) -> Reading | Refusal:
    """One work, read in English where it is there, with its other languages."""
    chosen, others = _chosen(found)
    path, text = chosen[0]
    try:
        facts = extract_official(text)
        asserted = assert_official(facts)
        inferred = close(asserted)
    except Inconsistent as error:
        return Refusal(path, f"{path}: its facts contradict the ontology: {error}")
    conformance = validate(asserted, inferred)
    name = WorkName(text.symbol)
    gaps = (*facts.gaps, *(_listed(file, other, path) for file, other in others))
    listed = tuple(ListedGap(*text.source.position(gap.span.start), gap) for gap in gaps)
    files = {
        "asserted.nq": sorted_quads(asserted, name.graph),
        "inferred.nq": sorted_quads(inferred, f"{name.graph}/inferred"),
        "evidence.nq": sorted_quads(evidence_graph(facts), f"{name.graph}/evidence"),
        **dict(_languages(chosen, name)),
        "validation.ttl": conformance.turtle(),
        "coverage.json": _coverage(facts.coverage, listed),
        "report.json": _record(facts, text, path),
    }
    return Reading(path, Part(name, files), facts.coverage, listed, conformance)


def _chosen(found: list[_Found]) -> tuple[list[_Found], list[_Found]]:
    """A file for each language, the language that is read first before the others; and the files left aside."""
    ranked = sorted(found, key=_rank)
    chosen: dict[str, _Found] = {}
    for one in ranked:
        chosen.setdefault(one[1].language, one)
    kept = list(chosen.values())
    return kept, [one for one in ranked if one not in kept]


def _rank(one: _Found) -> tuple[int, bool, int, str]:
    path, text = one
    odd = any(gap.stage == "symbol" for gap in text.gaps)
    return _READ_FIRST.index(text.language), odd, -(text.marked_up or date.min).toordinal(), str(path)


def _listed(path: Path, text: OfficialText, read: Path) -> Gap:
    return Gap("files", f"another file of the same text in {text.language}; {read.name} is read", path.name, Span(0, 0))


def _languages(chosen: list[_Found], name: WorkName) -> Iterator[tuple[str, str]]:
    """A dump for each language."""
    work = chosen[0][1]
    for _, text in chosen:
        graph: Graph = expression_graph(text, work)
        yield f"{text.language}.nq", sorted_quads(graph, f"{name.graph}/{text.language}")


def _coverage(counts: tuple[Count, ...], gaps: tuple[ListedGap, ...]) -> str:
    return _json(
        {
            "coverage": [{"stage": one.stage, "total": one.total, "claimed": one.claimed} for one in counts],
            "gaps": [
                {"stage": g.gap.stage, "reason": g.gap.reason, "line": g.line, "column": g.column, "text": g.gap.text}
                for g in gaps
            ],
        }
    )


def _record(facts: OfficialFacts, text: OfficialText, path: Path) -> str:
    """Which work this is and which file it was read from."""
    return _json(
        {
            "symbol": facts.work.symbol,
            "title": facts.work.title,
            "source": path.name,
            "characters": len(text.source.text),
            "sha256": sha256(path.read_text(encoding="utf-8")),
            "version": version("recalling"),
        }
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
