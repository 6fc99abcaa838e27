"""What carries on from session to session: texts of the same title, and agendas from planned to adopted."""

from __future__ import annotations

from collections.abc import Iterator

from mappings.links.held import Held, Item, Text
from mappings.links.link import Link
from mappings.links.titles import normalized
from ontology.terms import REC


def continued_texts(held: Held) -> Iterator[Link]:
    """Each text with the text of the same title, kind and voice at the nearest earlier session that is held.

    A session that has two of them, of which neither can be told to be the one, gives no link.
    """
    for text in held.texts:
        if before := _before(text, held):
            yield Link(text.iri, REC.continues, before.iri, "same-title", before.iri, text.iri)


def _before(text: Text, held: Held) -> Text | None:
    same = [one for one in held.texts if normalized(text.title) and _is_same(one, text)]
    earlier = [one for one in same if one.session.ordinal < text.session.ordinal]
    nearest = max((one.session.ordinal for one in earlier), default=None)
    found = [one for one in earlier if one.session.ordinal == nearest]
    twins = [one for one in same if one.session == text.session]
    return found[0] if len(found) == 1 and len(twins) == 1 else None


def _is_same(one: Text, other: Text) -> bool:
    return (one.kind, one.voice, one.session.body, normalized(one.title)) == (
        other.kind,
        other.voice,
        other.session.body,
        normalized(other.title),
    )


def adopted_items(held: Held) -> Iterator[Link]:
    """Each item of a provisional agenda with the item of the same number and title that the session adopted."""
    adopted = {(item.session, item.number, item.letter): item for item in held.items if item.status == "adopted"}
    for item in held.items:
        if item.status == "provisional":
            became = adopted.get((item.session, item.number, item.letter))
            if became and _titled_alike(item, became):
                yield Link(item.iri, REC.becameItem, became.iri, "same-number-and-title", item.iri, became.iri)


def _titled_alike(planned: Item, adopted: Item) -> bool:
    title = normalized(planned.title)
    return bool(title) and title == normalized(adopted.title)
