"""Content negotiation: RFC 9110, 12.5.1 (media types), 12.5.3 (codings) and 12.5.4 (languages)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class _Range:
    """A media range: parameters besides q as a set, and its weight."""

    type: str
    subtype: str
    parameters: frozenset[str]
    weight: float

    def specificity(self, type_: str, subtype: str, parameters: frozenset[str]) -> int:
        """How exactly the range names a media type; 0 where it does not take it in."""
        if self.type == "*":
            return 1 if self.subtype == "*" else 0
        if self.type != type_ or self.subtype not in ("*", subtype):
            return 0
        if self.subtype == "*":
            return 2
        return 3 + len(self.parameters) if self.parameters <= parameters else 0


@lru_cache(maxsize=128)
def choose(accept: str, offered: tuple[str, ...]) -> str | None:
    """The media type among those offered that a client likes best; the earlier of equals; None where it takes none.

    The weight of a type is that of the most specific range that takes it in. No header means anything goes.

    >>> choose("text/*;q=0.5, text/csv; q=0.8", ("application/json", "text/plain", "text/csv"))
    'text/csv'
    >>> choose("text/html", ("application/json",))
    """
    ranges = tuple(_range(part) for part in _split(accept) if "/" in part)
    if not accept.strip():
        return offered[0]
    best: tuple[float, str | None] = (0.0, None)
    for candidate in offered:
        weight = _weight(candidate, ranges)
        if weight > best[0]:
            best = (weight, candidate)
    return best[1]


@lru_cache(maxsize=128)
def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a client takes gzip."""
    weights = dict(_weighted(part) for part in accept_encoding.split(",") if part.strip())
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


@lru_cache(maxsize=128)
def language(accept_language: str) -> str:
    """zh or en, whichever a reader likes better; Chinese where the header does not decide."""
    weights = {"zh": 0.0, "en": 0.0}
    for part in accept_language.split(","):
        tag, weight = _weighted(part)
        primary = tag.split("-")[0]
        for known, best in weights.items():
            if primary in (known, "*"):
                weights[known] = max(best, weight)
    return "en" if weights["en"] > weights["zh"] else "zh"


def _weight(candidate: str, ranges: tuple[_Range, ...]) -> float:
    essence, *parameters = _split(candidate, ";")
    type_, _, subtype = essence.lower().partition("/")
    own = frozenset(_parameter(p) for p in parameters)
    found = [(r.specificity(type_, subtype, own), r.weight) for r in ranges]
    return max((f for f in found if f[0]), default=(0, 0.0))[1]


def _range(text: str) -> _Range:
    essence, *parameters = _split(text, ";")
    type_, _, subtype = essence.lower().partition("/")
    weight = 1.0
    kept: list[str] = []
    for parameter in map(_parameter, parameters):
        if parameter.startswith("q="):
            weight = _quality(parameter[2:])
            break  # what follows q are extensions of the header, no parameters of the type
        if parameter and parameter.lower() != "charset=utf-8":  # all that is sent from here is UTF-8
            kept.append(parameter)
    return _Range(type_.strip(), subtype.strip(), frozenset(kept), weight)


def _parameter(text: str) -> str:
    """A parameter with its name in lower case, without white space and quotes."""
    name, _, value = text.partition("=")
    return f"{name.strip().lower()}={value.strip().strip(chr(34))}" if name.strip() else ""


def _weighted(text: str) -> tuple[str, float]:
    token, *parameters = text.split(";")
    for parameter in map(_parameter, parameters):
        if parameter.startswith("q="):
            return token.strip().lower(), _quality(parameter[2:])
    return token.strip().lower(), 1.0


def _quality(text: str) -> float:
    """A q-value; one that is none counts as 1."""
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 1.0


def _split(text: str, separator: str = ",") -> list[str]:
    """Splits outside quoted strings."""
    if '"' not in text:
        return [part.strip() for part in text.split(separator)]
    parts, current, quoted = [], "", False
    for character in text:
        if character == '"':
            quoted = not quoted
        if character == separator and not quoted:
            parts.append(current.strip())
            current = ""
        else:
            current += character
    return [*parts, current.strip()]
