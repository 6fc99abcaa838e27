"""Which form of an answer a client gets: its `Accept`, `?format=` or the suffix of the address.

Quality values decide; among equals the form that the client names most exactly, then the order in which we offer them.
A range without a match counts as not acceptable: the answer is then 406 with the list of what there is. What is no
media range, or has a weight that is none, says nothing of what a client takes, so it is passed over; a header of
nothing else is as good as no header (RFC 9110, 12.5.1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_options_header


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an answer: its name, which is also its suffix, its media type, and other names clients use for both."""

    name: str
    media_type: str
    title: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type with its charset where it is text; RDF and JSON types define UTF-8 themselves."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type

    def answers_to(self, word: str) -> bool:
        """Whether `?format=` with this word asks for the form."""
        return word in (self.name, self.media_type, *self.aliases)


HTML = Form("html", "text/html", "HTML", ("application/xhtml+xml",))
TURTLE = Form("ttl", "text/turtle", "Turtle", ("turtle", "application/x-turtle", "text/rdf+n3", "n3", "text/n3"))
N_TRIPLES = Form("nt", "application/n-triples", "N-Triples", ("ntriples", "n-triples", "text/plain"))
JSON_LD = Form("jsonld", "application/ld+json", "JSON-LD", ("json-ld", "json", "application/json"))
RDF_XML = Form("rdf", "application/rdf+xml", "RDF/XML", ("xml", "rdfxml", "rdf+xml", "application/xml", "text/xml"))
N_QUADS = Form("nq", "application/n-quads", "N-Quads", ("nquads", "n-quads"))
TRIG = Form("trig", "application/trig", "TriG")
RESULTS_JSON = Form("json", "application/sparql-results+json", "JSON", ("srj", "application/json", "text/json"))
RESULTS_XML = Form("xml", "application/sparql-results+xml", "XML", ("srx", "application/xml", "text/xml"))
CSV = Form("csv", "text/csv", "CSV")
TSV = Form("tsv", "text/tab-separated-values", "TSV")
BIBTEX = Form("bib", "application/x-bibtex", "BibTeX", ("bibtex", "text/x-bibtex"))
RIS = Form("ris", "application/x-research-info-systems", "RIS")
CSL_JSON = Form("csl.json", "application/vnd.citationstyles.csl+json", "CSL-JSON", ("csl",))
ATOM = Form("atom", "application/atom+xml", "Atom")
XLSX = Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel workbook")
PARQUET = Form("parquet", "application/vnd.apache.parquet", "Parquet")
PROBLEM = Form("json", "application/problem+json", "JSON", ("application/json",))

GRAPHS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, N_QUADS, TRIG)
RESULTS = (RESULTS_JSON, RESULTS_XML, CSV, TSV)
TABLES = (XLSX, PARQUET)  # what the answer to a question is written as besides
DESCRIPTIONS = (TURTLE, HTML, JSON_LD, N_TRIPLES, RDF_XML, N_QUADS, TRIG)
CITATIONS = (BIBTEX, RIS, CSL_JSON)


_RANGE = re.compile(r"([!#$%&'*+.^_`|~\w-]+)/([!#$%&'*+.^_`|~\w-]+)", re.ASCII)  # tokens of RFC 9110, 5.6.2


class UnknownFormatError(Exception):
    """The parameter `format` names none of the forms that are offered."""

    def __init__(self, word: str, offered: Sequence[Form]) -> None:
        super().__init__(word)
        self.word, self.offered = word, tuple(offered)


class NotAcceptableError(Exception):
    """The client accepts none of the forms that are offered."""

    def __init__(self, offered: Sequence[Form]) -> None:
        super().__init__(", ".join(form.media_type for form in offered))
        self.offered = tuple(offered)


def choose(accept: MIMEAccept, offered: Sequence[Form]) -> Form | None:
    """The offered form that the client likes best, the first where it names no preference, None where it takes none."""
    ranges = [(*named, quality) for value, quality in accept if (named := _range(value))]
    if not ranges:
        return offered[0]
    ranked = [(*_liking(form, ranges), -place) for place, form in enumerate(offered)]
    quality, _exactness, place = max(ranked)
    return offered[-place] if quality > 0 else None


def asked_form(request: Request, offered: Sequence[Form], among: Sequence[Form] = ()) -> Form | None:
    """The form that the parameter `format` names, otherwise the best by `Accept`; None where none is acceptable.

    Raises UnknownFormatError where the address names a form that is not offered, nor is `among` those that the address
    has for another kind of answer: a client that asks for one form and is given another has no way to notice.
    """
    known_format(request, among or offered)
    return _named(request.values.get("format", ""), offered) or choose(request.accept_mimetypes, offered)


def known_format(request: Request, offered: Sequence[Form]) -> None:
    """Raises UnknownFormatError where the address asks for a form that is not offered."""
    word = request.args.get("format", "").strip()
    if word and not _named(word, offered):
        raise UnknownFormatError(word, offered)


def _named(word: str, offered: Sequence[Form]) -> Form | None:
    """The form that a parameter names, by its own name before another that it is called; None for none of them."""
    word = word.strip().lower()
    named = [form for form in offered if form.answers_to(word)] if word else []
    return next((form for form in named if word in (form.name, form.media_type)), named[0] if named else None)


def by_suffix(path: str, offered: Sequence[Form] = DESCRIPTIONS) -> tuple[str, Form] | None:
    """The path without its suffix and the form that the suffix stands for; None where it ends in none of them.

    Of two the longer counts: ".feed.json" is not ".json".
    """
    ending = (form for form in offered if path.endswith(f".{form.name}"))
    form = max(ending, key=lambda form: len(form.name), default=None)
    stem = path.removesuffix(f".{form.name}") if form else ""
    return (stem, form) if stem and form else None


def prefers_html(request: Request) -> bool:
    """Whether a person is reading: HTML is wanted at least as much as the machine's form of a problem.

    The body of the request is left alone: it may be what the problem is about.
    """
    offered = (PROBLEM, HTML)
    return (_named(request.args.get("format", ""), offered) or choose(request.accept_mimetypes, offered)) is HTML


def _range(value: str) -> tuple[str, str] | None:
    """Type and sub-type of a media range, None for what is none; parameters other than q select nothing here."""
    name = parse_options_header(value)[0].strip().lower()
    if name == "*":  # what Java's own client sends for */*
        return "*", "*"
    found = _RANGE.fullmatch(name)
    return (found[1], found[2]) if found and (found[1] != "*" or found[2] == "*") else None


def _liking(form: Form, ranges: Sequence[tuple[str, str, float]]) -> tuple[float, int]:
    """How much a form is liked: the quality of the most exact range that it falls under, and how exact that is.

    Another name of the form counts as slightly less exact than its own.
    """
    best = (0, 0.0)
    for media_type in (form.media_type, *(alias for alias in form.aliases if "/" in alias)):
        kind, _, subtype = media_type.partition("/")
        own = media_type == form.media_type
        for asked_kind, asked_subtype, quality in ranges:
            if (asked_kind, asked_subtype) == (kind, subtype):
                best = max(best, (4 if own else 3, quality))
            elif own and asked_kind == kind and asked_subtype == "*":
                best = max(best, (2, quality))
            elif own and asked_kind == "*" and asked_subtype == "*":
                best = max(best, (1, quality))
    return best[1], best[0]
