"""Chinese word segmentation by jieba, with the project's own words: the tokenizer of the spaCy pipeline.

rjieba, the same algorithm in Rust, does the work where it is installed; jieba alone is enough. Words are those of the
dictionary only: guessing new ones would bind numbers and measure words to their neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from importlib.metadata import distribution
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from gongkai.narrative.boundaries import Cut, Joints
from gongkai.narrative.vocabulary import vocabulary

try:
    import rjieba

    RUST = True
except ImportError:
    RUST = False

_FREQUENCY = 20_000  # high enough that a word of ours is not cut into words of the dictionary
_SHORTEST = 2
_WARNING = 30  # jieba tells of its dictionary at every start


def cutter(words: Iterable[str], *, pure: bool = False) -> Cut:
    """A function that cuts a text into words; `pure` asks for jieba even where rjieba is installed."""
    own = [w for w in words if len(w) >= _SHORTEST]
    return _jieba(own) if pure or not RUST else _rjieba(own)


def _rjieba(words: Iterable[str]) -> Cut:
    engine = rjieba.Jieba()
    for word in words:
        engine.add_word(word, _FREQUENCY, None)

    def cut(text: str) -> list[str]:
        return list(engine.cut(text, hmm=False))

    return cut


def _jieba(words: Iterable[str]) -> Cut:
    import jieba  # noqa: PLC0415 (takes a second, and is not needed beside rjieba)

    jieba.setLogLevel(_WARNING)
    engine = jieba.Tokenizer()
    for word in words:
        engine.add_word(word, _FREQUENCY)

    def cut(text: str) -> list[str]:
        return list(engine.lcut(text, HMM=False))

    return cut


def joints(words: Collection[str]) -> Joints:
    """Where a word of the dictionary or of these may reach into a short one of these."""
    short = [word for word in words if len(word) <= _SHORTEST]
    first, second = "".join({word[0] for word in short}), "".join({word[1:] for word in short})
    dictionary = Path(str(distribution("jieba").locate_file("jieba/dict.txt")))  # a line each: word, blank, …
    known = "\n".join((*(f"{word} " for word in words), dictionary.read_text(encoding="utf-8")))
    return Joints(
        frozenset(re.findall(rf"\S[{re.escape(first)}](?= )", known)),
        frozenset(re.findall(rf"^[{re.escape(second)}]\S", known, re.MULTILINE)),
    )


class Segmenter:
    """A spaCy tokenizer: text → Doc; the text of the Doc is the text, to the character."""

    def __init__(self, vocab: Vocab, cut: Cut, joints: Joints) -> None:
        self.vocab = vocab
        self.cut = cut
        self.joints = joints

    def __call__(self, text: str) -> Doc:
        """The Doc of a text."""
        words = self.cut(text)
        return Doc(self.vocab, words=words, spaces=[False] * len(words))


@registry.tokenizers("gongkai.segmenter.v1")  # type: ignore[untyped-decorator]  # catalogue is not typed
def create_segmenter(*, pure: bool = False) -> Callable[[Language], Segmenter]:
    """The registered tokenizer, for the config of a spaCy pipeline."""
    words = tuple(vocabulary().words())
    cut, reach = cutter(words, pure=pure), joints(words)

    def create(nlp: Language) -> Segmenter:
        return Segmenter(nlp.vocab, cut, reach)

    return create
