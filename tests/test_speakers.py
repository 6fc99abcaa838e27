"""Lists of speakers inside sentences: one list a case."""

from __future__ import annotations

import re

import pytest

from mappings.proceedings.speakers import Speaker, speakers

KNOWN = ("Chad", "Malta", "Peru", "Trinidad and Tobago", "Lamp Union")


def listed(text: str) -> list[Speaker]:
    names = [match.span() for name in KNOWN for match in re.finditer(re.escape(name), text)]
    return list(speakers(text, 0, len(text), names))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the representatives of Chad, Malta and Peru", ["Chad", "Malta", "Peru"]),
        ("the representatives of Peru and Trinidad and Tobago", ["Peru", "Trinidad and Tobago"]),
        ("the representatives of Chad and by the observers for Malta and Peru", ["Chad", "Malta", "Peru"]),
        (
            "The observers for the Institute of Bells and Horns, Lamp Union and the Guild of Wicks and Glass",
            ["the Institute of Bells and Horns", "Lamp Union", "the Guild of Wicks and Glass"],
        ),
        (
            "the Chief of the Bells and Horns Branch (online) and a representative of the Lamp Office (in person)",
            ["the Chief of the Bells and Horns Branch", "a representative of the Lamp Office"],
        ),
        (
            "Keepers for Light (online), the Organization for Wicks and Glass (in person) and Fog Horn (online)",
            ["Keepers for Light", "the Organization for Wicks and Glass", "Fog Horn"],
        ),
        (
            "Ada Quay, Keeper, Bell Ministry, Malta; and Bo Reef, Pilot, Chad",
            ["Ada Quay, Keeper, Bell Ministry, Malta", "Bo Reef, Pilot, Chad"],
        ),
        (
            "The observer for Lamp Union and the Special Representative on Lost Lights",
            ["Lamp Union", "the Special Representative on Lost Lights"],
        ),
    ],
)
def test_a_list_is_parted_into_its_speakers(text: str, words: list[str]) -> None:
    assert [speaker.words for speaker in listed(text)] == words


def test_a_head_governs_the_names_until_the_next_head() -> None:
    heads = [speaker.head for speaker in listed("the representatives of Chad and Malta and the observer for Peru")]
    assert heads == ["representative", "representative", "observer"]


@pytest.mark.parametrize(
    ("aside", "mode"),
    [
        ("(in person)", "in person"),
        ("(online and in person)", "online and in person"),
        ("(pre-recorded statement)", "pre-recorded statement"),
        ("(Vienna)", ""),
    ],
)
def test_a_mode_is_told_from_another_parenthesis(aside: str, mode: str) -> None:
    assert listed(f"the representative of Chad {aside}")[0].mode == mode


def test_those_in_whose_name_one_speaks_stand_in_parentheses_before_the_mode() -> None:
    (speaker,) = listed("the representative of Chad (on behalf of the Group of Coasts) (online)")
    assert (speaker.words, speaker.on_behalf_of, speaker.mode) == ("Chad", "the Group of Coasts", "online")
