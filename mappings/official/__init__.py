"""Official resolutions and decisions of the United Nations, read from AKN4UN XML.

    file ──parsing──▶ element ──reading──▶ OfficialText ──extract──▶ OfficialFacts ──assertion──▶ graph

`parsing` refuses what an attacker could use, `reading` takes every element of a file to its place in a text, `extract`
reads the sentences with the same rules as those of reports, `assertion` writes triples. What the publisher states
(votes, sponsors, subjects, links) are values as published; what our rules read in the words stands beside them.
"""
