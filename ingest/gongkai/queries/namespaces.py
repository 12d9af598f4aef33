"""Namespaces that a query declares a little wrong: http for https, without their #, or with a typing error."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache

from gongkai.jsonld import PREFIXES
from gongkai.turtle import OWN

_LIKE = 0.93  # how alike a namespace must be to one of ours to be taken for it


def mistaken(prefixes: Mapping[str, str]) -> dict[str, str]:
    """Prefixes that are declared a little wrong, and a sentence of each."""
    found = {prefix: _meant(declared) for prefix, declared in prefixes.items()}
    return {prefix: _told(prefix, prefixes[prefix], meant) for prefix, meant in found.items() if meant}


@cache
def variants() -> Mapping[str, str]:
    """Namespaces with another scheme or end → as they are."""
    return {
        scheme + namespace.partition("://")[2].rstrip("#/") + end: namespace
        for namespace in PREFIXES.values()
        for scheme in ("http://", "https://")
        for end in ("", "#", "/")
        if scheme + namespace.partition("://")[2].rstrip("#/") + end not in PREFIXES.values()
    }


def _meant(declared: str) -> str | None:
    if declared in PREFIXES.values():
        return None
    ours = [namespace for namespace in PREFIXES.values() if namespace.startswith(OWN)]
    near = difflib.get_close_matches(declared, ours, n=1, cutoff=_LIKE)
    return variants().get(declared) or (near[0] if near else None)


def _told(prefix: str, declared: str, meant: str) -> str:
    if meant == f"{declared}#":
        return f"the namespace <{declared}> of {prefix}: lacks its #; did you mean <{meant}>?"
    return f"no term is in the namespace <{declared}> of {prefix}:; did you mean <{meant}>?"
