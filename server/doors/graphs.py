"""Networks as graph files: who cites what, and who sponsors with whom, in GraphML and GEXF, for Gephi and the like;
and as an adjacency matrix in CSV.

    /networks/citations.graphml    texts and works, an edge for each citation with its verb and pinpoint
    /networks/sponsors.graphml     States and organizations, an edge for each pair, weighed by the drafts they share
    /networks/sponsors.csv         a row and a column for each, in the cell the citations or the shared drafts

A node is an IRI with its label, so that no two texts of one name are one. /networks/NAME leads to the form that the
client prefers.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from functools import cache
from importlib.resources import files

import networkx
import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request
from networkx.readwrite.gexf import GEXFWriter
from werkzeug.wrappers import Response as AnyResponse

from server.errors import bad_request, not_found
from server.negotiation import CSV, N_TRIPLES, RESULTS_JSON, Form, NotAcceptableError, asked_form
from server.pages.panels import about
from server.requests import release
from server.sparql.querying import Asked, run
from server.things import iri, labels_of, name_of, text
from server.xml_characters import fit

blueprint = Blueprint("graphs", __name__)

GRAPHML = Form("graphml", "application/graphml+xml", "GraphML")
GEXF = Form("gexf", "application/gexf+xml", "GEXF")
FORMS = (GRAPHML, GEXF, CSV)
NETWORKS = ("citations", "sponsors")
SIDE = 2000  # rows and columns of a matrix: 4 million cells, some 8 MB


@blueprint.get("/networks/<name>")
def network(name: str) -> AnyResponse:
    """The redirection to a network in the form that the client prefers."""
    _known(name)
    form = asked_form(request, FORMS)
    if form is None:
        raise NotAcceptableError(FORMS)
    response = redirect(f"{request.script_root}/networks/{name}.{form.name}", 303)
    response.vary.add("Accept")
    return response


@blueprint.get("/networks/<name>.<any(graphml, gexf, csv):form>")
def network_file(name: str, form: str) -> Response:
    """A network as a graph file or an adjacency matrix."""
    _known(name)
    graph = _network(name)
    output = io.BytesIO()
    if form == "graphml":
        networkx.write_graphml_xml(graph, output, named_key_ids=True)
    elif form == "csv":
        output.write(_matrix(graph).encode())
    else:
        # without the day on which it was written, so that the same release gives the same file
        writer = GEXFWriter(version="1.2draft")
        writer.add_graph(graph)
        for meta in writer.xml.iter("meta"):
            meta.attrib.pop("lastmodifieddate", None)
        writer.write(output)
    response = Response(output.getvalue(), content_type=next(one for one in FORMS if one.name == form).content_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{form}")
    return response


def _known(name: str) -> None:
    if name not in NETWORKS:
        raise not_found(f"There is no network {name}; there are {', '.join(NETWORKS)}.")


def _matrix(graph: networkx.Graph) -> str:
    """The adjacency matrix: the IRIs of the nodes as first row and column; from the row to the column."""
    if len(graph) > SIDE:
        raise bad_request(f"The matrix of {len(graph)} nodes is too large; .graphml and .gexf have all.", limit=SIDE)
    cells: Counter[tuple[str, str]] = Counter()
    for source, target, told in graph.edges(data=True):
        weight = told.get("weight", 1)
        cells[source, target] += weight
        if not graph.is_directed() and source != target:
            cells[target, source] += weight
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["", *graph])
    writer.writerows([row, *(cells[row, column] for column in graph)] for row in graph)
    return text.getvalue()


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
