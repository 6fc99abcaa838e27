"""Feeds in the Atom Syndication Format (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from server.xml_characters import fit

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: its permanent IRI, title, page, a sentence about it, its moment, and a category or ""."""

    iri: str
    title: str
    page: str
    summary: str
    updated: datetime
    category: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed by its own address, which is its IRI too, and the page that lists the same."""

    address: str
    page: str
    title: str
    updated: datetime
    entries: Sequence[Entry]


def atom(feed: Feed) -> str:
    """The feed as XML. The moments know their time zone."""
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _said(root, "id", feed.address)
    _said(root, "title", feed.title)
    _said(root, "updated", feed.updated.isoformat())
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.address})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    _said(SubElement(root, "author"), "name", "Recalling")
    for entry in feed.entries:
        node = SubElement(root, "entry")
        _said(node, "id", entry.iri)
        _said(node, "title", entry.title)
        _said(node, "updated", entry.updated.isoformat())
        SubElement(node, "link", {"rel": "alternate", "type": "text/html", "href": entry.page})
        _said(node, "summary", entry.summary)
        if entry.category:
            SubElement(node, "category", {"term": fit(entry.category)})
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _said(parent: Element, name: str, words: str) -> None:
    """Words as the content of a new element."""
    SubElement(parent, name).text = fit(words)
