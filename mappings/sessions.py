"""Which session words mean: "thirty-first session", "S-32", "2019 session", "71-72" for two that one report covers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mappings.formulae import formula
from mappings.lexicon.numbers import ordinal_number

# How the United Nations prints the numbers of sessions that are counted apart: A/HRC/S-32, A/ES-11, TD/B/EX(31).
_PREFIXES = {"special": "S", "emergency special": "ES", "emergency": "ES", "executive": "EX"}
_COUNTED_APART = (*_PREFIXES, "extraordinary", "organizational", "pre-sessional", "inaugural", "universal")
_NAMED_IN_A_YEAR = ("annual", "regular")  # "annual session 2023", "first regular session 2023" of the executive boards
_AGAIN = re.compile(r"(?i)\b(?:resumed|reconvened)\b ?")
_SERIES = re.compile(r"(?i)\b(emergency special|special|emergency|executive|extraordinary|organizational|pre-sessional"
                     r"|inaugural|universal|substantive|regular|annual|ordinary)\b")  # fmt: skip


@dataclass(frozen=True, slots=True)
class SessionName:
    """A session: its ordinal, or the year where a body has no numbers, and its name where the number is not all of it.

    `again` says that the words speak of a resumed or reconvened session.
    """

    number: int
    name: str = ""
    again: bool = False

    @property
    def key(self) -> str:
        """The name by which answers and addresses know the session: "31", "2019", "S-32", "71-72"."""
        return self.name or str(self.number)


def read_session(words: str) -> SessionName | None:
    """The session that the words of the rule "session" mean; None where they have neither number nor year.

    The number is 0 where only the kind is told ("organizational session"): the year that the report prints is to be it.
    """
    again = bool(_AGAIN.search(words))
    plain = _AGAIN.sub("", words)
    found = _SERIES.search(plain)
    series = found[1].lower() if found else ""
    year = re.search(r"(?<![0-9/])([12][0-9]{3})(?![0-9])", plain)
    counts = tuple(_counts(_SERIES.sub("", plain)))
    if year and series in _NAMED_IN_A_YEAR and (len(counts) > 1 or len(_SERIES.findall(plain)) > 1):
        return SessionName(int(year[1]), "", again)  # all sessions of a year in one report
    if year and series in _NAMED_IN_A_YEAR and not plain.lstrip().startswith(year[1]):
        which = {1: "first-", 2: "second-", 3: "third-"}.get(counts[0], "") if counts else ""
        return SessionName(int(year[1]), f"{year[1]}-{which}{series}", again)
    if counts:
        first, last = min(counts), max(counts)
        name = f"{first}-{last}" if first != last else ""
        if series in _COUNTED_APART:
            name = f"{_PREFIXES.get(series, series)}-{name or last}"
        return SessionName(last, name, again)
    if series in (*_COUNTED_APART, *_NAMED_IN_A_YEAR) and not year:
        return SessionName(0, series, again)
    if year:
        return SessionName(int(year[1]), f"{year[1]}-{series}" if series in _COUNTED_APART else "", again)
    return None


def _counts(words: str) -> list[int]:
    """The ordinals in some words, "one hundred and fifth" as one."""
    pattern = formula("report", "count")
    return [number for match in pattern.finditer(words) if (number := ordinal_number(match.group())) is not None]


def session_words(name: str, ordinal: str) -> str:
    """A session as a label says it: "31st session", "2019 session", "32nd special session", "71-72 sessions"."""
    kinds = {"S": "special", "ES": "emergency special", "EX": "executive"}
    if found := re.fullmatch(r"(S|ES|EX)-[0-9]+", name):
        return f"{ordinal} {kinds[found[1]]} session"
    if re.fullmatch(r"[0-9]{1,3}", name):
        return f"{ordinal} session"
    if re.fullmatch(r"[0-9]+-[0-9]+", name):
        return f"{name} sessions"
    return f"{name} session"
