"""Zip archives, which Word, OpenDocument and OFD files are: opened within limits, and told apart by what they hold."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from gongkai.readers.raw import MAX_MARKUP, MIB, Raw

_MOST_ENTRIES = 10_000
_MOST_INFLATED = 64 * MIB
"""The most bytes that the XML parts of an archive may come to."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, ValueError, EOFError, RuntimeError, OverflowError, OSError)
"""What zipfile raises of an archive that is damaged, locked, or packed in another way."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""Word's strict variant differs in its namespaces only."""


class Archive:
    """A zip archive whose parts are read within limits."""

    def __init__(self, raw: Raw) -> None:
        """Opens it.

        Raises:
            UnreadableError: damaged, or with more entries than any document has.
        """
        self.raw = raw
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw.data))
        except _DAMAGED as error:
            raise raw.unreadable(f"a zip archive too damaged to open ({error}); get it again") from error
        self._sizes = {i.filename: i.file_size for i in self._zip.infolist()}
        self._inflated = 0
        if len(self._sizes) > _MOST_ENTRIES:
            raise raw.unreadable(f"a zip archive of {len(self._sizes)} entries, more than {_MOST_ENTRIES}")

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def names(self) -> tuple[str, ...]:
        """The names of its parts."""
        return tuple(self._sizes)

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            UnreadableError: not there, damaged, encrypted, or larger than any report's.
        """
        if name not in self._sizes:
            raise self.raw.unreadable(f"the part {name} is missing")
        try:
            with self._zip.open(name) as part:
                data = part.read(MAX_MARKUP + 1)
        except _DAMAGED as error:
            raise self.raw.unreadable(f"the part {name} is damaged or locked ({error})") from error
        self._inflated += len(data)
        if len(data) > MAX_MARKUP or self._inflated > _MOST_INFLATED:
            raise self.raw.unreadable(f"the part {name} swells beyond {MAX_MARKUP // MIB} MiB")
        return data

    def xml(self, name: str) -> Any:
        """The root element of a part; entities stay unresolved, and what they stand for is not fetched.

        Raises:
            UnreadableError: as for `read`, or no well-formed XML.
        """
        data = self.read(name).replace(_STRICT, _USUAL)
        self.raw.refuse_swollen(data)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self.raw.unreadable(f"the part {name} is no well-formed XML ({error.msg})") from error
