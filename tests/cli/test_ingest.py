"""`gongkai ingest`: what cannot be stored is told and changes nothing; the rest is stored all the same."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from gongkai.cli import main
from gongkai.errors import UnreadableError
from gongkai.readers import read
from gongkai.resources import folder
from gongkai.store import Generation
from tests.papers import Paper
from tests.shared import SHARED, needs_shared

REPORTS = folder("examples") / "reports"
SOUND = REPORTS / "lanwang-renshe-2022.txt"
OTHER = REPORTS / "moxi-jiaoyu-2023.txt"
PREFIXES = """
PREFIX gk:   <https://w3id.org/gongkai/def#>
PREFIX form: <https://w3id.org/gongkai/form#>
PREFIX qb:   <http://purl.org/linked-data/cube#>
"""


def ingest(store: Path, *paths: Path) -> Result:
    return CliRunner().invoke(
        main, ["ingest", *map(str, paths), "--store", str(store)], catch_exceptions=False
    )


def count(store: Path, pattern: str) -> int:
    solutions = Generation.current(store).query(f"{PREFIXES} SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    assert isinstance(solutions, ox.QuerySolutions)
    (number,) = next(solutions)
    return int(number.value)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that holds one report."""
    location = tmp_path / "store"
    assert ingest(location, SOUND).exit_code == 0
    return location


def empty(file: Path) -> None:
    file.touch()


def binary(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 40)


def stranger(file: Path) -> None:
    file.write_text("采购公告\n本单位拟采购办公桌三张，预算金额五千元。\n", encoding="utf-8")


def cut_off(file: Path) -> None:
    text = SOUND.read_text(encoding="utf-8")
    file.write_text(text[: text.index("没有现成信息") + 4], encoding="utf-8")


def cut_off_in_a_row(file: Path) -> None:
    text = SOUND.read_text(encoding="utf-8")
    at = text.index("\n", text.index("\n", text.index("属于行政查询事项")) + 1)
    file.write_text(text[: at + 1], encoding="utf-8")


