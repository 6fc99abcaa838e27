"""Writes what the ontology says twice: core/citation-kinds.ttl from schemes/verbs.ttl; REC in terms.py from core/.

Besides docs/classes.md, the same for people to read, and rules.json, what follows from it for those who infer.

    python -m ontology.generate

A verb with `rec:citingPhrase` ("takes note of") and `rec:citationProperty` has its kind of citation: a class, a
property from the citation to the work and a direct property. A test holds that the files are what this writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from ontology.closure import core_graph
from ontology.kept_rules import FILE, rules_file
from ontology.manual import manual
from ontology.scheme import Statements, first, links, statements, texts
from ontology.terms import BASE, DEF

_HERE = Path(__file__).parent
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_IS_DEFINED_BY = "http://www.w3.org/2000/01/rdf-schema#isDefinedBy"
_TERMS = re.compile(r"(?<=\n)    # work\.ttl\n(?:(?:    .*)?\n)*")
_BLOCKS = """
rec:{kind} a owl:Class ;
  rdfs:subClassOf rec:{broader_kind} ;
  rdfs:label "{phrase}"@en ;
  skos:definition "Citation whose verb {phrase} the cited work: it has a rec:{work}."@en ;
  skos:example "{example}"@en ;
  rdfs:isDefinedBy rec: .

rec:{work} a owl:ObjectProperty ;
  rdfs:subPropertyOf rec:{broader_work} ;
  rdfs:domain rec:{kind} ;
  rdfs:label "{work_label}"@en ;
  skos:definition "Relates a citation to the work that its verb {phrase}."@en ;
  skos:example "{example}"@en ;
  rdfs:isDefinedBy rec: .

rec:{direct} a owl:ObjectProperty ;
  rdfs:subPropertyOf rec:{broader_direct} ;
  owl:propertyChainAxiom ( rec:hasCitation rec:{work} ) ;
  rdfs:label "{phrase}"@en ;
  skos:definition "Relates a passage or text to a work that it {phrase}."@en ;
  skos:example "{example}"@en ;
  rdfs:isDefinedBy rec: .
"""


def citation_kinds(facts: Mapping[str, Statements]) -> str:
    """The Turtle of core/citation-kinds.ttl: its header as it stands, then the kinds in the order of their names."""
    header = (_HERE / "core" / "citation-kinds.ttl").read_text(encoding="utf8").partition("\nrec:")[0]
    verbs = {iri: said for iri, said in facts.items() if texts(said, f"{DEF}citingPhrase")}
    return header + "".join(sorted(_kind(said, verbs) for said in verbs.values()))


def _kind(said: Statements, verbs: dict[str, Statements]) -> str:
    phrase, work = _phrase(said), _work(said)
    broader = next((verbs[iri] for iri in links(said, f"{DEF}citesMoreCloselyThan")), None)
    return _BLOCKS.format(
        kind=_camel(phrase, capital=True),
        direct=_camel(phrase),
        phrase=phrase,
        work=work,
        work_label=" ".join(re.findall(r"[A-Z]?[a-z]+", work)).lower(),
        example=first(texts(said, f"{_SKOS}example")).replace('"', '\\"'),
        broader_kind=_camel(_phrase(broader), capital=True) if broader else "Citation",
        broader_work=_work(broader) if broader else "citedWork",
        broader_direct=_camel(_phrase(broader)) if broader else "cites",
    )


def _phrase(said: Statements) -> str:
    return first(texts(said, f"{DEF}citingPhrase"))


def _work(said: Statements) -> str:
    return first(links(said, f"{DEF}citationProperty")).removeprefix(DEF)


def _camel(phrase: str, *, capital: bool = False) -> str:
    name = "".join(word.capitalize() for word in phrase.split())
    return name if capital else name[0].lower() + name[1:]


def terms_module() -> str:
    """The text of terms.py with the names of REC that the core modules define, module by module as imported."""
    return _TERMS.sub("\n".join(_modules()), (_HERE / "terms.py").read_text(encoding="utf8"))


def _modules() -> Iterator[str]:
    main = (_HERE / "core" / "recalling.ttl").read_text(encoding="utf8")
    for module in re.findall(rf"<{BASE}def/module/([a-z-]+)>", main):
        defined = {
            str(getattr(triple.subject, "value", "")).removeprefix(DEF)
            for triple in ox.parse((_HERE / "core" / f"{module}.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
            if triple.predicate.value == _IS_DEFINED_BY
        }
        yield f"    # {module}.ttl\n" + "".join(f"    {name}: URIRef\n" for name in sorted(defined))


def main() -> None:
    """Write the files, and docs/classes.md from what they then say."""
    (_HERE / "core" / "citation-kinds.ttl").write_text(citation_kinds(statements()), encoding="utf8")
    (_HERE / "terms.py").write_text(terms_module(), encoding="utf8")
    (_HERE / FILE).write_text(rules_file(), encoding="utf8")
    (_HERE.parent / "docs" / "classes.md").write_text(manual(core_graph()), encoding="utf8")


if __name__ == "__main__":
    main()
