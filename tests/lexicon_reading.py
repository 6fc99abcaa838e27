"""`python -m tests.lexicon_reading FILE…`: what is read of each text, as one line of JSON a file; for another vocabulary.

The package `ontology` that comes first on PYTHONPATH gives the words.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from mappings.extract import extract
from mappings.outline import outline
from mappings.source import SourceError, from_text


def main(paths: list[str]) -> None:
    """Print the outline's kinds and first lines and the facts that the tests of the lexicon ask for."""
    for path in paths:
        source = from_text(Path(path).read_text(encoding="utf8"), Path(path).name)
        tree = outline(source)
        try:
            facts = extract(source, tree)
        except SourceError as error:
            print(json.dumps({"error": str(error)}))
            continue
        read = {
            "kinds": Counter(node.kind.value for node in tree.walk()),
            "lines": [node.passage.text for node in tree.walk() if node.kind.value == "line"],
            "verbs": Counter(fact.verb for fact in facts.clauses if fact.key.part == "preambular"),
            "body": facts.report.body.label,
            "session": facts.report.session,
            "acts": len(facts.actions),
            "statements": [fact.party.label for fact in facts.statements if fact.party],
            "persons": [fact.person for fact in facts.statements],
            "citations": len(facts.citations),
            "attendance": [fact.count for fact in facts.attendance],
            "gaps": [gap.reason for gap in facts.gaps],
        }
        print(json.dumps(read))


if __name__ == "__main__":
    main(sys.argv[1:])
