"""Denials that restate a cell of a table as zero: 未收到政府信息公开申请. They are no facts, for they print no number.

Only words that limit it to nothing may stand within: of a way or a kind of applicant (未收到网上申请) it says nothing of
the whole. The words stand in `narrative.ttl` (gk:Denial).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from gongkai.narrative.lexicon import labels
from gongkai.narrative.model import Restatement
from gongkai.narrative.prose import Prose
from gongkai.narrative.scene import Scene
from gongkai.narrative.tries import trie
from gongkai.turtle import FORM, NARRATIVE, ontology

_NONE = Decimal(0)


@cache
def _denial() -> re.Pattern[str]:
    """A denial with what is denied, up to the end of its clause."""
    denied, between, requests, ends = map(
        _words, ("noneReceived", "denialFiller", "requestsDenied", "denialEnd")
    )
    return re.compile(
        rf"(?P<denial>{denied})(?:{between}|[、和或及与])*{requests}(?:{ends})?(?=[，,。；;！\n]|$)"
    )


@cache
def _apart() -> re.Pattern[str]:
    """What limits a denial, before it in the sentence: an organ by its name, a time, a way."""
    names = ("limits", "partOpening", "earlierYear", "applicants", "denialLimits")
    words = trie(word for name in names for word in labels(ontology("narrative"), NARRATIVE + name))
    return re.compile(rf"{words}|(?<![我本全]){_words('bodies')}")


def _words(name: str) -> str:
    return trie(labels(ontology("narrative"), NARRATIVE + name))


def denials(scene: Scene, prose: Prose) -> Iterator[Restatement]:
    """The cells of which the text says that they are zero, without a number, in the order of the text."""
    for found in _denial().finditer(scene.text):
        before = scene.text[scene.sentence_start(found.start()) : found.start()]
        yield Restatement(
            FORM + "received",
            FORM + "totalRequests",
            _NONE,
            None,
            prose.quote(*found.span()),
            prose.span(*found.span("denial")),
            not _apart().search(before),
        )
