from __future__ import annotations

from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.dumpfiles import belongs, is_dump
from gongkai.errors import NotAReportError

METADATA = '{"tableSchema": {"columns": [{"propertyUrl": "https://w3id.org/gongkai/def#row"}]}}'


def dumped(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "data.nq.gz").touch()
    (folder / "reports.csv").write_text("report,year\n", "utf-8")
    (folder / "dataset.json").write_text('{"base": "https://e/", "generation": "g1"}', "utf-8")
    return folder


def test_a_dump_is_known_by_what_describes_it(tmp_path: Path) -> None:
    folder = dumped(tmp_path / "dump")
    assert is_dump(folder)
    assert belongs(folder / "reports.csv")
    for other in ("{}", "no json", "[]", '{"base": "x"}'):
        (folder / "dataset.json").write_text(other, "utf-8")
        assert not is_dump(folder), other
        assert not belongs(folder / "reports.csv"), other


@pytest.mark.parametrize("name", ["rows.csv", "rows.parquet", "rows.csv-metadata.json"])
def test_a_table_beside_its_metadata_is_of_a_dump(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    metadata = tmp_path / "rows.csv-metadata.json"
    assert not belongs(tmp_path / "rows.csv")
    metadata.write_text('{"url": "rows.csv"}', "utf-8")
    assert not belongs(tmp_path / name), "of another make"
    metadata.write_text(METADATA, "utf-8")
    assert belongs(tmp_path / name)
    assert not belongs(tmp_path / "other.csv")


def test_a_dump_in_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    folder = dumped(tmp_path / "all" / "dumps" / "gongkai-2026-01-02")
    report = tmp_path / "all" / "report.txt"
    report.touch()
    assert list(pipeline.files([tmp_path / "all"])) == [folder, report]
    assert list(pipeline.files([folder])) == [folder]


def test_what_is_of_a_dump_is_never_read_as_a_report(tmp_path: Path) -> None:
    folder = dumped(tmp_path / "dump")
    for path in (folder, folder / "reports.csv"):
        with pytest.raises(NotAReportError, match="is of a dump"):
            pipeline.extractions(path)
