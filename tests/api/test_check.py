from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.cli.check import checked
from gongkai.errors import GongkaiError
from gongkai.iris import DEFAULT_BASE
from gongkai.resources import folder
from gongkai.store import Generation
from gongkai_api import Settings, create_app
from gongkai_api.check import FORMS
from gongkai_api.isolation import Isolated
from gongkai_api.problems import Problem
from gongkai_api.settings import Limits
from tests.api.client import Client, Reply, serving

ROOT = Path(__file__).resolve().parents[2]
REPORT = folder("examples") / "reports" / "jichuan-fagai-2023.txt"
CHECKER = partial(checked, base=DEFAULT_BASE)


@pytest.fixture(scope="module")
def checking(reports: Path) -> Iterator[Client]:
    with serving(create_app(Settings(reports, checker=CHECKER))) as client:
        yield client


def test_a_document_is_checked_as_the_command_does(checking: Client) -> None:
    content = REPORT.read_bytes()
    disposition = f'attachment; filename="{REPORT.name}"'
    for media_type, form in FORMS.items():
        if form in ("html", "xlsx"):
            continue
        expected = CHECKER(content, REPORT.name, form)
        for path, headers in ((f"/check?format={form}", {}), ("/check", {"Accept": media_type})):
            reply = checking("POST", path, content, Content_Disposition=disposition, **headers)
            assert (reply.status, reply.media_type) == (200, media_type)
            assert reply.body == expected
    (edition,) = checking("POST", "/check", content, Content_Disposition=disposition).json["reports"]
    assert edition["source"] == REPORT.name
    assert any(finding["anomaly"] == "applications-row-sum:予以公开" for finding in edition["findings"])


def test_a_form_may_send_the_file(checking: Client) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n--x\r\n'
        b'Content-Disposition: form-data; name="file"; filename="reports/a.txt"\r\n\r\n'
    )
    sent = body + REPORT.read_bytes() + b"\r\n--x--\r\n"
    reply = checking("POST", "/check", sent, Content_Type="multipart/form-data; boundary=x")
    assert reply.json["reports"][0]["source"] == "a.txt"
    empty = checking("POST", "/check", b"--x--\r\n", Content_Type="multipart/form-data; boundary=x")
    assert empty.status == 400


def test_an_empty_file_is_told_to_be_empty(checking: Client) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    sent = head + b"\r\n--x--\r\n"
    reply = checking("POST", "/check", sent, Content_Type="multipart/form-data; boundary=x")
    assert reply.status == 422
    assert reply.json["error"] == "a.txt: is empty"


def sent_half(checking: Client, **headers: str) -> Reply:
    text = REPORT.read_text("utf-8")
    half = text[: text.index("2.重复申请")].encode()
    return checking("POST", "/check", half, Content_Disposition='attachment; filename="half.txt"', **headers)


def test_a_report_that_breaks_off_is_said_to_and_never_called_clean(checking: Client) -> None:
    (told,) = sent_half(checking).json["reports"]
    assert told["excerpt"]["table"]["key"] == "applications"
    assert "收到和处理政府信息公开申请情况表”中途断开" in told["excerpt"]["message"]["zh"]
    for media_type in ("text/html", "text/plain", "text/markdown"):
        reply = sent_half(checking, Accept=media_type, Accept_Language="zh")
        assert "中途断开" in reply.text
        assert "未发现问题" not in reply.text
    whole = checking("POST", "/check", REPORT.read_bytes()).json["reports"]
    assert [report["excerpt"] for report in whole] == [None]


