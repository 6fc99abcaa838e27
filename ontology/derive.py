"""Writes schemes/states.ttl, schemes/goals.ttl and schemes/memberships.ttl from reference data of others.

    python -m ontology.derive COUNTRY-CODES.csv REGIONAL-GROUPS.csv GOALS.ttl COUNTRY-GROUPS FOLDER

COUNTRY-CODES: datasets/country-codes (UNTERM names, ISO 3166, M49, Wikidata). REGIONAL-GROUPS: the regional groups of
the Department for General Assembly and Conference Management. GOALS: the Sustainable Development Goals of
UNStats/LOD4Stats. COUNTRY-GROUPS: a folder with the lists of members of openclimatedata/countrygroups. Names
that these lack, former names and further spellings are kept in schemes/state-names.ttl.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ontology.terms import BASE

LANGUAGES = {"ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French", "ru": "Russian", "zh": "Chinese"}
OBSERVERS = ("VAT", "PSE", "COK", "NIU")
SHORTER = {  # the short name that reports print, where it is not the short name of UNTERM
    "USA": "United States",
    "GBR": "United Kingdom",
    "NLD": "Netherlands",
    "TUR": "Türkiye",
    "CIV": "Côte d'Ivoire",
}
FORMAL = {"TUR": "the Republic of Türkiye", "CIV": "the Republic of Côte d'Ivoire"}
LACKING = {
    "CIV": {"ar": "كوت ديفوار", "es": "Côte d'Ivoire", "fr": "Côte d'Ivoire", "ru": "Кот-д'Ивуар", "zh": "科特迪瓦"},
    "TUR": {"ar": "تركيا", "es": "Türkiye", "fr": "Türkiye", "ru": "Турция", "zh": "土耳其"},
}
GROUPS = {
    "African states": "african-states",
    "Asia-Pacific States": "asia-pacific-states",
    "Eastern European States": "eastern-european-states",
    "Latin American and Caribbean States": "latin-american-and-caribbean-states",
    "Western European and other States": "western-european-and-other-states",
}
# The groups in whose name a member of the European Union signs or speaks; which of them is meant differs in wording.
UNION = ("eu", "eu-member-states", "eu-and-member-states")
UNDATED = {  # lists that tell of one time only, with the groups that they are of
    "g77": "g77",
    "aosis": "aosis",
    "arab-group": "arab-states",
    "lldc": "lldcs",
    "sids": "sids",
    "g20": "g20",
    "g7": "g7",
    "brics": "brics",
}
LISTED = "2024-10"  # the month of the version of these lists, openclimatedata/countrygroups@4a913b2
UNION_CODE = "EUU"  # the European Union, a member of two groups and no State
GROUP_NAMES = {
    "eu": "European Union",
    "ldcs": "least developed countries",
    "g77": "Group of 77 and China",
    "aosis": "Alliance of Small Island States",
    "arab-states": "Group of Arab States",
    "lldcs": "landlocked developing countries",
    "sids": "small island developing States",
    "g20": "Group of 20",
    "g7": "Group of Seven",
    "brics": "BRICS",
}
LEFT = {"GBR": ("United Kingdom", "1973-01-01", "2020-01-31")}  # withdrew on 31 January 2020: OJ L 29, 31.1.2020, p. 7
PREFIXES = """@prefix body: <{base}body/> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix goal: <{base}goal/> .
@prefix group: <{base}group/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rec: <{base}def/> .
@prefix scheme: <{base}scheme/> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix state: <{base}state/> .
@prefix target: <{base}target/> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""
_ARTICLE_AFTER = re.compile(r"\s*\((?:the|le|la|les|l'|el|los|las)\)|\s*\*+")
_INVERTED = re.compile(r"(?P<name>.+) \((?P<form>.+ of(?: the)?)\)")


@dataclass(frozen=True, slots=True)
class StateRow:
    """One State as the sources give it; `names` are its short names by language, `groups` its regional groups' keys."""

    code: str
    alpha2: str
    m49: str
    wikidata: str
    names: dict[str, str]
    spellings: tuple[str, ...]
    groups: tuple[str, ...]


def _literal(text: str, language: str = "en") -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + f'"@{language}'


def _groups(path: Path) -> dict[str, tuple[str, ...]]:
    """The regional groups of each State by its name, in the order of the file."""
    found: dict[str, tuple[str, ...]] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            name = " ".join(row["country"].split())
            found[name] = (*found.get(name, ()), GROUPS[row["UN_regional_group"].strip()])
    return found


def _names(row: dict[str, str]) -> dict[str, str]:
    code = row["ISO3166-1-Alpha-3"]
    names = {}
    for language, column in LANGUAGES.items():
        name = _ARTICLE_AFTER.sub("", row[f"UNTERM {column} Short"]).strip()
        names[language] = name or LACKING.get(code, {}).get(language, "")
    names["en"] = SHORTER.get(code, names["en"])
    return names


