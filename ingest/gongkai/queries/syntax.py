"""What is wrong with text that the engine took for no SPARQL: the usual mistakes by name, with what to write instead."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator

from gongkai.errors import QueryError
from gongkai.jsonld import PREFIXES
from gongkai.sparql import Token, declared, tokens
from gongkai.store.syntax import offset, place

_KNOWN = {**PREFIXES, "narrative": PREFIXES["nar"], "rules": PREFIXES["rule"]}
_FORMS = ("select", "construct", "describe", "ask")
_UPDATES = ("insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with")
_LIST = """
a abs add all as asc ask avg base bind bnode bound by ceil clear coalesce concat construct contains copy count create
datatype data day default delete desc describe distinct drop encode_for_uri exists false filter floor from graph group
group_concat haslang haslangdir having hours if in insert into iri isblank isiri isliteral isnumeric istriple isuri lang
langdir langmatches lcase limit load max md5 min minus minutes month move named not now object offset optional order
predicate prefix rand reduced regex replace round sameterm sample seconds select separator service sha1 sha256 sha384
sha512 silent str strafter strbefore strdt strends strlang strlangdir strlen strstarts struuid subject substr sum time
timezone to triple true tz ucase undef union unsaid uri using uuid values version where with year
"""
_WORDS = frozenset(_LIST.split())
"""The words of SPARQL 1.1 (19.8), and those that SPARQL 1.2 adds."""
_ASCII = dict(zip("“”‘’，；。：（）｛｝？、！", "\"\"'',;.:(){}?,!", strict=True))
_ADVICE = {
    "The SELECT contains a variable that is unbound": "beside COUNT, SUM and the like, a variable of SELECT has to be"
    " in GROUP BY",
    "SELECT * is not authorized with GROUP BY": "name the variables",
}
_TERM_BEFORE = ("variable", "iri", "name", "blank", "string", "number")
_TERM_AFTER = ("variable", "iri", "name", "blank")


def explained(error: QueryError, text: str) -> QueryError:
    """The error with the mistake by name where it is one of the usual ones, else as the engine told it."""
    found = tokens(text)
    if not found:
        return QueryError("the query is empty")
    for token, message in _mistakes(found):
        return _at(text, token.start, message)
    return _told(error, text, found)


def _at(text: str, start: int, message: str) -> QueryError:
    line, column = place(text, start)
    return QueryError(f"line {line}, column {column}: {message}", line, column)


def _mistakes(found: list[Token]) -> Iterator[tuple[Token, str]]:
    yield from _characters(found)
    yield from _beginning(found)
    yield from _prefixes(found)
    yield from _words(found)
    yield from _commas(found)
    yield from _brackets(found)


def _characters(found: list[Token]) -> Iterator[tuple[Token, str]]:
    for token in found:
        if token.kind == "other" and token.text in ("'", '"'):
            yield token, "the string that begins here has no end"
        elif token.kind == "other" and token.text in _ASCII:
            yield token, f"{token.text} is no character of SPARQL; write {_ASCII[token.text]}"


def _beginning(found: list[Token]) -> Iterator[tuple[Token, str]]:
    """The prologue, and the word that says what kind of query it is."""
    rest = iter(found)
    for token in rest:
        if token.is_word("prefix"):
            name, iri = next(rest, None), next(rest, None)
            if name is None or iri is None or not name.text.endswith(":") or iri.kind != "iri":
                yield token, f"a prefix is declared as PREFIX gk: <{_KNOWN['gk']}>"
                return
        elif token.is_word("base"):
            next(rest, None)
        else:
            yield from _form(token)
            return


def _form(token: Token) -> Iterator[tuple[Token, str]]:
    if token.is_word(*_UPDATES):
        word = token.text.upper()
        yield (
            token,
            f"{word} begins an update, not a query; a service that takes updates does so by POST to /update",
        )
    elif not token.is_word(*_FORMS):
        near = difflib.get_close_matches(token.text.lower(), _FORMS, n=1)
        hint = f"; did you mean {near[0].upper()}?" if near else ""
        yield token, f"a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with {token.text}{hint}"


def _prefixes(found: list[Token]) -> Iterator[tuple[Token, str]]:
    prefixes = declared(found)
    for before, token in itertools.pairwise(found):
        prefix, colon, _ = token.text.partition(":")
        if token.kind != "name" or not colon or prefix in prefixes or before.is_word("prefix"):
            continue
        if prefix in ("http", "https"):
            yield token, "an IRI stands between < and >"
        elif prefix in _KNOWN:
            yield (
                token,
                f"the prefix {prefix}: is not declared; add the line PREFIX {prefix}: <{_KNOWN[prefix]}>",
            )
        else:
            near = difflib.get_close_matches(prefix, {**_KNOWN, **prefixes}, n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]}:?" if near else f"; add a line PREFIX {prefix}: <…>"
            yield token, f"the prefix {prefix}: is not declared{hint}"


def _words(found: list[Token]) -> Iterator[tuple[Token, str]]:
    for token in found:
        if token.kind == "word" and token.text.lower() not in _WORDS:
            near = difflib.get_close_matches(token.text.lower(), _WORDS, n=1, cutoff=0.7)
            hint = (
                f"; did you mean {near[0].upper()}?"
                if near
                else "; a variable begins with ?, a text with a quote"
            )
            yield token, f"{token.text} is no word of SPARQL{hint}"


def _commas(found: list[Token]) -> Iterator[tuple[Token, str]]:
    for before, token, after in zip(found, found[1:], found[2:], strict=False):
        if token.text == "{":
            return
        if token.text == "," and before.kind == after.kind == "variable":
            yield token, "variables of SELECT are separated by spaces"


def _brackets(found: list[Token]) -> Iterator[tuple[Token, str]]:
    opened: list[Token] = []
    for token in found:
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close":
            if not opened or "([{".index(opened[-1].text) != ")]}".index(token.text):
                yield token, f"this {token.text} closes nothing that was opened"
                return
            opened.pop()
    for token in opened:
        yield token, f"this {token.text} is not closed"


def _told(error: QueryError, text: str, found: list[Token]) -> QueryError:
    """What the engine said, with a guess from the tokens at the place where it stopped."""
    told = str(error).partition(": ")[2]
    advice = next((f": {advice}" for said, advice in _ADVICE.items() if said in told), "")
    if error.line is None or error.column is None or advice:
        return QueryError(f"{error}{advice}", error.line, error.column)
    start = offset(text, error.line, error.column)
    at = next((i for i, token in enumerate(found) if token.start == start), 0)
    before, token = found[at - 1], found[at]
    if at and token.kind in _TERM_AFTER and before.kind in _TERM_BEFORE:
        return _at(text, start, f"is a . or ; missing between {before.text} and {token.text}?")
    if at and before.is_word("select", "distinct") and token.kind == "word":
        return _at(text, start, f"an expression is given a name: SELECT ({token.text}(…) AS ?name)")
    return error
