"""The pages are true: commands and options documented, answers real, links alive, both languages alike.

`docs/commands.md` is written from the commands themselves. To write it anew: GONGKAI_APPROVE=1 pytest tests/test_docs.py
"""

from __future__ import annotations

import inspect
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import duckdb
import openpyxl
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.iris import DEFAULT_BASE
from gongkai.queries import stored
from gongkai.store import Generation
from gongkai_api import Settings, create_app
from tests.api.client import serving
from tests.ontology.terms import OWN, RDF_TYPE, described, named

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "docs" / "model.md"
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")))
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
SERVED = "http://127.0.0.1:8000"
needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
EACH_README = pytest.mark.parametrize("readme", READMES, ids=lambda p: p.name)

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"\s+# .*$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CALL = re.compile(r"gongkai ((?:[a-z]+)(?: [^`\n|]*)?)")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    return [body for found, body in _BLOCK.findall(text(page)) if found == language]


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    return {name: found for name in main.list_commands(context) if (found := main.get_command(context, name))}


# --- the reference of commands ----------------------------------------------------------------------------------------


def reference() -> str:
    """`docs/commands.md`, from the commands themselves."""
    parts = [
        "# Commands",
        "Written from the commands by `tests/test_docs.py`: do not edit. Each says the same with `--help`.",
    ]
    for name, command in commands().items():
        parts += [f"## `gongkai {name}`", inspect.cleandoc(command.help or ""), "\n".join(_rows(command))]
    return "\n\n".join(part for part in parts if part) + "\n"


def _rows(command: click.Command) -> Iterator[str]:
    yield "| argument or option | meaning |"
    yield "| --- | --- |"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
            yield f"| {names} | {_meaning(parameter)} |"
        else:
            yield f"| `{parameter.make_metavar(click.Context(command))}` | {'required' if parameter.required else ''} |"


def _meaning(option: click.Option) -> str:
    words = [" ".join((option.help or "").split())]
    if isinstance(option.type, click.Choice):
        words.append("One of " + ", ".join(f"`{choice}`" for choice in option.type.choices) + ".")
    if option.required:
        words.append("Required.")
    elif isinstance(option.show_default, str):
        words.append(f"Default: {option.show_default}.")
    elif option.show_default and option.default not in (None, False):
        words.append(f"Default: `{option.default}`.")
    if option.multiple:
        words.append("May be repeated.")
    return " ".join(w for w in words if w).replace("|", "\\|")


def test_the_reference_of_commands_is_fresh() -> None:
    page = ROOT / "docs" / "commands.md"
    if "GONGKAI_APPROVE" in os.environ:
        page.write_text(reference(), encoding="utf-8")
    assert text(page) == reference()


@pytest.mark.parametrize("name", commands())
def test_every_command_is_explained(name: str) -> None:
    assert commands()[name].help
    for readme in READMES:
        assert f"`gongkai {name}" in text(readme), readme.name


# --- what the pages show ----------------------------------------------------------------------------------------------


@EACH_PAGE
def test_commands_on_the_page_exist(page: Path) -> None:
    for call in _CALL.findall(text(page)):
        name, *arguments = shlex.split(re.sub(r"[…（）'\"]", " ", call))
        if name not in commands():
            assert not any(a.startswith("-") for a in arguments), call
            continue
        options = {o for p in commands()[name].params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
        assert {a.split("=")[0].rstrip(".,;:") for a in arguments if a.startswith("--")} <= options, call


@EACH_PAGE
def test_make_targets_on_the_page_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert (
        set(re.findall(r"`?make ([a-z]+)\b(?=[ `\n])", "\n".join(re.findall(r"`[^`]+`", text(page)))))
        <= targets
    )


@EACH_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(text(page)):
        if not target.startswith("http"):
            assert (page.parent / target.split("#")[0]).exists(), target


@EACH_PAGE
def test_files_named_on_the_page_exist(page: Path) -> None:
    folders = "|".join(f.name for f in ROOT.iterdir() if f.is_dir() and not f.name.startswith("."))
    found = re.findall(rf"`((?:{folders})/[^`\s…]*)`", text(page))
    assert not [name for name in found if not list(ROOT.glob(name.rstrip("/")))]


@EACH_PAGE
def test_terms_on_the_page_are_declared(page: Path) -> None:
    namespaces = {"gk": OWN[0], "form": OWN[1], "nar": OWN[2]}
    named = re.findall(r"(?<![\w/:.-])(gk|form|nar):([A-Za-z][\w-]*)", text(page))
    assert not {f"{p}:{n}" for p, n in named if namespaces[p] + n not in described()}


def test_the_model_names_every_term_that_tells_of_a_report(examples_store: Path) -> None:
    makers = [ROOT / "ingest" / "gongkai" / name for name in ("describe.py", "describe_narrative.py")]
    written = {term for maker in makers for term in named(maker) if term.startswith(OWN[0])}
    triples = Generation.current(examples_store).triples()
    told = [t for t in triples if str(t.subject).startswith(f"<{DEFAULT_BASE}")]
    classes = {str(t.object).strip("<>") for t in told if t.predicate.value == RDF_TYPE}
    met = {term for term in classes | {t.predicate.value for t in told} if term.startswith(OWN[0])}
    on_the_page = {OWN[0] + name for name in re.findall(r"gk:(\w+)", text(MODEL))}
    assert len(met) > 70
    assert sorted((met | written) - on_the_page) == []


def test_the_model_names_every_indicator() -> None:
    kind = ox.NamedNode(OWN[0] + "Indicator")
    indicators = {
        term.removeprefix(OWN[2]) for term, said in described().items() if kind in said.get(RDF_TYPE, ())
    }
    assert len(indicators) > 40
    assert not indicators - set(re.findall(r"nar:([a-z-]+)", text(MODEL)))


@EACH_PAGE
def test_queries_on_the_page_run(page: Path, examples_store: Path) -> None:
    generation = Generation.current(examples_store)
    for query in blocks(page, "sparql"):
        solutions = generation.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        assert next(solutions, None) is not None, query


@EACH_PAGE
def test_turtle_on_the_page_parses(page: Path) -> None:
    head = f"@prefix gk: <{OWN[0]}> . @prefix form: <{OWN[1]}> . @prefix nar: <{OWN[2]}> .\n"
    head += "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    for turtle in blocks(page, "turtle"):
        assert list(ox.parse(head + turtle, format=ox.RdfFormat.TURTLE))


# --- the two READMEs --------------------------------------------------------------------------------------------------


@EACH_README
def test_the_answer_is_real(readme: Path, examples_store: Path) -> None:
    shown = blocks(readme, "console")
    assert shown
    for block in shown:
        call, *answer = block.rstrip("\n").split("\n")
        arguments = shlex.split(call.removeprefix("$ .venv/bin/gongkai "))
        arguments[arguments.index("--store") + 1] = str(examples_store)
        terminal = {"LC_ALL": "zh_CN.UTF-8" if ".zh" in readme.name else "C.UTF-8"}
        result = CliRunner().invoke(main, arguments, catch_exceptions=False, env=terminal)
        assert result.output.rstrip("\n").split("\n") == answer


@pytest.fixture(scope="module")
def service(examples_store: Path) -> Iterator[str]:
    """The address at which the examples are served, as `make run` does."""
    with serving(create_app(Settings(examples_store))) as client:
        yield f"http://127.0.0.1:{client.port}"


@needs_curl
@EACH_README
def test_curl_gets_an_answer(readme: Path, service: str, tmp_path: Path) -> None:
    asked = [line for block in blocks(readme, "sh") for line in re.findall(r"^curl (?:\\\n|.)*", block, re.M)]
    assert len(asked) >= 4
    answers = []
    for call in asked:
        local = f'set -e; curl() {{ command curl --fail -sS "$@"; }}; {call.replace(SERVED, service)}'
        done = subprocess.run(["sh", "-c", local], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, (call, done.stderr)
        answers.append(done.stdout.decode())
    assert answers[0].startswith("agency,year,column")
    assert answers[1].split() == ["reports", "10"]
    assert openpyxl.load_workbook(tmp_path / "requests-by-agency.xlsx").sheetnames == ["results"]
    (report,) = (answer for answer in answers if "@prefix form:" in answer)
    assert "form:totalRequests 119" in report
    assert "gk:quote" in report


@EACH_README
def test_python_on_the_page_runs(readme: Path, service: str, capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = blocks(readme, "python")
    exec(block.replace(SERVED, service), {})
    assert re.search(r"^2024 +县级 +人民政府 +119$", capsys.readouterr().out, re.MULTILINE)


@EACH_README
def test_the_dump_opens_as_shown(readme: Path, examples_store: Path, tmp_path: Path) -> None:
    (call,) = (
        line for block in blocks(readme, "sh") for line in block.splitlines() if "gongkai export" in line
    )
    arguments = shlex.split(call.removeprefix(".venv/bin/gongkai "))
    arguments[arguments.index("--store") + 1] = str(examples_store)
    arguments[arguments.index("--out") + 1] = str(tmp_path / "dumps")
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    (query,) = blocks(readme, "sql")
    rows = duckdb.connect().execute(query.replace("dumps/", f"{tmp_path}/dumps/")).fetchall()
    assert ("2024", "县级", "人民政府", 119) in [(str(year), *rest) for year, *rest in rows]
    assert len(rows) == 9


@EACH_README
def test_stored_queries_named_exist(readme: Path) -> None:
    named = set(re.findall(r"/api/queries/([\w-]+)", text(readme)))
    assert named
    assert named <= {query.name for query in stored()}


@EACH_README
def test_reports_named_exist(readme: Path, examples_store: Path) -> None:
    named = re.findall(r"127\.0\.0\.1:8000/(report/[^\s'`]+)", text(readme))
    assert named
    generation = Generation.current(examples_store)
    for path in named:
        report = ox.NamedNode(DEFAULT_BASE + path)
        assert list(generation.triples(report, ox.NamedNode(OWN[0] + "currentEdition")))


def outline(readme: Path) -> list[str]:
    """Headings by level, tables by their number of rows, lists by theirs, blocks of code without comments and answers."""

    def block(found: re.Match[str]) -> str:
        told = _COMMENT.sub("", found[2]) if found[1] != "console" else found[2].partition("\n")[0]
        return f"\n<{found[1]} {hash(told)}>\n"

    body = _BLOCK.sub(block, text(readme))
    kinds = ((r"#+ ", "heading"), (r"\|", "row"), (r"- ", "item"), (r"<", "code"))
    found = []
    for line in body.splitlines():
        kind = next((name for pattern, name in kinds if re.match(pattern, line)), None)
        if kind == "heading":
            found.append(line.split()[0])
        elif kind:
            found.append(line if kind == "code" else kind)
    return found


def test_both_readmes_have_the_same_structure() -> None:
    english, chinese = map(outline, READMES)
    assert english == chinese
    assert english.count("##") >= 5


def test_both_readmes_link_to_the_same_pages() -> None:
    english, chinese = ({t for t in _LINK.findall(text(r)) if not t.startswith("README")} for r in READMES)
    assert english == chinese


def test_the_list_of_decisions_is_complete() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(_LINK.findall(text(folder / "README.md")))
    assert listed == {f.name for f in folder.glob("*.md")} - {"README.md"}
