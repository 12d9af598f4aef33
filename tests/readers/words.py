"""Word files for tests, put together part by part."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    """A cell of one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def part(kind: str, content: str) -> str:
    """An XML part with a root element of a kind."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{kind} {NAMESPACES}>{content}</w:{kind}>'


def word(body: str, **parts: str) -> bytes:
    """A file with a body and further parts, by the names of their root elements."""
    return packed(
        {"document": part("document", f"<w:body>{body}</w:body>")}
        | {name: part(name, content) for name, content in parts.items()}
    )


def packed(parts: dict[str, str]) -> bytes:
    """A file of parts under word/."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return out.getvalue()
