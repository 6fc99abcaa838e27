"""What things are called: their titles, their other names in all languages, the symbols and numbers that mean them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rdflib import RDFS, SKOS, URIRef

from mappings.symbols import SymbolError, parse
from ontology.terms import REC
from server.search.keys import initials, spoken
from server.search.quads import Quads

_XL_LABEL = URIRef("http://www.w3.org/2008/05/skos-xl#altLabel")
_LITERAL_FORM = URIRef("http://www.w3.org/2008/05/skos-xl#literalForm")
_OWN = (
    (RDFS.label,),
    (REC.title,),
    (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation),
    (REC.acronym,),
    (REC.symbol,),
    (REC.symbolPrefix,),
)


class Names:
    """The names of each thing of a release."""

    def __init__(self, quads: Quads) -> None:
        self._quads = quads

    def titles(self, path: str) -> list[str]:
        """Its labels, the one that is shown first."""
        return self._quads.words(path, RDFS.label)

    def of(self, path: str) -> tuple[str, tuple[str, ...]]:
        """The title of a thing and its other names. A document's title is that which others give it, if any does."""
        title = self.titles(path)[0]
        lent = self._lent(path) if path.startswith("document/") else []
        if lent:
            title = f"{title}: {lent[0]}" if lent[0][:1].isupper() else f"{title}, {lent[0]}"
        forms = self._quads.links(path, _XL_LABEL)
        former = [form for label in forms for form in self._quads.words(label, _LITERAL_FORM)]
        known_as = [short] if path.startswith("body/") and (short := initials(title)) else []
        words = (self._quads.words(path, *properties) for properties in _OWN)
        own = (name for found in words for name in found if len(name) > 1)  # "A" begins symbols
        names = [*known_as, *own, *former, *lent]
        return title, tuple(name for name in dict.fromkeys(names) if name != title)

    def straight(self, path: str) -> tuple[str, ...]:
        """What means this thing and, but for others that are called alike, no other: symbols, numbers with an organ.

        The number of a resolution whose text is held means the text, its symbol the document.
        """
        symbols = self._symbols(path)
        if path.startswith("text/"):
            documents = self._quads.links(path, REC.publishedAs)
            published = [symbol for document in documents for symbol in self._symbols(document)]
            head = self.titles(path)[0].partition(":")[0]
            return tuple(dict.fromkeys((head, *self._spoken(path, published))))
        if path.startswith("session/"):
            return tuple(dict.fromkeys(self._session(path)))
        if path.startswith(("goal/", "target/")):
            names = (*self.titles(path), *self._quads.words(path, *_OWN[2]))
            return tuple(name for name in names if not name[0].isdigit())  # "12.1" may be a resolution as well
        is_document = path.startswith("document/")
        held = is_document and bool(self._quads.back(path, REC.publishedAs))
        spoken_as = self._spoken(path, symbols) if is_document and not held else ()
        return tuple(dict.fromkeys((*symbols, *spoken_as)))

    def _symbols(self, path: str) -> list[str]:
        return self._quads.words(path, REC.symbol)

    def _lent(self, path: str) -> list[str]:
        """The titles that others give a document: texts that it became or came from, lists of documents, citations."""
        symbols = self._symbols(path)
        sources = (
            ((REC.adoptedAs, REC.fromDraft, REC.publishedAs), REC.title),
            ((REC.presentedDocument,), REC.title),
            ((REC.citedWork,), REC.citedTitle),
        )
        found = [
            name
            for ways, given in sources
            for place in self._quads.back(path, *ways)
            for name in self._quads.words(place, given)
        ]
        return [name for name in dict.fromkeys(found) if not any(symbol in name for symbol in symbols)]

    def _session(self, path: str) -> Iterator[str]:
        """How a session is called: "CCPCJ 31", "CCPCJ 31st session", "31st session of the CCPCJ"."""
        called, number = self.titles(path)[0].partition(" of ")[0], path.rpartition("/")[2]
        for organ in self._called(self._quads.links(path, REC.ofBody)):
            yield from (f"{organ} {number}", f"{organ} {called}", f"{called} of the {organ}")

    def _called(self, organs: Iterable[str]) -> Iterator[str]:
        """The names and acronyms of organs."""
        return (name for organ in organs for one in (RDFS.label, REC.acronym) for name in self._quads.words(organ, one))

    def _spoken(self, path: str, symbols: Sequence[str]) -> Iterator[str]:
        """How the symbols are spoken, with the names of the organs behind them."""
        organs = tuple(self._called(self._quads.links(path, REC.issuedBy, REC.voice)))
        for symbol in map(parse, symbols):
            if not isinstance(symbol, SymbolError):
                yield from spoken(symbol, organs)
