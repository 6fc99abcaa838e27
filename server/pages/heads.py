"""What stands in the head of pages: titles that no other page has, their own address, data on pages of the service."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import pyoxigraph as ox
from flask import Flask, request
from markupsafe import Markup

from server.citing.work import Named
from server.pages.structured import Node, breadcrumbs, embedded
from server.requests import iri_at, release
from server.store import Store
from server.things import PREF_LABEL, RDFS_LABEL, Description

SITE = "Recalling"
DESCRIPTION = "Session reports of United Nations commissions as linked data"
_LONGEST = 90  # characters of the name of a thing in the title of its page
_TOLD = 160  # characters that its description tells of it
_OTHERS = """SELECT ?other {{ VALUES ?name {{ {english} {plain} }} ?other {labels} ?name . FILTER (?other != {thing}) }}
LIMIT 1"""


def init_app(app: Flask) -> None:
    """Makes the address and the data of a page available to the templates."""
    app.jinja_env.globals["page_address"] = page_address
    app.jinja_env.globals["page_data"] = page_data
    app.jinja_env.globals["navigation"] = navigation


def navigation() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The ways in at the head of each page: words, where they lead, the beginnings of the paths under them."""
    return (
        ("Sessions", "/sessions", ("/session", "/meeting/", "/report/", "/text/", "/agenda/", "/statement/")),
        ("States", "/states", ("/states", "/state/")),
        ("Bodies", "/bodies", ("/bodies", "/body/")),
        ("Questions", "/questions", ("/questions",)),
        ("Data", "/dataset", ("/dataset", "/sparql", "/def", "/shapes", "/dumps", "/release", "/changes", "/validate")),
    )


def page_address() -> str:
    """The address of the page without its parameters and its suffix, the one that other addresses of it stand for."""
    return iri_at(request.path.removeprefix("/").removesuffix(".html"))


def page_data(title: Markup, description: Markup) -> Markup:
    """What a page of the service is, as JSON-LD, by its title and description as they stand in HTML."""
    base, here = release().base, page_address()
    name = title.unescape().removesuffix(f" · {SITE}")
    page = {"@id": here, "@type": "WebPage", "name": name, "description": description.unescape(), "inLanguage": "en"}
    way = [Named(base, SITE), Named(here, name)]
    return embedded([{**page, "isPartOf": {"@id": base}}, breadcrumbs(here, way)], base)


def site_data(searchable: bool) -> Markup:
    """What the whole site is, as JSON-LD, and how it is searched."""
    base = release().base
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{base}search?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    site: Node = {"@id": base, "@type": "WebSite", "name": SITE, "url": {"@id": base}, "description": DESCRIPTION}
    return embedded([{**site, "inLanguage": "en", "potentialAction": action if searchable else None}], base)


def page_description(name: str, apart: Sequence[str], told: str) -> str:
    """The description of a thing's page: its name, what tells it from its namesakes, the beginning of what is told."""
    beginning = textwrap.shorten(told, _TOLD, placeholder=" …") or "facts, links and data"
    return f"{name} ({', '.join(apart)}): {beginning}" if apart else f"{name}: {beginning}"


def text_title(called: str, title: str) -> str:
    """The title of the page of a text: "CCPCJ resolution 33/1: Countering trafficking in persons …"."""
    return f"{called}: {textwrap.shorten(title, _LONGEST, placeholder='…')}"


def page_title(store: Store, base: str, described: Description, name: str) -> str:
    """The title of the page of a thing with a name: shortened where it is long, with its path where others share it.

    Things that have a label as their own keep it before those that only prefer it, such as the delegations of a State.
    """
    thing = described.thing
    path = thing.value.removeprefix(base)
    own = described.value(RDFS_LABEL) is not None
    if not own and described.value(PREF_LABEL) is None:
        return path
    shortened = textwrap.shorten(name, _LONGEST, placeholder="…") or name[:_LONGEST]
    others = _OTHERS.format(
        english=ox.Literal(name, language="en"),
        plain=ox.Literal(name),
        labels=f"<{RDFS_LABEL}>" if own else f"<{RDFS_LABEL}>|<{PREF_LABEL}>",
        thing=thing,
    )
    return f"{shortened} ({path})" if shortened != name or store.select(others) else name
