"""The competency questions: SPARQL files in server/queries with title and description in their leading comments."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from ontology.terms import BASE


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the graph answers, in a person's words and in SPARQL (with the default base)."""

    name: str
    title: str
    description: str
    sparql: str

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


def parse(name: str, text: str) -> Question:
    """A question from its file's text; `title` and `description` are empty where the comments name none."""
    fields = {"title": "", "description": ""}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        key, colon, value = line.removeprefix("#").partition(":")
        if colon and key.strip() in fields:
            fields[key.strip()] = value.strip()
    return Question(name, fields["title"], fields["description"], text)
