"""Links that no single document holds, kept as a part: its list has a line for each link, its graphs are made of them.

    links.jsonl      the links, by their annotations, each with its own statements
    asserted.nq  inferred.nq  evidence.nq

What follows from links is closed in groups that share no thing, for nothing follows from two groups together: when some
links change, only the groups that they are in are closed anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import RDF, Graph

from mappings.graph import sorted_quads
from ontology.closure import close
from server.publishing.dumps import joined, lines, merged
from server.publishing.manifest import Manifest
from server.publishing.release import OwnName, Part, PartFiles

LIST = "links.jsonl"


@dataclass(frozen=True, slots=True)
class KeptLink:
    """A link as it is kept: by its annotation, about a property of a subject; its statements as N-Triples.

    A pair of paragraphs is kept by its own name, about the two. `brought` tells that a report without its words brought
    the link.
    """

    annotation: str
    about: tuple[str, str]
    brought: bool
    asserted: tuple[str, ...]
    evidence: tuple[str, ...]

    @property
    def line(self) -> str:
        """The link as a line of the list of links."""
        return json.dumps([self.annotation, self.about, self.brought, self.asserted, self.evidence], ensure_ascii=False)

    @staticmethod
    def of(line: str) -> KeptLink:
        """The link in a line."""
        annotation, about, brought, asserted, evidence = json.loads(line)
        return KeptLink(annotation, (about[0], about[1]), brought, tuple(asserted), tuple(evidence))


Kept = dict[str, KeptLink]  # by their annotations


@dataclass(frozen=True, slots=True)
class Before:
    """The links of the release before, what followed from them, and the manifest that they were found for.

    All are empty, and the manifest None, where links were not kept yet: then they are found for every document.
    """

    manifest: Manifest | None
    links: Mapping[str, KeptLink]
    inferred: tuple[str, ...]


def kept_before(name: OwnName, manifest: Manifest | None) -> Before:
    """What the release of a manifest has of links of one kind."""
    held = manifest.parts.get(name.path) if manifest else None
    if manifest is None or not all(part.id for part in manifest.parts.values()):
        return Before(None, {}, ())
    if held is None:
        return Before(manifest, {}, ())
    files = PartFiles(held, manifest.base)
    links = {link.annotation: link for link in map(KeptLink.of, lines(files[LIST]))}
    return Before(manifest, links, tuple(lines(files["inferred.nq"])) if "inferred.nq" in files else ())


def differing(before: Mapping[str, KeptLink], links: Kept) -> list[KeptLink]:
    """The links that came, went or are another, as they are now; those that went as they were."""
    return [link for name, link in {**before, **links}.items() if before.get(name) != links.get(name)]


def part_of(name: OwnName, links: Kept, before: Before, *, closed: bool = True) -> Part | None:
    """The part that keeps links, None where there are none; not `closed` where nothing follows from them."""
    if not links:
        return None
    written = {
        "asserted.nq": _quads((line for link in links.values() for line in link.asserted), name.graph),
        "inferred.nq": _inferred(links.values(), differing(before.links, links), before.inferred, name.graph)
        if closed
        else "",
        "evidence.nq": _quads((line for link in links.values() for line in link.evidence), f"{name.graph}/evidence"),
        LIST: "".join(f"{links[one].line}\n" for one in sorted(links)),
    }
    return Part(name, {file: text for file, text in written.items() if text})


def _inferred(links: Iterable[KeptLink], changed: Iterable[KeptLink], before: Iterable[str], graph: str) -> str:
    """What follows from all links: anew for those that changed and those that hang together with them."""
    by_node: dict[str, list[KeptLink]] = {}
    for link in links:
        for node in _nodes(link):
            by_node.setdefault(node, []).append(link)
    nodes: set[str] = set()
    left = {node for link in changed for node in _nodes(link)}
    group: Kept = {}
    while left:
        nodes |= left
        near = {link.annotation: link for node in left for link in by_node.get(node, ())}
        group.update(near)
        left = {node for link in near.values() for node in _nodes(link)} - nodes
    kept = (line for line in before if line.split(" ", 1)[0] not in nodes)
    anew = close(graph_of(line for link in group.values() for line in link.asserted)) if group else Graph()
    return joined([*kept, *lines(sorted_quads(anew, f"{graph}/inferred"))])


def _nodes(link: KeptLink) -> Iterator[str]:
    """The things of a link, in their angle brackets; classes are none."""
    for line in link.asserted:
        subject, predicate, value = line.removesuffix(" .").split(" ", 2)
        yield subject
        if value.startswith("<") and predicate != f"<{RDF.type}>":
            yield value


def graph_of(triples: Iterable[str]) -> Graph:
    """The statements of N-Triples, a line each."""
    return merged([_quads(triples, "urn:x")])


def _quads(triples: Iterable[str], graph: str) -> str:
    return joined(f"{line.removesuffix(' .')} <{graph}> ." for line in triples)
