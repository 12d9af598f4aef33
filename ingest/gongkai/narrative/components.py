"""The components of the pipeline: each does one thing to a Doc and leaves it on `doc._`; usable in any spaCy pipeline.

Importing this module registers the factories `gongkai_terms`, `gongkai_facts` and so on (an installed gongkai registers
them by entry point). They want the tokenizer `gongkai.segmenter.v1`; a Doc without `gongkai_prose` is taken as prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from gongkai.narrative.boundaries import Boundaries, Tokens, Words
from gongkai.narrative.citations import citations
from gongkai.narrative.contacts import contacts
from gongkai.narrative.denials import denials
from gongkai.narrative.fees import fee
from gongkai.narrative.grammar.reader import read
from gongkai.narrative.items import items, passages
from gongkai.narrative.model import Narrative
from gongkai.narrative.prose import Prose
from gongkai.narrative.quantities import Quantity, quantities
from gongkai.narrative.restatements import restatements
from gongkai.narrative.scene import Scene, inside, scene
from gongkai.narrative.segmenter import Segmenter
from gongkai.narrative.shares import shares
from gongkai.narrative.tries import trie
from gongkai.narrative.vocabulary import vocabulary

FACTORIES = (
    "terms",
    "quantities",
    "facts",
    "restatements",
    "shares",
    "items",
    "citations",
    "fee",
    "contacts",
)

for _name in ("prose", "scene", "passages", *FACTORIES):
    Doc.set_extension(f"gongkai_{_name}", default=None, force=True)


@Language.factory("gongkai_terms", assigns=["doc._.gongkai_scene"])
def create_terms(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that finds terms; where the tokenizer is jieba, words are cut only where they are asked for."""
    segmenter = nlp.tokenizer if isinstance(nlp.tokenizer, Segmenter) else None

    def find_terms(doc: Doc) -> Doc:
        """The terms of the vocabulary, and the clauses and sentences they stand in."""
        text = _prose(doc).text
        boundaries: Boundaries
        if segmenter is None:
            boundaries = Tokens(token.text_with_ws for token in doc)
        else:
            boundaries = Words(text, segmenter.cut, segmenter.joints)
        doc._.gongkai_scene = scene(text, vocabulary(), boundaries)
        return doc

    return find_terms


@Language.component(
    "gongkai_quantities", requires=["doc._.gongkai_scene"], assigns=["doc._.gongkai_quantities"]
)
def find_quantities(doc: Doc) -> Doc:
    """Numbers with measure words."""
    view: Scene = doc._.gongkai_scene
    prose = _prose(doc)
    found = quantities(prose.text, vocabulary(), view.boundaries)
    doc._.gongkai_quantities = tuple(_stated(found, view, prose, _passages(doc)))
    return doc


@Language.component("gongkai_facts", requires=["doc._.gongkai_quantities"], assigns=["doc._.gongkai_facts"])
def find_facts(doc: Doc) -> Doc:
    """What the quantities count."""
    own = doc._
    own.gongkai_facts = read(own.gongkai_scene, own.gongkai_quantities, _prose(doc))
    return doc


@Language.component(
    "gongkai_restatements", requires=["doc._.gongkai_quantities"], assigns=["doc._.gongkai_restatements"]
)
def find_restatements(doc: Doc) -> Doc:
    """Numbers that restate a cell of a table, and denials that restate it as zero."""
    own, prose = doc._, _prose(doc)
    numbers = restatements(own.gongkai_scene, own.gongkai_quantities, prose)
    own.gongkai_restatements = (*numbers, *denials(own.gongkai_scene, prose))
    return doc


@Language.component("gongkai_shares", requires=["doc._.gongkai_quantities"], assigns=["doc._.gongkai_shares"])
def find_shares(doc: Doc) -> Doc:
    """Shares that the text works out of its own numbers."""
    own = doc._
    own.gongkai_shares = tuple(shares(own.gongkai_scene, own.gongkai_quantities, _prose(doc)))
    return doc


@Language.component("gongkai_items", assigns=["doc._.gongkai_items"])
def find_items(doc: Doc) -> Doc:
    """Shortcomings and measures, as a pair of tuples."""
    doc._.gongkai_items = items(_prose(doc), _passages(doc))
    return doc


@Language.component("gongkai_citations", assigns=["doc._.gongkai_citations"])
def find_citations(doc: Doc) -> Doc:
    """Laws, rules, notices and plans cited."""
    doc._.gongkai_citations = citations(_prose(doc))
    return doc


@Language.component("gongkai_fee", assigns=["doc._.gongkai_fee"])
def find_fee(doc: Doc) -> Doc:
    """The statement on the fee for processing information."""
    doc._.gongkai_fee = fee(_prose(doc))
    return doc


@Language.component("gongkai_contacts", assigns=["doc._.gongkai_contacts"])
def find_contacts(doc: Doc) -> Doc:
    """Contact data."""
    doc._.gongkai_contacts = tuple(contacts(_prose(doc)))
    return doc


def narrative(doc: Doc) -> Narrative:
    """All that the components left on a Doc."""
    own = doc._
    shortcomings, measures = own.gongkai_items
    return Narrative(
        own.gongkai_facts,
        shortcomings,
        measures,
        own.gongkai_citations,
        own.gongkai_fee,
        own.gongkai_contacts,
        own.gongkai_restatements,
        own.gongkai_shares,
    )


def _prose(doc: Doc) -> Prose:
    prose: Prose | None = doc._.gongkai_prose
    return prose or Prose.of(doc.text)


def _passages(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Where shortcomings and measures are stated, which two components ask."""
    own = doc._
    if own.gongkai_passages is None:
        own.gongkai_passages = tuple(passages(_prose(doc)))
    found: tuple[tuple[int, int], ...] = own.gongkai_passages
    return found


def _stated(
    found: Iterable[Quantity], view: Scene, prose: Prose, planned: Iterable[tuple[int, int]]
) -> Iterator[Quantity]:
    """The numbers that tell what was done: not what stands above the report, nor what section five plans."""
    begin = prose.sections[1][0] if len(prose.sections) > 1 and prose.sections[0][1] == 0 else 0
    edges = [edge for passage in planned for edge in passage]
    for quantity in found:
        start = quantity.start
        if start >= begin and (not inside(edges, start) or _is_past(view, quantity)):
            yield quantity


def _is_past(view: Scene, quantity: Quantity) -> bool:
    start, end = view.sentence_start(quantity.start), view.sentence_end(quantity.end)
    past, planned = _tenses()
    return past.search(view.text, start, end) is not None and not planned.search(view.text, start, end)


@cache
def _tenses() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cues = vocabulary().cues
    return re.compile(trie(cues["past"])), re.compile(trie(cues["planned"]))
