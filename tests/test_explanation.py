"""What `recalling outline --profile` tells of a file's layout and of each line."""

from __future__ import annotations

from click.testing import CliRunner

from mappings.explanation import explained
from mappings.source import from_text
from server.cli import main
from tests.extraction import COVER

BODY = """Chapter I

Proceedings

1. At its 1st meeting, on 7 March 2022, the Commission considered agenda item 3.

2. At the same meeting, the representative of Chad proposed the following text:

1. Requests the keepers to light the lamps;

E/CN.99/2022/30

3. The Commission took note of the text, and of the words of

E/CN.99/2022/30

the representative of Malta on it.

4. No issue was raised.

E/CN.99/2022/30

5. The meeting was closed at 6 p.m.
"""


def lines(body: str) -> list[str]:
    return [line.strip() for line in explained(from_text(COVER + body))]


def test_the_profile_tells_how_paragraphs_are_numbered() -> None:
    assert lines(BODY)[0] == (
        "paragraph numbers: printed in one series, 1 to 5, 5 in all; 1 other numbers begin a line of the body"
    )
    assert lines("Chapter I\n\nAt its 1st meeting, the Commission considered item 3.\n")[0].startswith(
        "paragraph numbers: none printed"
    )


def test_a_number_is_told_with_the_weights_that_decided_it() -> None:
    told = {line.split()[0]: line for line in lines(BODY)[6:]}
    first = str(COVER.count("\n") + BODY[: BODY.index("1. At its")].count("\n") + 1)
    other = str(COVER.count("\n") + BODY[: BODY.index("1. Requests")].count("\n") + 1)
    assert "number 1 in the report's own series, 3.0: a whole sentence, or one that goes on +1.0" in told[first]
    assert "number 1 not in the report's own series" in told[other]
    assert "opens with the verb of an operative paragraph -2.0" in told[other]


def test_every_line_with_words_is_explained() -> None:
    said = lines(BODY)[6:]
    assert len([line for line in said if line.split()[0].isdigit()]) == len(said)
    assert [line for line in said if "the heading of a chapter or annex" in line] != []
    assert [line for line in said if "furniture:" in line] != []


def test_the_command_prints_it() -> None:
    shown = CliRunner().invoke(main, ["outline", "--profile", "examples/reports/clcm-12.txt"])
    assert shown.exit_code == 0
    assert shown.output.startswith("paragraph numbers: printed in one series, 1 to 68, 68 in all;")
