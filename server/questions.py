"""The competency questions: SPARQL files in server/queries that say in their leading comments what they answer.

    # title: Who sponsors most?
    # description: For each commission the sponsors by the number of drafts that they signed.
    # theme: Sponsors
    # parameter: COLUMN KIND "Words"        a column that a reader may fix to one of the values of a kind
    # values: COLUMN: ONE, ANOTHER           all values that there may be, where a release need not have each
    # home: NUMBER                           the home page shows it, at this place
    # chart: NUMBER by COLUMN[ and COLUMN][, given COLUMN][ "Words"]   NUMBER is a column, or "rows"; two columns are
                                           drawn as pairs; drawn where the given column is fixed; words are its title

Without the parameters a file is a whole query that answers everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

from ontology.terms import BASE

THEMES = (
    "Texts and their words",
    "What is cited",
    "Sponsors",
    "Requests",
    "At the session",
    "Behind the data",
)
_FIELD = re.compile(r"#\s*(title|description|theme|parameter|values|chart|home)\s*:\s*(.*?)\s*")
_PARAMETER = re.compile(r'(\w+) ([\w-]+) "([^"]+)"')
_CHART = re.compile(r'(\w+) by (\w+)(?: and (\w+))?(?:, given (\w+))?(?: "([^"]+)")?')


@dataclass(frozen=True, slots=True)
class Parameter:
    """A column that a reader may fix, the kind of its values, and its name in words.

    `values` are all that there may be, where the question says so: those that no row has are no mistake.
    """

    column: str
    kind: str
    words: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartOf:
    """What a chart shows: a number, a column or "rows", added up by another column; `given` must be fixed, if named.

    With a second column, `other`, it shows the number of each pair. The title is in words, empty where it says no more.
    """

    number: str
    by: str
    given: str = ""
    other: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the graph answers, in a person's words and in SPARQL (with the default base).

    `home` is its place on the home page, 0 where it is not there.
    """

    name: str
    title: str
    description: str
    sparql: str
    theme: str = ""
    parameters: tuple[Parameter, ...] = ()
    chart: ChartOf | None = None
    home: int = 0

    def at(self, base: str) -> str:
        """The SPARQL for a release with another base."""
        return self.sparql.replace(f"<{BASE}", f"<{base}")


def questions() -> tuple[Question, ...]:
    """All questions in the order of their names."""
    folder = files("server") / "queries"
    texts = {entry.name.removesuffix(".rq"): entry.read_text(encoding="utf-8") for entry in folder.iterdir()}
    return tuple(parse(name, text) for name, text in sorted(texts.items()))


def question(name: str) -> Question | None:
    """The question of a name, None where there is none."""
    return next((entry for entry in questions() if entry.name == name), None)


def chosen() -> tuple[Question, ...]:
    """The questions that the home page shows, in the order of their marks."""
    return tuple(sorted((entry for entry in questions() if entry.home), key=lambda entry: entry.home))


def by_theme() -> tuple[tuple[str, tuple[Question, ...]], ...]:
    """All questions under their themes, in the order in which a reader meets them."""
    known = questions()
    return tuple((theme, tuple(entry for entry in known if entry.theme == theme)) for theme in THEMES)


def parse(name: str, text: str) -> Question:
    """A question from its file's text; what the comments do not name is empty."""
    fields: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if found := _FIELD.fullmatch(line):
            fields.setdefault(found[1], []).append(found[2])
    title, description, theme, chart = (fields.get(key, [""])[0] for key in ("title", "description", "theme", "chart"))
    drawn = _CHART.fullmatch(chart)
    values = {
        column: tuple(value.strip() for value in listed.split(","))
        for column, _, listed in (line.partition(":") for line in fields.get("values", ()))
    }
    return Question(
        name,
        title,
        description,
        text,
        theme,
        tuple(
            Parameter(found[1], found[2], found[3], values.get(found[1], ()))
            for line in fields.get("parameter", ())
            if (found := _PARAMETER.fullmatch(line))
        ),
        ChartOf(drawn[1], drawn[2], drawn[4] or "", drawn[3] or "", drawn[5] or "") if drawn else None,
        int(fields.get("home", ["0"])[0]),
    )
