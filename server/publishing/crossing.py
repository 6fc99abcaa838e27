"""The part of a release that belongs to no single report: the links between its reports."""

from __future__ import annotations

from collections.abc import Sequence

from mappings import iris
from mappings.graph import sorted_quads
from mappings.links.linking import link
from ontology.closure import close
from server.publishing.carried import with_carried
from server.publishing.dumps import merged
from server.publishing.release import Part, ReleaseError, ReportName
from shapes.conformance import validate_links


def link_files(parts: Sequence[Part]) -> dict[str, str]:
    """The dumps of the links by their paths in a release, with the default base; none where nothing is linked.

    Raises ReleaseError where a link violates a shape.
    """
    parts = [part for part in parts if isinstance(part.name, ReportName)]  # official texts are not linked yet
    reports = merged(part.files["asserted.nq"] for part in parts)
    links = with_carried(link(reports), parts)
    if not (conformance := validate_links(links.asserted, reports)).conforms:
        raise ReleaseError("the links between the reports do not conform:\n" + "\n".join(conformance.lines()))
    layers = {
        "dumps/links.nq": (links.asserted, iris.links_graph()),
        "dumps/links/inferred.nq": (close(links.asserted), iris.links_graph("inferred")),
        "dumps/links/evidence.nq": (links.evidence, iris.links_graph("evidence")),
    }
    return {path: sorted_quads(graph, name) for path, (graph, name) in layers.items() if len(graph)}
