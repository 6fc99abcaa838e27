"""The ontology's own documents, version by version: the whole, each module, the alignments.

    DATA/history/ontology/0.1.0/work.ttl    a document as a release with that version brought it, with the default base

What was published under a version stays, so that its IRI dereferences when the ontology has moved on. Where nothing
was kept yet, the installed ontology speaks for its own version.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.compare import to_canonical_graph

from ontology.terms import BASE
from server.publishing.disk import sweep, write_whole
from server.publishing.history import FOLDER
from server.publishing.release import rebase

MAIN, ALIGNMENTS = "recalling", "alignments"
_PATH = re.compile(r"def/(?:(?P<version>\d[\w.-]*)|(?P<name>alignments|module/[\w-]+)(?:/(?P<of>\d[\w.-]*))?)?")


@dataclass(frozen=True, slots=True)
class Named:
    """A document of the ontology by its name ("recalling", "work", "alignments") and version, "" for the current."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term that a document defines."""

    iri: str
    label: str
    definition: str


def named(path: str) -> Named | None:
    """The document that the path of an IRI names: `def/`, `def/0.1.0`, `def/module/work`, `def/module/work/0.1.0`."""
    found = _PATH.fullmatch(path)
    if not found:
        return None
    name = (found["name"] or MAIN).removeprefix("module/")
    return Named(name, found["version"] or found["of"] or "")


@cache
def installed() -> Mapping[str, str]:
    """The documents of the installed ontology by their names, as Turtle with the default base."""
    folder = files("ontology")
    core = [entry for entry in (folder / "core").iterdir() if entry.name.endswith(".ttl")]
    found = {entry.name.removesuffix(".ttl"): entry.read_text(encoding="utf-8") for entry in core}
    return {**found, ALIGNMENTS: (folder / f"{ALIGNMENTS}.ttl").read_text(encoding="utf-8")}


def keep(data: Path) -> None:
    """Keep the documents of the installed ontology under its version."""
    folder = data / FOLDER / "ontology" / version("recalling")
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    for name, turtle in installed().items():
        path = folder / f"{name}.ttl"
        if not path.is_file() or path.read_text(encoding="utf-8") != turtle:
            write_whole(path, turtle)


def turtle_of(data: Path, wanted: Named, current: str, base: str) -> str | None:
    """A document as Turtle, None where there is none; `current` is the version of the release that answers."""
    chosen = wanted.version or current or version("recalling")
    path = data / FOLDER / "ontology" / chosen / f"{wanted.name}.ttl"
    if path.is_file():
        return rebase(path.read_text(encoding="utf-8"), BASE, base)
    turtle = installed().get(wanted.name) if chosen == version("recalling") else None
    return None if turtle is None else rebase(turtle, BASE, base)


def modules_of(data: Path, wanted: Named, current: str, base: str) -> list[str]:
    """The documents that make the whole of a version, the main one first: all but the alignments."""
    chosen = wanted.version or current or version("recalling")
    folder = data / FOLDER / "ontology" / chosen
    names = {path.stem for path in folder.glob("*.ttl")} or set(installed())
    ordered = [MAIN, *sorted(names - {MAIN, ALIGNMENTS})]
    found = (turtle_of(data, Named(name, wanted.version), current, base) for name in ordered)
    return [turtle for turtle in found if turtle is not None]


def versions(data: Path) -> tuple[str, ...]:
    """The versions that were published, and the installed one, the newest name first."""
    kept = data / FOLDER / "ontology"
    found = {path.name for path in kept.iterdir()} if kept.is_dir() else set()
    return tuple(sorted({*found, version("recalling")}, reverse=True))


@lru_cache(maxsize=64)
def parsed(turtles: tuple[str, ...]) -> Graph:
    """Documents as one graph, which nobody may change."""
    graph = Graph()
    for turtle in turtles:
        graph.parse(data=turtle, format="turtle")
    return graph


@lru_cache(maxsize=64)
def canonical(turtles: tuple[str, ...]) -> Graph:
    """The same with blank nodes named by what is said of them, so that all processes write the same bytes."""
    return Graph() + to_canonical_graph(parsed(turtles))


def terms_of(graph: Graph) -> list[Term]:
    """The terms that a document defines, by their names."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDFS.Datatype)
    found = {node for kind in kinds for node in graph.subjects(RDF.type, kind) if isinstance(node, URIRef)}
    return [
        Term(str(node), str(graph.value(node, RDFS.label)), str(graph.value(node, SKOS.definition) or ""))
        for node in sorted(found)
        if graph.value(node, RDFS.isDefinedBy) is not None
    ]


def title_of(graph: Graph, iri: str) -> tuple[str, str]:
    """The title and the description of a document of the ontology."""
    title, description = (graph.value(URIRef(iri), said) for said in (DCTERMS.title, DCTERMS.description))
    return str(title or iri), str(description or "")
