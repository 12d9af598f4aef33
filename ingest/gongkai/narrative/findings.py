"""What the components of the pipeline leave on a Doc, each its own: `doc._.gongkai_facts` and so on.

All of it is one object among the data of the Doc, which a component asks for once: an extension attribute of spaCy that
holds a value takes as long to read as a small text takes to search.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property, partial
from typing import Any

from spacy.tokens import Doc

from gongkai.narrative.items import passages
from gongkai.narrative.model import (
    Citation,
    Contact,
    Fact,
    FeeStatement,
    Measure,
    Narrative,
    Restatement,
    Share,
    Shortcoming,
)
from gongkai.narrative.prose import Prose
from gongkai.narrative.quantities import Quantity
from gongkai.narrative.scene import Scene

_KEY = "gongkai"


@dataclass
class Findings:
    """What has been found in a prose so far; what no component has looked for yet is not set."""

    prose: Prose
    scene: Scene = field(init=False)
    quantities: tuple[Quantity, ...] = field(init=False)
    facts: tuple[Fact, ...] = field(init=False)
    restatements: tuple[Restatement, ...] = field(init=False)
    shares: tuple[Share, ...] = field(init=False)
    items: tuple[tuple[Shortcoming, ...], tuple[Measure, ...]] = field(init=False)
    citations: tuple[Citation, ...] = field(init=False)
    fee: FeeStatement | None = field(init=False)
    contacts: tuple[Contact, ...] = field(init=False)

    @cached_property
    def passages(self) -> tuple[tuple[int, int], ...]:
        """Where shortcomings and measures are stated, which two components ask."""
        return tuple(passages(self.prose))

    def narrative(self) -> Narrative:
        """All of it, once every component has been asked."""
        return Narrative(
            self.facts,
            *self.items,
            self.citations,
            self.fee,
            self.contacts,
            self.restatements,
            self.shares,
        )


def findings(doc: Doc) -> Findings:
    """What was found in a Doc so far; its text is taken as prose where it was given none."""
    found: Findings | None = doc.user_data.get(_KEY)
    return give(doc, Prose.of(doc.text)) if found is None else found


def give(doc: Doc, prose: Prose) -> Findings:
    """Gives a Doc the prose that its components are to read."""
    found = Findings(prose)
    doc.user_data[_KEY] = found
    return found


def _shown(name: str, doc: Doc) -> Any:
    return getattr(findings(doc), name, None)


for _field in fields(Findings):
    Doc.set_extension(f"gongkai_{_field.name}", getter=partial(_shown, _field.name), force=True)
