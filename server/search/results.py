"""A search and what it found, as a page, JSON and CSV show it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from server.requests import address, release
from server.search.asking import Asked
from server.search.finding import Found
from server.search.listing import FACETS, Named, Result, Value
from server.spreadsheets import neutral


@dataclass(frozen=True, slots=True)
class Search:
    """A query with the chosen values of facets, what it found, and the paths of what it means as a whole."""

    asked: Asked
    chosen: Mapping[str, str]
    found: Found
    meant: tuple[str, ...]

    def href(self, page: int = 1, form: str = "", **changed: str) -> str:
        """The address of the same search with some values changed: "" takes one away. `q` is what is looked for."""
        given = {"q": self.asked.typed, **self.chosen, **changed}
        values = {name: short(name, value) for name, value in given.items() if value}
        if page > 1:
            values["page"] = str(page)
        return address(f"{release().base}search{form}") + (f"?{urlencode(values)}" if values else "")

    @property
    def groups(self) -> tuple[tuple[Result, ...], ...]:
        """The results of the page, those that stand in the same text or report together at the place of the first.

        A text that was found itself leads the places in it, and stands in no group of its report.
        """
        places = {result.place.path for result in self.found.results if result.place}
        found: dict[str, list[Result]] = {}
        for result in self.found.results:
            alone = result.place is None or result.path in places or _is_text(result)
            found.setdefault(result.path if alone or not result.place else result.place.path, []).append(result)
        return tuple(tuple(sorted(group, key=lambda one: one.path != path)) for path, group in found.items())

    @property
    def kept(self) -> dict[str, str]:
        """The chosen values as an address has them, for a form that is sent with other words."""
        return {name: short(name, value) for name, value in self.chosen.items()}

    @property
    def open_facets(self) -> tuple[tuple[str, tuple[Value, ...]], ...]:
        """The facets that the results can be narrowed by."""
        facets = ((name, self.found.facets[name]) for name in FACETS if name not in self.chosen)
        return tuple((name, values) for name, values in facets if values)


def _is_text(result: Result) -> bool:
    """Whether a result is a whole text: one that stands in a report, not in a text."""
    return result.path.startswith("text/") and result.place is not None and not result.place.path.startswith("text/")


def short(name: str, value: str) -> str:
    """The value of a facet as an address has it: FRA for state/FRA."""
    return value.removeprefix(f"{name}/")


def as_json(search: Search) -> str:
    """The page of results: total, page, pages, what is meant, facets, results, next and previous (null for none).

    Places of marked words are offsets in the snippet. Addresses are relative to this one.
    """
    base, found = release().base, search.found
    document = {
        "query": search.asked.typed,
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "meant": [base + path for path in search.meant],
        "facets": {name: [_facet(search, name, one) for one in found.facets[name]] for name in FACETS},
        "results": [_result(base, result) for result in found.results],
        "next": search.href(found.page + 1, ".json") if found.page < found.pages else None,
        "previous": search.href(found.page - 1, ".json") if found.page > 1 else None,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _facet(search: Search, name: str, one: Value) -> dict[str, object]:
    return {
        "value": short(name, one.value),
        "label": one.title,
        "count": one.count,
        "href": search.href(1, ".json", **{name: one.value}),
    }


def _result(base: str, result: Result) -> dict[str, object]:
    return {
        "iri": base + result.path,
        "kind": result.kind,
        "title": str(result.title),
        "snippet": str(result.snippet),
        "marked": [list(span) for span in result.snippet.spans],
        "place": _named(base, result.place) if result.place else None,
        "sessions": [_named(base, session) for session in result.sessions],
        "score": result.score,
    }


def _named(base: str, named: Named) -> dict[str, str]:
    return {"iri": base + named.path, "title": named.title}


def as_csv(search: Search) -> str:
    """The page of results as a table; several sessions in one cell are joined by " | "."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("iri", "kind", "title", "session", "snippet"))
    for result in search.found.results:
        sessions = " | ".join(session.title for session in result.sessions)
        row = (release().base + result.path, result.kind, result.title, sessions, result.snippet)
        writer.writerow([neutral(str(cell)) for cell in row])
    return text.getvalue()
