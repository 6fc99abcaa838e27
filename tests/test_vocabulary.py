"""The vocabularies hold every name and phrase that is met, and the look-up finds them in running text."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.derive import goals_turtle, memberships_turtle, states, states_turtle
from ontology.naming import NameKind, plain, uninverted
from ontology.scheme import statements, texts
from ontology.terms import BASE, DEF, REC, terms
from ontology.vocabulary import Vocabulary, load

SKOS = "http://www.w3.org/2004/02/skos/core#"
STATE = (NameKind.STATE,)
SESSION = date(2022, 5, 20)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


@pytest.fixture(scope="module")
def gold(shared: Path) -> Path:
    return shared / "gold" / "s31"


def rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf8"))
    return found


def labels(vocabulary: Vocabulary, text: str, *kinds: NameKind) -> list[str]:
    return [name.label for name in vocabulary.names(text, kinds)]


# States


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "the Bolivarian Republic of Venezuela, Australia and the United States",
            ["Venezuela (Bolivarian Republic of)", "Australia", "United States"],
        ),
        (
            "Iran (Islamic Republic of), Iraq and Trinidad and Tobago",
            ["Iran (Islamic Republic of)", "Iraq", "Trinidad and Tobago"],
        ),
        ("Bosnia and Herzegovina", ["Bosnia and Herzegovina"]),
        ("Papua New Guinea", ["Papua New Guinea"]),
        ("Guinea-Bissau, Equatorial Guinea and Guinea", ["Guinea-Bissau", "Equatorial Guinea", "Guinea"]),
        ("Nigeria and the Niger", ["Nigeria", "Niger"]),
        ("the Dominican Republic and Dominica", ["Dominican Republic", "Dominica"]),
        ("Côte d’Ivoire's delegation", ["Côte d'Ivoire"]),
        ("Côte d'Ivoire", ["Côte d'Ivoire"]),
        (
            "the Democratic People’s Republic of Korea and the Republic of Korea",
            ["Democratic People's Republic of Korea", "Republic of Korea"],
        ),
        ("the Democratic Republic of the Congo and the Congo", ["Democratic Republic of the Congo", "Congo"]),
        ("the Sudan and South Sudan", ["Sudan", "South Sudan"]),
        ("Kingdom of the Netherlands", ["Netherlands"]),
        ("Netherlands (Kingdom of the)", ["Netherlands"]),
        ("United Kingdom of Great Britain and Northern Ireland", ["United Kingdom"]),
        ("Micronesia (Federated States of)", ["Micronesia (Federated States of)"]),
        ("the Georgia Institute of Tides", ["Georgia"]),
        ("Indiana, Maliki and Omanis", []),
        ("the Gulf of Guinea and New Mexico", []),
        ("Austria\u00a0and\nHungary", ["Austria", "Hungary"]),
    ],
)
def test_states_are_found_in_running_text(vocabulary: Vocabulary, text: str, expected: list[str]) -> None:
    assert labels(vocabulary, text, NameKind.STATE) == expected


def test_there_are_193_members_and_four_other_states(vocabulary: Vocabulary) -> None:
    codes = {key for kind, key in vocabulary.entries if kind is NameKind.STATE}
    assert len(codes) == 197
    assert {"VAT", "PSE", "COK", "NIU"} <= codes


def test_every_state_is_found_by_every_one_of_its_spellings(vocabulary: Vocabulary) -> None:
    missed = []
    for iri, said in statements().items():
        code = iri.removeprefix(f"{BASE}state/")
        if not iri.startswith(f"{BASE}state/") or "/" in code:
            continue
        for label in (
            *texts(said, f"{SKOS}prefLabel"),
            *texts(said, f"{SKOS}altLabel"),
            *texts(said, f"{SKOS}hiddenLabel"),
        ):
            if [name.key for name in vocabulary.names(f"the observer for the {label} spoke", STATE)] != [code]:
                missed.append(label)
    assert missed == []


def test_every_former_name_finds_its_state(vocabulary: Vocabulary) -> None:
    former = [name for names in vocabulary.former_names.values() for name in names]
    assert len(former) > 20
    assert [
        name.label for name in former if (found := vocabulary.state(name.label)) is None or found.key != name.key
    ] == []


@pytest.mark.parametrize(
    ("name", "on", "label"),
    [
        ("Türkiye", date(2022, 5, 20), "Turkey"),
        ("Turkey", date(2024, 5, 17), "Türkiye"),
        ("Eswatini", date(2017, 1, 1), "Swaziland"),
        ("Czechia", date(2016, 1, 1), "Czech Republic"),
        ("Czechia", date(2022, 1, 1), "Czechia"),
        ("North Macedonia", date(2018, 1, 1), "former Yugoslav Republic of Macedonia"),
        ("Cabo Verde", date(2012, 1, 1), "Cape Verde"),
        ("United States of America", date(2022, 1, 1), "United States"),
        ("Islamic Republic of Iran", date(2022, 1, 1), "Iran (Islamic Republic of)"),
    ],
)
def test_a_state_is_labelled_by_the_name_in_force(vocabulary: Vocabulary, name: str, on: date, label: str) -> None:
    found = vocabulary.state(name, on)
    assert found is not None and found.label == label


def test_every_sponsor_of_the_gold_is_found_and_labelled_alike(vocabulary: Vocabulary, gold: Path) -> None:
    sponsors = {row["sponsor"] for action in rows(gold / "actions.json") for row in action["sponsors"]}
    assert sponsors
    assert {
        name for name in sponsors if (state := vocabulary.state(name, SESSION)) is None or state.label != name
    } == set()


def test_every_group_that_the_gold_speaks_for_is_found_and_labelled_alike(vocabulary: Vocabulary, gold: Path) -> None:
    groups = {name for row in rows(gold / "statements.json") for name in row["on_behalf_of"] or ()}
    groups |= {row["on_behalf_of"] for action in rows(gold / "actions.json") for row in action["sponsors"]} - {None}
    assert {name for name in groups if (entry := vocabulary.named(name)) is None or entry.party != name} == set()


def test_every_party_of_the_gold_but_small_organizations_is_labelled_alike(vocabulary: Vocabulary, gold: Path) -> None:
    parties = {(row["party"], row["party_type"]) for row in rows(gold / "statements.json")}
    wanted = {name for name, kind in parties if kind not in ("NGO", "academic", "unclear")}
    named = {name: vocabulary.named(name) for name in wanted}
    assert {
        name for name, entry in named.items() if not entry or vocabulary.as_of(entry, SESSION).party != name
    } == set()


# other names


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "the Optional Protocol to the Convention on the Rights of the Child on the sale of children, child "
            "prostitution and child pornography",
            NameKind.INSTRUMENT,
            ["crc-op-sale"],
        ),
        ("the Conference of the Parties to the Organized Crime Convention", NameKind.INSTRUMENT, ["untoc"]),
        ("the Conference of the Parties to the Organized Crime Convention", NameKind.BODY, ["untoc-cop"]),
        ("the 2030 Agenda² and the Kyoto Declaration,¹²", NameKind.INSTRUMENT, ["2030-agenda", "kyoto-declaration"]),
        ("in the Kyoto Declaration and the 2030 Agenda", NameKind.INSTRUMENT, ["kyoto-declaration", "2030-agenda"]),
        ("Sustainable Development Goal 16, Goal 1 and Goal 17.", NameKind.GOAL, ["16", "1", "17"]),
        ("target 16.2, and target 16.a.", NameKind.TARGET, ["16.2", "16.a"]),
        ("Relevant United Nations entities are invited", NameKind.ADDRESSEE, ["relevant-united-nations-entities"]),
        ("Member States and other donors", NameKind.ADDRESSEE, ["member-states-and-other-donors"]),
        ("on behalf of the Group of 77 and China", NameKind.GROUP, ["g77"]),
        (
            "the States Members of the United Nations that are members of the European Union",
            NameKind.GROUP,
            ["eu-member-states"],
        ),
        ("the observer for UNICRI and the observer for UN-Women", NameKind.ORGANIZATION, ["unicri", "un-women"]),
        ("the United Nations Children’s Fund", NameKind.ORGANIZATION, ["unicef"]),
        ("the Commission on Narcotic Drugs and CSW", NameKind.BODY, ["cnd", "csw"]),
        ("the Fourteenth Congress", NameKind.BODY, ["crime-congress-14"]),
    ],
)
def test_other_names_are_found_in_running_text(
    vocabulary: Vocabulary, text: str, kind: NameKind, expected: list[str]
) -> None:
    assert [name.key for name in vocabulary.names(text, (kind,))] == expected


def test_the_span_of_a_name_is_the_name_without_its_article(vocabulary: Vocabulary) -> None:
    text = "Convened by the United Nations Office on Drugs and Crime's staff"
    (name,) = vocabulary.names(text, (NameKind.ORGANIZATION,))
    assert text[name.start : name.end] == "United Nations Office on Drugs and Crime"


@given(st.text(max_size=80))
def test_names_lie_in_order_and_read_back_as_themselves(text: str) -> None:
    vocabulary = load()
    end = 0
    for name in vocabulary.names(f"{text} Peru {text}"):
        assert name.start >= end
        end = name.end
        assert vocabulary.named(plain(f"{text} Peru {text}")[name.start : name.end], (name.kind,)) == name.entry


def test_no_two_things_of_a_kind_share_a_name(vocabulary: Vocabulary) -> None:
    bearers: dict[tuple[NameKind, str], set[str]] = {}
    for iri, said in statements().items():
        segment, _, key = iri.removeprefix(BASE).partition("/")
        if segment in set(NameKind) and (NameKind(segment), key) in vocabulary.entries:
            for predicate in (f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{DEF}acronym"):
                for label in texts(said, predicate):
                    bearers.setdefault((NameKind(segment), label), set()).add(key)
    assert {name: keys for name, keys in bearers.items() if len(keys) > 1} == {}


def test_every_instrument_and_publication_with_a_name_of_its_own_is_known(vocabulary: Vocabulary, gold: Path) -> None:
    described = {  # cited by what they are and who made them, not by a title
        "International Telecommunication Union policy brief",
        "Report of the CCPCJ on its thirty-first session",
        "Provisional agenda for the thirty-second session of the CCPCJ",
        "interim guidance on reducing public health risks associated with the sale of live wild animals of mammalian species "
        "in traditional food markets",
    }
    cited = {row["cited"] for row in rows(gold / "citations.json") if "/" not in row["cited"]} - described
    assert {name for name in cited if (entry := vocabulary.named(name)) is None or entry.label != name} == set()


def test_every_treaty_registration_of_the_gold_leads_to_its_treaty(vocabulary: Vocabulary, gold: Path) -> None:
    cited = [row for row in rows(gold / "citations.json") if row["unts"] and "Protocols to" not in row["cited"]]
    wrong = {
        row["cited"]
        for row in cited
        if (entry := vocabulary.treaty(str(row["unts"]["no"]), str(row["unts"]["vols"]))) is None
        or entry.label != row["cited"]
    }
    assert cited and wrong == set()


@pytest.mark.parametrize(
    ("volumes", "key"),
    [
        ("vols. 2225, 2237, 2241 and 2326", "untoc"),
        ("vol. 2225", "untoc"),
        ("vols. 2237, 2241 and 2326", "untoc-protocols"),
        ("vol. 2237", "trafficking-protocol"),
        ("vol. 2326", "firearms-protocol"),
        ("", "untoc"),
        ("vol. 1", "untoc"),
    ],
)
def test_protocols_of_one_registration_are_told_apart_by_volume(vocabulary: Vocabulary, volumes: str, key: str) -> None:
    found = vocabulary.treaty("39574", volumes)
    assert found is not None and found.key == key


def test_a_registration_that_is_not_known_is_no_treaty(vocabulary: Vocabulary) -> None:
    assert vocabulary.treaty("99999", "vol. 1577") is None


@pytest.mark.parametrize(
    ("symbol", "key"),
    [
        ("E/CN.15/2022/L.4/Rev.1", "ccpcj"),
        ("E/CN.7/2022/2", "cnd"),
        ("E/CN.6/2023/3", "csw"),
        ("E/RES/2004/27", "ecosoc"),
        ("A/RES/76/181", "ga"),
        ("A/HRC/49/1", "hrc"),
        ("A/CONF.234/16", "crime-congress-14"),
        ("CTOC/COP/RES/10/6", "untoc-cop"),
        ("CTOC/COP/WG.4/2022/2", "untoc-wg-trafficking"),
        ("CAC/COSP/2021/3", "uncac-cosp"),
        ("S/RES/2396", "sc"),
        ("e/cn.15/2022/1", "ccpcj"),
        ("E/CN.150/1", "ecosoc"),
        ("XYZ/1", None),
    ],
)
def test_a_symbol_leads_to_its_body(vocabulary: Vocabulary, symbol: str, key: str | None) -> None:
    found = vocabulary.body_of_symbol(symbol)
    assert (found and found.key) == key


def test_every_parent_of_a_body_is_a_body(vocabulary: Vocabulary) -> None:
    assert {parent for parent in vocabulary.parents.values() if not vocabulary.entry(NameKind.BODY, parent)} == set()


def test_a_congress_declaration_knows_the_resolution_that_endorsed_it(vocabulary: Vocabulary) -> None:
    assert vocabulary.adopted_in("kyoto-declaration") == ("A/RES/76/181",)


def test_symbols_with_spaces_are_read_back(vocabulary: Vocabulary) -> None:
    assert vocabulary.adopted_in("udhr") == ("A/RES/217 A (III)",)


# opening phrases


@pytest.mark.parametrize(
    ("text", "part", "phrase", "bare", "verb"),
    [
        ("Taking note also of the survey of beacons,", "preambular", "Taking note also of", "Taking note also", "take-note"),
        ("Taking note with appreciation of the work", "preambular", "Taking note with appreciation of", "Taking note with appreciation", "take-note-with-appreciation"),
        ("Noting in this regard that lamps fail,", "preambular", "Noting in this regard", "Noting in this regard", "note"),
        ("Recalling, in this regard, its resolution", "preambular", "Recalling", "Recalling", "recall"),
        ("Deeply concerned also by the loss", "preambular", "Deeply concerned also by", "Deeply concerned also", "be-concerned"),
        ("Deeply concerned that towers fall", "preambular", "Deeply concerned", "Deeply concerned", "be-concerned"),
        ("Expressing its grave concern about the fog", "preambular", "Expressing its grave concern about", "Expressing its grave concern", "express-concern"),
        ("Encouraged by the first survey", "preambular", "Encouraged by", "Encouraged", "be-encouraged"),
        ("Encouraging Member States to report", "preambular", "Encouraging", "Encouraging", "encourage"),
        ("Determined to keep the lamps lit", "preambular", "Determined to", "Determined", "be-determined"),
        ("Mindful of the tides", "preambular", "Mindful of", "Mindful", "be-mindful"),
        ("Bearing in mind its resolution", "preambular", "Bearing in mind", "Bearing in mind", "bear-in-mind"),
        ("Having considered the report", "preambular", "Having considered", "Having considered", "have-considered"),
        ("Reaffirming its commitment to the sea", "preambular", "Reaffirming", "Reaffirming", "reaffirm"),
        ("Guided by the purposes", "preambular", "Guided by", "Guided", "be-guided"),
        ("Recognizing with concern the decay", "preambular", "Recognizing with concern", "Recognizing with concern", "recognize-with-concern"),
        ("Takes note of the report", "operative", "Takes note", "Takes note", "take-note"),
        ("Also calls upon Member States", "operative", "Also calls upon", "Also calls upon", "call-upon"),
        ("Notes with appreciation the gift", "operative", "Notes with appreciation", "Notes with appreciation", "note-with-appreciation"),
        ("Strongly encourages States", "operative", "Strongly encourages", "Strongly encourages", "encourage"),
        ("Calls for further work", "operative", "Calls for", "Calls for", "call-for"),
        ("Encourages further work", "operative", "Encourages", "Encourages", "encourage"),
        ("Decides further to meet", "operative", "Decides further", "Decides further", "decide"),
        ("Requests once again the Office", "operative", "Requests once again", "Requests once again", "request"),
        ("Expresses its gratitude and appreciation to the keepers", "operative", "Expresses its gratitude and appreciation", "Expresses its gratitude and appreciation", "express-gratitude"),
        ("Reiterates its request to the Office", "operative", "Reiterates", "Reiterates", "reiterate"),
        ("The Economic and Social Council decides to endorse", "operative", "decides", "decides", "decide"),
        ("At its 3rd meeting, on 4 May 2022, the Commission decided to transmit", "operative", "decided", "decided", "decide"),
        ("Frobnicating the lamps", "preambular", "Frobnicating", "Frobnicating", ""),
        ("Burnishes the lamps", "operative", "Burnishes", "Burnishes", ""),
    ],
)  # fmt: skip
def test_the_opening_phrase_is_read(
    vocabulary: Vocabulary, text: str, part: str, phrase: str, bare: str, verb: str
) -> None:
    found = vocabulary.opening_phrase(text, part)
    assert found is not None
    assert (found.phrase, found.bare, found.verb, text[found.start : found.end]) == (phrase, bare, verb, phrase)


@pytest.mark.parametrize("text", ["Member States should report", "The lamps of the coast", "", "States parties to it"])
def test_a_text_without_a_verb_at_its_head_has_no_opening_phrase(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.opening_phrase(text, "operative") is None


def test_every_opening_phrase_of_the_gold_is_read_as_there(vocabulary: Vocabulary, gold: Path) -> None:
    wrong, total = [], 0
    for row in rows(gold / "paragraphs.json"):
        verb, text = row.get("verb"), row.get("first8")
        if not verb or not verb[0].isupper() or not text:
            continue
        total += 1
        part = "preambular" if row["type"].startswith("preambular") else "operative"
        found = vocabulary.opening_phrase(text, part)
        printed = row.get("verb_with_preposition") if part == "preambular" else None
        if not found or not found.verb or (found.bare, found.phrase) != (verb, printed or verb):
            wrong.append((verb, text))
    assert total > 100
    assert wrong == []


HEADINGS = {  # italic words of the published resolutions that open no paragraph of a resolution
    "Assembled", "Addressing", "Improving", "Mainstreaming", "Reducing", "Safeguarding", "Access",
}  # fmt: skip


def test_every_opening_phrase_of_the_published_resolutions_is_known(vocabulary: Vocabulary, shared: Path) -> None:
    unknown: Counter[str] = Counter()
    total = 0
    for italic, text in _published_paragraphs(shared):
        part = "preambular" if re.match(r"\S+(?:ing|ed)\b|Aware|Mindful|Deeply|Gravely", italic) else "operative"
        found = vocabulary.opening_phrase(text, part)
        total += 1
        if not found or not found.verb or not italic.startswith(found.bare):
            unknown[italic] += 1
    assert total > 1000
    assert unknown == Counter()


def _published_paragraphs(shared: Path) -> list[tuple[str, str]]:
    """The italic head and the whole of each paragraph of a resolution in XML that opens with italics."""
    paragraph = re.compile(r'<p xml:space="preserve">(\s*<span class="italic">(.*?)</span>.*?)</p>', re.DOTALL)
    head = re.compile(r"(?:[A-Z][a-z]+(?:s|ing|ed)|Aware|Mindful|Also|Further|Strongly|Deeply|Gravely)\b")
    found = []
    for path in sorted((shared / "resolutions").glob("*.xml")):
        source = re.sub(r"<authorialNote.*?</authorialNote>", "", path.read_text(encoding="utf8"), flags=re.DOTALL)
        for match in paragraph.finditer(source):
            text, italic = (unescape(" ".join(re.sub(r"<[^>]+>", "", part).split())) for part in match.groups())
            if head.match(italic) and italic.split()[0].strip(",") not in HEADINGS:
                found.append((italic, text))
    return found


def test_every_verb_but_the_kinds_of_act_stands_under_one_of_them(vocabulary: Vocabulary) -> None:
    kinds = {"directive", "deciding", "evaluative", "reinforcing", "observing"}
    assert {verb.broader for key, verb in vocabulary.verbs.items() if key not in kinds} == kinds


def test_every_citation_property_is_a_term_of_the_vocabulary(vocabulary: Vocabulary) -> None:
    assert {vocabulary.citation_property(key) for key in vocabulary.verbs} <= set(terms(REC))


@pytest.mark.parametrize(
    ("verb", "name"),
    [
        ("recall", "recalledWork"),
        ("take-note", "takenNoteOfWork"),
        ("request", "citedWork"),
        ("no-such-verb", "citedWork"),
    ],
)
def test_a_verb_has_its_citation_property(vocabulary: Vocabulary, verb: str, name: str) -> None:
    assert vocabulary.citation_property(verb) == name


# derivation


def reference(shared: Path, name: str) -> Path:
    return shared / "reference" / name


def test_the_states_are_those_that_the_sources_give(shared: Path) -> None:
    codes, groups = "country-codes_unterm_m49_wikidata.csv", "un-regional-groups.csv"
    derived = states_turtle(reference(shared, codes), reference(shared, groups))
    assert derived == (files("ontology") / "schemes" / "states.ttl").read_text(encoding="utf8")


def test_the_goals_are_those_that_the_source_gives(shared: Path) -> None:
    derived = goals_turtle(reference(shared, "sdg-kos-goals-targets-indicators.ttl"))
    assert derived == (files("ontology") / "schemes" / "goals.ttl").read_text(encoding="utf8")


def test_the_memberships_are_those_that_the_source_gives(shared: Path) -> None:
    derived = memberships_turtle(reference(shared, "country-groups"))
    assert derived == (files("ontology") / "schemes" / "memberships.ttl").read_text(encoding="utf8")


@pytest.mark.parametrize(
    ("membership", "said"),
    [
        ("EST/membership/eu", {"validFrom": "2004-05-01"}),
        ("GBR/membership/eu", {"validFrom": "1973-01-01", "validThrough": "2020-01-31"}),
        ("AGO/membership/ldcs", {"validFrom": "1994-12-31", "temporalCoverage": "1994/.."}),
        (
            "VUT/membership/ldcs",
            {"validFrom": "1985-12-31", "validThrough": "2020-01-01", "temporalCoverage": "1985/2020"},
        ),
        ("PER/membership/g77", {"temporalCoverage": "2024-10"}),
    ],
)
def test_a_membership_says_when_as_far_as_its_source_does(membership: str, said: dict[str, str]) -> None:
    told = statements()[f"{BASE}state/{membership}"]
    times = {name.rpartition("/")[2]: values for name, values in told.items() if name.startswith("https://schema.org/")}
    assert {name: getattr(values[0], "value", values[0]) for name, values in times.items()} == said


def test_every_state_has_its_names_in_the_six_languages(shared: Path) -> None:
    codes, groups = "country-codes_unterm_m49_wikidata.csv", "un-regional-groups.csv"
    found = states(reference(shared, codes), reference(shared, groups))
    assert [(row.code, language) for row in found for language, name in row.names.items() if not name] == []


def test_a_name_that_a_list_turns_round_is_the_same_name(vocabulary: Vocabulary) -> None:
    """The table is that of the reconciliation service, so that both read the same names."""
    with (Path(__file__).parent / "reconciliation" / "names.csv").open(encoding="utf8", newline="") as file:
        turned = [row for row in csv.DictReader(file) if uninverted(row["name"]) and row["type"] == "State"]
    found = {row["name"]: vocabulary.named(row["name"], STATE) for row in turned}
    assert len(turned) > 8
    assert {name: f"state/{entry.key}" for name, entry in found.items() if entry} == {
        row["name"]: row["id"] for row in turned
    }
