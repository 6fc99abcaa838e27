"""A report that comes as facts without prose, on its way into a release: inferred and checked like any other."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from rdflib import DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.term import Node

from mappings import iris
from mappings.facts import Count
from mappings.graph import sorted_quads
from ontology.axioms import UncoveredAxiom
from ontology.closure import Inconsistent, close
from ontology.terms import BASE, OA, REC
from server.publishing.belonging import Belonging
from server.publishing.carried import part_files
from server.publishing.dumps import joined, lines, merged, terms
from server.publishing.facts_only import EVIDENCE, FACTS, kept, read_dump
from server.publishing.reading import Reading, Refusal
from server.publishing.release import Part, ReportName
from shapes.conformance import validate

_REPORT_GRAPH = re.compile(rf"{re.escape(BASE)}graph/report/([^/]+)/([^/]+)")
_HOW = "make it with: recalling export --facts-only"


class _NotFacts(ValueError):
    """A file that is not what `recalling export --facts-only` writes; the message says what is wrong with it."""


def read_facts(path: Path) -> Reading | Refusal:
    """The reading of a facts-only report, with the evidence that stands beside it."""
    try:
        graphs = _graphs(path)
        name = _name(graphs)
        dumps = {layer: graphs.pop(iri, "") for layer, iri in _layers(name).items()}
        if graphs:
            raise _NotFacts(f"holds the graph {min(graphs)}, which is none of the report's; {_HOW}")
        asserted = merged([dumps["asserted"]])
        _refuse_others(asserted, name)
        _refuse_foreign(path, name)
        inferred = close(asserted)
        evidence, links = merged([dumps["evidence"]]), merged([dumps["links"], dumps["links evidence"]])
        coverage, gaps = tuple(_coverage(asserted)), list(_gaps(evidence))
    except OSError as error:
        return Refusal(path, f"{path}: cannot be read: {error.strerror or error}")
    except (ValueError, SyntaxError) as error:
        return Refusal(path, f"{path}: {error}")
    except UncoveredAxiom as error:
        return Refusal(path, f"{path}: its facts hold what only a vocabulary may say: {error}")
    except Inconsistent as error:
        return Refusal(path, f"{path}: its facts contradict the ontology: {error}")
    conformance = validate(asserted, inferred)
    files = {
        "asserted.nq": dumps["asserted"],
        "inferred.nq": sorted_quads(inferred, f"{name.graph}/inferred"),
        "evidence.nq": dumps["evidence"],
        "validation.ttl": conformance.turtle(),
        "coverage.json": _json({"coverage": [_count(count) for count in coverage], "gaps": gaps}),
        "report.json": _json(_record(asserted, name)),
        **part_files(links),
    }
    return Reading(path, Part(name, files), coverage, (), conformance)


def _graphs(path: Path) -> dict[str, str]:
    """The dumps of the graphs of both files by their IRIs. Raises _NotFacts where a line holds prose."""
    quads = [line for file in _files(path) for line in lines(read_dump(file))]
    if wordy := set(quads) - set(kept(quads)):
        raise _NotFacts(f"holds prose; {_HOW}. Found: {min(wordy)[:200]}")
    graphs = defaultdict[str, list[str]](list)
    for line in quads:
        graphs[terms(line).graph.strip("<>")].append(line)
    return {iri: joined(found) for iri, found in graphs.items()}


def _files(path: Path) -> list[Path]:
    """The file of a report's facts and that of their evidence, where there is one."""
    beside = path.with_name(path.name.removesuffix(FACTS) + EVIDENCE)
    return [file for file in (path, beside) if file.exists()]


def _name(graphs: dict[str, str]) -> ReportName:
    named = [found for iri in sorted(graphs) if (found := _REPORT_GRAPH.fullmatch(iri))]
    if len(named) != 1:
        raise _NotFacts(f"holds the facts of {len(named)} reports and must hold those of one; {_HOW}")
    session = named[0][2]
    figures = re.findall(r"[0-9]+", session)
    if not figures:
        raise _NotFacts(f"names a session without a number: {session}; {_HOW}")
    if session.isdecimal():
        return ReportName(named[0][1], int(session))
    year = re.match(r"[0-9]{4}-[a-z]", session)  # "2023-annual" is of 2023, "135-137" of the last of its sessions
    return ReportName(named[0][1], int(figures[0] if year else figures[-1]), session)


