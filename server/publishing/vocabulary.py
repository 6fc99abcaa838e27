"""The vocabulary as a release holds it: the ontology and its concept schemes, and what follows from them alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from mappings.assertion.things import document_stub
from mappings.assertion.triples import Triple
from mappings.graph import sorted_quads
from mappings.iris import symbol_of
from ontology.closure import close_schemes
from ontology.terms import BASE, REC
from ontology.triples import FOLDERS, quads_of, triples_of
from server.publishing.dumps import joined, lines
from server.publishing.manifest import Manifest, StoredPart
from server.publishing.parts import keep_part
from server.publishing.release import OwnName, Part, digest

NAME, MADE_OF = f"{BASE}graph/ontology", "made-of.txt"


def vocabulary_kept(data: Path, served: Manifest | None, base: str) -> StoredPart:
    """The vocabulary as a part of every release: that of the served one where nothing has changed since."""
    held = served.parts.get("ontology") if served and served.base == base else None
    made_of = held.file(MADE_OF) if held else None
    if held and made_of and made_of.is_file() and made_of.read_text(encoding="utf-8") == _made_of():
        return held
    return keep_part(data, vocabulary_part(), base)


@cache
def _made_of() -> str:
    """What tells one vocabulary from another: hashes of the ontology's files and of the programs that read them."""
    folder = files("ontology")
    found = [path for place in (folder, folder / "core", folder / "schemes") for path in place.iterdir()]
    texts = {path.name: path.read_text(encoding="utf-8") for path in found if path.name.endswith((".ttl", ".py"))}
    return digest(texts, version("owlrl"), version("rdflib"), version("recalling")) + "\n"


@cache
def vocabulary_part() -> Part:
    """The vocabulary as a part of every release."""
    inferred = close_schemes()
    dumps = {
        "asserted.nq": _asserted(),
        "inferred.nq": sorted_quads(inferred, f"{NAME}/inferred"),
    }
    return Part(OwnName("ontology"), {**dumps, MADE_OF: _made_of()})


def _adopting_documents(schemes: Graph) -> Iterator[Triple]:
    """The stubs of the resolutions in which the instruments were adopted: no report need cite them."""
    for document in sorted({str(document) for document in schemes.objects(None, REC.adoptedIn)}):
        yield from document_stub(symbol_of(document))


def _asserted() -> str:
    """The ontology as N-Quads; its blank nodes (lists and restrictions) are named by what is said of them."""
    stubs = Graph()
    for triple in _adopting_documents(triples_of("schemes")):
        stubs.add(triple)
    added = ox.parse(sorted_quads(stubs, NAME).encode(), format=ox.RdfFormat.N_QUADS)
    name = ox.NamedNode(NAME)
    told = (ox.Quad(one.subject, one.predicate, one.object, name) for folder in FOLDERS for one in quads_of(folder))
    dataset = ox.Dataset((*told, *added))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    written = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS)
    return joined(lines(written.decode() if written else ""))
