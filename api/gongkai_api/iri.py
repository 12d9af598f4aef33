"""Between addresses and IRIs: RFC 3987, 3.1 and 3.2. Chinese stays Chinese in an IRI, and travels percent-encoded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from gongkai.turtle import OWN

_ENCODED = re.compile(rb"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_SAFE = "/:?#[]@!$&'()*+,;=~-._%"


def decoded(path: bytes) -> str:
    """A path as part of an IRI: octets that are UTF-8 beyond ASCII are decoded, all else stays as it was sent.

    >>> decoded(b"/%E6%9F%B3/a%20b%2F")
    '/柳/a%20b%2F'
    >>> decoded(b"/%FF")
    '/%FF'
    """

    def character(match: re.Match[bytes]) -> bytes:
        octets = bytes.fromhex(match[0].replace(b"%", b"").decode("ascii"))
        try:
            octets.decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        return octets

    return _ENCODED.sub(character, path).decode("utf-8", "replace")


def encoded(iri: str) -> str:
    """An IRI, or a part of one, as it travels.

    >>> encoded("/柳/a%20b")
    '/%E6%9F%B3/a%20b'
    """
    return quote(iri, safe=_SAFE)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where IRIs are found here: those below `base` (the data), and those of the ontology."""

    base: str

    def named(self, path: bytes) -> tuple[str, ...]:
        """The IRIs that a path may stand for. A client cannot tell Chinese from its encoding, so both count."""
        found = dict.fromkeys((decoded(path), path.decode("ascii", "replace")))
        return tuple(start + text.lstrip("/") for text in found for start in (self.base, OWN))

    def path(self, iri: str) -> str | None:
        """The path of an IRI here, as it travels; None for one that is elsewhere."""
        for start in (self.base, OWN):
            if iri.startswith(start):
                return "/" + encoded(iri.removeprefix(start))
        return None

    def link(self, iri: str) -> str:
        """Where a page links to for an IRI; "" where following it could do anything but fetch a document."""
        return self.path(iri) or (encoded(iri) if iri.startswith(("http://", "https://")) else "")
