"""The forms that a work is cited in, by suffix and media type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from server.citing.bibtex import bibtex
from server.citing.csl import csl
from server.citing.ris import ris
from server.citing.work import Work
from server.negotiation import BIBTEX, CSL_JSON, RIS, Form

_WRITERS: Mapping[str, Callable[[Work], str]] = {BIBTEX.name: bibtex, RIS.name: ris, CSL_JSON.name: csl}


def cited(work: Work, form: Form) -> str:
    """A work in one of the forms of a citation."""
    return _WRITERS[form.name](work)
