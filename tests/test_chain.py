"""The chain: a draft of the sample report, the Council's resolution that carries it, the Assembly's that it became."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from rdflib import URIRef

from mappings.links.chain import Step, Text, steps
from mappings.links.chain_rows import rows_of_text, steps_anew
from mappings.links.changes import Clause, changed_words, changes
from ontology.terms import BASE, REC
from server.publish import build, remove
from server.questions import question
from server.table import ask

COUNCIL, ASSEMBLY = URIRef(f"{BASE}body/ecosoc"), URIRef(f"{BASE}body/ga")
DRAFT, CARRIER = URIRef(f"{BASE}text/clcm/12/draft-resolution/ga/1"), URIRef(f"{BASE}document/E/RES/2022/921")
QUOTED, ADOPTED = URIRef(f"{CARRIER}/draft"), URIRef(f"{BASE}document/A/RES/77/901")
LAST = URIRef(f"{BASE}document/A/RES/76/902")
REPORT = URIRef(f"{BASE}report/clcm/12")
WORDS = ("Welcomes the lamps that were lit at dusk;", "Requests the keepers to count the oil in each lamp;")
FILE = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution"><meta>
<identification source="#e"><FRBRWork><FRBRdate date="{day}" name="adoption"/><FRBRauthor href="{organ}" as="author"/>
</FRBRWork><FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification>
<workflow source="#un"><step date="{day}" outcome="adopted" as="" by=""/></workflow></meta>
<coverPage><p><docNumber refersTo="#symbol">{symbol}</docNumber></p><p><session value="{session}">Session</session></p>
</coverPage><preface><p><docTitle refersTo="#resolutionTitle">Night lights of small harbours</docTitle></p></preface>
<preamble><formula name="enactingFormula"><p>{voice},</p></formula></preamble><mainBody>{body}</mainBody>
<conclusions><p><inline name="adoptionMeeting" title="33rd">33rd plenary meeting</inline></p></conclusions>
</statement></akomaNtoso>"""
PARAGRAPHS = """<paragraph><num>1.</num><content><p><span class="italic">Takes note</span> of the report of the
Secretary-General on night lights of small harbours;</p></content></paragraph><paragraph><num>2.</num><content><p>
<span class="italic">Welcomes</span> the offer of the Government of Fiji to paint one {what} in each lagoon.</p></content>
</paragraph>"""


def text(
    iri: URIRef, *, draft: bool = False, title: str = "Lamps", voice: URIRef = ASSEMBLY, on: str, **more: URIRef
) -> Text:
    return Text(
        iri, draft, "resolution", title, voice, more.get("to"), date.fromisoformat(on), more.get("report"),
        frozenset(), more.get("holder"),
    )  # fmt: skip


def clauses(iri: URIRef) -> tuple[Clause, ...]:
    return tuple(Clause(URIRef(f"{iri}/operative/{n}"), "operative", one) for n, one in enumerate(WORDS, 1))


def found(*texts: Text) -> list[tuple[URIRef, URIRef, URIRef, tuple[str, ...]]]:
    result: tuple[Step, ...] = steps(texts, clauses)
    return [(one.draft, one.relation, one.text, one.bases) for one in result]


RECOMMENDED = text(DRAFT, draft=True, on="2022-03-11", to=COUNCIL, report=REPORT)
CARRYING = text(CARRIER, voice=COUNCIL, on="2022-07-21", report=REPORT)
CARRIED = text(QUOTED, draft=True, on="2022-07-21", to=ASSEMBLY, holder=CARRIER)


def test_three_works_are_a_chain_and_each_link_has_its_basis() -> None:
    assert found(RECOMMENDED, CARRYING, CARRIED, text(ADOPTED, on="2022-12-15")) == [
        (QUOTED, REC.adoptedAs, ADOPTED, ("title", "paragraphs")),
        (DRAFT, REC.recommendedIn, CARRIER, ("title", "report", "paragraphs")),
        (DRAFT, REC.adoptedAs, ADOPTED, ("through E/RES/2022/921",)),
    ]


def test_a_text_of_the_year_before_is_not_what_a_draft_became() -> None:
    assert found(RECOMMENDED, CARRYING, CARRIED, text(LAST, on="2021-12-16")) == [
        (DRAFT, REC.recommendedIn, CARRIER, ("title", "report", "paragraphs"))
    ]


def test_of_two_texts_with_the_title_none_is_taken() -> None:
    other = text(URIRef(f"{BASE}document/A/RES/77/999"), on="2022-12-20")
    assert [one for one in found(CARRIED, CARRYING, text(ADOPTED, on="2022-12-15"), other) if one[0] == QUOTED] == []


def test_a_text_with_another_title_is_known_by_its_paragraphs() -> None:
    renamed = text(ADOPTED, on="2022-12-15", title="Lamps of the coast")
    assert (QUOTED, REC.adoptedAs, ADOPTED, ("paragraphs",)) in found(CARRIED, CARRYING, renamed)


