"""Words are data: a verb, a noun of an organ, a rank, a State's spelling, a number word added in Turtle alone are read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from mappings.extract import extract
from mappings.outline import outline
from mappings.source import from_text
from ontology.vocabulary import load
from tests.extraction import CHAPTER_ONE, COVER

ROOT = Path(__file__).parents[1]
SAMPLE = (ROOT / "examples" / "reports" / "clcm-12.txt").read_text(encoding="utf8")
ADDED = """
@prefix number: <http://localhost:8000/number/> .
@prefix organ-noun: <http://localhost:8000/organ-noun/> .
@prefix rank: <http://localhost:8000/rank/> .
@prefix scheme: <http://localhost:8000/scheme/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix state: <http://localhost:8000/state/> .
@prefix verb: <http://localhost:8000/verb/> .
verb:recall skos:altLabel "Heedful of"@en .
organ-noun:synod a skos:Concept ; skos:prefLabel "Synod"@en ; skos:broader organ-noun:reporting-organ ;
  skos:inScheme scheme:organ-nouns .
rank:lampwarden a skos:Concept ; skos:prefLabel "Lampwarden"@en ; skos:broader rank:title ; skos:inScheme scheme:ranks .
state:MLT skos:altLabel "Maltesian Isles"@en .
number:twoscore a skos:Concept ; skos:prefLabel "twoscore"@en ; skos:notation 40 ; skos:broader number:cardinal ;
  skos:inScheme scheme:numbers .
number:twelfth skos:altLabel "twelvth"@en .
"""
SMALL = """
Chapter I

Opening

1. The session was attended by representatives of twoscore States members of the Commission.

2. Statements were made by the observers for the Maltesian Isles and Chad.

3. A statement was made by the Northern Lampwarden of Harbour Watch, Bo van Reef (Chad).

4. The following persons made statements:

Keeper of the eastern lights of the Republic of Fiji and of all of the many
small ports of the reef, speaking for the keepers of all the wooden boats of the
other islands (in person)
Keeper of the northern lights of the Republic of Chad and of all of the many
small ports of the lake, speaking for all the keepers of the great Port of Bol
Lampwarden of the southern lights of the Republic of Peru and of all of the
small ports of the coast, speaking for the keepers of the Port of Callao
"""
TEXTS = {
    "verb": SAMPLE.replace("\nRecalling", "\nHeedful of", 15),
    "organ": SAMPLE.replace("Commission on Lighthouses", "Synod on Lighthouses").replace("Commission", "Synod"),
    "small": COVER + SMALL,
    "ordinal": COVER.replace("twelfth", "twelvth") + SMALL,
}


@dataclass(frozen=True, slots=True)
class Readings:
    """What is read of each text, with the words added and without them."""

    added: dict[str, dict[str, Any]]
    plain: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Readings:
    folder = tmp_path_factory.mktemp("lexicon")
    shutil.copytree(str(files("ontology")), folder / "ontology", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "ontology" / "schemes" / "zz-added.ttl").write_text(ADDED, encoding="utf8")
    for name, text in {**TEXTS, "sample": SAMPLE}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf8")
    return Readings(read(folder, folder), read(folder, ROOT))


def read(folder: Path, ontology: Path) -> dict[str, dict[str, Any]]:
    """The readings of the texts in a folder by a process whose ontology is that of another folder."""
    names = [*TEXTS, "sample"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ontology), str(ROOT)))}
    command = [sys.executable, "-m", "tests.lexicon_reading", *(str(folder / f"{name}.txt") for name in names)]
    lines = subprocess.run(command, env=environment, cwd=ontology, check=True, capture_output=True, text=True).stdout
    return dict(zip(names, map(json.loads, lines.splitlines()), strict=True))


def test_a_phrase_added_to_a_verb_opens_paragraphs_in_the_outline(readings: Readings) -> None:
    sample, changed = readings.added["sample"], readings.added["verb"]
    assert changed["kinds"]["preambular paragraph"] == sample["kinds"]["preambular paragraph"] == 33
    assert changed["verbs"] == sample["verbs"]


def test_without_it_what_the_phrase_opened_is_not_read(readings: Readings) -> None:
    assert readings.plain["verb"]["verbs"].get("recall", 0) < readings.plain["sample"]["verbs"]["recall"]


def test_a_noun_of_an_organ_is_read_in_title_voice_acts_and_statements(readings: Readings) -> None:
    sample, changed, plain = readings.added["sample"], readings.added["organ"], readings.plain["organ"]
    assert changed["body"] == "Synod on Lighthouses and Coastal Memory"
    assert changed["acts"] == sample["acts"] > plain["acts"]
    assert changed["attendance"] == sample["attendance"] != plain["attendance"]
    assert changed["kinds"] == sample["kinds"]


def test_a_rank_begins_an_entry_of_a_list(readings: Readings) -> None:
    assert len(readings.added["small"]["lines"]) == len(readings.plain["small"]["lines"]) + 1


def test_a_rank_is_a_title_with_a_name_behind_it(readings: Readings) -> None:
    assert "Bo van Reef" in readings.added["small"]["persons"]
    assert "Bo van Reef" not in readings.plain["small"]["persons"]


def test_a_spelling_of_a_state_is_the_state(readings: Readings) -> None:
    assert "Malta" in readings.added["small"]["statements"]
    assert "Malta" not in readings.plain["small"]["statements"]


def test_a_number_word_counts_and_an_ordinal_numbers_the_session(readings: Readings) -> None:
    assert readings.added["small"]["attendance"] == [40]
    assert readings.plain["small"]["attendance"] == []
    assert readings.added["ordinal"]["session"] == 12
    assert "session" in readings.plain["ordinal"]["error"]


def test_the_words_added_change_nothing_where_they_do_not_stand(readings: Readings) -> None:
    assert readings.added["sample"] == readings.plain["sample"]


def test_a_word_list_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        load().terms("organ-noun/synods")


@pytest.mark.parametrize(
    ("added", "swallowed"),
    [
        ("count the towers,\n\nRecalls the lost lamps;", 1),
        ("count the towers,\n\nTowers and lamps alike;", 0),
        ("count the towers, Recalls and Receipts;", 0),
    ],
)
def test_a_second_opening_phrase_behind_a_comma_and_a_break_is_a_gap(added: str, swallowed: int) -> None:
    text = f"{COVER}\n{CHAPTER_ONE}".replace("count the towers;", added, 1)
    source = from_text(text, "small.txt")
    gaps = extract(source, outline(source)).gaps
    assert [gap.reason for gap in gaps].count("a second opening phrase stands in the paragraph") == swallowed


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Remaining deeply concerned about the lamps,", "be-concerned"),
        ("Re-emphasizes its unequivocal support for the keepers;", "emphasize"),
        ("Also, in this regard, calls upon the keepers to light the lamps;", "call-upon"),
        ("Calls, in this context, for more lamps;", "call-for"),
        ("In that regard, notes the lamps;", "note"),
        ("Determining that the lamps are lit,", "decide"),
        ("Having read the log,", "have-considered"),
        ("Recognize the work of the keepers;", "recognize"),
        ("Expresses its very serious concern about the fog;", "express-concern"),
    ],
)
def test_a_phrase_that_the_official_texts_print_has_its_verb(text: str, verb: str) -> None:
    found = load().opening_phrase(text, "preambular" if text.endswith(",") else "operative")
    assert found is not None and found.verb == verb
