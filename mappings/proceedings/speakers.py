"""Lists of speakers inside a sentence, and the parentheses that say how and in whose name each one spoke.

The UN's drafting practice: a head governs the names after it until the next head ("the representatives of A, B and C
and by the observers for D and E"); a comma never stands before the last "and"; a title without head names one person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEAD = re.compile(
    r"\b[Tt]he\s+(?P<kind>representative|observer)s?\s+(?:of|for|from)\s+|\b(?P<panellist>panellist)s?\s+from\s+"
)
SINGULAR = re.compile(r"\b[Tt]he\s+(?:representative|observer)\s+(?:of|for|from)\s+$")
SEPARATOR = re.compile(r"(?:;\s+and|;|,\s+as\s+well\s+as|,\s+and|,|\s+as\s+well\s+as|\s+and)\s+(?:by\s+)?")
CONNECTORS = re.compile(r"(?:\s|,|;|\band\b|\bas well as\b|\bby\b|\bwith\b)+$")
LEADING = re.compile(r"^(?:\s|,|;|\band\b|\bby\b)+")
ARTICLE = re.compile(r"(?:the|The|a|A|an|An)\s+")
ASIDE = re.compile(r"\s*\((?P<words>(?:[^()]|\([^()]*\))*)\)$")
MODE_WORD = (
    r"(?:in person|online|(?:pre-recorded )?video(?:s| message| link)?|"
    r"pre-recorded (?:video|statement|message)s?|remotely|hybrid)"
)
MODE = re.compile(rf"^{MODE_WORD}(?:(?:,| and) {MODE_WORD})*$")
OFFICE_FOLLOWS = re.compile(
    r"\s+and\s+(?=the\s+(?:Special|Chair|Vice-Chair|Director|Executive|Secretary|Chief|Head|President|Deputy|Under-Secretary)\b)"
)
PERSON_FOLLOWS = re.compile(r"[A-ZÀ-ÞĀ-Ž][\w.'’-]+(?: (?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*|de|del|van|von|bin|al)){1,4}, ")
FOR_OTHERS = re.compile(r",? on behalf of (?P<whom>[^,]+)(?:, who\b.*)?$", re.DOTALL)
BEHALF = re.compile(r"^(?:also )?(?:speaking )?on behalf of (?P<whom>.+)$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One speaker of a list: `start` and `end` are places in the text that was read.

    `head` is "representative", "observer", "panellist" or empty for a title or a bare name; `words` are the name or
    title as printed, without head and parentheses; `on_behalf_of` the words after "on behalf of", `mode` as printed.
    """

    start: int
    end: int
    head: str
    words: str
    mode: str
    on_behalf_of: str


def speakers(text: str, start: int, end: int, names: Iterable[tuple[int, int]]) -> Iterator[Speaker]:
    """The speakers that `text` lists between `start` and `end`; `names` are the places of known names in it."""
    known = tuple(names)
    heads = [match for match in HEAD.finditer(text, start, end) if depth_at(text, start, match.start()) == 0]
    first = heads[0].start() if heads else end
    yield from _group(text, start, first, "", False, known)
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        kind = head.group("kind") or head.group("panellist")
        stop = following.start() if following else end
        yield from _group(text, head.end(), stop, kind, bool(SINGULAR.search(head.group())), known)


def depth_at(text: str, start: int, place: int) -> int:
    """How many parentheses are open at a place."""
    return text.count("(", start, place) - text.count(")", start, place)


def _group(
    text: str, start: int, end: int, head: str, single: bool, known: tuple[tuple[int, int], ...]
) -> Iterator[Speaker]:
    start += len(text[start:end]) - len(LEADING.sub("", text[start:end]))
    end = start + len(CONNECTORS.sub("", text[start:end]))
    if start >= end:
        return
    if single:
        borders = [match.span() for match in OFFICE_FOLLOWS.finditer(text, start, end)]
    else:
        borders = _borders(text, start, end, head, known)
    at = start
    for left, right in [*borders, (end, end)]:
        if left > at:
            yield speaker(text, at, left, head)
        at = right


def _borders(text: str, start: int, end: int, head: str, known: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """The separators that part two speakers, in order: the sure ones, and the one "and" before the last speaker."""
    found = [
        match.span()
        for match in SEPARATOR.finditer(text, start, end)
        if depth_at(text, start, match.start()) == 0
        and not any(a < match.start() and match.end() < b for a, b in known)
    ]
    semicolons = [span for span in found if text[span[0]] == ";"]
    if semicolons:
        return semicolons
    if not head and PERSON_FOLLOWS.match(text, start):  # "A, Director, B, and C, Head, D"
        return [span for span in found if "and" in text[slice(*span)] and PERSON_FOLLOWS.match(text, span[1])]
    sure = [span for span in found if _is_sure(text, *span, known)]
    if (
        text[end - 1] == ")" and sure
    ):  # each has its parentheses: most of what looks like a separator stands inside a name
        return sorted({*sure, *(span for span in found if text[span[0]] == "," and _article_follows(text, span[1]))})
    commas = [span for span in found if text[span[0]] == "," and _may_part(text, span[1], head)]
    borders = sorted({*sure, *commas})
    after = borders[-1][1] if borders else start
    if any(text[left] != "," for left, _ in borders[-1:]):
        return borders
    ends = [span for span in found if span[0] >= after and _may_part(text, span[1], head)]
    preferred = [span for span in ends if _article_follows(text, span[1])] or ends
    return [*borders, *preferred[-1:]]


def _is_sure(text: str, left: int, right: int, known: tuple[tuple[int, int], ...]) -> bool:
    return text[left - 1] == ")" or _names_begin(text, right, known)


def _names_begin(text: str, place: int, known: tuple[tuple[int, int], ...]) -> bool:
    article = ARTICLE.match(text, place)
    place = article.end() if article else place
    return any(a == place for a, _ in known)


def _article_follows(text: str, place: int) -> bool:
    return bool(re.match(r"(?:the|a|an)\s+(?:[A-ZÀ-Þ]|former\s+[A-Z]|representative\s+of)", text[place:]))


def _may_part(text: str, right: int, head: str) -> bool:
    """Whether a name may begin here: any capital after a head, an article and a capital where titles are listed."""
    return _article_follows(text, right) or (bool(head) and bool(re.match(r"[A-ZÀ-Þ]", text[right:])))


def speaker(text: str, start: int, end: int, head: str = "") -> Speaker:
    """The one speaker that the words between `start` and `end` name, parentheses taken off."""
    words, mode, behalf = text[start:end], "", ""
    while aside := ASIDE.search(words):
        if MODE.match(aside["words"]):
            mode = aside["words"]
        elif whom := BEHALF.match(aside["words"]):
            behalf = whom["whom"]
        else:
            break
        words = words[: aside.start()]
    if others := FOR_OTHERS.search(words):
        words, behalf = words[: others.start()], behalf or others["whom"]
    return Speaker(start, end, head, words.strip(" ,"), mode, behalf)
