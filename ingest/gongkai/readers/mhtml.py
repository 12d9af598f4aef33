"""Web pages saved as one file (.mht, and what older word processors call .doc): the page among its parts."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from gongkai.document import Document
from gongkai.readers import html
from gongkai.readers.encoding import decode
from gongkai.readers.raw import Raw

MEDIA_TYPE = "multipart/related"


def read(raw: Raw) -> Document:
    """The first page among the parts.

    Raises:
        UnreadableError: no part is a page, or the page is not readable.
    """
    message = message_from_bytes(raw.data, policy=policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                inner = Raw(page, raw.name, raw.address)
                return html.read(inner, decode(inner), raw.source(MEDIA_TYPE))
    raise raw.unreadable("a saved web page without a page in it")