def _spellings(row: dict[str, str], label: str) -> Iterator[str]:
    code = row["ISO3166-1-Alpha-3"]
    short = _ARTICLE_AFTER.sub("", row["UNTERM English Short"]).strip()
    formal = FORMAL.get(code) or _ARTICLE_AFTER.sub("", row["UNTERM English Formal"]).strip()
    seen = {label}
    inverted = _INVERTED.fullmatch(short)
    running = f"{inverted['form']} {inverted['name']}" if inverted else ""
    for name in (short, formal.removeprefix("the "), running):
        if name and name not in seen:
            seen.add(name)
            yield name


def states(codes: Path, groups: Path) -> tuple[StateRow, ...]:
    """The members of the United Nations and the observers, by their alpha-3 code.

    A State is a member if it stands in the list of regional groups or is one of the two that stand in none.
    """
    regions = _groups(groups)
    with codes.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["ISO3166-1-Alpha-3"].strip()]
    found = []
    for row in sorted(rows, key=lambda row: row["ISO3166-1-Alpha-3"]):
        code, names = row["ISO3166-1-Alpha-3"], _names(row)
        spellings = tuple(_spellings(row, names["en"]))
        region = next((regions[name] for name in (names["en"], *spellings) if name in regions), ())
        if region or code in OBSERVERS:
            wikidata = row["wikidata_id"].rsplit("/", 1)[-1]
            alpha2, m49 = row["ISO3166-1-Alpha-2"], row["M49"].zfill(3)
            found.append(StateRow(code, alpha2, m49, wikidata, names, spellings, region))
    return tuple(found)


def _state_block(row: StateRow) -> str:
    names = row.names
    other = [_literal(names[language], language) for language in LANGUAGES if language != "en" and names[language]]
    lines = [
        f"state:{row.code} a rec:State , skos:Concept",
        f"rdfs:label {_literal(names['en'])}",
        "skos:prefLabel " + " , ".join([_literal(names["en"]), *other]),
        *(["skos:altLabel " + " , ".join(map(_literal, row.spellings))] if row.spellings else []),
        f'skos:notation "{row.alpha2}"^^rec:ISO3166Alpha2 , "{row.code}"^^rec:ISO3166Alpha3 , "{row.m49}"^^rec:M49',
        *(["rec:memberOf " + " , ".join(f"group:{group}" for group in row.groups)] if row.groups else []),
        f"skos:exactMatch country:{row.code} , wd:{row.wikidata}",
        "skos:inScheme scheme:states",
    ]
    return " ;\n  ".join(lines) + " .\n"


def states_turtle(codes: Path, groups: Path) -> str:
    """The scheme of States as Turtle."""
    head = (
        "scheme:states a skos:ConceptScheme ;\n"
        '  rdfs:label "States"@en ;\n  dcterms:title "States"@en ;\n'
        '  skos:definition "The States Members of the United Nations and the States that take part as observers, '
        'by their ISO 3166 code."@en ;\n'
        '  dcterms:source "UNTERM and ISO 3166 names and codes: github.com/datasets/country-codes; regional groups: '
        'un.org/dgacm/en/content/regional-groups, 2 February 2024; written by ontology/derive.py"@en .\n'
    )
    blocks = [_state_block(row) for row in states(codes, groups)]
    return "\n".join([PREFIXES.format(base=BASE), head, *blocks])


def _goal_texts(path: Path) -> dict[str, str]:
    """The English wording of each Goal and target by its number."""
    label = "http://www.w3.org/2004/02/skos/core#prefLabel"
    texts: dict[str, str] = {}
    for triple in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
        subject, value = triple.subject, triple.object
        if triple.predicate.value == label and isinstance(value, ox.Literal) and value.language == "en":
            number = str(subject.value).removeprefix("http://metadata.un.org/sdg/")
            if re.fullmatch(r"\d+(\.[0-9a-z]+)?", number):
                texts[number] = " ".join(value.value.split())
    return texts


def _goal_order(number: str) -> tuple[int, bool, int, str]:
    goal, _, target = number.partition(".")
    return int(goal), not target.isdigit(), int(target) if target.isdigit() else 0, target


def goals_turtle(path: Path) -> str:
    """The scheme of Goals and targets as Turtle."""
    head = (
        'scheme:goals a skos:ConceptScheme ;\n  rdfs:label "Sustainable Development Goals and targets"@en ;\n'
        '  dcterms:title "Sustainable Development Goals and targets"@en ;\n'
        '  skos:definition "The Goals of the 2030 Agenda for Sustainable Development and their targets, by '
        'number."@en ;\n'
        '  dcterms:source "metadata.un.org/sdg through github.com/UNStats/LOD4Stats; '
        'written by ontology/derive.py"@en .\n'
    )
    texts = _goal_texts(path)
    goals = sorted((number for number in texts if "." not in number), key=_goal_order)
    targets = sorted((number for number in texts if "." in number), key=_goal_order)
    blocks = [_goal_block(number, texts[number]) for number in goals]
    blocks += [_target_block(number, texts[number]) for number in targets]
    return "\n".join([PREFIXES.format(base=BASE), head, *blocks])


