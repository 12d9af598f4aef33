"""Stored queries: files of `queries/`, each a question with a title, and parameters that are bound as terms.

A file is a complete SPARQL query that runs anywhere as it is. Its head is comment lines:

    # title@zh: …               # title@en: …
    # description@zh: …         # description@en: …
    # columns@zh: …, …          # columns@en: …, …
    # keywords: …, …
    # param: year gYear 2024

A parameter has a name, a datatype of XML Schema (or `iri`) and a default; the body names it once, as
`VALUES ?year { "2024"^^xsd:gYear }`. Other values take the place of what the braces hold, so a parameter is always
a term and never text of the query; several values mean any of them. Columns are what people are shown as the heads of
the answer's variables, in their order; what programs read keeps the variables' names.

Labels are asked for as `FILTER (LANG(?x) = "zh")`: the language of the reader takes the place of this one. Names of
agencies and places, which are Chinese only, are asked for without.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from gongkai.errors import QueryError
from gongkai.resources import folder
from gongkai.turtle import XSD

RESERVED = ("limit", "offset", "format", "lang")
_FIELD = re.compile(
    r"#\s*(title@zh|title@en|description@zh|description@en|columns@zh|columns@en|keywords|param)\s*:\s*(.*?)\s*$"
)
_TONGUE = re.compile(r'(LANG\(\?\w+\) = )"zh"')
_PATTERNS = {
    "string": r"[^\x00]*",
    "integer": r"[+-]?[0-9]+",
    "nonNegativeInteger": r"\+?[0-9]+",
    "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "boolean": r"true|false|1|0",
    "gYear": r"-?[0-9]{4}",
    "date": r"-?[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
    "iri": r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+",
}
"""What a value of each datatype looks like (XML Schema 1.1 part 2; RFC 3987 for `iri`)."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its datatype is a key of XML Schema, or `iri`."""

    name: str
    datatype: str
    default: str

    def term(self, value: str) -> ox.NamedNode | ox.Literal:
        """A value as a term.

        Raises:
            QueryError: it is none of the datatype.
        """
        if re.fullmatch(_PATTERNS[self.datatype], value) is None:
            msg = f"{self.name}={value}: expected {self.datatype}, such as {self.default}"
            raise QueryError(msg)
        if self.datatype == "iri":
            return ox.NamedNode(value)
        return ox.Literal(value, datatype=ox.NamedNode(XSD + self.datatype))

    def slots(self, text: str) -> list[re.Match[str]]:
        """Where the text of a query names the parameter."""
        return list(re.finditer(rf"VALUES\s+\?{self.name}\s*\{{([^}}]*)\}}", text))

    def put(self, text: str, values: Sequence[str]) -> str:
        """The text of a query with these values in the parameter's place.

        Raises:
            QueryError: one is none of the datatype.
        """
        start, end = self.slots(text)[0].span(1)
        return f"{text[:start]} {' '.join(str(self.term(value)) for value in values)} {text[end:]}"


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A question: `title`, `description` and `columns` in Chinese and English, in this order."""

    name: str
    title: tuple[str, str]
    description: tuple[str, str]
    columns: tuple[tuple[str, ...], tuple[str, ...]]
    keywords: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str

    def heads(self, language: str) -> tuple[str, ...]:
        """What the columns of the answer are called, in "zh" or "en"; () where the query does not say."""
        return self.columns[0 if language == "zh" else 1]

    def bound(self, values: Mapping[str, Sequence[str]], language: str = "zh") -> str:
        """The text of the query with values in place of defaults, and labels in "zh" or "en".

        Raises:
            QueryError: there is no such parameter, or a value is none of its datatype.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        unknown = [name for name in values if name not in known]
        if unknown:
            msg = f"{self.name} has no parameter {unknown[0]}; it takes {', '.join(known) or 'none'}"
            raise QueryError(msg)
        text = _TONGUE.sub(rf'\1"{language}"', self.text)
        for name, given in values.items():
            text = known[name].put(text, given)
        return text


def stored() -> tuple[StoredQuery, ...]:
    """Every stored query, by name.

    Raises:
        QueryError: a file contradicts what is said above.
    """
    return tuple(load(path) for path in sorted(folder("queries").glob("*.rq")))


def find(name: str) -> StoredQuery:
    """The stored query of a name.

    Raises:
        QueryError: there is none; the message has names that are near.
    """
    known = {query.name: query for query in stored()}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
        msg = f"no stored query is called {name}; {hint}"
        raise QueryError(msg)
    return known[name]


def load(path: Path) -> StoredQuery:
    """The query of a file; titles and descriptions are "" where the file has none.

    Raises:
        QueryError: the file cannot be read, or a parameter is not as it should be.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        msg = f"{path}: {error.strerror}; name a file of SPARQL"
        raise QueryError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path}: no UTF-8 from byte {error.start} on; save it as UTF-8"
        raise QueryError(msg) from error
    return _read(path, text)


def written(text: str) -> StoredQuery:
    """A query that was written down nowhere, without title or parameters."""
    return StoredQuery("query", ("", ""), ("", ""), ((), ()), (), (), text)


def _read(path: Path, text: str) -> StoredQuery:
    fields: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            break
        if match := _FIELD.match(line):
            fields.setdefault(match[1], []).append(match[2])

    def field(name: str) -> str:
        return next(iter(fields.get(name, ())), "")

    def listed(name: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in field(name).split(",") if word.strip())

    return StoredQuery(
        path.stem,
        (field("title@zh"), field("title@en")),
        (field("description@zh"), field("description@en")),
        (listed("columns@zh"), listed("columns@en")),
        listed("keywords"),
        tuple(_parameter(path, line, text) for line in fields.get("param", ())),
        text,
    )


def _parameter(path: Path, line: str, text: str) -> Parameter:
    name, datatype, default = (*line.split(maxsplit=2), "", "", "")[:3]
    parameter = Parameter(name, datatype.removeprefix("xsd:"), default)
    if parameter.datatype not in _PATTERNS:
        msg = f"{path.name}: param {name}: {datatype} is none of {', '.join(_PATTERNS)}"
        raise QueryError(msg)
    if name in RESERVED:
        msg = f"{path.name}: param {name}: the service keeps {', '.join(RESERVED)} for itself"
        raise QueryError(msg)
    slots = parameter.slots(text)
    if len(slots) != 1:
        msg = f"{path.name}: param {name}: expected VALUES ?{name} {{ … }} once in the query, found it {len(slots)} times"
        raise QueryError(msg)
    parameter.term(default)
    return parameter
