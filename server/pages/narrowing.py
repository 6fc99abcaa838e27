"""The query of a question for a program: with the columns that its request fixes, and a refusal of what it lacks."""

from __future__ import annotations

from collections.abc import Mapping

from server.errors import bad_request
from server.pages.parameters import fields, fixed
from server.pages.whole_answers import whole_answers
from server.questions import Question
from server.requests import release

_OF_THE_REQUEST = frozenset({"format", "page"})  # say what is sent, not which rows


def narrowed(question: Question, given: Mapping[str, str]) -> str:
    """The query in the release that is served. Raises a Problem for a column that the question lets nobody fix.

    A program that asks for `?commision=` is not to get all rows as if it had asked for none.
    """
    columns = [parameter.column for parameter in question.parameters]
    chosen = {name: value.strip() for name, value in given.items() if value.strip() and name not in _OF_THE_REQUEST}
    if strange := sorted(set(chosen) - set(columns)):
        known = f"it has {', '.join(columns)}" if columns else "it has none"
        raise bad_request(f"{question.name} has no column {', '.join(strange)} to fix; {known}.", offered=columns)
    whole = whole_answers().of(question) if chosen else None
    return fixed(question.at(release().base), fields(question.parameters, chosen, whole[1] if whole else None))
