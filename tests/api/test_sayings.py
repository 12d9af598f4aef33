from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

import gongkai_api
from gongkai.sayings import chinese
from tests.api.client import Client
from tests.api.test_pages import get, one

SAYS = ("Problem", "bad_request", "overloaded", "Malformed", "TooLarge")
_CHINESE = re.compile(r"[一-鿿]")


def sentences() -> Iterator[str]:
    """The words of every error that the package raises; what is filled in is an X."""
    for path in sorted(Path(gongkai_api.__file__).parent.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAYS:
                yield from filter(None, (_words(argument) for argument in call.args))


def _words(argument: ast.expr) -> str:
    parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    constants = [part.value if isinstance(part, ast.Constant) else "X" for part in parts]
    words = "".join(part for part in constants if isinstance(part, str))
    return words if " " in words else ""


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
def test_every_error_of_the_package_has_chinese_words(sentence: str) -> None:
    assert _CHINESE.search(chinese(sentence) or ""), "say it in gongkai/sayings.py"


QUERIES = {
    "SELECT * { ?s gk:year ?o }": "前缀 gk: 没有声明",
    "SELEC * { ?s ?p ?o }": "是不是要写 SELECT？",
    "SELECT * { ?s ?p ?o": "这个 { 没有闭合",
    "SELECT * { ?s ?p “x” }": "SPARQL 不用字符 “",
    "SELECT ?s, ?p { ?s ?p ?o }": "用空格分开",
    "SELECT * { ?s ?p ?o FILTR(?o) }": "不是 SPARQL 的词",
    "SELECT * { ?s ?p ?o ?x ?y ?z }": "是不是少了",
    "INSERT DATA {}": "更新而不是查询",
    "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }": "不从此处调用 SERVICE",
    " ": "查询是空的",
}


@pytest.mark.parametrize("query", QUERIES)
def test_a_mistake_in_a_query_is_told_in_the_language_of_the_page(client: Client, query: str) -> None:
    path = "/sparql?query=" + quote(query)
    status = client("GET", path).status
    shown = one(get(client, path, status, Accept_Language="zh"), ".error")
    assert QUERIES[query] in shown.text()
    assert shown.attributes["lang"] == "zh"
    english = one(get(client, path, status, Accept_Language="en"), ".error")
    assert not _CHINESE.search(english.text())
    assert client("GET", path).json["error"] == english.text()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/api/queries/requests", 404),
        ("/browse/reports?year=x", 400),
        ("/sparql?query=ASK{}&format=x", 400),
    ],
)
def test_other_errors_are_too(client: Client, path: str, status: int) -> None:
    shown = one(get(client, path, status, Accept_Language="zh"), ".error")
    assert (shown.attributes["lang"], bool(_CHINESE.search(shown.text()))) == ("zh", True)


def test_warnings_are_too(client: Client) -> None:
    query = "SELECT ?x { ?s <https://w3id.org/gongkai/def#yeer> ?o }"
    shown = get(client, "/sparql?query=" + quote(query), Accept_Language="zh").css(".warnings li")
    assert [item.attributes["lang"] for item in shown] == ["zh", "zh"]
    assert "没有" in shown[0].text()


@pytest.mark.parametrize(
    "told",
    [
        "the query was ended after 30 seconds, the limit; ask for less",
        "the query was ended because too many run; try again later, or ask for less",
        "the query needs more memory than a query may use; ask for less at once",
        "draft.docx: a Word file without any text",
    ],
)
def test_what_comes_from_elsewhere_is_known_as_well(told: str) -> None:
    assert _CHINESE.search(chinese(told) or "")


def test_what_is_not_known_stays_english() -> None:
    assert chinese("line 1, column 2: the moon is full") is None


@pytest.mark.parametrize("times", [4, 50, 1200])
def test_words_of_a_client_do_not_send_it_astray(times: int) -> None:
    assert chinese("line 1, column 1: " * times + "not understood") is None
    assert chinese("the moon; did you mean x?" * times) is None
    assert chinese("line 1, column 1: not understood; did you mean x?")
