"""Turtle as a person would write it, read back by two parsers; the same statements as in N-Triples."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph
from rdflib.compare import isomorphic

from server.turtle import turtle

RESOLUTION = "text/clcm/12/resolution/1"
PATHS = [
    RESOLUTION,
    "state/FJI",
    "def/Resolution",
    "session/clcm/12",
    "text/clcm/12/resolution/1/operative/1",
    "dataset",
]
HARD = r"""
<http://e.org/x> <http://e.org/p> "a \"quoted\" line\nand\ttabs \\ here", "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://e.org/x> <http://e.org/p> "1.0"^^<http://www.w3.org/2001/XMLSchema#integer>, "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<http://e.org/x> <http://e.org/a.> <http://e.org/b/c>, <http://e.org/>, <http://e.org/d.e>, <http://e.org/f%20g>, "mots"@fr .
<http://e.org/y> <http://e.org/p> <http://e.org/x>, _:b . _:b <http://e.org/p> <http://e.org/-z> .
"""


@pytest.mark.parametrize("path", PATHS)
def test_it_says_what_n_triples_say(site: FlaskClient, path: str) -> None:
    told = site.get(f"/{path}.ttl").data
    plain = site.get(f"/{path}.nt").data
    assert isomorphic(Graph().parse(data=told, format="turtle"), Graph().parse(data=plain, format="nt"))


@pytest.mark.parametrize("path", PATHS[:-1])
def test_the_thing_comes_first_with_a_and_its_label_and_what_points_here_apart(site: FlaskClient, path: str) -> None:
    head, first, *rest = site.get(f"/{path}.ttl").text.split("\n\n")
    assert all(line.startswith("@prefix ") for line in head.splitlines())
    assert re.match(rf"(<http://localhost:8000/{path}>|rec:\w+) a\b", first)
    assert "\n    rdfs:label " in first
    assert rest[0] == "# What points here"
    own = re.escape(first.split()[0])
    here = "\n".join(rest[1:]).partition("# Besides")[0]
    assert all(re.search(rf"{own}[ ,;]", block) for block in here.split("\n\n") if block.strip())


@pytest.mark.parametrize("path", PATHS)
def test_only_prefixes_that_are_used_are_declared(site: FlaskClient, path: str) -> None:
    head, _, body = site.get(f"/{path}.ttl").text.partition("\n\n")
    declared = re.findall(r"@prefix ([\w-]+):", head)
    assert declared and [name for name in declared if not re.search(rf"(^|[\s^]){name}:", body, re.MULTILINE)] == []


def test_what_has_no_short_form_keeps_its_own() -> None:
    triples = [quad.triple for quad in ox.parse(HARD, ox.RdfFormat.TURTLE)]
    written = turtle(triples, {"e": "http://e.org/", "unused": "http://u.org/"}, "http://e.org/x")
    assert isomorphic(Graph().parse(data=written), Graph().parse(data=HARD))
    assert "unused" not in written and '"1.0"^^' in written and "e:d.e" in written and "<http://e.org/b/c>" in written


def test_the_thing_comes_first_in_json_ld_too(site: FlaskClient) -> None:
    (first, *_) = site.get(f"/{RESOLUTION}.jsonld").get_json(force=True)["@graph"]
    assert first["@id"] == f"http://localhost:8000/{RESOLUTION}"
