"""A file of AKN4UN XML as elements, safely: no document type, no entities, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mappings.source import SourceError

Element: TypeAlias = ElementTree.Element

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
AKN4UN = "{http://un.org/akn4un}"
LARGEST = 40_000_000  # bytes; the largest official text of 12,000 has 3 million


def parse(path: Path) -> Element:
    """The root element of a file.

    Raises SourceError for a file that cannot be read, is too large, is not well formed, declares a document type or an
    entity, or is no Akoma Ntoso. An official file declares neither; both are the ways in which XML attacks its reader.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise SourceError(f"{path}: larger than {LARGEST // 1_000_000} MB, which no official text is")
        root: Element = fromstring(path.read_bytes(), forbid_dtd=True)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ElementTree.ParseError as error:
        raise SourceError(f"{path}: not well-formed XML: {error}") from error
    except (DefusedXmlException, ValueError, LookupError) as error:  # LookupError: an encoding that nobody knows
        raise SourceError(f"{path}: not allowed in an official text: {error}") from error
    if root.tag != f"{AKN}akomaNtoso":
        raise SourceError(f"{path}: no Akoma Ntoso document: its root is <{name(root)}>")
    return root


def name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def below(element: Element, *path: str) -> Element | None:
    """The first element under a path of names ("preface", "docNumber"), at any depth after each step."""
    at: Element | None = element
    for step in path:
        at = next(at.iter(f"{AKN}{step}"), None) if at is not None else None
    return at


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children with one of the names, in order."""
    return (child for child in element if name(child) in names)


def attribute(element: Element | None, key: str) -> str:
    """The value of an attribute on one line, empty where there is none."""
    return " ".join(element.get(key, "").split()) if element is not None else ""


def words(element: Element | None) -> str:
    """All words of an element on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
