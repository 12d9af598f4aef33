"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

import pytest

from gongkai.collect.robots import robots

AGENT = "gongkai/0.1 (+https://example.org)"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        pytest.param("", "/x", True, id="no rules"),
        pytest.param("User-agent: *\nDisallow: /", "/x", False, id="nothing"),
        pytest.param("User-agent: *\nDisallow:", "/x", True, id="disallow of nothing"),
        pytest.param("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True, id="the longer wins"),
        pytest.param("User-agent: *\nDisallow: /a/b\nAllow: /a", "/a/b/c", False, id="the longer forbids"),
        pytest.param("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True, id="of equals what allows"),
        pytest.param("User-agent: gongkai\nDisallow: /\n\nUser-agent: *\nAllow: /", "/x", False, id="named"),
        pytest.param("User-agent: other\nDisallow: /", "/x", True, id="another named"),
        pytest.param("User-agent: other\nUser-agent: GongKai\nDisallow: /", "/x", False, id="two names"),
        pytest.param("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False, id="wildcard and end"),
        pytest.param("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdfx", True, id="end does not match"),
        pytest.param("User-agent: *\nDisallow: /年报/", "/%E5%B9%B4%E6%8A%A5/1", False, id="escaped or not"),
        pytest.param("User-agent: * # all\n Disallow : /a # no", "/a", False, id="comments and blanks"),
        pytest.param("Disallow: /", "/x", True, id="rules of nobody"),
        pytest.param("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False, id="byte order mark"),
    ],
)
def test_rules(rules: str, path: str, allowed: bool) -> None:
    assert robots(rules.encode(), AGENT).allows(f"http://host.example{path}") == allowed


@pytest.mark.parametrize(
    ("line", "delay"), [("Crawl-delay: 5", 5.0), ("Crawl-delay: x", 0.0), ("Crawl-delay: 9999", 60.0)]
)
def test_delay(line: str, delay: float) -> None:
    assert robots(f"User-agent: *\n{line}".encode(), AGENT).delay == delay
