"""What a host allows robots to fetch (RFC 9309, with the Crawl-delay that many files still give)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_MOST_BYTES = 512_000
"""RFC 9309, 2.5: at least so many are read."""
_LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for one agent: paths with the most octets win, and of equals what allows."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0
    """Seconds that the host wants between two requests."""

    def allows(self, address: str) -> bool:
        """Whether an address may be fetched."""
        parts = urlsplit(address)
        path = _plain(parts.path or "/") + ("?" + _plain(parts.query) if parts.query else "")
        best = max(
            ((len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, path)),
            default=(0, True),
        )
        return best[1] or path == "/robots.txt"


ALL = Robots()
NOTHING = Robots((("/", False),))


def robots(data: bytes, agent: str) -> Robots:
    """The rules of a robots.txt for an agent, named by its first word; those for * where none names it."""
    product = agent.partition("/")[0].strip().lower()
    groups: dict[str, list[tuple[str, str]]] = {}
    open_groups: list[str] = []
    naming = False
    for line in data[:_MOST_BYTES].decode("utf-8-sig", "replace").splitlines():
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            open_groups = [*open_groups, value.lower()] if naming else [value.lower()]
            groups.setdefault(value.lower(), [])
            naming = True
        elif key in {"allow", "disallow", "crawl-delay"}:
            naming = False
            for name in open_groups:
                groups[name].append((key, value))
    named = max((name for name in groups if name and name in product), key=len, default="*")
    return _rules(groups.get(named, []))


def _rules(lines: list[tuple[str, str]]) -> Robots:
    rules = tuple((_plain(value), key == "allow") for key, value in lines if key != "crawl-delay" and value)
    delays = [float(v) for k, v in lines if k == "crawl-delay" and re.fullmatch(r"\d{1,6}(?:\.\d+)?", v)]
    return Robots(rules, min(max(delays, default=0.0), _LONGEST_DELAY))


def _plain(path: str) -> str:
    """A path with its escapes in one form, * and $ as they stand."""
    return quote(unquote(path), safe="/*$?=&;:@!,+~'()%")


def _matches(pattern: str, path: str) -> bool:
    end = "$" if pattern.endswith("$") else ""
    body = ".*".join(map(re.escape, pattern.removesuffix("$").split("*")))
    return re.match(body + end, path) is not None
