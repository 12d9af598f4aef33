"""The bytes of a source before they are read, and the limits that every reader keeps."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from gongkai.document import Source
from gongkai.errors import UnreadableError

MIB = 1 << 20
MAX_BYTES = 100 * MIB
"""The largest source that is opened at all; a scanned report of a hundred pages stays below it."""
MAX_MARKUP = 16 * MIB
"""The largest text, HTML or XML part."""
MAX_TEXT = 1_000_000
"""The most characters that a source comes to: what two hundred reports print."""
MAX_MARKS = 500_000
"""The most tags and attributes of a page or an XML part; a report has some ten thousand."""
MAX_LINES = 60_000
"""The most lines of a source; a report that has each cell on a line of its own has some six hundred."""
MAX_DEPTH = 512
"""The deepest nesting of elements; browsers cut at the same depth."""
MAX_SPAN = 1_000
"""The widest cell in columns (https://html.spec.whatwg.org/multipage/tables.html)."""
MAX_PLACES = 100_000
"""The most places (rows by columns) of one table; the form's largest has some three hundred."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A source as bytes; `name` is the file's own, without its folder, `link` the words that led to it."""

    data: bytes
    name: str
    address: str | None = None
    link: str | None = None

    def source(self, media_type: str) -> Source:
        """The source these bytes are, once their media type is known."""
        digest = hashlib.sha256(self.data).hexdigest()
        return Source(self.name, media_type, digest, len(self.data), self.address, self.link)

    def refuse_long(self, text: str) -> None:
        """Refuses a text that would take long to be understood, be it a report or none.

        Raises:
            UnreadableError: more characters or lines than many reports in one file have.
        """
        lines = text.count("\n")
        for count, most, what in ((len(text), MAX_TEXT, "characters"), (lines, MAX_LINES, "lines")):
            if count > most:
                raise self.unreadable(f"{count} {what}, more than {most}: split the file")

    def refuse_swollen(self, markup: bytes) -> None:
        """Refuses markup that would take much more memory as a tree than it takes itself.

        Raises:
            UnreadableError: more tags and attributes than any report has.
        """
        marks = markup.count(b"<") + markup.count(b"=")
        if marks > MAX_MARKS:
            raise self.unreadable(f"{marks} tags and attributes, more than {MAX_MARKS}: split the file")

    def unreadable(self, why: str) -> UnreadableError:
        """The error to raise, with the source's name before the reason."""
        return UnreadableError(f"{self.name}: {why}")
