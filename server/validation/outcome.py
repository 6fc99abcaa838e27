"""What the process that checks a document says first."""

from __future__ import annotations

from enum import StrEnum

NOTHING_CHECKED = "nothing-checked"  # the shape, by its name, of the result of a document that no shape targets
BOUNDED = "results-bounded"  # the shape of the result that says that there may be more results


class Outcome(StrEnum):
    """The first word of its answer."""

    REPORT = "report"  # the validation report follows, in N-Triples
    UNREADABLE = "unreadable"  # with the reason, its line and its column, both 0 where they are not known
    EXHAUSTED = "exhausted"  # the check needed more memory than it may have
