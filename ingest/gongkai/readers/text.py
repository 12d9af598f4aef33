"""Plain text and Markdown: the lines as they stand.

Nothing is taken away but the kind of line end, so that an offset of the text is one of the file. Rows of a
table drawn with bars or tabs stay lines; the form finds its cells in them.
"""

from __future__ import annotations

from gongkai.document import Document, Writer
from gongkai.readers.encoding import Decoded
from gongkai.readers.raw import Raw


def read(raw: Raw, decoded: Decoded) -> Document:
    """A paragraph for each line that is not blank.

    Raises:
        UnreadableError: nothing but blanks, or too long.
    """
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise raw.unreadable("holds no text")
    raw.refuse_long(text)
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    writer = Writer()
    for line in lines:
        writer.paragraph(line)
    return writer.document(raw.source("text/plain"), notes=decoded.notes)