def test_a_browser_gets_a_page_in_its_language_with_ways_on(checking: Client) -> None:
    for tongue, words in (("zh", "校验结果"), ("en", "Result of the check")):
        reply = checking("POST", "/check", REPORT.read_bytes(), Accept="text/html", Accept_Language=tongue)
        page = LexborHTMLParser(reply.text)
        assert [heading.text() for heading in page.css("h1")] == [words]
        assert reply.headers["content-language"] == tongue
        assert "accept-language" in reply.headers["vary"]
        assert page.css("header nav a[href='/browse/reports']")
        assert not page.css("header a[hreflang]"), "it would lose the document"
        actions = [button.attributes.get("formaction") for button in page.css("form button")]
        assert actions == [None, *(f"/check?format={form}" for form in ("xlsx", "markdown", "json"))]
        links = [link.attributes["href"] or "" for link in page.css(".finding a")]
        assert any(link.startswith("/law#") for link in links)
        assert not any("w3id.org" in link for link in links)
        assert reply.text.index('class="finding') < reply.text.index("<details>")
        assert ("违反" in reply.text) == (tongue == "zh")


def test_the_work_paper_is_a_file(checking: Client) -> None:
    reply = checking("POST", "/check?format=xlsx", REPORT.read_bytes())
    assert reply.headers["content-disposition"] == 'attachment; filename="check.xlsx"'
    assert "问题 findings" in openpyxl.load_workbook(io.BytesIO(reply.body)).sheetnames


def test_nothing_is_stored(checking: Client, reports: Path) -> None:
    before = Generation.current_id(reports)
    assert checking("POST", "/check", REPORT.read_bytes()).status == 200
    assert Generation.current_id(reports) == before


@pytest.mark.parametrize(
    "content", [b"no report at all", b"\x7fELF\x02\x01\x01\x00\x00", b"PK\x03\x04broken"]
)
def test_what_is_no_report_is_422_with_the_reason(checking: Client, content: bytes) -> None:
    reply = checking("POST", "/check", content)
    assert reply.status == 422
    assert reply.json["error"].startswith("document")


def test_wrong_requests(checking: Client, client: Client) -> None:
    assert checking("POST", "/check").status == 400
    assert checking("PUT", "/check").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert checking("POST", "/check", b"x", Accept="image/png").status == 406
    assert checking("POST", "/check?format=pdf", b"x").status == 400
    assert client("POST", "/check", b"x").status == 501


def test_the_answer_as_turtle_is_turtle(checking: Client) -> None:
    reply = checking("POST", "/check", REPORT.read_bytes(), Accept="text/turtle")
    assert list(ox.parse(reply.body, ox.RdfFormat.TURTLE))


HELPER = """
import sys
from pathlib import Path
from gongkai.errors import UnreadableError
from gongkai_api import isolation
from gongkai_api.settings import Limits

def check(content, name, form):
    if content == b"refuse":
        raise UnreadableError(f"{name} is refused")
    while content == b"spin":
        pass
    if content == b"swell":
        return bytes(2**34)
    return f"{name} {form} {len(content)}".encode()

listener = isolation.bind(Path(sys.argv[1]))
print("listening", flush=True)
isolation.help_checking(listener, check, Limits(seconds=1, memory=2**30), sys.stdin.fileno())
"""


@pytest.fixture
def helper(tmp_path: Path) -> Iterator[Isolated]:
    """A helper in a process of its own, which ends when its standard input does."""
    path = tmp_path / "socket"
    process = subprocess.Popen(
        [sys.executable, "-c", HELPER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "ingest"), str(ROOT / "api")))},
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    yield Isolated(path, Limits(seconds=1))
    process.communicate(timeout=10)
    assert process.returncode == 0


def test_a_process_of_its_own_says_the_same(helper: Isolated) -> None:
    assert helper("柳".encode() * 10, "柳.txt", "json").decode() == "柳.txt json 30"
    with pytest.raises(GongkaiError, match=r"a\.txt is refused"):
        helper(b"refuse", "a.txt", "json")


@pytest.mark.parametrize("content", [b"spin", b"swell"])
def test_a_document_that_takes_too_much_is_ended_and_others_go_on(helper: Isolated, content: bytes) -> None:
    told: list[int] = []

    def ask() -> None:
        with pytest.raises(Problem) as caught:
            helper(content, "a", "json")
        told.append(caught.value.status)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.2)
    assert helper(b"", "b", "json") == b"b json 0"
    thread.join(15)
    assert told == [503]
