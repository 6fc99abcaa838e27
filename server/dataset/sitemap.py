"""What search engines may visit: /robots.txt names /sitemap.xml, which names lists of the pages of things.

The things are those with a name, as the index of the release lists them.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Blueprint, Response

from server.current import NoReleaseError
from server.dataset.kept import folder
from server.errors import not_found
from server.questions import questions
from server.requests import release
from server.search.index import opened

blueprint = Blueprint("sitemap", __name__)

SIZE = 45_000  # the protocol allows 50,000 addresses and 50 MB
_OWN = ("", "dataset", "releases", "changes", "dumps", "profiles", "def.html", "validate", "questions", "api")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SAFE = "/%:@!$&'()*+,;=-._~"


def pages(size: int = SIZE) -> int:
    """How many lists of things there are of a size; none where the release has no index."""
    with opened(folder()) as index:
        return -(-index.execute("SELECT count(*) FROM listed").fetchone()[0] // size) if index else 0


def paths(number: int, size: int = SIZE) -> list[str]:
    """The paths of the things on a list, counted from 1, in order."""
    with opened(folder()) as index:
        query = "SELECT path FROM listed ORDER BY path LIMIT ? OFFSET ?"
        return [path for (path,) in index.execute(query, (size, (number - 1) * size))] if index else []


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
    entries = (
        f"<sitemap><loc>{escape(f'{base}sitemap/{n}.xml')}</loc><lastmod>{moment}</lastmod></sitemap>"
        for n in range(pages() + 1)
    )
    return _xml("sitemapindex", entries)


@blueprint.get("/sitemap/<int:number>.xml")
def page(number: int) -> Response:
    """One list; the first is of the pages about the whole."""
    base = release().base
    if number == 0:
        own = (*_OWN, *(f"questions/{one.name}" for one in questions()))
        return _xml("urlset", (f"<url><loc>{escape(base + path)}</loc></url>" for path in own))
    found = paths(number)
    if not found:
        raise not_found(f"There is no list of pages {number}.")
    return _xml(
        "urlset", (f"<url><loc>{escape(f'{base}{quote(path, safe=_SAFE)}.html')}</loc></url>" for path in found)
    )


def _xml(root: str, entries: Iterable[str]) -> Response:
    text = "".join(f"{entry}\n" for entry in entries)
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{text}</{root}>\n'
    return Response(body, content_type="application/xml; charset=utf-8")