@pytest.mark.parametrize(
    "make", [empty, binary, stranger, cut_off, cut_off_in_a_row], ids=lambda m: m.__name__
)
def test_bad_input_is_named_and_leaves_the_store_as_it_was(
    store: Path, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    bad = tmp_path / "bad.txt"
    make(bad)
    before = Generation.current(store).id
    result = ingest(store, bad)
    assert result.exit_code == 1
    assert f"refused    {bad}: " in result.stderr
    assert "Traceback" not in result.output
    assert Generation.current(store).id == before


def test_the_others_are_stored_all_the_same(store: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    stranger(bad)
    result = ingest(store, bad, OTHER)
    assert result.exit_code == 3
    assert "1 stored, 0 unchanged, 1 refused" in result.stdout
    assert count(store, "?r a gk:Report") == 2


@needs_shared
def test_the_regulation_is_no_report(store: Path) -> None:
    law = SHARED / "law" / "regulation-on-open-government-information-2019.md"
    result = ingest(store, law)
    assert result.exit_code == 1
    assert "no annual report" in result.stderr


def test_gb18030_simply_works(tmp_path: Path) -> None:
    file = tmp_path / "gb.txt"
    file.write_bytes(SOUND.read_text(encoding="utf-8").encode("gb18030"))
    assert ingest(tmp_path / "a", file).exit_code == 0
    assert ingest(tmp_path / "b", SOUND).exit_code == 0
    assert count(tmp_path / "a", "?r gk:row ?x ; form:totalRequests ?n") == count(
        tmp_path / "b", "?r gk:row ?x ; form:totalRequests ?n"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind the superuser")
def test_a_file_without_read_permission_is_named(store: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed.txt"
    closed.write_bytes(OTHER.read_bytes())
    closed.chmod(0)
    result = ingest(store, closed)
    assert result.exit_code == 1
    assert f"refused    {closed}: " in result.stderr


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for the superuser: what the system answers is made to be what it answers others."""
    closed = tmp_path / "closed.txt"
    closed.write_bytes(OTHER.read_bytes())

    def denied(_: Path, *__: object) -> None:
        raise PermissionError(13, "Permission denied", str(closed))

    monkeypatch.setattr(Path, "open", denied)
    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(UnreadableError, match=r"closed\.txt.*you may read it"):
        read(closed)


def test_a_path_that_is_not_there_is_named_and_the_others_are_stored(store: Path, tmp_path: Path) -> None:
    before = Generation.current(store).id
    nowhere = tmp_path / "nowhere.txt"
    result = ingest(store, nowhere)
    assert result.exit_code == 1
    assert f"refused    {nowhere}: cannot be opened" in result.stderr
    assert Generation.current(store).id == before
    assert "1 stored, 0 unchanged, 1 refused" in ingest(store, nowhere, OTHER).stdout


def test_an_empty_folder_is_named(store: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / ".hidden").touch()
    before = Generation.current(store).id
    result = ingest(store, bare)
    assert result.exit_code == 1
    assert f"refused    {bare}: is a folder, and holds no file" in result.stderr
    assert Generation.current(store).id == before


def test_a_file_that_may_not_be_read_is_refused(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system answers others, also for the superuser: through the command, the other file is stored."""
    closed = tmp_path / "closed.txt"
    closed.write_bytes(OTHER.read_bytes())
    open_, read_bytes = Path.open, Path.read_bytes

    def guarded(whole: Callable[..., object]) -> Callable[..., object]:
        def method(path: Path, *args: object, **options: object) -> object:
            if path == closed:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return whole(path, *args, **options)

        return method

    monkeypatch.setattr(Path, "open", guarded(open_))
    monkeypatch.setattr(Path, "read_bytes", guarded(read_bytes))
    result = ingest(store, closed, OTHER)
    assert result.exit_code == 3
    assert f"refused    {closed}: cannot be opened (Permission denied)" in result.stderr
    assert "1 stored, 0 unchanged, 1 refused" in result.stdout


@pytest.mark.parametrize("line", [1, 9, 40, 120, 200, 240])
def test_wherever_a_table_breaks_off_nothing_is_stored(store: Path, tmp_path: Path, line: int) -> None:
    """At the first label, in a row, before the last number: half a table is no table."""
    paper = Paper()
    region = next(t.region for t in paper.parsed().tables)
    lines = paper.text().split("\n")
    first = paper.text().count("\n", 0, region.start)
    bad = tmp_path / "half.txt"
    bad.write_text("\n".join(lines[: first + line]) + "\n", encoding="utf-8")
    before = set(map(str, Generation.current(store).triples()))
    result = ingest(store, bad)
    assert result.exit_code == 1
    assert "half.txt: the report breaks off inside the table" in result.stderr
    assert set(map(str, Generation.current(store).triples())) == before


def test_the_same_input_twice_changes_nothing(store: Path) -> None:
    before = Generation.current(store).id
    result = ingest(store, SOUND)
    assert result.exit_code == 0
    assert "0 stored, 1 unchanged, 0 refused" in result.stdout
    assert Generation.current(store).id == before


def test_a_corrected_report_becomes_the_current_edition_and_is_counted_once(
    store: Path, tmp_path: Path
) -> None:
    text = SOUND.read_text(encoding="utf-8")
    later = tmp_path / "later.txt"
    later.write_text(text.replace("2023-01-16", "2023-03-01"), encoding="utf-8")
    assert text != later.read_text(encoding="utf-8")
    rows = count(store, "?row a gk:TableRow")
    observations = count(store, "?row a qb:Observation")
    assert ingest(store, later).exit_code == 0
    assert count(store, "?r a gk:Report") == 1
    assert (
        count(store, "?r gk:edition ?e") + count(store, "?r gk:currentEdition|gk:supersededEdition ?e") >= 2
    )
    assert count(store, "?row a gk:TableRow") == rows
    assert count(store, "?row a qb:Observation") == observations
    assert count(store, "?row a gk:SupersededRow") == rows
    assert count(store, "?r gk:currentEdition/gk:sourceName 'later.txt'") == 1
    assert ingest(store, SOUND).exit_code == 0
    assert count(store, "?r gk:currentEdition/gk:sourceName 'later.txt'") == 1


def test_the_base_of_names_is_a_setting(tmp_path: Path) -> None:
    arguments = ["ingest", str(SOUND), "--store", str(tmp_path / "s"), "--base", "https://data.example.org"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert (
        count(tmp_path / "s", "?r a gk:Report FILTER(STRSTARTS(STR(?r), 'https://data.example.org/report/'))")
        == 1
    )


def test_a_store_has_one_base(tmp_path: Path) -> None:
    def run(file: Path, *options: str) -> Result:
        return CliRunner().invoke(main, ["ingest", str(file), "--store", str(tmp_path), *options])

    own = ("--base", "https://data.example.org/")
    assert run(SOUND, *own).exit_code == 0
    assert run(OTHER).exit_code == 0
    assert (
        count(tmp_path, "?r a gk:Report FILTER(STRSTARTS(STR(?r), 'https://data.example.org/report/'))") == 2
    )
    before = Generation.current_id(tmp_path)
    refused = run(OTHER, "--base", "https://elsewhere.example.org/")
    assert (refused.exit_code, "ingest the documents into another store with it" in refused.stderr) == (
        1,
        True,
    )
    assert Generation.current_id(tmp_path) == before


def test_a_base_that_is_no_iri_is_a_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["ingest", str(SOUND), "--store", str(tmp_path / "s"), "--base", "here"]
    )
    assert result.exit_code == 2


def test_the_command_runs_as_a_program(tmp_path: Path) -> None:
    program = [sys.executable, "-c", "from gongkai.cli import main; main()"]
    done = subprocess.run(
        [*program, "ingest", str(REPORTS), "--store", str(tmp_path / "store")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "10 stored, 0 unchanged, 0 refused" in done.stdout


def test_an_excerpt_is_marked(tmp_path: Path) -> None:
    text = SOUND.read_text(encoding="utf-8")
    part = tmp_path / "part.txt"
    part.write_text(text[: text.index("二、主动公开")].rstrip("。\n") + "，另有", encoding="utf-8")
    result = ingest(tmp_path / "store", part, OTHER)
    assert result.exit_code == 0
    (told,) = (line for line in result.stdout.splitlines() if line.endswith("(excerpt)"))
    assert str(part) in told
    assert "2 stored, 0 unchanged, 0 refused (1 with a part of the report only" in result.stdout
    assert count(tmp_path / "store", "?edition gk:excerpt true") == 1


def test_two_files_of_the_same_bytes_are_one_edition(tmp_path: Path) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file in files:
        file.write_bytes(SOUND.read_bytes())
    assert "1 stored, 1 unchanged, 0 refused" in ingest(tmp_path / "store", *files).stdout
    before = Generation.current(tmp_path / "store").id
    assert "0 stored, 2 unchanged, 0 refused" in ingest(tmp_path / "store", *files).stdout
    assert Generation.current(tmp_path / "store").id == before


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    arguments = ["check", str(SOUND), "--output", str(tmp_path / "nowhere" / "a.txt")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "nowhere/a.txt: No such file or directory" in result.stderr


def test_the_same_draft_twice_is_checked_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(OTHER.read_bytes())
    result = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert "b.txt: the very bytes of a file checked before" in result.stderr
    assert result.stdout.count("[a.txt]") == 1
    assert "[b.txt]" not in result.stdout


def test_errors_hold_nothing_of_a_progress_bar(tmp_path: Path) -> None:
    result = ingest(tmp_path / "store", *sorted((folder("examples") / "reports").iterdir())[:2])
    assert (result.exit_code, result.stderr) == (0, "")


def test_where_nothing_is_given_no_store_is_made(tmp_path: Path) -> None:
    result = ingest(tmp_path / "store", tmp_path / "nowhere.txt")
    assert (result.exit_code, "nowhere.txt: cannot be opened" in result.stderr) == (1, True)
    assert not (tmp_path / "store").exists()