@pytest.mark.parametrize("seed", range(6))
def test_steps_found_anew_when_documents_come_and_go_are_those_of_all_together(seed: int) -> None:
    others = (
        text(ADOPTED, on="2022-12-15"),
        text(URIRef(f"{BASE}document/A/RES/77/999"), on="2022-12-20"),
        text(URIRef(f"{BASE}document/A/RES/77/998"), on="2023-01-20", title="Lamps of the coast"),
        text(LAST, on="2021-12-16"),
        text(URIRef(f"{BASE}document/E/RES/2022/922"), voice=COUNCIL, on="2022-07-22", title="Lamps of the coast"),
    )
    documents = [(RECOMMENDED,), (CARRYING, CARRIED), *((one,) for one in others)]
    rows = [[row for one in document for row in rows_of_text(one, clauses(one.iri))] for document in documents]
    chance, inside, kept = Random(seed), set[int](), dict[str, list[Step]]()
    for _ in range(24):
        number = chance.randrange(len(documents))
        inside ^= {number}
        force = [row for one in sorted(inside) for row in rows[one]]
        anew = steps_anew(rows[number], lambda key, force=force: [row for row in force if key in row.keys])
        kept = {draft: steps for draft, steps in kept.items() if draft not in anew.drafts}
        for step in anew.steps:
            kept.setdefault(str(step.draft), []).append(step)
        together = steps([one for at in sorted(inside) for one in documents[at]], clauses)
        assert tuple(step for draft in sorted(kept) for step in kept[draft]) == together


def test_paragraphs_stand_side_by_side_with_what_changed() -> None:
    one, other = URIRef(f"{BASE}a"), URIRef(f"{BASE}b")
    earlier = (Clause(one, "operative", WORDS[0]), Clause(other, "operative", "Names the bells of the fog;"))
    later = (
        Clause(one, "operative", "Welcomes the lanterns that were lit at dusk."),
        Clause(other, "preambular", "New,"),
    )
    assert [(c.earlier, c.later, c.kind, c.words) for c in changes(earlier, later)] == [
        (one, one, "changed", "− lamps + lanterns"),
        (None, other, "added", ""),
        (other, None, "removed", ""),
    ]


@pytest.mark.parametrize(
    ("earlier", "later", "changed"),
    [
        ("Lights the lamps; and", "Lights the lamps.", ""),
        ("a non-governmental lamp", "a non‑governmental lamp", ""),
        ("Lights the lamps", "Lights all the lamps", "+ all"),
    ],
)
def test_only_words_count_as_changed(earlier: str, later: str, changed: str) -> None:
    assert changed_words(earlier, later) == changed


def test_files_of_official_texts_close_the_chain_of_a_report(samples: list[Path], tmp_path: Path) -> None:
    """The stub that reports cite gets its content, and keeps its address."""
    body = PARAGRAPHS.format(what="tower")
    quoted = "<paragraph><content><p>Recommends to the General Assembly the adoption of the following draft resolution:"
    files = {
        "E.xml": ("E/RES/2022/921", "ecosoc", "2022", "2022-07-21", "The Economic and Social Council",
                  f"{quoted}<embeddedStructure>{body}</embeddedStructure></p></content></paragraph>"),
        "A.xml": ("A/RES/77/901", "ga", "77", "2022-12-15", "The General Assembly", PARAGRAPHS.format(what="lighthouse")),
    }  # fmt: skip
    for name, (symbol, organ, session, day, voice, main) in files.items():
        values = {"symbol": symbol, "organ": organ, "session": session, "day": day, "voice": voice, "body": main}
        (tmp_path / name).write_text(FILE.format(**values))
    release = build([samples[0], *(tmp_path / name for name in files)], tmp_path / "data").release
    assert release is not None
    entry = question("chain")
    assert entry is not None
    table = ask(release.store, entry.at(release.base))
    rows = [dict(zip(table.columns, map(str, row), strict=True)) for row in table.rows]
    told = [(row["draft"], row["adoptedAs"], row["change"]) for row in rows if row["change"] == "− tower + lighthouse"]
    assert ("document/E/RES/2022/921/draft", "document/A/RES/77/901", "− tower + lighthouse") in told
    assert {row["adoptedAs"] for row in rows if row["draft"] == "text/clcm/12/draft-resolution/ga/1"} == {
        "document/E/RES/2022/921",
        "document/A/RES/77/901",
    }
    grown = build([samples[0], tmp_path / "A.xml"], tmp_path / "grown").release
    assert grown is not None
    assert "chain" not in grown.manifest.parts
    grown = build([tmp_path / "E.xml"], tmp_path / "grown").release
    assert grown is not None
    assert grown.manifest.text == release.manifest.text
    left = remove(["document/A/RES/77/901"], tmp_path / "grown")
    assert "through" not in left.manifest.file("dumps/chain/evidence.nq").read_text(encoding="utf-8")
