"""Each format as real programs make it: LibreOffice, Chromium and Tesseract, where they are installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from gongkai.document import Document, Note
from gongkai.form import Form, form
from gongkai.readers import read, read_bytes
from tests.readers.shapes import Grid, grids
from tests.render import LAYOUTS, Sheet, report, sheets

pytestmark = pytest.mark.slow

STYLE = """<style>
@page { size: A4; margin: 20mm } body { font-family: 'Noto Serif CJK SC'; font-size: 11pt }
table { border-collapse: collapse } td { border: 1px solid black; padding: 3pt }
</style>"""


def needs(program: str) -> Callable[[], str]:
    """The path of a program, or a skip with the reason."""

    def find() -> str:
        path = shutil.which(program)
        if path is None:
            pytest.skip(f"{program} is not installed")
        return path

    return find


soffice = pytest.fixture(scope="session", name="soffice")(needs("soffice"))
chromium = pytest.fixture(scope="session", name="chromium")(needs("chromium"))


tesseract = pytest.fixture(scope="session", name="tesseract")(needs("tesseract"))


@pytest.fixture(scope="session")
def pdf(chromium: str, page: Path) -> Path:
    """The page as a browser prints it."""
    target = page.with_suffix(".pdf")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={target}"]
    subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=180)
    return target


@pytest.fixture(scope="session", params=[2021, 2019])
def a_form(request: pytest.FixtureRequest) -> Form:
    """Each version of the form."""
    return form(request.param)


@pytest.fixture(scope="session")
def printed(a_form: Form) -> tuple[Sheet, ...]:
    """Its tables, with a number of its own in each cell."""
    numbers = iter(range(10_000))
    return sheets(
        a_form,
        {
            row.key: tuple(Decimal(next(numbers)) for _ in row.columns)
            for t in a_form.tables
            for row in t.rows
        },
    )


@pytest.fixture(scope="session")
def page(a_form: Form, printed: tuple[Sheet, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report as a page."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    html = report(a_form, printed, LAYOUTS["html"], 2023).decode()
    html = html.replace("<table>", '<table border="1">')  # a word processor knows no other way
    path.write_text(html.replace("</head>", STYLE + "</head>"), "utf-8")
    return path


def expected(printed: tuple[Sheet, ...]) -> list[Grid]:
    """The grids as printed, merges expanded."""
    found = []
    for sheet in printed:
        grid: Grid = [[None] * sheet.width for _ in range(max(b.row + b.rowspan for b in sheet.boxes))]
        for box in sheet.boxes:
            for r in range(box.row, box.row + box.rowspan):
                grid[r][box.column : box.column + box.colspan] = [box.text] * box.colspan
        found.append(grid)
    return found


def squeezed(found: list[Grid]) -> list[Grid]:
    """Without the spaces that a line break leaves in a cell."""
    return [[["".join((text or "").split()) for text in row] for row in grid] for grid in found]


def converted(soffice: str, source: Path, folder: Path, target: str) -> Path:
    """A page or file as LibreOffice saves it."""
    profile = f"-env:UserInstallation={(folder / f'profile-{target}').as_uri()}"
    reads = ["--infilter=HTML (StarWriter)"] if source.suffix == ".html" else []
    command = [soffice, profile, "--headless", *reads, "--convert-to", target, "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
    return folder / f"report.{target}"


@pytest.mark.parametrize("target", ["docx", "doc", "rtf", "odt"])
def test_word_processors(
    soffice: str, page: Path, printed: tuple[Sheet, ...], tmp_path: Path, target: str
) -> None:
    found = read(converted(soffice, page, tmp_path, target))
    assert squeezed(grids(found)) == squeezed(expected(printed))
    assert found.source.size == (tmp_path / f"report.{target}").stat().st_size


def test_a_wps_file_is_known_by_its_content(
    soffice: str, page: Path, printed: tuple[Sheet, ...], tmp_path: Path
) -> None:
    data = converted(soffice, page, tmp_path, "doc").read_bytes()
    found = read_bytes(data, "年报.wps")
    assert squeezed(grids(found)) == squeezed(expected(printed))
    assert found.source.media_type == "application/msword"


def test_printed_by_a_browser(pdf: Path, printed: tuple[Sheet, ...]) -> None:
    found = read(pdf)
    assert squeezed(grids(found)) == squeezed(expected(printed))
    assert Note.GRID_RECOVERED in found.notes
    assert len(found.pages) > 1
    assert "\n一、总体情况\n" in found.text  # of whose first stroke pdfium knows only the ink


def test_printed_by_a_word_processor(
    soffice: str, page: Path, printed: tuple[Sheet, ...], tmp_path: Path
) -> None:
    document = converted(soffice, page, tmp_path, "docx")
    found = read(converted(soffice, document, tmp_path, "pdf"))
    assert squeezed(grids(found)) == squeezed(expected(printed))


def scans(pdf: Path, dots: int, tilt: float) -> list[Image.Image]:
    """The pages as a scanner sees them."""
    with pypdfium2.PdfDocument(pdf) as document:
        images = [p.render(scale=dots / 72, grayscale=True).to_pil() for p in document]
    return [i.rotate(tilt, fillcolor=255, resample=Image.Resampling.BICUBIC) for i in images]


def recognised_share(found: Document, printed: tuple[Sheet, ...]) -> tuple[float, int]:
    """The share of numbers that came back in their places, and how many came back as others."""
    right = wrong = total = 0
    for grid, sheet in zip(grids(found), expected(printed), strict=False):
        for row, wanted in zip(grid, sheet, strict=True):
            for text, number in zip(row, wanted, strict=True):
                if (number or "").isdecimal():
                    total += 1
                    right += text == number
                    wrong += text != number and (text or "").isdecimal()
    return right / total, wrong


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(("dots", "tilt"), [(300, 0.0), (200, 0.6)])
def test_a_scanned_pdf(pdf: Path, printed: tuple[Sheet, ...], dots: int, tilt: float) -> None:
    first, *others = scans(pdf, dots, tilt)
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=dots)
    found = read_bytes(out.getvalue(), "扫描件")
    share, wrong = recognised_share(found, printed)
    assert (share > 0.85, wrong) == (True, 0)
    assert Note.RECOGNISED in found.notes


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture(pdf: Path, printed: tuple[Sheet, ...], kind: str) -> None:
    image = scans(pdf, 300, 0.0)[0]
    out = io.BytesIO()
    image.save(out, kind)
    found = read_bytes(out.getvalue(), "扫描件")
    shares = recognised_share(found, printed[:1])
    assert (shares[0] > 0.7, shares[1]) == (True, 0)  # a page of some twenty single digits
    assert "政府信息公开" in found.text
