"""One correction from a command, written to the file of its year when it is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
from rdflib import OWL, RDF, XSD

from ontology.terms import BASE
from server.publish import KEEP, Published, build
from server.publishing.corrections import Correction, CorrectionError, Value, property_iri, property_kind, written
from server.publishing.manifest import is_report
from server.publishing.release import CORRECTIONS, Release, ReleaseError, current
from server.things import layer

_HEAD = "# Corrections of what was read. They are applied with every build; what is taken out here is taken back.\n"


def apply(data: Path, keep: int = KEEP, more: Path | None = None) -> Published:
    """Publish what is served with the corrections that the files have now. Raises ReleaseError."""
    return build((), data, _served(data).base, keep=keep, corrections=more)


def correct_fact(
    data: Path,
    fact: str,
    withdraw: bool,
    without: Sequence[str],
    replace: Sequence[str],
    reason: str,
    office: str,
    day: date,
    keep: int = KEEP,
) -> Published:
    """Publish what is served with one correction more, and write it to the file of its year.

    `without` and `replace` are of the form "property=value". Raises CorrectionError where it cannot be made, and then
    nothing is written.
    """
    served = _served(data)
    path = fact.removeprefix(served.base).removeprefix(BASE)
    values = _values(served, path, without, bare=True)
    replaced = _values(served, path, replace)
    one = Correction(path, withdraw, values, replaced, reason, office, day.isoformat(), _work(served, path), fact)
    name = f"{day.year}.toml"
    kept = data / CORRECTIONS / name
    before = kept.read_text(encoding="utf-8").rstrip("\n") + "\n" if kept.exists() else _HEAD
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_text(f"{before}\n{written(one)}", encoding="utf-8")
        return build((), data, served.base, keep=keep, corrections=Path(folder))


def _served(data: Path) -> Release:
    served = current(data)
    if served is None:
        raise ReleaseError(f"there is no release in {data}; make one with: recalling build REPORT... --data {data}")
    return served


def _work(served: Release, path: str) -> str:
    """The report or official text that holds a fact, empty where its address tells. Raises CorrectionError for none."""
    try:
        thing = ox.NamedNode(served.base + path)
    except ValueError as error:
        raise CorrectionError(f"{path!r} is no address of a fact") from error
    store = ox.Store.read_only(str(served.store))
    kinds = store.quads_for_pattern(thing, ox.NamedNode(str(RDF.type)), None, None)
    graphs = {quad.graph_name for quad in kinds if isinstance(quad.graph_name, ox.NamedNode)}
    names = {
        one.value.removeprefix(f"{served.base}graph/").removesuffix("/corrections") for one in graphs if not layer(one)
    }
    works = sorted(name for name in names if is_report(name) or name.startswith("document/"))
    if not works:
        raise CorrectionError(f"{path}: no report or official text that is published says anything of it")
    if len(works) > 1:
        raise CorrectionError(f"{path}: several say something of it: {', '.join(works)}; write the entry by hand")
    probe = Correction(path, True, {}, {}, "", "", "")
    return "" if probe.concerns(works[0]) else works[0]


def _values(served: Release, path: str, given: Sequence[str], bare: bool = False) -> dict[str, tuple[Value, ...]]:
    """The values given for each property; none for a property that is `bare`."""
    found: dict[str, tuple[Value, ...]] = {}
    for one in given:
        name, sign, words = one.partition("=")
        if not sign and not bare:
            raise CorrectionError(f"{one!r} is not of the form PROPERTY=VALUE")
        kind = property_kind(name)
        if kind is None:
            raise CorrectionError(f"the vocabulary has no property {name!r}")
        value = _value(served, path, name, words) if kind == OWL.DatatypeProperty else words.removeprefix(served.base)
        found[name] = (*found.get(name, ()), value) if sign else ()
    return found


_TYPED: Mapping[str, Callable[[str], Value]] = {
    str(XSD.integer): int,
    str(XSD.decimal): float,
    str(XSD.date): date.fromisoformat,
    str(XSD.boolean): lambda words: {"true": True, "false": False}[words],
}


def _value(served: Release, path: str, name: str, words: str) -> Value:
    """Words as a value of the kind that the property of the fact has now."""
    property_ = ox.NamedNode(str(property_iri(name)).replace(BASE, served.base, 1))
    store = ox.Store.read_only(str(served.store))
    for quad in store.quads_for_pattern(ox.NamedNode(served.base + path), property_, None, None):
        typed = _TYPED.get(quad.object.datatype.value) if isinstance(quad.object, ox.Literal) else None
        try:
            return typed(words) if typed else words
        except (ValueError, KeyError) as error:
            raise CorrectionError(f"{words!r} is no value of {name}, which is {quad.object}") from error
    return words
