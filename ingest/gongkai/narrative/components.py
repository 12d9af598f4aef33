"""The components of the pipeline: each does one thing to a Doc and leaves it there; usable in any spaCy pipeline.

Importing this module registers the factories `gongkai_terms`, `gongkai_facts` and so on (an installed gongkai registers
them by entry point). They want the tokenizer `gongkai.segmenter.v1`. The text of a Doc that was given no prose is taken for
one; what was found is `doc._.gongkai_facts` and so on.
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
from gongkai.narrative.findings import Findings, findings
from gongkai.narrative.grammar.reader import read
from gongkai.narrative.items import items
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


@Language.factory("gongkai_terms", assigns=["doc._.gongkai_scene"])
def create_terms(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that finds terms; where the tokenizer is jieba, words are cut only where they are asked for."""
    segmenter = nlp.tokenizer if isinstance(nlp.tokenizer, Segmenter) else None

    def find_terms(doc: Doc) -> Doc:
        """The terms of the vocabulary, and the clauses and sentences they stand in."""
        found = findings(doc)
        text = found.prose.text
        boundaries: Boundaries
        if segmenter is None:
            boundaries = Tokens(token.text_with_ws for token in doc)
        else:
            boundaries = Words(text, segmenter.cut, segmenter.joints)
        found.scene = scene(text, vocabulary(), boundaries)
        return doc

    return find_terms


@Language.component(
    "gongkai_quantities", requires=["doc._.gongkai_scene"], assigns=["doc._.gongkai_quantities"]
)
def find_quantities(doc: Doc) -> Doc:
    """Numbers with measure words."""
    found = findings(doc)
    numbers = quantities(found.prose.text, vocabulary(), found.scene.boundaries)
    found.quantities = tuple(_stated(numbers, found))
    return doc


@Language.component("gongkai_facts", requires=["doc._.gongkai_quantities"], assigns=["doc._.gongkai_facts"])
def find_facts(doc: Doc) -> Doc:
    """What the quantities count."""
    found = findings(doc)
    found.facts = read(found.scene, found.quantities, found.prose)
    return doc


@Language.component(
    "gongkai_restatements", requires=["doc._.gongkai_quantities"], assigns=["doc._.gongkai_restatements"]
)
def find_restatements(doc: Doc) -> Doc:
    """Numbers that restate a cell of a table, and denials that restate it as zero."""
    found = findings(doc)
    numbers = restatements(found.scene, found.quantities, found.prose)
    found.restatements = (*numbers, *denials(found.scene, found.prose))
    return doc


@Language.component("gongkai_shares", requires=["doc._.gongkai_quantities"], assigns=["doc._.gongkai_shares"])
def find_shares(doc: Doc) -> Doc:
    """Shares that the text works out of its own numbers."""
    found = findings(doc)
    found.shares = tuple(shares(found.scene, found.quantities, found.prose))
    return doc


@Language.component("gongkai_items", assigns=["doc._.gongkai_items"])
def find_items(doc: Doc) -> Doc:
    """Shortcomings and measures, as a pair of tuples."""
    found = findings(doc)
    found.items = items(found.prose, found.passages)
    return doc


@Language.component("gongkai_citations", assigns=["doc._.gongkai_citations"])
def find_citations(doc: Doc) -> Doc:
    """Laws, rules, notices and plans cited."""
    found = findings(doc)
    found.citations = citations(found.prose)
    return doc


@Language.component("gongkai_fee", assigns=["doc._.gongkai_fee"])
def find_fee(doc: Doc) -> Doc:
    """The statement on the fee for processing information."""
    found = findings(doc)
    found.fee = fee(found.prose)
    return doc


@Language.component("gongkai_contacts", assigns=["doc._.gongkai_contacts"])
def find_contacts(doc: Doc) -> Doc:
    """Contact data."""
    found = findings(doc)
    found.contacts = tuple(contacts(found.prose))
    return doc


def _stated(numbers: Iterable[Quantity], found: Findings) -> Iterator[Quantity]:
    """The numbers that tell what was done: not what stands above the report, nor what is planned."""
    prose = found.prose
    begin = prose.sections[1][0] if len(prose.sections) > 1 and prose.sections[0][1] == 0 else 0
    edges = [edge for passage in found.passages for edge in passage]
    for quantity in numbers:
        start = quantity.start
        if start < begin or _is_intended(found.scene, quantity):
            continue
        if not inside(edges, start) or _is_past(found.scene, quantity):
            yield quantity


def _is_intended(view: Scene, quantity: Quantity) -> bool:
    """Whether a clause tells what is to be done in a year that it names: 计划2031年公开信息90条, 2031年将公开90条."""
    return _intention().search(view.text, view.clause_start(quantity.start), quantity.start) is not None


def _is_past(view: Scene, quantity: Quantity) -> bool:
    start, end = view.sentence_start(quantity.start), view.sentence_end(quantity.end)
    past, planned = _tenses()
    return past.search(view.text, start, end) is not None and not planned.search(view.text, start, end)


@cache
def _intention() -> re.Pattern[str]:
    words = vocabulary()
    intended, coming = trie(words.cues["intended"]), trie(words.cues["comingYear"])
    acts = trie(term for term, sense in words.senses.items() if sense.acts)
    will = trie((*words.cues["intended"], *words.cues["yetToDo"]))
    return re.compile(
        rf"(?:{intended})(?:20\d\d年|{coming})|(?:{coming})(?:{intended})|20\d\d年度?(?:{will})(?={acts})"
    )


@cache
def _tenses() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cues = vocabulary().cues
    return re.compile(trie(cues["past"])), re.compile(trie(cues["planned"]))