def _layers(name: ReportName) -> dict[str, str]:
    return {
        "asserted": name.graph,
        "evidence": f"{name.graph}/evidence",
        "links": str(iris.links_graph()),
        "links evidence": str(iris.links_graph("evidence")),
    }


def _refuse_others(asserted: Graph, name: ReportName) -> None:
    """Raise _NotFacts for a graph that is not about the report, or that does not say to be without prose."""
    report = URIRef(BASE + name.path)
    if (report, RDF.type, REC.Report) not in asserted:
        raise _NotFacts(f"holds no report {report}; {_HOW}")
    if (report, REC.factsOnly, Literal(True)) not in asserted:
        raise _NotFacts(f"does not say that it holds facts only; {_HOW}")


def _refuse_foreign(path: Path, name: ReportName) -> None:
    """Raise _NotFacts, with file and line, for a statement that is not this report's to make."""
    layers = {f"<{iri}>": layer for layer, iri in _layers(name).items()}
    numbered = [
        (file, number, line, terms(line))
        for file in _files(path)
        for number, line in enumerate(read_dump(file).split("\n"), 1)
        if line
    ]
    by_layer = defaultdict[str, list[str]](list)
    for *_, line, quad in numbered:
        by_layer[layers[quad.graph]].append(line)
    belonging = Belonging(name, map(terms, by_layer["asserted"]))
    accepted = belonging.links(merged([joined(by_layer["links"] + by_layer["links evidence"])]))
    for file, number, line, quad in numbered:
        match layers[quad.graph]:
            case "asserted":
                objection = belonging.objection(quad)
            case "evidence":
                objection = belonging.objection_to_evidence(quad)
            case _:
                own = all(triple in accepted for triple in merged([f"{line}\n"]))
                objection = "" if own else "it is no link between reports that stands on this one, with its evidence"
        if objection:
            raise _NotFacts(f"{file.name}, line {number}, is refused: {objection}. It says: {line[:200]}")


def _record(asserted: Graph, name: ReportName) -> dict[str, object]:
    """Which report this is and which file its facts were read from."""

    def said(property_: URIRef) -> object:
        value = asserted.value(URIRef(BASE + name.path), property_)
        return value.toPython() if isinstance(value, Literal) else ""

    return {
        "body": name.body,
        "session": name.session,
        **({"sessionName": name.session_name} if name.session_name else {}),
        "title": said(REC.title),
        "source": said(DCTERMS.source),
        "characters": said(DCTERMS.extent),
        "sha256": said(REC.checksum),
        "version": version("recalling"),
        "factsOnly": True,
    }


def _coverage(asserted: Graph) -> Iterator[Count]:
    """How much was understood when the words were at hand."""
    for node in sorted(asserted.subjects(RDF.type, REC.Coverage), key=str):
        total, claimed = _number(asserted, node, REC.total), _number(asserted, node, REC.claimed)
        yield Count(str(asserted.value(node, REC.stage)), total, claimed)


def _gaps(evidence: Graph) -> Iterator[dict[str, object]]:
    """What was not understood, by its offsets: lines and columns are those of a file that is not at hand."""
    for node in sorted(evidence.subjects(RDF.type, REC.Gap), key=str):
        position = evidence.value(URIRef(f"{node}/target"), OA.hasSelector)
        yield {
            "stage": str(evidence.value(node, REC.stage)),
            "reason": str(evidence.value(node, REC.reason)),
            "start": _number(evidence, position, OA.start),
            "end": _number(evidence, position, OA.end),
        }


def _number(graph: Graph, node: Node | None, property_: URIRef) -> int:
    """A number that a node has. Raises _NotFacts where it has none."""
    value = graph.value(node, property_)
    if not isinstance(value, Literal) or not isinstance(value.value, int):
        raise _NotFacts(f"holds {node} without the whole number {property_}; {_HOW}")
    return value.value


def _count(count: Count) -> dict[str, object]:
    return {"stage": count.stage, "total": count.total, "claimed": count.claimed}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
