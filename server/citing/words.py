"""Citations in words, in the manner of the United Nations Editorial Manual: organ, number, title, symbol, place."""

from __future__ import annotations

from server.citing.work import Work


def in_words(work: Work) -> str:
    """A citation that a person copies, without a stop at its end."""
    if work.kind == "document":
        return ", ".join(part for part in (work.title, work.symbol or work.name) if part)
    if work.kind == "report":
        return ", ".join(part for part in (work.organ.name, work.title, place(work)) if part)
    number = f"{work.kind} {work.number}".strip()
    head = f"{work.organ.name} {number}" if work.adopted else ", ".join(filter(None, (work.organ.name, number)))
    title = f"“{work.title}”" if work.title else ""
    return ", ".join(part for part in (head.strip(), title, place(work)) if part)


def short(work: Work, acronym: str) -> str:
    """What a citation of one of its paragraphs begins with: "CCPCJ resolution 33/1", "CCPCJ 33, draft resolution I"."""
    organ = acronym or work.organ.name
    number = f"{work.kind} {work.number}".strip()
    if work.adopted:
        return f"{organ} {number}".strip()
    session = work.session.iri.rpartition("/")[2]
    return ", ".join(part for part in (f"{organ} {session}".strip(), number) if part)


def place(work: Work) -> str:
    """Where a text is printed in its report, a report in the official records: "E/2022/30, chap. I, sect. C"."""
    if work.kind == "report":
        return _records(work)
    parts = (work.report_symbol or work.report.name, _pinned("chap.", work.chapter), _pinned("sect.", work.section))
    return ", ".join(part for part in parts if part)


def _pinned(word: str, number: str) -> str:
    return f"{word} {number}" if number else ""


def _records(work: Work) -> str:
    """The place of a report in the official records: "Official Records of …, 2022, Supplement No. 10 (E/2022/30)"."""
    symbol = f"({work.symbol})" if work.symbol else ""
    if not (work.records and work.supplement):
        return work.symbol
    series = f"Official Records of the {work.records.removeprefix('The ')}"
    numbered = f"Supplement No. {work.supplement} {symbol}".strip()
    return ", ".join(part for part in (series, work.year, numbered) if part)
