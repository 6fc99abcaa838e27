"""The kinds of requests of a soak, each with the statuses that are meant: any other is a failure."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

BUSY = frozenset({429, 503})  # too many queries of one client, or none of the workers free, or a query at its bounds
EVERYTHING = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
LISTS = ("sessions", "texts", "mandates", "sponsors", "statements", "documents")
RECORDS = ("mrc", "marcxml", "mods", "dc")
NETWORKS = ("graphml", "gexf", "csv")
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@dataclass(frozen=True, slots=True)
class Kind:
    """A request: its name, the statuses that are meant, and what is sent; `things` are paths of things to look up."""

    name: str
    meant: frozenset[int]
    send: Callable[[httpx.Client, random.Random, list[str]], httpx.Response]


def _get(suffix: str = "", accept: str = "*/*", method: str = "GET") -> Callable[..., httpx.Response]:
    def send(client: httpx.Client, chance: random.Random, things: list[str]) -> httpx.Response:
        return client.request(method, chance.choice(things) + suffix, headers={"Accept": accept}, follow_redirects=True)

    return send


def _at(*paths: str, method: str = "GET") -> Callable[..., httpx.Response]:
    return lambda client, chance, _: client.request(method, chance.choice(paths), follow_redirects=True)


def _ask(query: str, accept: str = "*/*") -> Callable[..., httpx.Response]:
    """A query that is another one each time, so that no cache has its answer."""

    def send(client: httpx.Client, chance: random.Random, things: list[str]) -> httpx.Response:
        text = query.replace("THING", f"<http://localhost:8000/{chance.choice(things)}>")
        return client.post("sparql", data={"query": f"{text} # {chance.random()}"}, headers={"Accept": accept})

    return send


def _known(client: httpx.Client, chance: random.Random, things: list[str]) -> httpx.Response:
    """The same address twice, the second time with the validator of the first."""
    address = f"{chance.choice(things)}.ttl"
    return client.get(address, headers={"If-None-Match": client.get(address).headers.get("ETag", "")})


def _said(client: httpx.Client, chance: random.Random, _: list[str]) -> httpx.Response:
    """Words that stand in no report, and are others each time, to look for."""
    words = f"Requests the Commission to report to it {chance.random()} times on the prevention of crime"
    return client.post("said", data={"q": words}, headers={"Accept": "application/json"})


def _tool(client: httpx.Client, chance: random.Random, things: list[str]) -> httpx.Response:
    """A tool of the MCP server, as an agent calls it."""
    about = {"name": chance.choice(things)}
    name, arguments = chance.choice(
        (("read", about), ("cites", about), ("search", {"words": f"drug {chance.random()}"}))
    )
    call = {"name": name, "arguments": arguments}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    return client.post("mcp", json=message, headers={"Accept": "application/json, text/event-stream"})


def _post(path: str, body: Callable[[random.Random], bytes], media_type: str) -> Callable[..., httpx.Response]:
    return lambda client, chance, _: client.post(path, content=body(chance), headers={"Content-Type": media_type})


def _screened(piece: str) -> Callable[..., httpx.Response]:
    """As much as a request may hold of what costs most before a worker has it."""
    text = f"BASE <http://a/{'a' * 1000}> SELECT * FROM <x> "
    whole = (text + piece * 2**20)[: 2**20 - 100]
    return lambda client, chance, _: client.post("sparql", content=whole.encode(), headers={"Content-Type": QUERY})


def _checked(client: httpx.Client, chance: random.Random, _: list[str]) -> httpx.Response:
    """Document after document to check, of one client."""
    nodes = "".join(f"<urn:{chance.random()}> a <http://localhost:8000/def/Resolution> . " for _ in range(500))
    return client.post("validate", content=nodes, headers={"Content-Type": "text/turtle", "Accept": "text/turtle"})


def _reconciled(client: httpx.Client, chance: random.Random, _: list[str]) -> httpx.Response:
    asked = {f"q{n}": {"query": f"commission on drugs and crime {chance.random()}"} for n in range(50)}
    return client.post("reconcile", data={"queries": json.dumps(asked)})


QUERY = "application/sparql-query"
GREEDY = (
    Kind("all queries", BUSY, _ask(CROSS)),
    Kind("all checks", frozenset({200}) | BUSY, _checked),
    Kind("all reconciling", frozenset({200}) | BUSY, _reconciled),
    Kind(
        "all search", frozenset({200}) | BUSY, lambda client, chance, _: client.get(f"search?q=drug+{chance.random()}")
    ),
)
GOOD = (
    Kind("page", frozenset({200}), _get(accept="text/html")),
    Kind("Turtle", frozenset({200}), _get(".ttl")),
    Kind("JSON-LD", frozenset({200}), _get(".jsonld")),
    Kind("HEAD", frozenset({200}), _get(".ttl", method="HEAD")),
    Kind("conditional", frozenset({200, 304}), _known),
    Kind("front, lists", frozenset({200}), _at("", "dataset", "releases", "changes", "questions", "sitemap.xml")),
    Kind("dump", frozenset({200}), _at("dumps/all.nq", "dumps/report/ccpcj/31.trig", "dumps/SHA256SUMS")),
    Kind("SELECT", frozenset({200}) | BUSY, _ask("SELECT * { THING ?p ?o } LIMIT 50")),
    Kind("CONSTRUCT", frozenset({200}) | BUSY, _ask("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 500", "text/turtle")),
    Kind("search", frozenset({200}) | BUSY, _ask('SELECT * { ?s ?p ?o FILTER CONTAINS(?o, "drug") } LIMIT 20')),
    Kind("plain words", frozenset({200}), _get(".txt")),
    Kind("Markdown", frozenset({200}), _get(".md")),
    Kind("framed JSON", frozenset({200}), _get(".json")),
    Kind("lists", frozenset({200}) | BUSY, _at(*(f"api/{name}?size=20" for name in LISTS))),
    Kind(
        "feeds", frozenset({200}) | BUSY, _at("body/ccpcj.atom", "session/ccpcj/31.feed.json", "questions/texts.atom")
    ),
    Kind("calendar", frozenset({200}), _at("body/ccpcj.ics", "session/ccpcj/31.ics")),
    Kind("library records", frozenset({200}), _at(*(f"session/ccpcj/31.{form}" for form in RECORDS))),
    Kind("Akoma Ntoso", frozenset({200}), _at(*(f"text/clcm/{session}/resolution/1.akn" for session in (12, 13)))),
    Kind("networks", frozenset({200}) | BUSY, _at(*(f"networks/sponsors.{form}" for form in NETWORKS))),
    Kind("tables", frozenset({200}) | BUSY, _at("questions/texts.xlsx", "questions/texts.parquet", "questions.zip")),
    Kind("guides", frozenset({200}), _at("llms.txt", "llms-full.txt", "openapi.json", "api", "schemas/thing.json")),
    Kind(
        "registry", frozenset({200}), _at(*(f"text/clcm/{session}/resolution/1.mandates.json" for session in (12, 13)))
    ),
    Kind("terms of others", frozenset({200}), _get(".ttl?profile=eli")),
    Kind("quote and said before", frozenset({200}) | BUSY, _said),
    Kind("MCP", frozenset({200}) | BUSY, _tool),
)
MALICIOUS = (
    Kind("cross product", BUSY, _ask(CROSS)),
    Kind("huge result", BUSY, _ask(EVERYTHING)),
    Kind("CONSTRUCT of all", BUSY, _ask("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", "application/n-triples")),
    Kind(
        "DESCRIBE of all", frozenset({200}) | BUSY, _ask("DESCRIBE * { ?a ?b ?c . ?d ?e ?f }", "application/n-triples")
    ),
    Kind("many FROM", frozenset({400}) | BUSY, _screened("FROM<x>")),
    Kind("FROM that climbs", frozenset({400}) | BUSY, _screened("FROM <../../x>")),
    Kind("open IRIs", frozenset({400}) | BUSY, _screened("<a")),
    Kind("backslashes", frozenset({400}) | BUSY, _screened("\\")),
    Kind("SERVICE words", frozenset({400, 403}) | BUSY, _screened("service <")),
    Kind(
        "lone surrogates",
        frozenset({400}),
        lambda client, *_: client.get("reconcile", params={"queries": '{"\\ud800":{"query":"a"}}'}),
    ),
    Kind("nothing to check", frozenset({400}), _post("validate", lambda _: b"", "text/turtle")),
    Kind(
        "a context elsewhere",
        frozenset({400}) | BUSY,
        _post("validate", lambda _: b'{"@context": "http://127.0.0.1:9/x", "@id": "urn:a"}', "application/ld+json"),
    ),
    Kind(
        "a body that expands",
        frozenset({415}),
        lambda client, *_: client.post(
            "sparql", content=b"x", headers={"Content-Encoding": "gzip", "Content-Type": QUERY}
        ),
    ),
    Kind("deep nesting", frozenset({400}) | BUSY, _ask("ASK " + "{" * 5000 + "}" * 5000)),
    Kind("deep path", frozenset({200, 400}) | BUSY, _ask("ASK { ?s " + "(" * 3000 + "<a:a>" + ")*" * 3000 + " ?o }")),
    Kind("enormous body", frozenset({413}), _post("sparql", lambda _: b"ASK {}" + b" " * 3 * 2**20, QUERY)),
    Kind("not UTF-8", frozenset({400}), _post("sparql", lambda _: b"ASK { ?s ?p '\xff\xfe' }", QUERY)),
    Kind("random body", frozenset({400}) | BUSY, _post("sparql", lambda chance: chance.randbytes(500), QUERY)),
    Kind(
        "broken address",
        frozenset({400, 404}),
        _at("%ff%fe", "%00", "text/%C3%28", "%EE%80%80", "%EF%BF%BE", "report/ccpcj/31/%E0%80%80"),
    ),
    Kind("SERVICE", frozenset({403}), _ask("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")),
    Kind("FROM elsewhere", frozenset({400}) | BUSY, _ask("SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }")),
    Kind("update", frozenset({403}), lambda client, *_: client.post("sparql", data={"update": "DROP ALL"})),
    Kind("update as query", frozenset({403}), _ask("INSERT DATA { <a:a> <a:b> <a:c> }")),
    Kind(
        "traversal",
        frozenset({400, 404}),
        _at("dumps/..%2f..%2frelease.json", "static/%2e%2e/app.py", "..%2f..%2fetc/passwd"),
    ),
    Kind("other method", frozenset({403, 404, 405}), _at("sparql", "dataset", "graph-store", method="DELETE")),
    Kind("no operator", frozenset({401, 403}), _post("reports", lambda chance: chance.randbytes(100), "text/plain")),
    Kind("not acceptable", frozenset({406}), _get(accept="image/png")),
    Kind("unknown format", frozenset({400}), _at("dataset?format=exe", "sparql?format=%00&query=ASK{}")),
)
EXPECTED: Mapping[str, frozenset[int]] = {kind.name: kind.meant for kind in (*GOOD, *MALICIOUS, *GREEDY)}
