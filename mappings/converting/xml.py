"""Parts of a zip package, unpacked and parsed within bounds: sizes are counted, entities and document types refused."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from mappings.converting.converted import LARGEST, ConversionError


class Package:
    """The parts of a package by their paths."""

    def __init__(self, data: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError) as error:
            raise ConversionError(f"a damaged zip package ({error}): fetch it again") from error
        self._left = LARGEST

    def tree(self, path: str) -> etree._Element | None:
        """The root of a part, None where the package has none of this path.

        Raises ConversionError where it cannot be read, or where the parts together unpack to more than LARGEST bytes.
        """
        try:
            with self._file.open(path) as part:
                data = part.read(self._left + 1)  # counted while it is unpacked: a bomb's directory may lie
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
            raise ConversionError(f"a damaged or locked package: {path} cannot be unpacked ({error})") from error
        self._left -= len(data)
        if self._left < 0:
            raise ConversionError(f"a package that unpacks to more than {LARGEST} bytes: leave out its images")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise ConversionError(f"a damaged package: {path} is not XML ({error})") from error
        if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs know a tree without document
            raise ConversionError(f"a package that is not of Word: {path} has a document type")
        return root
