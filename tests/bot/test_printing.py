"""`export ledger` writes the sheet an office prints, and says in Chinese what it cannot do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.cli import main
from handlers.admin.sheets.forms import write_form
from handlers.forms import Form


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test alone, and no other setting."""
    for name in [name for name in os.environ if name.startswith("LINYING_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LINYING_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("book", "title"), [("needs", "需求台账"), ("problems", "问题台账"), ("rectifications", "整改台账")]
)
def test_an_empty_ledger_is_a_form_all_the_same(
    book: str, title: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ledger.xlsx"
    assert main(["export", "ledger", "--book", book, "--month", "2026-11", "--out", str(out)]) == 0
    assert "0 条" in capsys.readouterr().out
    sheet = load_workbook(out).active
    assert sheet
    assert str(sheet["A1"].value).endswith(title)
    assert "2026年11月" in "".join(str(c.value) for c in sheet[2])


@pytest.mark.parametrize(
    ("line", "named"),
    [("export ledger", "--out"), ("export ledger --month 2026-13 --out x", "2026-11")],
)
def test_what_cannot_be_done_is_named(line: str, named: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 1
    assert named in capsys.readouterr().err


def test_words_of_people_never_become_formulas(tmp_path: Path) -> None:
    rows = (("=1+1", 3, None), ("+86 138", "@x", "-5"), ("\x00坏\x07字", "好", 1))
    form = Form(
        "台账", "单位", "范围", "日期", (("甲", 9), ("乙", 9), ("丙", 9)), rows, "合计", "3件", "签字", "&P"
    )
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_form(form))
    sheet = load_workbook(path).active
    assert sheet
    cells = [cell for row in sheet.iter_rows(min_row=4, max_row=6) for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert cells[0].value == "=1+1"
    assert cells[6].value == "坏字"
    assert sheet.oddFooter.center.text == "&P"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
