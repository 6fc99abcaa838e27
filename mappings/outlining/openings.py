"""The first words of preambular and operative paragraphs, as far as they tell where a paragraph begins."""

from __future__ import annotations

import re

PARTICIPLE = re.compile(r"(?:[A-Z][a-z]+ly\s|Further\s|Also\s|Again\s|Once\sagain\s)?([A-Z]?[a-z]+(?:ing|ed))\b")
NOT_OPENING = frozenset(
    [
        "united",
        "during",
        "beijing",
        "according",
        "including",
        "concerning",
        "regarding",
        "following",
        "building",
        "training",
        "funding",
        "limited",
        "advanced",
        "related",
        "associated",
        "unaccompanied",
        "armed",
        "targeted",
        "developed",
        "combined",
        "trafficking",
        "processing",
        "proceeding",
        "meeting",
        "planning",
        "financing",
        "programming",
        "policing",
        "smuggling",
        "laundering",
        "mainstreaming",
        "housing",
        "shipping",
        "mining",
        "fishing",
        "banking",
        "being",
    ]
)
OPENING = re.compile(
    r"(?:Aware|Mindful|Conscious|Cognizant|Desirous|Grateful|Guided|Bearing|Having|Taking|Alarmed|Anxious|Appalled|Concerned"
    r"|Convinced|Deeply|Gravely|Keenly|Seriously|Profoundly|Strongly|Fully|Firmly|Particularly|Noting|Sharing|Confident"
    r"|Hopeful|Shocked|Pursuant|In\sview\sof|In\saccordance|Again|Also|Further|Paying\stribute|Concerned|Considering)\b"
)
STRONG_OPENING = re.compile(
    r"(?:Recalling|Reaffirming|Reiterating|Recognizing|Noting|Taking\snote|Welcoming|Emphasizing|Stressing|Acknowledging"
    r"|Underlining|Underscoring|Bearing\sin\smind|Mindful|Expressing|Convinced|Concerned|(?:Deeply|Gravely)\sconcerned|Aware)\b"
)
OPERATIVE = re.compile(
    r"(?:(?:Also|Further|Again|Strongly|Once\sagain|Solemnly|Hereby|Firmly|Deeply|Urgently|Reiterates\sand)\s+)?"
    r"(?:[A-Z]?[a-z]{2,}(?:[^su\W\d_]s|es|ss)|Calls|Also|Approves|Urges)\b"
)


def opens_preambular(text: str) -> bool:
    """Whether words begin as preambular paragraphs do: with a participle or one of the adjectives in use."""
    if OPENING.match(text):
        return True
    found = PARTICIPLE.match(text)
    return found is not None and text[0].isupper() and found[1].lower() not in NOT_OPENING


def surely_preambular(text: str) -> bool:
    """Whether words begin with one of the commonest preambular phrases, which begin nothing else."""
    return STRONG_OPENING.match(text) is not None


def opens_with_verb(text: str) -> bool:
    """Whether words begin with a verb of the present tense ("Decides", "Also requests")."""
    return OPERATIVE.match(text) is not None
