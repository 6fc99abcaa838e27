"""What a description holds (W3C Content Negotiation by Profile): what reports say, what follows, where it was read;
or the same in the terms of others, ELI, Dublin Core or schema.org.

A client names a profile by `?profile=` or `?_profile=` with its name or IRI, or by `Accept-Profile`. Without either it
gets what reports say together with what follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Request
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, Namespace, URIRef
from werkzeug.http import parse_options_header

from ontology.terms import OA
from server.descriptions.served import Description
from server.errors import Problem
from server.linked_data.aligned import aligned, in_schema_org
from server.store import Store
from server.things import POINTING, Page, description_page, iri, layer

PROF = Namespace("http://www.w3.org/ns/dx/prof/")
_ANNOTATIONS = f"""SELECT DISTINCT ?annotation {{{{
  {{{{ ?annotation <{OA.hasBody}> <{{thing}}> }}}} UNION
  {{{{ ?statement <{RDF.subject}> <{{thing}}> . ?annotation <{OA.hasBody}> ?statement }}}}
}}}} ORDER BY ?annotation LIMIT {POINTING}"""


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile by its name, which is the fragment of its IRI, with what it gives in words.

    `inferred` and `evidence` say whether it gives what follows, and where a fact was read. What a graph of evidence
    says of a thing of its own is given in each. `terms` are the prefixes and namespaces of a profile in the terms of
    others.
    """

    name: str
    title: str
    inferred: bool = True
    evidence: bool = False
    terms: tuple[tuple[str, str], ...] = ()

    def iri(self, base: str) -> str:
        """Its IRI."""
        return f"{base}profiles#{self.name}"


PLAIN = Profile(
    "plain", "What the reports say of a thing, and nothing that follows from it", inferred=False, evidence=False
)
INFERRED = Profile(
    "inferred", "What the reports say of a thing, and what follows by the ontology", inferred=True, evidence=False
)
EVIDENCE = Profile(
    "evidence",
    "What the reports say, what follows, and the stretches of the reports that each fact was read from",
    inferred=True,
    evidence=True,
)
ELI = Profile(
    "eli",
    "The thing in the terms of the European Legislation Identifier and its extension for draft legislation",
    terms=(
        ("eli", "http://data.europa.eu/eli/ontology#"),
        ("eli-dl", "http://data.europa.eu/eli/eli-draft-legislation-ontology#"),
    ),
)
DUBLIN_CORE = Profile("dcterms", "The thing in the terms of Dublin Core", terms=(("dcterms", str(DCTERMS)),))
SCHEMA_ORG = Profile("schema", "The thing in the terms of schema.org", terms=(("schema", "https://schema.org/"),))
PROFILES = (INFERRED, PLAIN, EVIDENCE, ELI, DUBLIN_CORE, SCHEMA_ORG)
ALTERNATES = ("alt", "altr", "http://www.w3.org/ns/dx/connegp/altr", "http://www.w3.org/ns/dx/conneg/altr")


def asked_profile(request: Request, base: str) -> Profile | None:
    """The profile that a request asks for, None where it asks for the list of them.

    Raises a Problem for a parameter that names none; an `Accept-Profile` without a known one gets the default.
    """
    word = parameter(request)
    if word in ALTERNATES:
        return None
    if word:
        found = next((one for one in PROFILES if word in (one.name, one.iri(base))), None)
        if found is None:
            offered = [one.iri(base) for one in PROFILES]
            raise Problem(406, "Not acceptable", f"There is no profile {word}.", {"offered": offered})
        return found
    liked = sorted(_accepted(request.headers.get("Accept-Profile", "")), key=lambda pair: -pair[0])
    known = {one.iri(base): one for one in PROFILES}
    return next((known[name] for quality, name in liked if name in known and quality > 0), INFERRED)


def parameter(request: Request) -> str:
    """The word that names a profile in the address, "" without one."""
    return request.args.get("_profile") or request.args.get("profile") or ""


def _accepted(header: str) -> Iterator[tuple[float, str]]:
    """The profiles of an `Accept-Profile` with their qualities."""
    for name, rest in re.findall(r"<([^>]*)>([^,<]*)", header):
        quality = parse_options_header(f"x{rest}")[1].get("q", "1")
        yield (float(quality) if re.fullmatch(r"[01](\.\d{0,3})?", quality) else 0.0), name


def profile_page(
    store: Store, thing: ox.NamedNode, profile: Profile, base: str, number: int, described: Description | None = None
) -> Page | None:
    """A page of the quads that describe a thing, as much as the profile wants; all of a named graph's content.

    None where the description has no page of that number. Where the thing is `described`, the store is asked for what
    is beyond that.
    """
    if profile.terms:
        quads = in_schema_org(thing, base) if profile is SCHEMA_ORG else aligned(store, thing, _spaces(profile), base)
        return Page(quads, more=False) if number == 1 else None
    if described:
        page = Page(described.quads(), more=False) if number == 1 else None
    else:
        page = description_page(store, thing, number)
    if page is None or any(quad.graph_name == thing for quad in page.quads):
        return page
    kept = [quad for quad in page.quads if profile.inferred or layer(quad.graph_name) != "inferred"]
    return Page([*kept, *_evidence(store, thing, base)] if profile.evidence else kept, page.more)


def _spaces(profile: Profile) -> tuple[str, ...]:
    return tuple(space for _, space in profile.terms)


def _evidence(store: Store, thing: ox.NamedNode, base: str) -> Iterable[ox.Quad]:
    """The annotations about a thing with the stretches that they point to."""
    rows = store.select(_ANNOTATIONS.format(thing=thing.value))
    waiting = [ox.NamedNode(iri(row, "annotation")) for row in rows]
    seen = set(waiting)
    found: list[ox.Quad] = []
    while waiting:
        for quad in store.quads_from(waiting.pop()):
            if layer(quad.graph_name) != "evidence":
                continue
            found.append(quad)
            value = quad.object
            if isinstance(value, ox.NamedNode) and value.value.startswith(f"{base}evidence/") and value not in seen:
                seen.add(value)
                waiting.append(value)
    return sorted(found, key=str)


def profile_links(address: str, profile: Profile, media_type: str, base: str) -> list[str]:
    """The values of `Link` that tell which profile an answer has, and where the others are."""
    links = [f'<{profile.iri(base)}>; rel="profile"']
    return links + [
        f'<{address}?_profile={other.name}>; rel="alternate"; type="{media_type}"; formats="{other.iri(base)}"'
        for other in PROFILES
        if other is not profile
    ]


def profiles_graph(base: str, thing: str = "") -> Graph:
    """The profiles; with a thing, its descriptions in each of them."""
    graph = Graph()
    for profile in PROFILES:
        node = URIRef(profile.iri(base))
        graph.add((node, RDF.type, PROF.Profile))
        graph.add((node, RDFS.label, Literal(profile.name)))
        graph.add((node, DCTERMS.title, Literal(profile.title, lang="en")))
        graph.add((node, PROF.hasToken, Literal(profile.name)))
        if thing:
            where = URIRef(f"{thing}?_profile={profile.name}")
            graph.add((URIRef(thing), DCTERMS.hasFormat, where))
            graph.add((where, DCTERMS.conformsTo, node))
    return graph
