"""What is no error and yet finds nothing: unknown terms, values of another kind, variables that nothing binds.

Only the text is looked at, by its tokens: what is told is certain enough to be worth a line, never a reason to refuse.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.jsonld import compact
from gongkai.queries.namespaces import mistaken, variants
from gongkai.queries.remembered import remembered
from gongkai.queries.usage import misused
from gongkai.queries.vocabulary import PLAIN, THING, ranges, unknown_terms
from gongkai.sparql import Token, declared, expanded, tokens
from gongkai.turtle import OWN, RDF, XSD

_NUMERIC = ("integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger")
_NUMBERS = frozenset(XSD + name for name in _NUMERIC)
_TEXT = XSD + "string"
_SAID = RDF + "langString"
_IRI = re.compile(r"(?<!\^\^)<([^<>\s]*)>")
_OURS = (OWN, PLAIN)
_COMPARES = frozenset("=!<>")
_ENDS_ORDER = ("limit", "offset", "values", "having", "order", "group")


@dataclass(frozen=True, slots=True)
class _Literal:
    """A literal of a query: its text without quotes, and the IRI of its datatype."""

    text: str
    datatype: str
    written: str


def warnings(text: str) -> tuple[str, ...]:
    """What makes a query find less than it seems to ask for, a sentence each."""
    return _warnings(shape(text))


def shape(text: str) -> str:
    """A query without the things that it asks for: all that is told of it is told of any other of this shape."""
    return _IRI.sub(_told, text)


def _told(match: re.Match[str]) -> str:
    """An IRI that a warning may speak of; of any other, as of the things of the data, it matters only that it is one."""
    iri = match[1]
    told = iri.startswith(_OURS) or iri.endswith(("#", "/")) or iri in ranges() or iri in variants()
    return match[0] if told else "<>"


@remembered
def _warnings(text: str) -> tuple[str, ...]:
    found = tokens(text)
    prefixes = declared(found)
    wrong = mistaken(prefixes)
    unknown = (term for term in unknown_terms(text) if term.written.partition(":")[0] not in wrong)
    kinds = (*_kinds(found, prefixes), *misused(found, prefixes))
    return (*wrong.values(), *map(str, unknown), *dict.fromkeys(kinds), *_unbound(found))


def _kinds(found: list[Token], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Literals where the ontology says that values are of another kind."""
    bound: dict[str, str] = {}
    for index, token in enumerate(found):
        iri = expanded(token, prefixes) or ""
        if iri in ranges() and index + 1 < len(found) and not _inverse(found, index):
            after = found[index + 1]
            if after.kind == "variable":
                bound.setdefault(_name(after), iri)
            else:
                yield from _mismatch(iri, _literal(found, index + 1, prefixes))
    for index, token in enumerate(found):
        if token.kind == "variable" and _name(token) in bound:
            yield from _mismatch(bound[_name(token)], _compared(found, index, prefixes))


def _mismatch(property_: str, literal: _Literal | None) -> Iterator[str]:
    range_ = ranges()[property_]
    if literal is None or _kind(literal.datatype) == _kind(range_):
        return
    name = compact(property_)
    if range_ == THING:
        yield f"{literal.written} finds nothing: the values of {name} are things, not text or numbers; ask for their label"
        return
    shown = "text with a language" if range_ == _SAID else compact(range_)
    yield f"{literal.written} finds nothing: the values of {name} are {shown}; write {_as(literal.text, range_)}"


def _as(text: str, datatype: str) -> str:
    """A literal of a datatype, as a query writes it without any prefix declared but xsd."""
    if _kind(datatype) == _NUMBER:
        return text
    return {_SAID: f'"{text}"@zh', _TEXT: f'"{text}"'}.get(datatype, f'"{text}"^^{compact(datatype)}')


def _kind(datatype: str) -> str:
    """Numbers are all of one kind."""
    return _NUMBER if datatype in _NUMBERS else datatype


_NUMBER = XSD + "decimal"


def _literal(found: list[Token], index: int, prefixes: Mapping[str, str]) -> _Literal | None:
    """The literal that begins at a token, if one does."""
    token = found[index]
    if token.kind == "number":
        return _Literal(token.text, _NUMBER, token.text)
    if token.kind != "string":
        return None
    text = token.text.strip(token.text[0])
    after = found[index + 1 : index + 4]
    if after and after[0].kind == "language":
        return _Literal(text, _SAID, token.text + after[0].text)
    if len(after) == 3 and after[0].text == after[1].text == "^":
        datatype = expanded(after[2], prefixes) or ""
        return _Literal(text, datatype, f"{token.text}^^{after[2].text}")
    return _Literal(text, _TEXT, token.text)


def _compared(found: list[Token], index: int, prefixes: Mapping[str, str]) -> _Literal | None:
    """The literal that a variable is compared with, on either side."""
    after = index + 1
    while after < len(found) and found[after].text in _COMPARES:
        after += 1
    if index + 1 < after < len(found):
        return _literal(found, after, prefixes)
    before = index - 1
    while before > 0 and found[before].text in _COMPARES:
        before -= 1
    if before < index - 1 and found[before].kind in ("number", "string"):
        return _literal(found[: before + 1], before, prefixes)
    return None


def _inverse(found: list[Token], index: int) -> bool:
    """Whether a property is followed against its direction (^), and not the datatype of a literal (^^)."""
    return index > 0 and found[index - 1].text == "^"


def _unbound(found: list[Token]) -> Iterator[str]:
    """Variables that are asked for, compared or sorted by, and that stand nowhere in the pattern."""
    used = _used(found)
    bound = {_name(token) for i, token in enumerate(found) if token.kind == "variable" and i not in used}
    asked = [found[i] for i in sorted(used) if found[i].kind == "variable"]
    for variable in dict.fromkeys(_name(token) for token in asked):
        if variable not in bound:
            near = difflib.get_close_matches(variable, sorted(bound), n=1)
            hint = f"; did you mean ?{near[0]}?" if near else ""
            yield f"nothing binds ?{variable}, so it stays empty{hint}"


def _used(found: list[Token]) -> set[int]:
    """The tokens of SELECT, FILTER, ORDER BY and HAVING, but for what they name anew (AS) and the patterns inside them."""
    inside: set[int] = set()
    for index, token in enumerate(found):
        if token.is_word("select", "filter", "having"):
            inside |= _clause(found, index + 1, ("where", "from"), whole=token.is_word("select"))
        elif token.is_word("order"):
            inside |= _clause(found, index + 1, _ENDS_ORDER, whole=True)
    return {i for i in inside if not found[i - 1].is_word("as")}


def _clause(found: list[Token], start: int, ends: tuple[str, ...], *, whole: bool) -> set[int]:
    """The tokens of a clause: up to a brace or one of some words, or (not `whole`) one expression in brackets."""
    inside: set[int] = set()
    depth = braces = 0
    for index in range(start, len(found)):
        token = found[index]
        if token.text in ("{", "}"):
            if (token.text == "}" and not braces) or (depth == 0 and not braces and whole):
                break
            braces += 1 if token.text == "{" else -1
            if not whole and depth == braces == 0:
                break  # FILTER EXISTS { … } has no brackets
        elif not braces:
            if depth == 0 and token.is_word(*ends):
                break
            inside.add(index)
            depth += (token.text == "(") - (token.text == ")")
            if not whole and token.text == ")" and depth == 0:
                break
    return inside


def _name(variable: Token) -> str:
    return variable.text[1:]
