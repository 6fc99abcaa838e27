"""What a query is before the engine sees it: its form, whether it names its own dataset, and whether it may run at all.

The endpoint only reads, and reaches no other host. A SERVICE clause is looked for in the raw text, comments and strings
included: the pattern below matches wherever the grammar allows the clause (SERVICE, SILENT, a variable or IRI, "{",
with only white space and comments between), so nothing that an engine takes for one is overlooked, whatever a tokenizer
would make of the text around it. A string or comment that looks exactly like a clause is refused as well.

It is linear in the text with a small constant: one pattern passes over all tokens that say nothing here, and only
clauses that do are looked at one by one, up to a number. Names are resolved up to a length. Still, a pattern that
passes over a text of a mebibyte holds up every other thread of its process, for 0.35 seconds of a processor at worst:
only a short text is screened in the web process, a longer one by the worker that would evaluate it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from urllib.parse import urljoin

from server.sparql.failures import BoundError, RefusedError

_GAP = r"(?:[ \t\r\n]++|#[^\r\n]*+)*+"
_NAME = r"(?:<[^<>]*+>|(?=[?$]|[^ \t\r\n{<#\\:]*+:)(?:[^ \t\r\n{<#\\]++|\\.)++)"
_SERVICE = re.compile(rf"service{_GAP}(?:silent{_GAP})?{_NAME}{_GAP}\{{", re.IGNORECASE)
_SERVICES = 100  # how often the word may stand in a query, less often in a long one: each place may be read to the end
_READ = 10_000_000  # characters that are read for it at most, or one query would hold up all others
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

SHORT = 16 * 1024  # characters; those of the gallery have 200 to 3,000, and the worst of this length takes 6 ms
UPDATE_REFUSED = "This endpoint only reads: SPARQL updates are refused."
SERVICE_REFUSED = "This endpoint reaches no other host: SERVICE is refused."

MOST_GRAPHS = 100  # graphs that a query may name; a release of a hundred reports holds about three hundred
_DECLARATIONS = 1000  # BASE and PREFIX in a query with FROM; a thousand of them grow a base in a tenth of a second
_LONGEST = 2048  # characters of a name in FROM, BASE or PREFIX, beside `_DECLARATIONS` what resolving may cost

# The kinds of tokens; each pattern begins with what its token may begin with, since `re` looks at that first.
_KINDS = {
    "gap": r"[ \t\r\n][ \t\r\n]*+|\#[^\r\n]*+",
    "iri": r"""<[^\x00-\x20<>"{}|^`\\]*+>""",
    "string": r"""\"{3}(?:[^"\\]++|\\.|"(?!""))*+(?:\"{3})?|'{3}(?:[^'\\]++|\\.|'(?!''))*+(?:'{3})?
                |"(?:[^"\\\r\n]|\\.)*+"?|'(?:[^'\\\r\n]|\\.)*+'?""",
    "name": r"[?$@][\w-]++|:(?:[\w:.%-]|\\.)*+|[\w.-][\w.-]*+:(?:[\w:.%-]|\\.)*+",
    "word": r"[\w.-][\w.-]*+",
    "sign": r".",
}
_FLAGS = re.VERBOSE | re.DOTALL
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()), _FLAGS)
_ANY = f"(?:{'|'.join(_KINDS.values())})"
_GAPS = f"(?:{_KINDS['gap']})*+"
_NEVER_FIRST = r"""[^\w.\- \t\r\n"'\#<?$@:]"""  # signs that no longer token begins with, which are passed over in a run

QUERY_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATE_FORMS = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING"}
)


def _keyword(words: Iterable[str]) -> str:
    """What matches from the beginning of a token to the end of the first of some keywords, whose name is `found`."""
    found = rf"(?i:{'|'.join(sorted(words))})(?![\w.:-])"
    others = "|".join(_KINDS[kind] for kind in ("gap", "iri", "string", "name"))
    return rf"(?:{_NEVER_FIRST}++|[<?$@]+(?=[<?$@])|{others}|(?!{found}){_KINDS['word']}|[^\w.-])*+(?P<found>{found})"


_FORM = re.compile(_keyword(QUERY_FORMS | UPDATE_FORMS), _FLAGS)
_DATASET_CLAUSE = re.compile(
    _keyword(("BASE", "PREFIX", "FROM")) + f"(?={_GAPS}(?P<next>{_ANY})?{_GAPS}(?P<after>{_ANY})?)", _FLAGS
)
_RELATIVE = re.compile(
    rf"(?:{_NEVER_FIRST}++|<(?=[A-Za-z][A-Za-z0-9+.-]*+:){_KINDS['iri'][1:]}|(?!{_KINDS['iri']}){_ANY})*+{_KINDS['iri']}",
    _FLAGS,
)


