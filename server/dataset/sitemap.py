"""What search engines may visit: /robots.txt names /sitemap.xml, which names lists of the pages of things.

    RELEASE/sitemaps/1.txt    at most 45,000 paths of things, a line each, sorted; written when a release is built

Evidence and the vocabulary's lists are left out: what they say stands on the pages of the things they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

import pyoxigraph as ox
from flask import Blueprint, Response

from server.current import NoReleaseError
from server.dataset.kept import folder
from server.errors import not_found
from server.questions import questions
from server.requests import release

blueprint = Blueprint("sitemap", __name__)

FOLDER = "sitemaps"
SIZE = 45_000  # the protocol allows 50,000 addresses and 50 MB
_OWN = ("", "dataset", "releases", "changes", "dumps", "profiles", "def.html", "validate", "questions", "api")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SAFE = "/%:@!$&'()*+,;=-._~"
_LEFT_OUT = ("evidence/", "graph/", "release/")
_LABELLED = """SELECT DISTINCT ?thing {
  ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label FILTER(isIRI(?thing)) }"""


def write_sitemaps(place: Path, base: str, size: int = SIZE) -> None:
    """Write the lists of the release in a folder, whose store must be complete and closed."""
    found = ox.Store.read_only(str(place / "store")).query(_LABELLED)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("not a SELECT")
    paths = sorted(_paths((row["thing"] for row in found), base))
    (place / FOLDER).mkdir()
    for number, start in enumerate(range(0, len(paths), size), 1):
        text = "".join(f"{path}\n" for path in paths[start : start + size])
        (place / FOLDER / f"{number}.txt").write_text(text, encoding="utf-8")


def _paths(things: Iterable[object], base: str) -> Iterator[str]:
    for thing in things:
        path = thing.value.removeprefix(base) if isinstance(thing, ox.NamedNode) else ""
        if path and path != getattr(thing, "value", "") and not path.startswith(_LEFT_OUT):
            yield path.rstrip("/")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What programs may visit unasked: everything but the answers to queries, whole graphs and the files.

    A search takes milliseconds and is open, as are the endpoint's own description and all plain forms.
    """
    closed = ("/sparql?query", "/graph-store?default", "/graph-store?graph", "/dumps/")
    text = "".join(["User-agent: *\n", *(f"Disallow: {path}\n" for path in closed), "Allow: /\n"])
    with suppress(NoReleaseError):  # a server that waits for its first release is well
        text += f"\nSitemap: {release().base}sitemap.xml\n"
    return Response(text, content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """The list of the lists."""
    base, moment = release().base, release().published.isoformat()
    pages = [0, *sorted(int(path.stem) for path in (folder() / FOLDER).glob("*.txt"))]
    entries = (
        f"<sitemap><loc>{escape(f'{base}sitemap/{n}.xml')}</loc><lastmod>{moment}</lastmod></sitemap>" for n in pages
    )
    return _xml("sitemapindex", entries)


@blueprint.get("/sitemap/<int:number>.xml")
def page(number: int) -> Response:
    """One list; the first is of the pages about the whole."""
    base = release().base
    if number == 0:
        own = (*_OWN, *(f"questions/{one.name}" for one in questions()))
        return _xml("urlset", (f"<url><loc>{escape(base + path)}</loc></url>" for path in own))
    path = folder() / FOLDER / f"{number}.txt"
    if not path.is_file():
        raise not_found(f"There is no list of pages {number}.")
    lines = path.read_text(encoding="utf-8").split("\n")
    return _xml(
        "urlset", (f"<url><loc>{escape(f'{base}{quote(line, safe=_SAFE)}.html')}</loc></url>" for line in lines if line)
    )


def _xml(root: str, entries: Iterable[str]) -> Response:
    text = "".join(f"{entry}\n" for entry in entries)
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{text}</{root}>\n'
    return Response(body, content_type="application/xml; charset=utf-8")
