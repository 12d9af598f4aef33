"""Older word processors' files (.doc, .wps, .rtf, .odt …), turned into .docx by LibreOffice where it is installed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from gongkai.document import Document
from gongkai.readers import docx
from gongkai.readers.archive import Archive
from gongkai.readers.programs import program, run
from gongkai.readers.raw import Raw

DOC = "application/msword"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
FLAT = "application/xml"
_SUFFIXES = {DOC: ".doc", RTF: ".rtf", ODT: ".odt", FLAT: ".xml"}
_STREAMS = (
    ("EncryptedPackage", "is locked with a password: save it without one"),
    ("Workbook", "a spreadsheet: save the report as PDF, Word or HTML"),
    ("PowerPoint Document", "a presentation: save the report as PDF, Word or HTML"),
)
_NEED = (
    "is read through LibreOffice, which is not installed: install it (Debian: apt-get install libreoffice-writer),"
    " or save the file as .docx or PDF"
)


def read(raw: Raw, media_type: str) -> Document:
    """The document as LibreOffice understands it.

    Raises:
        UnreadableError: LibreOffice is not installed or cannot read the file.
    """
    soffice = program(raw, ("soffice", "libreoffice"), f"{media_type} {_NEED}")
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        source = Path(folder, "source" + _SUFFIXES[media_type])
        source.write_bytes(raw.data)
        # a profile of its own: two that share one wait for each other
        profile = Path(folder, "profile").as_uri()
        command = (
            soffice,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
        )
        run(raw, (*command, "--outdir", folder, str(source)), "LibreOffice")
        target = source.with_suffix(".docx")
        if not target.is_file():
            raise raw.unreadable("LibreOffice cannot read it: it may be damaged")
        converted = Archive(Raw(target.read_bytes(), raw.name))
    return docx.read(raw.source(media_type), converted)


def read_compound(raw: Raw) -> Document:
    """A compound file: Word 97 to 2003 and WPS, by the streams that it names ([MS-CFB], 2.6.1).

    Raises:
        UnreadableError: it is another kind of compound file, or not readable.
    """
    for stream, what in _STREAMS:
        if stream.encode("utf-16-le") in raw.data:
            raise raw.unreadable(what)
    if "WordDocument".encode("utf-16-le") not in raw.data:
        raise raw.unreadable("a compound file that is no Word document")
    return read(raw, DOC)
