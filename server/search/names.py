"""What things are called: their titles, their other names in all languages, the symbols and numbers that mean them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import RDFS, SKOS, URIRef

from mappings.symbols import SymbolError, parse
from ontology.terms import REC
from server.search.keys import initials, spoken
from server.search.quads import Quads, reversed_links

_XL_LABEL = URIRef("http://www.w3.org/2008/05/skos-xl#altLabel")
_LITERAL_FORM = URIRef("http://www.w3.org/2008/05/skos-xl#literalForm")
_Words = Mapping[str, list[str]]


class Names:
    """The names of each thing of a release."""

    def __init__(self, quads: Quads) -> None:
        self.titles: _Words = quads.words(RDFS.label)
        self._own: tuple[_Words, ...] = (
            self.titles,
            quads.words(REC.title),
            quads.words(SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation),
            quads.words(REC.acronym),
            quads.words(REC.symbol),
            quads.words(REC.symbolPrefix),
        )
        self._formerly, self._forms = quads.links(_XL_LABEL), quads.words(_LITERAL_FORM)
        self._organs = quads.links(REC.issuedBy, REC.voice)
        self._sitting = quads.links(REC.ofBody)
        self._published = quads.links(REC.publishedAs)
        self._texts = reversed_links(quads.links(REC.adoptedAs, REC.fromDraft, REC.publishedAs))
        self._presented = reversed_links(quads.links(REC.presentedDocument))
        self._citing = reversed_links(quads.links(REC.citedWork))
        self._cited_titles = quads.words(REC.citedTitle)

    def of(self, path: str) -> tuple[str, tuple[str, ...]]:
        """The title of a thing and its other names. A document's title is that which others give it, if any does."""
        title = self.titles[path][0]
        lent = self._lent(path) if path.startswith("document/") else []
        if lent:
            title = f"{title}: {lent[0]}" if lent[0][:1].isupper() else f"{title}, {lent[0]}"
        former = [form for label in self._formerly.get(path, ()) for form in self._forms.get(label, ())]
        known_as = [short] if path.startswith("body/") and (short := initials(title)) else []
        own = (name for words in self._own for name in words.get(path, ()) if len(name) > 1)  # "A" begins symbols
        names = [*known_as, *own, *former, *lent]
        return title, tuple(name for name in dict.fromkeys(names) if name != title)

    def straight(self, path: str) -> tuple[str, ...]:
        """What means this thing and, but for others that are called alike, no other: symbols, numbers with an organ.

        The number of a resolution whose text is held means the text, its symbol the document.
        """
        symbols = self._symbols(path)
        if path.startswith("text/"):
            published = [symbol for document in self._published.get(path, ()) for symbol in self._symbols(document)]
            head = self.titles[path][0].partition(":")[0]
            return tuple(dict.fromkeys((head, *self._spoken(path, published))))
        if path.startswith("session/"):
            return tuple(dict.fromkeys(self._session(path)))
        if path.startswith(("goal/", "target/")):
            names = (*self.titles[path], *self._own[2].get(path, ()))
            return tuple(name for name in names if not name[0].isdigit())  # "12.1" may be a resolution as well
        held = any(path in self._published.get(text, ()) for text in self._texts.get(path, ()))
        spoken_as = () if held or not path.startswith("document/") else self._spoken(path, symbols)
        return tuple(dict.fromkeys((*symbols, *spoken_as)))

    def _symbols(self, path: str) -> list[str]:
        return self._own[4].get(path, [])

    def _lent(self, path: str) -> list[str]:
        """The titles that others give a document: texts that it became or came from, lists of documents, citations."""
        titles, symbols = self._own[1], self._symbols(path)
        sources = ((self._texts, titles), (self._presented, titles), (self._citing, self._cited_titles))
        found = [name for places, given in sources for place in places.get(path, ()) for name in given.get(place, ())]
        return [name for name in dict.fromkeys(found) if not any(symbol in name for symbol in symbols)]

    def _session(self, path: str) -> Iterator[str]:
        """How a session is called: "CCPCJ 31", "CCPCJ 31st session", "31st session of the CCPCJ"."""
        called, number = self.titles[path][0].partition(" of ")[0], path.rpartition("/")[2]
        for organ in self._called(self._sitting.get(path, ())):
            yield from (f"{organ} {number}", f"{organ} {called}", f"{called} of the {organ}")

    def _called(self, organs: Iterable[str]) -> Iterator[str]:
        """The names and acronyms of organs."""
        return (name for organ in organs for words in (self.titles, self._own[3]) for name in words.get(organ, ()))

    def _spoken(self, path: str, symbols: Sequence[str]) -> Iterator[str]:
        """How the symbols are spoken, with the names of the organs behind them."""
        organs = tuple(self._called(self._organs.get(path, ())))
        for symbol in map(parse, symbols):
            if not isinstance(symbol, SymbolError):
                yield from spoken(symbol, organs)
