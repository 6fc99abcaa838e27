"""The vocabulary is complete, documented, in its profile, and known to Python by the same names."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from tomllib import loads

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.term import Node

from ontology.axioms import rules
from ontology.closure import core_graph, ontology_graph, scheme_graph
from ontology.generate import citation_kinds, terms_module
from ontology.kept_rules import FILE, kept_rules, rules_file
from ontology.manual import manual
from ontology.scheme import statements
from ontology.terms import BASE, DEF, OA, ONTOLOGY, REC, terms

ROOT = Path(__file__).parents[1]
CORE = sorted(str(entry.name) for entry in (files("ontology") / "core").iterdir() if entry.name.endswith(".ttl"))
CHECKS = sorted(str(entry.name) for entry in (files("ontology") / "checks").iterdir() if entry.name.endswith(".rq"))
EXAMPLES = sorted(
    str(entry.name) for entry in (files("ontology") / "examples").iterdir() if entry.name.endswith(".ttl")
)
RL_DATATYPES = {XSD.string, XSD.integer, XSD.boolean, XSD.decimal}
VERSION = loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]["version"]


@pytest.fixture(scope="module")
def core() -> Graph:
    return core_graph()


@pytest.fixture(scope="module")
def alignments() -> Graph:
    return Graph().parse(data=(files("ontology") / "alignments.ttl").read_text(encoding="utf8"), format="turtle")


def own(graph: Graph) -> set[Node]:
    return set(graph.subjects(RDFS.isDefinedBy, ONTOLOGY))


def test_the_names_in_python_are_those_in_the_turtle(core: Graph) -> None:
    assert set(terms(REC).values()) == own(core)


def test_the_rules_that_are_kept_are_those_that_owlrl_makes_of_the_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    written = rules_file()
    assert (files("ontology") / FILE).read_text(encoding="utf8") == written, "run `make terms`"
    kept, made = kept_rules(), rules(to_canonical_graph(core_graph()))
    assert kept == made
    monkeypatch.setattr("ontology.kept_rules.version", lambda _: "another")
    assert kept_rules() is None


def test_the_kinds_of_citation_and_the_names_in_python_are_those_that_are_generated() -> None:
    core = files("ontology") / "core" / "citation-kinds.ttl"
    assert core.read_text(encoding="utf8") == citation_kinds(statements())
    assert (files("ontology") / "terms.py").read_text(encoding="utf8") == terms_module()


def test_the_classes_are_told_in_the_documents_as_the_turtle_has_them(core: Graph) -> None:
    told = (ROOT / "docs" / "classes.md").read_text(encoding="utf8")
    assert told == manual(core)
    classes = {str(term).removeprefix(DEF) for term in own(core) if (term, RDF.type, OWL.Class) in core}
    assert {name for name in classes if f"`rec:{name}`" not in told} == set()


def test_a_new_citing_verb_has_its_kind_of_citation_by_its_block_alone() -> None:
    verb = {
        f"{DEF}citingPhrase": [ox.Literal("hails aloud", language="en")],
        f"{DEF}citationProperty": [f"{DEF}hailedAloudWork"],
        f"{DEF}citesMoreCloselyThan": [f"{BASE}verb/welcome"],
    }
    graph = Graph().parse(data=citation_kinds({**statements(), f"{BASE}verb/hail": verb}), format="turtle")
    assert (URIRef(f"{DEF}HailsAloud"), RDFS.subClassOf, REC.Welcomes) in graph
    assert (URIRef(f"{DEF}hailedAloudWork"), RDFS.subPropertyOf, REC.welcomedWork) in graph
    assert (URIRef(f"{DEF}hailsAloud"), RDFS.subPropertyOf, REC.welcomes) in graph


def test_a_misspelt_term_is_an_error() -> None:
    with pytest.raises(AttributeError):
        REC.Recals  # type: ignore[attr-defined]  # noqa: B018


def test_the_evidence_names_are_those_of_the_web_annotation_vocabulary() -> None:
    assert all(str(term).startswith("http://www.w3.org/ns/oa#") for term in terms(OA).values())


def test_every_own_term_that_the_vocabulary_uses_is_defined(core: Graph) -> None:
    graph = ontology_graph()
    used = {term for triple in graph for term in triple if isinstance(term, URIRef) and str(term).startswith(DEF)}
    datatypes = {
        value.datatype
        for value in graph.objects()
        if isinstance(value, Literal) and str(value.datatype).startswith(DEF)
    }
    modules = set(core.objects(None, OWL.imports)) | set(core.objects(None, OWL.versionIRI)) | {ONTOLOGY}
    assert used | datatypes <= own(core) | modules


def test_every_verb_that_takes_a_work_has_its_kind_of_citation(core: Graph) -> None:
    properties = set(scheme_graph().objects(None, REC.citationProperty))
    assert properties <= set(core.transitive_subjects(RDFS.subPropertyOf, REC.citedWork))


def test_every_kind_of_citation_has_a_class_a_property_and_a_direct_property(core: Graph) -> None:
    for property_ in set(core.transitive_subjects(RDFS.subPropertyOf, REC.citedWork)) - {REC.citedWork}:
        kind = core.value(property_, RDFS.domain)
        direct = URIRef(DEF + str(kind).removeprefix(DEF)[0].lower() + str(kind).removeprefix(DEF)[1:])
        chain = core.value(direct, OWL.propertyChainAxiom)
        assert list(core.items(chain)) == [REC.hasCitation, property_]


@pytest.mark.parametrize("name", CORE)
def test_each_module_parses_alone_and_carries_the_version_of_the_project(name: str) -> None:
    graph = Graph().parse(data=(files("ontology") / "core" / name).read_text(encoding="utf8"), format="turtle")
    (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
    version = graph.value(ontology, OWL.versionIRI)
    assert (str(version).rsplit("/", 1)[-1], str(graph.value(ontology, OWL.versionInfo))) == (VERSION, VERSION)
    assert graph.value(ontology, DCTERMS.title) and graph.value(ontology, DCTERMS.license)


def test_the_main_file_imports_every_module_and_the_catalogue_finds_it(core: Graph) -> None:
    imported = {str(module) for module in core.objects(ONTOLOGY, OWL.imports)}
    assert imported == {f"{DEF}module/{name.removesuffix('.ttl')}" for name in CORE if name != "recalling.ttl"}
    catalogue = (files("ontology") / "core" / "catalog-v001.xml").read_text(encoding="utf8")
    assert all(f'name="{module}" uri="{module.rsplit("/", 1)[-1]}.ttl"' in catalogue for module in imported)


@pytest.mark.parametrize("name", CHECKS)
def test_each_check_of_the_ontology_finds_nothing(core: Graph, name: str) -> None:
    query = (files("ontology") / "checks" / name).read_text(encoding="utf8")
    assert [tuple(map(str, row)) for row in core.query(query)] == []


BROKEN = f"""
@prefix rec: <{DEF}> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> . @prefix skos: <{SKOS}> . @prefix xsd: <{XSD}> .
rec:Lamp a owl:Class ; rdfs:isDefinedBy rec: ; rdfs:label "lamp"@en , "light"@en ; skos:definition "Keeper of the light."@en .
rec:lamp a owl:ObjectProperty ; rdfs:isDefinedBy rec: ; rdfs:domain rec:Lamp , rec:Tower ; rdfs:range xsd:string ; owl:inverseOf rec:lamp .
rec:lit a owl:DatatypeProperty ; rdfs:isDefinedBy rec: ; rdfs:range xsd:date ; skos:definition "When."@en ; skos:example "yesterday"@en .
rec:Tower a owl:Class ; rdfs:subClassOf rec:Lamp ; rdfs:label "lamp"@en . rec:Lamp rdfs:subClassOf rec:Tower .
rec:Rest a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty rec:lamp ; owl:someValuesFrom rec:Tower ] .
"""


@pytest.mark.parametrize("name", CHECKS)
def test_each_check_finds_what_it_is_for(name: str) -> None:
    query = (files("ontology") / "checks" / name).read_text(encoding="utf8")
    assert list(Graph().parse(data=BROKEN, format="turtle").query(query))


def test_the_ontology_stays_in_the_rl_profile(core: Graph) -> None:
    ranges = set(core.objects(None, RDFS.range))
    assert {term for term in ranges if str(term).startswith(str(XSD))} <= RL_DATATYPES
    lists = set(core.objects(None, OWL.propertyChainAxiom)) | set(core.objects(None, OWL.members))
    cells = {cell for start in lists for cell in core.transitive_objects(start, RDF.rest)}
    assert {node for node in core.all_nodes() if isinstance(node, BNode)} <= cells | set(
        core.subjects(RDF.type, OWL.AllDisjointClasses)
    )
    assert not set(core.objects(None, OWL.equivalentClass))


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_uses_defined_terms_only(core: Graph, name: str) -> None:
    graph = Graph().parse(data=(files("ontology") / "examples" / name).read_text(encoding="utf8"), format="turtle")
    used = {term for triple in graph for term in triple if isinstance(term, URIRef) and str(term).startswith(DEF)}
    assert used and used <= own(core)


CLOSED = (DCTERMS, SKOS, rdflib.PROV, rdflib.ORG, rdflib.FOAF, rdflib.SDO, OWL, RDFS, RDF, XSD, rdflib.VANN)


def external(graph: Graph) -> set[URIRef]:
    return {term for triple in graph for term in triple if isinstance(term, URIRef) and not str(term).startswith(BASE)}


def is_known(term: URIRef) -> bool | None:
    """Whether the vocabulary of a term has it; None where the vocabulary is not one of rdflib's."""
    return next((term in vocabulary for vocabulary in CLOSED if str(term).startswith(str(vocabulary))), None)


