"""Networks as graph files: who cites what, and who sponsors with whom, in GraphML and GEXF, for Gephi and the like.

    /networks/citations.graphml    texts and works, an edge for each citation with its verb and pinpoint
    /networks/sponsors.graphml     States and organizations, an edge for each pair, weighed by the drafts they share

A node is an IRI with its label, so that no two texts of one name are one.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files

import networkx
import pyoxigraph as ox
from flask import Blueprint, Response
from networkx.readwrite.gexf import GEXFWriter

from server.errors import not_found
from server.negotiation import N_TRIPLES, RESULTS_JSON
from server.pages.panels import about
from server.requests import release
from server.sparql.querying import Asked, run
from server.things import iri, labels_of, name_of, text
from server.xml_characters import fit

blueprint = Blueprint("graphs", __name__)

MEDIA = {"graphml": "application/graphml+xml", "gexf": "application/gexf+xml"}
NETWORKS = ("citations", "sponsors")


@blueprint.get("/networks/<name>.<any(graphml, gexf):form>")
def network_file(name: str, form: str) -> Response:
    """A network as a graph file."""
    if name not in NETWORKS:
        raise not_found(f"There is no network {name}; there are {', '.join(NETWORKS)}.")
    graph = _network(name)
    output = io.BytesIO()
    if form == "graphml":
        networkx.write_graphml_xml(graph, output, named_key_ids=True)
    else:
        # without the day on which it was written, so that the same release gives the same file
        writer = GEXFWriter(version="1.2draft")
        writer.add_graph(graph)
        for meta in writer.xml.iter("meta"):
            meta.attrib.pop("lastmodifieddate", None)
        writer.write(output)
    response = Response(output.getvalue(), content_type=MEDIA[form])
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{form}")
    return response


def _network(name: str) -> networkx.Graph:
    """The network with its nodes in the order of their IRIs."""
    query = about(_query(name), release().base, None)
    solutions = ox.parse_query_results(
        b"".join(run(Asked(query, (), ()), RESULTS_JSON, N_TRIPLES).chunks), ox.QueryResultsFormat.JSON
    )
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = [{one: term for one in names if (term := row[one]) is not None} for row in solutions]
    ends = sorted({iri(row, end) for row in rows for end in ("source", "target")})
    labels = labels_of(release().store, map(ox.NamedNode, ends))
    graph: networkx.Graph = networkx.MultiDiGraph() if name == "citations" else networkx.Graph()
    for end in ends:
        graph.add_node(end, label=fit(name_of(end, labels)))
    for row in rows:
        told = {one: fit(text(row, one)) for one in names if one not in ("source", "target", "weight") and one in row}
        weight = {"weight": int(text(row, "weight"))} if "weight" in row else {}
        graph.add_edge(iri(row, "source"), iri(row, "target"), **told, **weight)
    return graph


@cache
def _query(name: str) -> str:
    return (files("server.doors") / "graph_queries" / f"{name}.rq").read_text(encoding="utf-8")
