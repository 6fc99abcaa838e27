"""The corrections of an operator: files that withdraw or replace what was read, fact by fact.

    DATA/corrections/*.toml

    [[correction]]
    fact = "statement/clcm/12/70/1"            its IRI, or the path of it
    replace = { party = "state/PER" }          by names of the vocabulary, each with its value or values
    reason = "the list of participants has the speaker under another State"
    office = "Harbour Library"
    date = 2031-05-04

`withdraw = true` takes the whole fact away, `withdraw = { addressee = "body/unodc" }` some of its values and
`withdraw = { addressee = true }` all of a property. `of` names the report or official text that the fact is in, where
its address does not.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, RDFS, URIRef

from ontology.closure import core_graph
from ontology.terms import BASE, REC, terms
from server.publishing.disk import write_whole
from server.publishing.release import CORRECTIONS, ReleaseError

Value = str | int | float | bool | date
Values = Mapping[str, tuple[Value, ...]]
_LABEL = "rdfs:label"
_HEAD = re.compile(r"\s*\[\[\s*correction\s*\]\]")
_FACT = re.compile(r'[a-z-]+/[^\s<>"{}|^`\\]+')
_WORK = re.compile(r'(?:report|document)/[^\s<>"{}|^`\\]+')
_KEYS = ("fact", "of", "withdraw", "replace", "reason", "office", "date")


class CorrectionError(ReleaseError):
    """A correction that cannot be made; the message names the file, the line and the reason."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be withdrawn or replaced of one fact, by its path after the base.

    `withdraw` is true for all of the fact, `values` are those to withdraw by their properties (an empty tuple stands
    for every one), `replace` those that take the place of what a property has.
    """

    fact: str
    withdraw: bool
    values: Values
    replace: Values
    reason: str
    office: str
    date: str
    of: str = ""
    place: str = field(default="", compare=False)

    @property
    def path(self) -> str:
        """Its own address after the base."""
        return f"correction/{self.fact}/{self.date}"

    @property
    def identity(self) -> str:
        """Sixteen hexadecimal digits that tell it from any other, wherever it is written."""
        told = (self.fact, self.withdraw, self.values, self.replace, self.reason, self.office, self.date, self.of)
        text = json.dumps(told, default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def concerns(self, work: str) -> bool:
        """Whether the fact is one of a report or official text, by its path: "report/clcm/12"."""
        if self.of:
            return self.of == work
        kind, _, key = work.partition("/")
        first, _, rest = self.fact.partition("/")
        if kind == "document" and first == "report":
            return False
        return f"{rest}/".startswith(f"{key}/")

    def error(self, reason: str) -> CorrectionError:
        """Why it cannot be made, with its place."""
        return CorrectionError(f"{self.place}: {reason}")


def corrections_in(data: Path, base: str, more: Path | None = None) -> tuple[Correction, ...]:
    """The corrections of a data folder and of another one, whose files take the place of those of the same name.

    They are in the order of their days, then of the addresses of their facts. Raises CorrectionError for what cannot
    be read or is no correction.
    """
    found: dict[str, Correction] = {}
    for path in _files(data, more).values():
        for correction in _read(path, base):
            first = found.setdefault(correction.path, correction)
            if first is not correction:
                raise correction.error(f"{correction.fact} is corrected on the same day in {first.place}")
    return tuple(sorted(found.values(), key=lambda one: (one.date, one.fact)))


def _files(data: Path, more: Path | None) -> dict[str, Path]:
    folders = [folder for folder in (data / CORRECTIONS, more) if folder and folder.is_dir()]
    found = {path.name: path for folder in folders for path in folder.glob("*.toml")}
    return dict(sorted(found.items()))


def keep_corrections(data: Path, more: Path | None) -> None:
    """Keep the files of another folder with the data, so that the next build has them too."""
    for path in sorted(more.glob("*.toml")) if more else ():
        (data / CORRECTIONS).mkdir(exist_ok=True)
        kept, text = data / CORRECTIONS / path.name, path.read_text(encoding="utf-8")
        if not kept.exists() or kept.read_text(encoding="utf-8") != text:
            write_whole(kept, text)


def written(correction: Correction) -> str:
    """A correction as it stands in a file."""
    head = ["[[correction]]", f"fact = {_toml(correction.fact)}"]
    head += [f"of = {_toml(correction.of)}"] if correction.of else []
    if correction.withdraw:
        head.append("withdraw = true")
    for key, values in (("withdraw", correction.values), ("replace", correction.replace)):
        if values:
            inner = ", ".join(f"{_key(name)} = {_several(found)}" for name, found in values.items())
            head.append(f"{key} = {{ {inner} }}")
    head += [f"reason = {_toml(correction.reason)}", f"office = {_toml(correction.office)}"]
    return "\n".join([*head, f"date = {correction.date}"]) + "\n"


def _key(name: str) -> str:
    return name if name.isalnum() else _toml(name)


def _several(values: tuple[Value, ...]) -> str:
    if not values:
        return "true"
    return _toml(values[0]) if len(values) == 1 else f"[{', '.join(map(_toml, values))}]"


def _toml(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(path: Path, base: str) -> Iterator[Correction]:
    name = f"{CORRECTIONS}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
        entries = tomllib.loads(text)
    except OSError as error:
        raise CorrectionError(f"{name}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{name}: is no UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise CorrectionError(f"{name}, line {line[1] if line else 1}: is no TOML: {error}") from error
    if unknown := sorted(entries.keys() - {"correction"}):
        raise CorrectionError(f"{name}, line {_line(text, unknown[0])}: there is nothing called {unknown[0]!r} here")
    tables = entries.get("correction", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CorrectionError(f"{name}, line {_line(text, 'correction')}: each correction begins with [[correction]]")
    heads = [number for number, line in enumerate(text.splitlines(), 1) if _HEAD.match(line)]
    for order, table in enumerate(tables):
        start = heads[order] if len(heads) == len(tables) else 1
        yield _Entry(table, base, name, start, text.splitlines()[start - 1 :]).correction()


def _line(text: str, key: str) -> int:
    """The number of the first line that begins with a key, 1 without such."""
    begins = re.compile(rf"\s*\[*\s*\"?{re.escape(key)}\b")
    return next((number for number, line in enumerate(text.splitlines(), 1) if begins.match(line)), 1)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A table of a file, with the number of its first line."""

    table: Mapping[str, Any]
    base: str
    name: str
    start: int
    lines: Sequence[str]

    def correction(self) -> Correction:
        """What the table says. Raises CorrectionError where it is no correction."""
        if unknown := sorted(self.table.keys() - set(_KEYS)):
            raise self._error(unknown[0], f"a correction has no {unknown[0]!r}, it has {', '.join(_KEYS)}")
        fact, work = self._path("fact", _FACT, "the address of a fact"), ""
        if "of" in self.table:
            work = self._path("of", _WORK, "the address of a report or of a document")
        withdraw, values = self.table.get("withdraw", {}), dict[str, tuple[Value, ...]]()
        if isinstance(withdraw, dict):
            values = {name: self._values("withdraw", name, value) for name, value in withdraw.items()}
        elif withdraw is not True:
            raise self._error("withdraw", "withdraw is true, or a table of properties with their values")
        replace = self.table.get("replace", {})
        if not isinstance(replace, dict):
            raise self._error("replace", "replace is a table of properties with their values")
        replaced = {name: self._values("replace", name, value) for name, value in replace.items()}
        whole = withdraw is True
        if not (whole or values or replaced) or (whole and replaced) or values.keys() & replaced.keys():
            raise self._error("fact", "a correction withdraws the fact, or withdraws and replaces values of properties")
        return Correction(
            fact, whole, values, replaced, self._words("reason"), self._words("office"), self._day(), work, self._at("")
        )

    def _path(self, key: str, form: re.Pattern[str], expected: str) -> str:
        value = self.table.get(key)
        path = value.removeprefix(self.base).removeprefix(BASE) if isinstance(value, str) else ""
        if not form.fullmatch(path):
            raise self._error(key, f"{key} is {expected}, not {value!r}")
        return path

    def _words(self, key: str) -> str:
        value = self.table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._error(key, f"a correction says in words its {key}")
        return " ".join(value.split())

    def _day(self) -> str:
        value = self.table.get("date")
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self._error("date", "a correction has its day as date = YYYY-MM-DD")
        return value.isoformat()

    def _values(self, key: str, name: str, value: Any) -> tuple[Value, ...]:
        """The values of a property; none where all of them are meant."""
        kind = property_kind(name)
        if kind is None:
            raise self._error(key, f"the vocabulary has no property {name!r}")
        if key == "withdraw" and value is True:
            return ()
        values = value if isinstance(value, list) else [value]
        if not values:
            raise self._error(key, f"{name} is replaced by nothing: withdraw it")
        for one in values:
            if not isinstance(one, str | int | float | date) or isinstance(one, datetime):
                raise self._error(key, f"{one!r} is no value of {name}")
            if kind == OWL.ObjectProperty and not (isinstance(one, str) and self._is_address(one)):
                raise self._error(key, f"{name} leads to a thing, and {one!r} is not the address of one")
        return tuple(one.removeprefix(self.base) if kind == OWL.ObjectProperty else one for one in values)

    def _is_address(self, value: str) -> bool:
        return bool(_FACT.fullmatch(value.removeprefix(self.base).removeprefix(BASE)) or "://" in value)

    def _at(self, key: str) -> str:
        own = next((at for at, line in enumerate(self.lines[1:], 1) if _HEAD.match(line)), len(self.lines))
        line = _line("\n".join(self.lines[:own]), key) if key else 1
        return f"{self.name}, line {self.start + line - 1}"

    def _error(self, key: str, reason: str) -> CorrectionError:
        return CorrectionError(f"{self._at(key)}: {reason}")


def property_iri(name: str) -> URIRef:
    """The property of a name in the vocabulary."""
    return RDFS.label if name == _LABEL else terms(REC)[name]


def property_kind(name: str) -> URIRef | None:
    """owl:ObjectProperty or owl:DatatypeProperty for the name of a property, None where the vocabulary has none."""
    return OWL.DatatypeProperty if name == _LABEL else _properties().get(name)


@cache
def _properties() -> Mapping[str, URIRef]:
    core, kinds = core_graph(), (OWL.ObjectProperty, OWL.DatatypeProperty)
    return {name: kind for name, term in terms(REC).items() for kind in kinds if (term, RDF.type, kind) in core}
