"""Readers: bytes → Document, one module a format, chosen by content and never by file name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gongkai.document import Document
from gongkai.errors import UnreadableError
from gongkai.provenance import origin
from gongkai.readers import docx, html, mhtml, office, pdf, recognition, text
from gongkai.readers.archive import Archive
from gongkai.readers.encoding import decode
from gongkai.readers.kinds import Kind, binary_kind, text_kind
from gongkai.readers.raw import MAX_BYTES, MIB, Raw

_ARCHIVES = (
    ("xl/", "a spreadsheet: save the report as PDF, Word or HTML"),
    ("ppt/", "a presentation: save the report as PDF, Word or HTML"),
    ("OFD.xml", "an OFD file: export it as PDF"),
)


def read(path: Path) -> Document:
    """Reads a file.

    Raises:
        UnreadableError: it cannot be opened, or not read as a document.
    """
    try:
        size = path.stat().st_size
        if path.is_file() and size <= MAX_BYTES:
            raw, fetched = Raw(path.read_bytes(), path.name), origin(path)
            if fetched is not None:
                raw = replace(raw, address=fetched.final, link=fetched.link or None)
            return _read(raw)
    except OSError as error:
        msg = f"{path}: cannot be opened ({error.strerror}); check that it is there and that you may read it"
        raise UnreadableError(msg) from error
    if path.is_dir():
        raise UnreadableError(f"{path}: is a folder, and holds no file to read")
    if not path.is_file():
        raise UnreadableError(f"{path}: is no file")
    raise UnreadableError(f"{path}: {size // MIB} MiB, more than the {MAX_BYTES // MIB} that are read")


def read_bytes(data: bytes, name: str, address: str | None = None) -> Document:
    """Reads a source that is at hand as bytes; `name` is for its `Source` and for messages only.

    Raises:
        UnreadableError: it cannot be read as a document.
    """
    return _read(Raw(data, name, address))


def _read(raw: Raw) -> Document:
    data = raw.data
    if not data.strip():
        raise raw.unreadable("is empty")
    if len(data) > MAX_BYTES:
        raise raw.unreadable(f"{len(data) // MIB} MiB, more than the {MAX_BYTES // MIB} that are read")
    document = _read_kind(raw)
    raw.refuse_long(document.text)
    return document


def _read_kind(raw: Raw) -> Document:
    kind = binary_kind(raw.data)
    if kind is not None:
        return _BINARY[kind](raw)
    decoded = decode(raw)
    kind = text_kind(decoded.text)
    if kind is Kind.HTML:
        return html.read(raw, decoded)
    if kind is Kind.MHTML:
        return mhtml.read(raw)
    if kind is Kind.WORD_XML:
        return office.read(raw, office.FLAT)
    return text.read(raw, decoded)


def _read_archive(raw: Raw) -> Document:
    archive = Archive(raw)
    names = archive.names()
    if any(name.startswith("word/") for name in names):
        return docx.read(raw.source(docx.MEDIA_TYPE), archive)
    if "content.xml" in archive and "opendocument.text" in archive.read("mimetype").decode(
        "ascii", "replace"
    ):
        archive.xml("content.xml")  # within limits, before another program opens it
        return office.read(raw, office.ODT)
    for mark, what in _ARCHIVES:
        if any(name.startswith(mark) for name in names):
            raise raw.unreadable(what)
    raise raw.unreadable("an archive of other files: unpack it and read what it holds")


def _refuse_archive(raw: Raw) -> Document:
    raise raw.unreadable("a packed archive: unpack it and read what it holds")


_BINARY: dict[Kind, Callable[[Raw], Document]] = {
    Kind.PDF: pdf.read,
    Kind.ZIP: _read_archive,
    Kind.OLE: office.read_compound,
    Kind.RTF: lambda raw: office.read(raw, office.RTF),
    Kind.IMAGE: recognition.read,
    Kind.OTHER: _refuse_archive,
}


__all__ = ["read", "read_bytes"]
