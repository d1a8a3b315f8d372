"""The command line: what a person can get wrong is said in one Chinese sentence, never as a traceback."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.cli import main
from bot.faults import Fault
from bot.opening import hold
from bot.settings import Settings

_CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test alone, and no other setting."""
    for name in [name for name in os.environ if name.startswith("LINYING_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LINYING_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def _said(capsys: pytest.CaptureFixture[str]) -> str:
    words = capsys.readouterr().err
    assert "Traceback" not in words
    assert _CHINESE.search(words)
    return words


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("", "缺少"),
        ("fly", "fly"),
        ("run now", "now"),
        ("export", "requests"),
        ("export requests --format pdf", "pdf"),
        ("export requests --out", "--out"),
        ("import", "文件.xlsx"),
        ("playground --port abc", "abc"),
        ("playground --port 99999", "65535"),
    ],
)
def test_wrong_words_are_named(line: str, named: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(line.split())
    assert end.value.code == 2
    assert named in _said(capsys)


@pytest.mark.parametrize(
    "command", ["", "run", "playground", "actions", "migrate", "import", "export", "doctor"]
)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*command.split(), "--help"])
    assert end.value.code == 0
    words = capsys.readouterr().out
    assert "用法：" in words
    assert not re.search("usage|options|positional", words)


def test_file_that_is_no_database_is_said_to_be_none(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data.mkdir()
    (data / "linying.db").write_text("我的购物单：白菜、豆腐，还有给奶奶买的糖葫芦")
    for command in (["migrate"], ["run"], ["export", "requests"]):
        assert main(command) == 1
        assert "不是数据库" in _said(capsys)


def test_folder_that_cannot_be_made_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data.write_text("a file")
    assert main(["run"]) == 1
    assert str(data) in _said(capsys)
    assert main(["migrate"]) == 1
    assert "LINYING_DATA_DIR" in _said(capsys)


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "sqlite+pysqlite:///a.db", "postgresql://a:b@host:port/c"]
)
def test_address_that_is_not_served_is_explained(
    url: str, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINYING_DATABASE_URL", url)
    assert main(["migrate"]) == 1
    assert "LINYING_DATABASE_URL" in _said(capsys)


def test_server_that_is_away_or_does_not_know_the_database_is_told_apart(
    postgres_server: URL, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINYING_DATABASE_URL", "postgresql+asyncpg://a:b@127.0.0.1:1/c")
    assert main(["migrate"]) == 1
    assert "连不上" in _said(capsys)
    nowhere = postgres_server.set(database="nowhere").render_as_string(hide_password=False)
    monkeypatch.setenv("LINYING_DATABASE_URL", nowhere)
    assert main(["migrate"]) == 1
    assert "库名" in _said(capsys)


def test_second_bot_on_the_same_file_is_refused(data: Path) -> None:
    settings = Settings(data_dir=data)
    held = hold(settings)
    assert held is not None
    with pytest.raises(Fault, match="已经有一个机器人"):
        hold(settings)
    held.close()
    again = hold(settings)
    assert again is not None
    again.close()
    assert hold(Settings(data_dir=data, database_url="postgresql://somewhere/else")) is None
