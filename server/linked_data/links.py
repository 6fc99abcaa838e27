"""The header `Link` of a thing and of its descriptions: the one and the other, the other forms, what it is."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from werkzeug.urls import iri_to_uri

from mappings.iris import encode
from server.citing.work import kind_of
from server.doors.forms import forms_of
from server.doors.things import DOORS
from server.negotiation import CITATIONS, GRAPHS, HTML, Form
from server.requests import address_at


def cited_as(kinds: Collection[str], base: str) -> str:
    """What a thing of classes (IRIs) is cited as, "" where it is not cited."""
    return kind_of(_own(kinds, base))


def doors_of_classes(classes: Collection[str], base: str) -> tuple[Form, ...]:
    """The forms that things of classes (IRIs) have beside their descriptions."""
    return forms_of(DOORS, _own(classes, base))


def _own(classes: Collection[str], base: str) -> list[str]:
    return [name.removeprefix(f"{base}def/") for name in classes if name.startswith(f"{base}def/")]


@lru_cache(maxsize=1024)
def links_of(
    base: str, root: str, path: str, form: Form | None, kinds: tuple[str, ...], doors: tuple[Form, ...]
) -> str:
    """The `Link` of the thing at a path (no form) or of its description in a form; `doors` are its forms beside these.

    `root` is the path under which the server stands, "" for none.
    """
    iri = base + encode(path)
    thing, here = iri_to_uri(iri), address_at(base + encode(path.rstrip("/")), base, root)
    forms = (*GRAPHS, HTML, *(CITATIONS if cited_as(kinds, base) else ()), *doors)
    links = [f'<{thing}>; rel="{"canonical" if form is None else "describes"}"']
    if form is not None:
        links.append(f'<{iri_to_uri(base + encode(path.rstrip("/")))}.{form.name}>; rel="canonical"')
    else:
        links.append(f'<{here}.{HTML.name}>; rel="describedby"; type="text/html"')
    links += [
        f'<{here}.{other.name}>; rel="alternate"; type="{other.media_type}"' for other in forms if other is not form
    ]
    links += [f'<{kind}>; rel="type"; anchor="{thing}"' for kind in kinds]
    return ", ".join(links)
