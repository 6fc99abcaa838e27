"""What a reader may fix in a question: the values there are of each kind, and the query with the chosen ones.

What a request says is looked for among the values that the release holds; the term found there goes into the query,
never the words of the request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from server.errors import bad_request
from server.questions import Parameter
from server.requests import release
from server.store import Row, Term
from server.things import labels_of, name_of, natural

LISTED = 150  # values that a list shows; of more the reader types the words and picks
_PREFIXES = """PREFIX rec: <{base}def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_VALUES: Mapping[str, str] = {  # a pattern for each kind that binds ?value
    "session": "{ ?report rec:reportsOn ?session } UNION { ?text a rec:Text ; rec:ofSession ?session }"
    " ?session rec:ordinal ?ordinal OPTIONAL { ?session rec:designation ?printed }"
    " BIND (COALESCE(?printed, ?ordinal) AS ?value)",
    "commission": "{ ?report rec:reportsOn ?session } UNION { ?text a rec:Text ; rec:ofSession ?session }"
    " ?session rec:ofBody ?body . ?body rdfs:label ?name"
    " OPTIONAL { ?body rec:acronym ?short } BIND (COALESCE(?short, ?name) AS ?value)",
    "kind": 'VALUES ?value { "draft resolution" "draft decision" "resolution" "decision"'
    ' "declaration" "ministerial statement" "agreed conclusions" }',
    "number": "?text a rec:Text ; rec:number ?value",
    "text": "?value a rec:Text ; rec:ofSession ?session",
    "work": "?citation rec:citedWork ?value ; rec:citingText ?text",
    "report": "?value rec:reportsOn ?session",
    "sponsor": "?sponsorship rec:sponsor ?value",
    "signed-for": "?sponsorship rec:onBehalfOf ?value ; rec:sponsor ?sponsor",
    "party": "?statement a rec:Statement ; rec:party ?value",
    "represented": "?statement a rec:Statement ; rec:onBehalfOf ?value",
    "addressee": "?mandate rec:addressee ?value",
    "deliverable": "?mandate rec:deliverable ?value",
    "coming-session": "?mandate rec:dueSession ?value . ?value rec:ofBody ?body ; rec:ordinal ?number"
    " OPTIONAL { ?body rec:lastSessionOver ?last } OPTIONAL { ?dataset rec:asOf ?asOf }"
    " FILTER (!COALESCE(?number <= ?last, ?number > 1900 && ?number < YEAR(?asOf), false))",  # as the question has it
    "column": "",  # whatever stands in the column
    "strength": "?clause rec:verb/skos:broader* ?top . ?top skos:topConceptOf ?scheme ; rdfs:label ?value",
}
KINDS = frozenset(_VALUES)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a column may be fixed to: what the address says for it, what the reader sees, the term."""

    value: str
    words: str
    term: Term


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question's form: its parameter, its values, and the one that is chosen."""

    parameter: Parameter
    choices: tuple[Choice, ...]
    chosen: Choice | None

    @property
    def typed(self) -> bool:
        """Whether the values are too many for a list."""
        return len(self.choices) > LISTED


def fields(parameters: Sequence[Parameter], given: Mapping[str, str], rows: Sequence[Row] | None) -> tuple[Field, ...]:
    """The fields of a form as a request fills them. Raises a Problem for a value that the release does not hold.

    With the rows of the whole answer a field offers what gives rows beside what is chosen in the other fields.
    """
    wanted = {parameter.column: given.get(parameter.column, "").strip() for parameter in parameters}
    if rows is None:
        for one in parameters:
            if wanted[one.column] and not _VALUES[one.kind]:
                raise bad_request(f"{one.words}: there are too many rows to choose from; ask by SPARQL.")
        offered = {parameter.column: _choices(parameter.kind) for parameter in parameters if _VALUES[parameter.kind]}
        return tuple(
            _field(one, offered[one.column], offered[one.column], wanted[one.column])
            for one in parameters
            if one.column in offered
        )
    all_of = {one.column: _of_terms(row[one.column] for row in rows if one.column in row) for one in parameters}
    picked = {one.column: _picked(one, all_of[one.column], wanted[one.column]) for one in parameters}

    def beside(column: str) -> tuple[Choice, ...]:
        others = [(name, choice.term) for name, choice in picked.items() if choice and name != column]
        left = {row.get(column) for row in rows if all(row.get(name) == term for name, term in others)}
        return tuple(choice for choice in all_of[column] if choice.term in left)

    return tuple(Field(one, beside(one.column), picked[one.column]) for one in parameters)


def _picked(parameter: Parameter, choices: Sequence[Choice], given: str) -> Choice | None:
    """What was chosen: among the values of the answer, else among those that the release holds."""
    found = next((choice for choice in choices if given and given in (choice.value, choice.words)), None)
    if not found and given in parameter.values:
        return Choice(given, given, ox.Literal(given))
    if found or not given or not _VALUES[parameter.kind]:
        return found or _field(parameter, choices, choices, given).chosen
    return _field(parameter, (), _choices(parameter.kind), given).chosen


def fixed(query: str, form: Sequence[Field]) -> str:
    """The query with the chosen terms joined to its rows (SPARQL 1.1, 10.2.2: VALUES after the solution modifiers)."""
    chosen = [(field.parameter.column, field.chosen.term) for field in form if field.chosen]
    if not chosen:
        return query
    names, terms = (" ".join(words) for words in zip(*((f"?{name}", str(term)) for name, term in chosen), strict=True))
    return f"{query.rstrip()}\nVALUES ({names}) {{ ({terms}) }}\n"


def _field(parameter: Parameter, choices: Sequence[Choice], known: Sequence[Choice], given: str) -> Field:
    chosen = next((choice for choice in known if given and given in (choice.value, choice.words)), None)
    if given and chosen is None:
        some = ", ".join(choice.words for choice in known[:20])
        raise bad_request(f"{parameter.words}: this release has no “{given}”. Among what it has: {some}.")
    return Field(parameter, tuple(choices), chosen)


def _choices(kind: str) -> tuple[Choice, ...]:
    current = release()
    query = f"{_PREFIXES.format(base=current.base)}SELECT DISTINCT ?value {{ {_VALUES[kind]} }}"
    return _of_terms(row["value"] for row in current.store.select(query) if "value" in row)


def _of_terms(found_terms: Iterable[Term]) -> tuple[Choice, ...]:
    """The values that are among some terms, each once, in the order of their words."""
    terms = list(dict.fromkeys(found_terms))
    labels = labels_of(release().store, terms)
    times = Counter(_words(term, labels) for term in terms)
    found = [Choice(_value(term), _words(term, labels), term) for term in terms]
    found = [choice if times[choice.words] == 1 else _told_apart(choice) for choice in found]
    return tuple(sorted(found, key=lambda choice: natural(choice.words.casefold())))


def _told_apart(choice: Choice) -> Choice:
    return replace(choice, words=f"{choice.words} ({choice.value})")


def _value(term: Term) -> str:
    return term.value.removeprefix(release().base) if isinstance(term, ox.NamedNode) else _words(term, {})


def _words(term: Term, labels: Mapping[str, str]) -> str:
    match term:
        case ox.NamedNode():
            return name_of(term.value, labels)
        case ox.Literal():
            return term.value
        case _:
            return str(term)
