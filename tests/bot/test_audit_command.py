"""`audit verify` as it is typed, and what the command line itself leaves in the book."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.cli import main


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test alone, and no other setting."""
    for name in [name for name in os.environ if name.startswith("LINYING_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LINYING_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LINYING_SECRET_KEY", "first-" * 6)
    return tmp_path / "data"


def test_the_book_is_checked_from_a_shell(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["audit", "verify"]) == 0
    assert "还没有留痕" in capsys.readouterr().out
    for name in ("one", "two"):
        assert main(["export", "requests", "--out", str(data / f"{name}.jsonl")]) == 0
    capsys.readouterr()
    assert main(["audit", "verify"]) == 0
    told = capsys.readouterr().out
    assert "完好：2 条" in told
    anchor = re.search(r"2:[0-9a-f]{64}", told)
    assert anchor
    assert main(["audit", "verify", "--anchor", anchor[0]]) == 0
    capsys.readouterr()
    assert main(["audit", "verify", "--anchor", f"2:{'0' * 64}"]) == 1
    assert "第 2 条" in capsys.readouterr().out
    assert main(["audit", "verify", "--anchor", "昨天的"]) == 1
    assert "序号:校验值" in capsys.readouterr().err
    _with_another_key(capsys, monkeypatch)


def _with_another_key(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """After a rotation the old entries need the old key, the new ones do not."""
    monkeypatch.setenv("LINYING_SECRET_KEY", f"{'second-' * 5},{'first-' * 6}")
    assert main(["migrate"]) == 0
    assert main(["rotate-keys"]) == 0
    capsys.readouterr()
    assert main(["audit", "verify"]) == 0
    assert "完好：3 条" in capsys.readouterr().out
    monkeypatch.setenv("LINYING_SECRET_KEY", "second-" * 5)
    assert main(["audit", "verify"]) == 1
    assert "有 2 条核对不了" in capsys.readouterr().out
