"""What every view needs of the request it answers: the release it began with, our IRIs as addresses on this server."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast
from urllib.parse import quote

from flask import Flask, current_app, g, request

from mappings.iris import encode
from server.current import Current, Release
from server.errors import Problem, bad_request
from server.remote.current import RemoteCurrent

_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+;=%-]+)(?::[0-9]*)?")  # RFC 3986, 3.2.2, but for commas
_EXTERNAL = (
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("void", "http://rdfs.org/ns/void#"),
    ("oa", "http://www.w3.org/ns/oa#"),
)


def init_app(app: Flask) -> None:
    """Makes the release and the addresses of our IRIs available to all templates; bodies are read as they come."""
    app.before_request(_refuse_malformed)
    app.before_request(_refuse_coded)
    app.jinja_env.globals["address"] = address
    app.jinja_env.globals["prefixed"] = prefixed
    app.jinja_env.globals["release"] = release


def _refuse_malformed() -> None:
    """Raises 400 for a request without the one Host that HTTP/1.1 demands (RFC 9112, 3.2), or with no address of ours.

    The web server joins the values of a header that comes twice with a comma, which no host has in it.
    """
    host = request.environ.get("HTTP_HOST", "")
    old = request.environ.get("SERVER_PROTOCOL") in ("HTTP/1", "HTTP/1.0")
    if not (is_host(host) or (old and not host)):
        raise bad_request("A request names one host in the header Host.")
    if request.environ.get("PATH_INFO", "").startswith("//"):
        raise bad_request("The path of an address here begins with one slash.")


@lru_cache(maxsize=256)
def is_host(value: str) -> bool:
    """Whether the value of a header Host names one host."""
    return _HOST.fullmatch(value) is not None


def _refuse_coded() -> None:
    """Raises 415 for a body that is compressed: what it expands to has no bounds (RFC 9110, 15.5.16)."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        detail = "Send the body as it is, without a Content-Encoding."
        raise Problem(415, "Unsupported Media Type", detail, headers={"Accept-Encoding": "identity"})


def release() -> Release:
    """The release that this request is answered from, the same one from its beginning to its end."""
    if "release" not in g:
        g.release = cast(Current | RemoteCurrent, current_app.extensions["current"]).release()
    return cast(Release, g.release)


def prefixes(base: str) -> tuple[tuple[str, str], ...]:
    """The prefixes that our answers are written with: the vocabulary's `rec`, and those everybody knows."""
    return (("rec", f"{base}def/"), *_EXTERNAL)


def prefixed(iri: str) -> str:
    """An IRI as queries write it, "rec:Act", or as it stands where none of our prefixes begins it."""
    known = ((prefix, namespace) for prefix, namespace in prefixes(release().base) if iri.startswith(namespace))
    return next((f"{prefix}:{iri.removeprefix(namespace)}" for prefix, namespace in known), iri)


def iri_at(path: str) -> str:
    """Our IRI whose path is that of a request, percent-encoded as our IRIs are."""
    return release().base + encode(path)


def query_string() -> str:
    """The query of the request's address with its question mark, "" where it has none."""
    return f"?{request.query_string.decode('latin-1')}" if request.query_string else ""


def address(iri: str) -> str:
    """The address of an IRI on this server if it is one of ours, however the client calls the server; else the IRI."""
    return address_at(iri, release().base, request.script_root)


def address_at(iri: str, base: str, root: str) -> str:
    """The address of an IRI where those of a base are served under a root, "" for that of the server."""
    return f"{root}/{_quoted(iri.removeprefix(base))}" if iri.startswith(base) else iri


@lru_cache(maxsize=4096)
def _quoted(path: str) -> str:
    return quote(path, safe="/:@!$&'()*+,;=-._~%")
