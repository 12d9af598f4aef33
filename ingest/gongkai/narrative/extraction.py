"""Report → Narrative: the one place where the pipeline is put together."""

from __future__ import annotations

import sys
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from gongkai.narrative import components
from gongkai.narrative.findings import give
from gongkai.narrative.model import Narrative
from gongkai.narrative.prose import prose
from gongkai.report import Report


@cache
def language(*, pure: bool = False) -> Language:
    """The pipeline; `pure` asks for jieba even where rjieba is installed."""
    tokenizer = {"@tokenizers": "gongkai.segmenter.v1", "pure": pure}
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": tokenizer}})
    for name in components.FACTORIES:
        nlp.add_pipe(f"gongkai_{name}")
    nlp.max_length = sys.maxsize  # the limit is for models that need memory by the character
    return nlp


def extract(report: Report) -> Narrative:
    """All that the narrative of a report says; what the rules cannot settle is left out."""
    nlp = language()
    doc = Doc(nlp.vocab)  # without tokens, which none of the components asks for: they read the prose
    found = give(doc, prose(report))
    nlp(doc)
    return found.narrative()
