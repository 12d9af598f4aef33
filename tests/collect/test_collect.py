"""Collecting from a host on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.collect import Collected, Outcome, collect
from gongkai.collect.fetching import Fetcher, Settings, plain
from gongkai.identity import identify
from gongkai.provenance import LEDGER, entries
from gongkai.readers import read
from tests.collect.server import Answer, Host, running

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
REPORT = "<html><body><h1>青禾县2024年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>公开信息{}条。</p></body></html>"
LINK = "<a href={}>青禾县{}年政府信息公开工作年度报告</a>"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def host() -> Iterator[Host]:
    with running(Host()) as host:
        yield host


class Naps(list[float]):
    """Sleeps that take no time."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def run(host: Host, folder: Path, *paths: str, hours: float = 0, naps: Naps | None = None) -> list[Collected]:
    return list(
        collect(
            [host.address + path for path in paths],
            folder,
            Settings(pause=3, backoff=1),
            now=lambda: NOON + timedelta(hours=hours),
            sleep=Naps() if naps is None else naps,
        )
    )


def page(words: object = "") -> Answer:
    return Answer(REPORT.format(words).encode(), headers={"Content-Type": "text/html"})


def outcomes(found: list[Collected]) -> list[str]:
    return [done.outcome.value for done in found]


def test_what_is_published_is_kept_with_where_and_when(host: Host, tmp_path: Path) -> None:
    host.answers["/nb/2024.shtml"] = page(7)
    (done,) = run(host, tmp_path, "/nb/2024.shtml")
    assert done.outcome is Outcome.SAVED
    (entry,) = entries(tmp_path / LEDGER)
    assert entry == done.entry
    path, data = tmp_path / entry.file, REPORT.format(7).encode()
    assert (path.read_bytes(), path.suffix, entry.size) == (data, ".html", len(data))
    assert (entry.address, entry.time) == (f"{host.address}/nb/2024.shtml", "2025-03-01T12:00:00+00:00")
    assert read(path).source.address == entry.address
    assert read(path).source.sha256 == entry.sha256


def test_a_run_goes_on_where_it_ended_and_asks_again_for_what_has_changed(host: Host, tmp_path: Path) -> None:
    host.answers |= {"/a": page("甲"), "/b": page("乙")}
    assert outcomes(run(host, tmp_path, "/a")) == ["saved"]
    assert outcomes(run(host, tmp_path, "/a", "/b", hours=1)) == ["recent", "saved"]
    assert host.asked() == ["/a", "/b"]
    host.answers["/b"] = page("改")
    assert outcomes(run(host, tmp_path, "/a", "/b", hours=48)) == ["unchanged", "saved"]
    assert len(list(tmp_path.rglob("*.html"))) == 3  # the earlier version of /b stays


def test_a_list_yields_its_reports_and_they_their_files(host: Host, tmp_path: Path) -> None:
    links = LINK.format("/2023", 2023) + "<a href=/p2>下一页</a><a href=/map>地图</a>"
    host.answers |= {
        "/": Answer(f"<html>{links}</html>".encode()),
        "/p2": Answer(f"<html>{LINK.format('/2022', 2022)}</html>".encode()),
        "/2023": page("一<a href=/f/2023.pdf>附件</a>"),
        "/2022": page("二" + LINK.format("/2021", 2021)),
        "/f/2023.pdf": Answer(b"%PDF-1.4 ..."),
    }
    found = run(host, tmp_path, "/")
    assert {d.address.removeprefix(host.address): d.outcome.value for d in found} == {
        "/": "listed",
        "/p2": "listed",
        "/2023": "saved",
        "/2022": "saved",
        "/f/2023.pdf": "saved",
    }
    assert {
        e.address.removeprefix(host.address): e.listed_on.removeprefix(host.address)
        for e in entries(tmp_path / LEDGER)
    } == {"/": "", "/p2": "/", "/2023": "/", "/2022": "/p2", "/f/2023.pdf": "/2023"}


def test_robots_are_heeded(host: Host, tmp_path: Path) -> None:
    rules = Answer(b"User-agent: *\nDisallow: /inner/\nCrawl-delay: 9")
    host.answers |= {"/robots.txt": rules, "/inner/a": page(), "/a": page(1), "/b": page(2)}
    naps = Naps()
    found = run(host, tmp_path, "/inner/a", "/a", "/b", naps=naps)
    assert outcomes(found) == ["refused", "saved", "saved"]
    assert "robots.txt" in str(found[0].error)
    assert host.asked() == ["/a", "/b"]
    assert max(naps) == pytest.approx(9, abs=1)


@pytest.mark.parametrize("status", [404, 403])
def test_a_host_without_robots_allows_all(host: Host, tmp_path: Path, status: int) -> None:
    host.answers |= {"/robots.txt": Answer(status=status), "/a": page()}
    assert outcomes(run(host, tmp_path, "/a")) == ["saved"]


def test_a_host_whose_robots_are_in_trouble_is_left_alone(host: Host, tmp_path: Path) -> None:
    host.answers |= {"/robots.txt": Answer(status=503), "/a": page()}
    assert outcomes(run(host, tmp_path, "/a")) == ["refused"]
    assert host.asked() == []


