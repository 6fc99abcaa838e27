"""Lists of documents in annexes, in the layouts that converters give them."""

from __future__ import annotations

import pytest

from tests.extraction import facts_of

LISTED = [
    ("E/CN.99/2022/1", "2", "Provisional agenda and annotations"),
    ("E/CN.99/2022/2", "3", "Report of the keepers on lamps"),
    ("E/CN.99/2022/2/Add.1", "3", "Report of the keepers on lamps"),
    ("E/CN.99/2022/L.3", "4", "Draft resolution entitled “Bells”"),
]
LAYOUTS = {
    "table": """| Document symbol | Agenda item | Title or description |
| --- | --- | --- |
| E/CN.99/2022/1 | 2 | Provisional agenda and annotations |
| E/CN.99/2022/2 and Add.1 | 3 (a) | Report of the keepers on lamps |
| E/CN.99/2022/L.3 | 4 | Draft resolution entitled “Bells” |""",
    "title before the symbol's item": """| Symbol | Title | Agenda item |
| --- | --- | --- |
| E/CN.99/2022/1 | Provisional agenda and annotations | 2 |
| E/CN.99/2022/2 and Add.1 | Report of the keepers on lamps | 3 (a) |
| E/CN.99/2022/L.3 | Draft resolution entitled “Bells” | 4 |""",
    "columns of blanks": """Document symbol          Agenda item    Title or description

E/CN.99/2022/1            2              Provisional agenda and
                                         annotations
E/CN.99/2022/2 and Add.1  3 (a)          Report of the keepers on lamps
E/CN.99/2022/L.3          4              Draft resolution entitled “Bells”""",
    "tabs, series under headings": """Symbol\tAgenda item

Documents issued in the general series

E/CN.99/2022/1\t2\tProvisional agenda and annotations
E/CN.99/2022/2 and Add.1\t3 (a)\tReport of the keepers on lamps

Documents issued in the limited series

E/CN.99/2022/L.3\t4\tDraft resolution entitled “Bells”""",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_gives_each_document_with_its_item_and_title(layout: str) -> None:
    text = f"The session was closed.\n\nAnnex\n\nList of documents before the Commission\n\n{LAYOUTS[layout]}"
    found = facts_of(text).documents
    assert [(*fact.symbols, fact.item, fact.title) for fact in found] == LISTED
    assert {fact.role for fact in found} == {"had before it"}