def test_every_external_term_of_a_closed_namespace_exists(core: Graph, alignments: Graph) -> None:
    assert sorted(term for term in external(core + alignments) if is_known(term) is False) == []


def test_every_term_of_a_vocabulary_of_which_a_copy_is_at_hand_exists(alignments: Graph, shared: Path) -> None:
    copies = shared / "reference" / "vocab"
    known = "".join((copies / name).read_text(encoding="utf8") for name in ("eli-ep.shacl.ttl", "org-ep.shacl.ttl"))
    undo, cito = Graph().parse(copies / "undo.ttl"), Graph().parse(copies / "cito.ttl")
    unknown = []
    for term in sorted(external(alignments)):
        name = str(term).rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        if str(term).startswith("http://data.europa.eu/eli/"):
            prefix = "eli-dl" if "draft-legislation" in str(term) else "eli"
            unknown += [term] if f"{prefix}:{name}" not in known else []
        elif str(term).startswith("https://w3id.org/un/ontology/undo/"):
            unknown += [term] if not list(undo.predicate_objects(term)) else []
        elif str(term).startswith("http://purl.org/spar/cito/"):
            unknown += [term] if not list(cito.predicate_objects(term)) else []
    assert unknown == []


WITHOUT_COPY = {
    "http://purl.org/spar/doco/": {"Footnote", "Paragraph", "Section", "Chapter"},
    "http://www.w3.org/ns/oa#": set(terms(OA)),
    "http://www.w3.org/ns/opengov#": {"Motion"},
}


def test_every_other_external_term_is_one_of_a_short_list_that_was_looked_up(alignments: Graph) -> None:
    checked = ("http://data.europa.eu/eli/", "https://w3id.org/un/ontology/undo/", "http://purl.org/spar/cito/")
    for term in external(alignments):
        if is_known(term) is None and not str(term).startswith((*checked, "https://spdx.org/")):
            namespace = next(prefix for prefix in WITHOUT_COPY if str(term).startswith(prefix))
            assert str(term).removeprefix(namespace) in WITHOUT_COPY[namespace]


def test_the_alignments_speak_of_own_terms_only_where_these_exist(core: Graph, alignments: Graph) -> None:
    own_terms = {
        term for triple in alignments for term in triple if isinstance(term, URIRef) and str(term).startswith(DEF)
    }
    assert own_terms <= own(core) | set(alignments.subjects(RDF.type, OWL.Ontology)) | set(
        alignments.objects(None, OWL.versionIRI)
    ) | {ONTOLOGY}


def test_the_alignments_are_never_part_of_the_ontology_graph(alignments: Graph) -> None:
    assert not set(alignments) & set(ontology_graph())
