"""What a higher organ made of a draft, as later reports cite it.

The document is one of the organ that was to adopt the draft, of its nature (resolution or decision) and, by the date
with which it is cited, not older than the session nor a year younger. It is what became of the draft if

- it is cited with the draft's title (`cited-title`); or
- the text that continues the draft recalls it, it is the only document of that kind and year that the text recalls
  and is cited with no other title, and one thing more agrees: the paragraph that recalls it repeats an operative
  paragraph of the draft (`successor-repeats-paragraph`), or its number follows on that of another draft of the session
  as the drafts' own numbers do (`successor-in-sequence`); or
- the draft set out a provisional agenda, and the paragraph by which that session adopted its agenda names it as the
  only decision of the organ (`agenda-approved`).

Where two documents answer to one draft, or two drafts to one document, there is no telling: nothing is linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from rdflib import URIRef

from mappings import iris
from mappings.links.held import Citation, Document, Held, Text
from mappings.links.link import Link
from mappings.links.successions import continued_texts
from mappings.links.titles import described, longest_run, normalized
from ontology.terms import REC

YEAR = timedelta(days=365)
RUN = 20  # words in a row: a paragraph recounted, no name that both happen to print
NATURES = {REC.DraftResolution: "/RES/", REC.DraftDecision: "/DEC/"}


def adoptions(held: Held) -> Iterator[Link]:
    """What became of drafts, in the order of the drafts."""
    sure = [*_titled(held), *_approved_agendas(held)]
    recalled = [(draft, citation) for draft, citation in _recalled(held) if not _is_settled(draft, sure)]
    repeated = [
        _link(draft, one, "successor-repeats-paragraph") for draft, one in recalled if _repeats(draft, one, held)
    ]
    known = _unambiguous([*sure, *repeated])
    in_sequence = [
        _link(draft, one, "successor-in-sequence")
        for draft, one in recalled
        if not _is_settled(draft, repeated) and _follows(draft, one, known, held)
    ]
    yield from sorted(_unambiguous([*sure, *repeated, *in_sequence]), key=lambda link: link.subject)


def _link(draft: Text, citation: Citation, rule: str) -> Link:
    return Link(draft.iri, REC.adoptedAs, citation.document.iri, rule, draft.iri, citation.iri)


def _is_settled(draft: Text, links: Iterable[Link]) -> bool:
    return any(link.subject == draft.iri for link in links)


def _unambiguous(links: list[Link]) -> list[Link]:
    """One link for each pair of a draft and a document that has no rival on either side."""
    pairs: dict[tuple[URIRef, URIRef], Link] = {}
    for link in links:
        pairs.setdefault((link.subject, link.value), link)
    drafts, documents = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return [link for pair, link in pairs.items() if drafts.count(pair[0]) == 1 and documents.count(pair[1]) == 1]


def _drafts(held: Held) -> list[Text]:
    return [text for text in held.texts if text.kind in NATURES and _is_concerned(text, held)]


def _is_concerned(draft: Text, held: Held) -> bool:
    return held.concerned is None or str(draft.session.iri) in held.concerned


def _is_of(draft: Text, document: Document) -> bool:
    """Whether the document is of the organ that was to adopt the draft, and a resolution or a decision like it."""
    return document.issuer is not None and document.issuer == draft.voice and NATURES[draft.kind] in document.symbol


def _is_timely(draft: Text, citation: Citation) -> bool:
    """Whether the document was adopted in the year after the session recommended the draft."""
    closed = draft.session.closed
    return closed is not None and citation.on is not None and closed < citation.on <= closed + YEAR


def _titled(held: Held) -> Iterator[Link]:
    for draft in _drafts(held):
        title = normalized(draft.title)
        for citation in held.citations:
            if title and described(citation.title) == title and _could_be(draft, citation):
                yield _link(draft, citation, "cited-title")


def _could_be(draft: Text, citation: Citation) -> bool:
    return _is_of(draft, citation.document) and _is_timely(draft, citation)


def _recalled(held: Held) -> Iterator[tuple[Text, Citation]]:
    """Each draft with the citation of the only document that its successor recalls and that it could have become."""
    texts = {text.iri: text for text in held.texts}
    for link in continued_texts(held):
        draft = texts[link.value]
        if draft.kind in NATURES and _is_concerned(draft, held):
            cited = {
                citation.document: citation
                for citation in held.citations
                if citation.text and citation.text.iri == link.subject and citation.role == "direct"
                if _could_be(draft, citation) and described(citation.title) in ("", normalized(draft.title))
            }
            if len(cited) == 1:
                yield draft, next(iter(cited.values()))


def _repeats(draft: Text, citation: Citation, held: Held) -> bool:
    """Whether the paragraph recalls no other document of the organ and repeats an operative paragraph of the draft."""
    beside = {one.document for one in held.citations if one.place == citation.place}
    if sum(one.issuer == citation.document.issuer for one in beside) > 1:
        return False
    runs = (longest_run(paragraph, citation.clause) for paragraph in draft.operative)
    return any(len(run.split()) >= RUN and run not in normalized(draft.title) for run in runs)


def _follows(draft: Text, citation: Citation, known: list[Link], held: Held) -> bool:
    """Whether the number is as far from that of a sibling's document as the numbers of the two drafts are."""
    own = _distance(draft, citation.document.symbol)
    siblings = {one.iri: one for one in _drafts(held) if _are_siblings(one, draft)}
    theirs = [(siblings[link.subject], link.value) for link in known if link.subject in siblings]
    return own is not None and own in [_distance(sibling, iris.symbol_of(value)) for sibling, value in theirs]


def _are_siblings(one: Text, other: Text) -> bool:
    return one.iri != other.iri and (one.session, one.kind, one.voice) == (other.session, other.kind, other.voice)


def _distance(draft: Text, symbol: str) -> tuple[str, int] | None:
    """How far the document's number is from the draft's, with what stands before the number: ("A/RES/77", 230)."""
    series, _, number = symbol.rpartition("/")
    ordinal = iris.numeral(draft.number)
    return (series, int(number) - int(ordinal)) if number.isdecimal() and ordinal.isdecimal() else None


def _approved_agendas(held: Held) -> Iterator[Link]:
    """The decisions by which provisional agendas were approved, read where the session adopts its agenda."""
    for draft in _drafts(held):
        planned = {item.session for item in held.items if item.listed_in == draft.iri}
        adopted = {i.place for i in held.items if i.session in planned and i.status == "adopted" and i.place}
        named = {one.document: one for one in held.citations if one.place in adopted and _is_of(draft, one.document)}
        if len(planned) == 1 and len(named) == 1:
            yield _link(draft, next(iter(named.values())), "agenda-approved")