def test_passing_trouble_is_waited_out(host: Host, tmp_path: Path) -> None:
    host.answers["/a"] = Answer(REPORT.encode(), troubles=[503, 429])
    naps = Naps()
    assert outcomes(run(host, tmp_path, "/a", naps=naps)) == ["saved"]
    assert host.asked() == ["/a"] * 3
    assert naps.count(7.0) == 2  # as the host asked for


def test_trouble_that_stays_is_told_and_the_others_go_on(host: Host, tmp_path: Path) -> None:
    host.answers |= {"/a": Answer(troubles=[500] * 9), "/b": page()}
    found = run(host, tmp_path, "/a", "/none", "/b")
    assert outcomes(found) == ["refused", "refused", "saved"]
    assert [str(d.error).rpartition(" ")[2] for d in found[:2]] == ["500", "404"]


def test_nobody_answers(tmp_path: Path) -> None:
    (found,) = collect(["http://127.0.0.1:9/x"], tmp_path, Settings(attempts=2), sleep=Naps())
    assert found.outcome is Outcome.REFUSED
    assert "127.0.0.1:9" in str(found.error)


def test_redirects_are_followed_and_end(host: Host, tmp_path: Path) -> None:
    host.answers |= {
        "/old": Answer(status=301, headers={"Location": "/new"}),
        "/new": page(),
        "/round": Answer(status=302, headers={"Location": "/round"}),
    }
    kept, lost = run(host, tmp_path, "/old", "/round")
    assert kept.entry is not None
    assert kept.entry.final == f"{host.address}/new"
    assert lost.outcome is Outcome.REFUSED


def test_a_host_gets_its_pause(host: Host) -> None:
    host.answers["/a"] = Answer(b"x")
    seconds = [0.0]
    naps = Naps()

    def sleep(rest: float) -> None:
        naps(rest)
        seconds[0] += rest

    fetcher = Fetcher(Settings(pause=5), sleep=sleep, clock=lambda: seconds[0])
    for _ in range(3):
        fetcher.get(f"{host.address}/a")
    assert naps == [5.0, 5.0, 5.0]  # robots.txt, then three requests


@pytest.mark.parametrize(
    "address", ["ftp://host.example/a", "年报", "http://", "http://[1/", "mailto:a@b.example"]
)
def test_what_is_no_address_is_refused_and_others_are_fetched(
    address: str, host: Host, tmp_path: Path
) -> None:
    done = {each.address: each.outcome for each in collect([address, f"{host.address}/a"], tmp_path)}
    assert done.pop(address) is Outcome.REFUSED
    assert list(done) == [f"{host.address}/a"]


def test_addresses_go_over_the_wire_in_ascii() -> None:
    assert plain(" http://信息.example/年报 1?题=二#三 ") == (
        "http://xn--vuq861b.example/%E5%B9%B4%E6%8A%A5%201?%E9%A2%98=%E4%BA%8C"
    )


def test_a_line_cut_short_by_a_kill_is_passed_over(host: Host, tmp_path: Path) -> None:
    host.answers |= {"/a": page(1), "/b": page(2)}
    run(host, tmp_path, "/a")
    with (tmp_path / LEDGER).open("a", encoding="utf-8") as ledger:
        ledger.write('{"address": "http')
    assert outcomes(run(host, tmp_path, "/a", "/b", hours=1)) == ["recent", "saved"]
    assert outcomes(run(host, tmp_path, "/a", "/b", hours=2)) == ["recent", "recent"]


def test_the_command(host: Host, tmp_path: Path) -> None:
    host.answers["/a"] = page()
    urls = tmp_path / "urls.txt"
    urls.write_text(f"# 年报\n\n{host.address}/a\n{host.address}/none\n", "utf-8")
    done = CliRunner().invoke(main, ["collect", str(urls), "--out", str(tmp_path / "out"), "--pause", "0"])
    assert done.exit_code == 1
    assert "1 saved, 0 unchanged, 0 recent, 0 listed, 1 refused" in done.output
    assert "404" in done.output
    assert len(list((tmp_path / "out").rglob("*.html"))) == 1


def test_a_list_by_years_leads_to_reports_and_what_carries_one(host: Host, tmp_path: Path) -> None:
    """What the list and the page are called stays known, and tells whose reports they are."""
    listed = "<title>政府信息公开年报_沛县海洋发展局</title><a href=/2023>2023年</a><a href=/2024>2024</a>"
    carrier = "<h1>沛县海洋发展局2024年政府信息公开工作年度报告</h1><a href='/down?id=7'>附件下载</a>"
    bare = "<html><body><p>一、总体情况</p><p>2023年，我局公开信息12条。</p></body></html>"
    html = {"Content-Type": "text/html"}
    host.answers |= {
        "/nb": Answer(listed.encode(), headers=html),
        "/2023": Answer(bare.encode(), headers=html),
        "/2024": Answer(carrier.encode(), headers=html),
        "/down?id=7": Answer("一、总体情况\n2024年，我局公开信息12条。".encode()),
    }
    found = run(host, tmp_path, "/nb")
    assert outcomes(found) == ["listed", "saved", "listed", "saved"]
    kept = [read(tmp_path / done.entry.file) for done in found if done.entry and done.entry.file]
    assert [document.source.link for document in kept] == [
        "政府信息公开年报_沛县海洋发展局",
        "沛县海洋发展局2024年政府信息公开工作年度报告",
    ]
    named = [identify(document).agency for document in kept]
    assert [agency.value.name for agency in named if agency] == ["沛县海洋发展局"] * 2
