"""What a source is, told from its bytes: file names of published reports lie too often."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of source that can be told apart, as media types."""

    PDF = "application/pdf"
    ZIP = "application/zip"
    OLE = "application/x-ole-storage"
    RTF = "application/rtf"
    IMAGE = "image/*"
    HTML = "text/html"
    MHTML = "multipart/related"
    OTHER = "application/octet-stream"
    WORD_XML = "application/xml"
    TEXT = "text/plain"


_MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"II*\0", Kind.IMAGE),
    (b"MM\0*", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"BM", Kind.IMAGE),
    (b"RIFF", Kind.IMAGE),
    (b"Rar!", Kind.OTHER),
    (b"7z\xbc\xaf", Kind.OTHER),
    (b"\x1f\x8b\x08", Kind.OTHER),
)
_ELEMENT = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|meta|title|table|div|p|span|article|section|center|h[1-6]|script|style|"
    r"form|ul|font|link)(?=[\s/>]))",
    re.IGNORECASE,
)
_MESSAGE = re.compile(
    r"(?:[a-z][a-z-]*+:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*?(?:mime-version:|content-type:\s*multipart/)",
    re.IGNORECASE,
)
"""Browsers write who saved the page, from where and when before the version of MIME."""


def binary_kind(data: bytes) -> Kind | None:
    """The kind of a source with a signature; None where it can only be text."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    # a PDF may have some junk before its head (ISO 32000-1, annex H.3.4.1)
    return Kind.PDF if b"%PDF-" in data[:1024] else None


def text_kind(text: str) -> Kind:
    """The kind of a text: a page begins with an element, a text that quotes one does not."""
    head = text[:65536].lstrip("\ufeff \t\r\n")
    if _MESSAGE.match(head):
        return Kind.MHTML
    if re.search(r"<(?:w:wordDocument|uof:UOF|office:document)[\s>]", head[:4096]):
        return Kind.WORD_XML
    head = re.sub(r"\A(?:<\?xml.*?\?>|<!--.*?-->|\s)+", "", head, flags=re.DOTALL)
    if _ELEMENT.match(head):
        return Kind.HTML
    found = len(re.findall(r"</?(?:p|div|td|tr|span|table|html|body)[\s>]", head, re.IGNORECASE))
    return Kind.HTML if found * 200 > len(head) and found >= 20 else Kind.TEXT