class Refusal(StrEnum):
    """Why a query is not run."""

    UPDATE = "update"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Screened:
    """A query's form ("" where none is known), why it is refused if it is, else the graphs of its FROM clauses."""

    form: str
    graphs: tuple[str, ...]
    refusal: Refusal | None


def admitted(query: str) -> tuple[str, ...]:
    """The graphs of a query's FROM clauses. Raises RefusedError where it may not run, BoundError as `screen`."""
    screened = screen(query)
    match screened.refusal:
        case Refusal.UPDATE:
            raise RefusedError(UPDATE_REFUSED)
        case Refusal.SERVICE:
            raise RefusedError(SERVICE_REFUSED)
        case None:
            return screened.graphs


def screen(query: str) -> Screened:
    """What can be told about a query from its text; its syntax is for the engine to judge.

    Raises BoundError where it names more graphs, or longer ones, than are looked up.
    """
    forms = [form_of(text) for text in _readings(query)]
    form = forms[0]
    if not UPDATE_FORMS.isdisjoint(forms):
        return Screened(form, (), Refusal.UPDATE)
    if calls_service(query):
        return Screened(form, (), Refusal.SERVICE)
    return Screened(form, _from(query), None)


def form_of(query: str) -> str:
    """The first keyword that makes a query or an update what it is, "" where there is none."""
    keyword = _FORM.match(query)
    return keyword["found"].upper() if keyword else ""


def has_relative_iri(query: str) -> bool:
    """Whether an IRI of a query has no scheme, so that what it is depends on where it is asked."""
    return _RELATIVE.match(query) is not None


def calls_service(query: str) -> bool:
    """Whether a query may hold a SERVICE clause, as it stands or with its code point escapes resolved."""
    for text in _readings(query):
        places = sum(1 for _ in islice(re.finditer("service", text, re.IGNORECASE), _SERVICES + 1))
        if places > _SERVICES or places * len(text) > _READ or _SERVICE.search(text):
            return True
    return False


def _readings(query: str) -> tuple[str, ...]:
    """A query as it stands, and with its code point escapes resolved where it has any; neither is longer."""
    if not _ESCAPE.search(query):
        return (query,)
    return query, _ESCAPE.sub(_character, query)


def _character(escape: re.Match[str]) -> str:
    code = int(escape.group(1) or escape.group(2), 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def tokens(query: str) -> Iterator[tuple[str, int, str]]:
    """The tokens of a query from first to last: kind, place, characters. White space and comments are gaps."""
    for token in _TOKEN.finditer(query):
        yield token.lastgroup or "", token.start(), token.group()


def _clauses(query: str) -> Iterator[tuple[str, str, str]]:
    """BASE, PREFIX and FROM in capitals, each with the two tokens after it, "" where there are none."""
    place = 0
    while clause := _DATASET_CLAUSE.match(query, place):
        yield clause["found"].upper(), clause["next"] or "", clause["after"] or ""
        place = clause.end("found")


def _from(query: str) -> tuple[str, ...]:
    """The absolute IRIs after FROM and FROM NAMED; a name that cannot be resolved is given as it stands."""
    base, prefixes, declarations = "", {"": ("", "")}, 0
    graphs: list[str] = []
    if not re.search("from", query, re.IGNORECASE):
        return ()
    for keyword, name, iri in _clauses(query):
        if keyword == "FROM":
            graphs.append(_named(iri if name.upper() == "NAMED" else name, base, prefixes))
        elif keyword == "BASE":
            base = _joined(base, name)
        else:
            prefixes[_bounded(name.rstrip(":"))] = base, iri  # resolved when a graph is named by it
        declarations += keyword != "FROM"
        if len(graphs) > MOST_GRAPHS:
            raise BoundError(f"A query may name {MOST_GRAPHS} graphs in FROM and FROM NAMED.")
        if declarations > _DECLARATIONS:
            raise BoundError(f"A query with FROM may have {_DECLARATIONS} lines of BASE and PREFIX.")
    return tuple(graphs)


def _named(name: str, base: str, prefixes: Mapping[str, tuple[str, str]]) -> str:
    if name.startswith("<"):
        return _joined(base, name)
    prefix, colon, local = name.partition(":")
    namespace = _joined(*prefixes[prefix]) if prefix in prefixes else prefix + colon
    return _bounded(namespace + local)


def _joined(base: str, iri: str) -> str:
    """An IRI in angle brackets as it is with a base (RFC 3986, 5.2)."""
    return _bounded(urljoin(base, _bounded(iri).strip("<>")))


def _bounded(name: str) -> str:
    if len(name) > _LONGEST:
        raise BoundError(f"A name in FROM, BASE or PREFIX may have {_LONGEST} characters.")
    return name
