"""The form as values: parts are equal by their names, both versions are read from the ontology, gaps in it are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.errors import OntologyError
from gongkai.form import Along, Form, form, forms, lines, reading
from gongkai.resources import folder
from gongkai.turtle import Graph

VERSIONS = pytest.mark.parametrize("a_form", forms(), ids=lambda f: str(f.version))
GUIDE = (
    "新收 上年结转 予以公开 部分公开 国家秘密 法律行政法规禁止 三安全一稳定 第三方合法权益 内部事务信息 过程性信息 "
    "行政执法案卷 行政查询事项 不掌握 需要另行制作 补正后不明确 信访举报投诉 重复申请 公开出版物 大量反复申请 "
    "确认或重新出具 逾期不补正 逾期未缴费 其他 总计 结转下年度"
)
"""The keys of the rows of requests in the order of the guide beside the annotations."""


def test_rows_and_columns_stand_in_the_order_of_the_guide() -> None:
    applications = form(2021).table("applications")
    assert [r.key for r in applications.rows] == GUIDE.split()
    assert [c.label.official for c in applications.columns] == [
        "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计",
    ]  # fmt: skip
    disclosure = form(2021).table("disclosure")
    assert [len(r.columns) for r in disclosure.rows] == [3, 3, 1, 1, 1, 1]
    assert [len(r.columns) for r in form(2019).table("disclosure").rows] == [3, 3, 3, 3, 3, 3, 2, 2]


def test_a_part_is_equal_to_itself_in_another_version_and_to_nothing_else() -> None:
    new, old = (form(v).table("applications") for v in (2021, 2019))
    assert new.row("新收") == old.row("新收")
    assert hash(new.row("新收")) == hash(old.row("新收"))
    assert new.row("新收") != new.row("上年结转")
    assert new.row("新收") != new.row("新收").iri


def test_the_row_that_stands_for_others_is_a_row_of_its_own() -> None:
    table = form(2021).table("applications")
    collapsed = table.row("其他处理")
    assert collapsed.collapsed
    assert collapsed not in table.rows
    assert {r.key for r in table.rows if r.group == collapsed.iri} == {"逾期不补正", "逾期未缴费", "其他"}
    assert not form(2019).table("applications").row("其他处理").collapsed


def test_only_the_reviews_are_set_side_by_side() -> None:
    assert [t.key for f in forms() for t in f.tables if t.side_by_side] == ["review", "review"]


@VERSIONS
def test_identities_are_of_parts_of_the_version(a_form: Form) -> None:
    for identity in a_form.identities:
        table = a_form.table(identity.table)
        parts = (
            {c.iri for c in table.columns}
            if identity.along is Along.COLUMNS
            else {r.iri for r in (*table.rows, *table.collapsed)}
        )
        assert identity.left
        assert identity.right
        assert {*identity.left, *identity.right} <= parts
        assert not {*identity.left} & {*identity.right}


@VERSIONS
def test_labels_print_with_their_numbers(a_form: Form) -> None:
    assert a_form.sections[1].label.printed == "二、" + a_form.sections[1].label.official
    assert all(row.label.english for t in a_form.tables for row in t.rows)
    assert all(column.label.english for t in a_form.tables for column in t.columns)


def test_units_and_signs_are_those_of_the_form() -> None:
    columns = {c.key: c for f in forms() for t in f.tables for c in t.columns}
    assert {k for k, c in columns.items() if c.decimal} == {"feesCollected", "procurementAmount"}
    assert {columns[k].unit for k in ("feesCollected", "procurementAmount")} == {"万元"}
    assert [k for k, c in columns.items() if c.signed] == ["change"]


@pytest.mark.parametrize("version", [2020, 0])
def test_there_is_no_other_version(version: int) -> None:
    with pytest.raises(KeyError):
        form(version)


def test_what_is_not_of_the_form_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        form(2021).table("litigation")
    with pytest.raises(KeyError):
        form(2021).table("review").row("新收")


def test_a_row_set_for_several_stands_in_their_place() -> None:
    table = form(2021).table("applications")
    (merged,) = table.collapsed
    members = [row for row in table.rows if row.group == merged.iri]
    assert list(table.printed(())) == list(table.rows)
    printed = list(table.printed({merged.iri}))
    assert printed[printed.index(merged) + 1 :] == list(table.rows[table.rows.index(members[-1]) + 1 :])
    assert not set(printed) & set(members)
    assert members[0] in table.printed({merged.iri, members[0].iri}), "what is there is shown"
    assert table.above(members[0])[-1] is merged


def test_a_row_is_found_by_its_name_in_each_version() -> None:
    for known in forms():
        found = lines(known.iri)
        assert len(found) == sum(len(t.rows) + len(t.collapsed) for t in known.tables)
        assert all(line.row.iri == iri and line.table in known.tables for iri, line in found.items())
    assert lines("https://example.org/no-form") == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda _: "", "no gk:Form"),
        (
            lambda text: text.replace('prefLabel "总体情况"@zh', 'prefLabel "总体情况"@zh, "总况"@zh'),
            "expected one",
        ),
        (lambda text: text + " .", "form.ttl"),
    ],
    ids=["empty", "two labels", "no Turtle"],
)
def test_a_gap_in_the_ontology_is_told(
    change: Callable[[str], str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (folder("ontology") / "form.ttl").read_text("utf-8")
    (tmp_path / "form.ttl").write_text(change(text), "utf-8")
    monkeypatch.setattr(reading, "ontology", lambda name: Graph.load(tmp_path / f"{name}.ttl"))
    with pytest.raises(OntologyError, match=told):
        forms.__wrapped__()