def _goal_block(number: str, text: str) -> str:
    spellings = (f"Sustainable Development Goal {number}", f"Goal {number}")
    return _numbered(f"goal:{number} a rec:Goal , skos:Concept", f"SDG {number}", spellings, number, text)


def _target_block(number: str, text: str) -> str:
    spellings = (f"target {number}", f"Sustainable Development Goal target {number}", f"SDG {number}")
    block = _numbered(f"target:{number} a rec:Target , skos:Concept", f"SDG target {number}", spellings, number, text)
    return block.removesuffix(" .\n") + f" ;\n  rec:targetOf goal:{number.partition('.')[0]} .\n"


def _numbered(subject: str, label: str, spellings: tuple[str, ...], number: str, text: str) -> str:
    lines = [
        subject,
        f"rdfs:label {_literal(label)}",
        f"skos:prefLabel {_literal(label)}",
        "skos:altLabel " + " , ".join(map(_literal, spellings)),
        f'skos:notation "{number}"',
        f"skos:definition {_literal(text)}",
        f"skos:exactMatch sdg:{number}",
        "skos:inScheme scheme:goals",
    ]
    return " ;\n  ".join(lines) + " .\n"


def memberships_turtle(lists: Path) -> str:
    """The memberships of States in the groups of a folder of lists as Turtle, with their days where a list has them."""
    head = (
        f"@prefix group: <{BASE}group/> .\n@prefix org: <http://www.w3.org/ns/org#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix schema: <https://schema.org/> .\n"
        f"@prefix state: <{BASE}state/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n"
        "# Which State belonged to which group. Of the European Union the days are known. Of the least developed\n"
        "# countries the years are: they count from the end of the first to the beginning of the last. Other lists\n"
        "# are as of one month and tell of no other time. openclimatedata/countrygroups names the source of each.\n"
        "# Written by ontology/derive.py.\n"
    )
    return "\n".join([head, *(_membership(one) for one in sorted(_memberships(lists)))])


@dataclass(frozen=True, slots=True, order=True)
class Membership:
    """A State in a group, by the code and the keys; days as ISO 8601, `listed` is when, as far as that is known."""

    group: str
    code: str
    name: str
    first: str = ""
    last: str = ""
    listed: str = ""


def _memberships(lists: Path) -> Iterator[Membership]:
    for row in _rows(lists / "european-union.csv"):
        yield Membership("eu", row["Code"], row["Name"], row["Member-Since"])
    for code, (name, first, last) in LEFT.items():
        yield Membership("eu", code, name, first, last)
    for row in (*_rows(lists / "ldc.csv"), *_rows(lists / "graduated-ldcs.csv")):
        year, left = row["Year-Of-Inclusion"], row.get("Graduation", "")
        last = f"{left}-01-01" if left else ""
        yield Membership("ldcs", row["Code"], row["Name"], f"{year}-12-31", last, f"{year}/{left or '..'}")
    for file, group in UNDATED.items():
        for row in _rows(lists / f"{file}.csv"):
            if row["Code"] != UNION_CODE:
                yield Membership(group, row["Code"], row["Name"], listed=LISTED)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _membership(one: Membership) -> str:
    groups = UNION if one.group == "eu" else (one.group,)
    lines = [
        f"<{BASE}state/{one.code}/membership/{one.group}> a org:Membership",
        f"rdfs:label {_literal(f'{one.name} in the {GROUP_NAMES[one.group]}')}",
        f"org:member state:{one.code}",
        "org:organization " + " , ".join(f"group:{group}" for group in groups),
        *([f'schema:validFrom "{one.first}"^^xsd:date'] if one.first else []),
        *([f'schema:validThrough "{one.last}"^^xsd:date'] if one.last else []),
        *([f'schema:temporalCoverage "{one.listed}"'] if one.listed else []),
    ]
    return " ;\n  ".join(lines) + " .\n"


def main(arguments: list[str]) -> int:
    """Writes the files; 2 where the five paths are not given."""
    if len(arguments) != 5:
        print(__doc__, file=sys.stderr)
        return 2
    codes, groups, goals, lists, folder = map(Path, arguments)
    (folder / "memberships.ttl").write_text(memberships_turtle(lists), encoding="utf8")
    (folder / "states.ttl").write_text(states_turtle(codes, groups), encoding="utf8")
    (folder / "goals.ttl").write_text(goals_turtle(goals), encoding="utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
