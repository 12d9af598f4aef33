"""Documents made of lines, for what a document says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.document import Document, Source, Writer

BODY = ("一、总体情况", "2023年，全年发布信息12条。")


def page(*lines: str, name: str = "page.txt", metadata: Sequence[tuple[str, str]] = ()) -> Document:
    """A document of these lines."""
    writer = Writer()
    for line in lines:
        writer.paragraph(line)
    return writer.document(Source(name, "text/plain", "0" * 64, 0), metadata=metadata)
