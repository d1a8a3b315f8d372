"""`python -m nlu` as people and programs use it: a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nlu.reader import Reader

_CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="session")
def model(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    reader.model.save(folder)
    return folder


def run(line: list[str], stdin: str = "", code: int = 0) -> tuple[str, str]:
    """Standard output and error of a command, which must end with this code and without a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "nlu", *line], input=stdin.encode(), capture_output=True, timeout=120
    )
    said, wrong = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in wrong, wrong
    assert done.returncode == code, wrong
    return said, wrong


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ([], "缺少"),
        (["fly"], "fly"),
        (["explain"], "话"),
        (["parse", "--now", "heute"], "2026-11-21T10:00"),
        (["parse", "--model"], "后面要写一个值"),
        (["train", "--fast"], "不认识"),
        (["explain", "  "], "没有要说明的话"),
    ],
)
def test_a_wrong_command_is_told_in_chinese(line: list[str], named: str) -> None:
    _, wrong = run(line, code=2)
    assert named in wrong
    assert _CHINESE.search(wrong)
    assert not re.search("invalid|required|expected|usage", wrong)


@pytest.mark.parametrize(
    "line", [["-h"], *([c, "--help"] for c in ("train", "parse", "evaluate", "explain"))]
)
def test_help_is_chinese_and_shows_how(line: list[str]) -> None:
    said, _ = run(line)
    assert not re.search(r"usage|positional|options|arguments|show this|exit\b|message\b|default", said)
    assert all(_CHINESE.search(words) for words in re.findall(r"(?m)^  --\S+ .*$", said))
    if line[0] in ("-h", "explain"):
        assert "例子" in said


def test_colours_are_for_terminals(model: Path) -> None:
    """On a terminal of its own; without where it says that it has none, or where somebody asks to."""
    for settings, coloured in (({"TERM": "xterm-256color"}, True), ({"TERM": "dumb"}, False)):
        assert (b"\x1b[" in at_a_terminal(model, settings)) is coloured
    assert b"\x1b[" not in at_a_terminal(model, {"TERM": "xterm-256color", "NO_COLOR": "1"})


def at_a_terminal(model: Path, settings: dict[str, str]) -> bytes:
    """What `explain` writes to a pseudo-terminal."""
    inside, outside = pty.openpty()
    line = [sys.executable, "-m", "nlu", "explain", "--model", str(model), "楼道灯坏了"]
    bare = {n: v for n, v in os.environ.items() if n not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    process = subprocess.Popen(line, stdout=outside, env={**bare, **settings})
    os.close(outside)
    said = b""
    with contextlib.suppress(OSError):
        while piece := os.read(inside, 4096):
            said += piece
    os.close(inside)
    assert process.wait() == 0
    assert "公共照明".encode() in said
    return said


def test_explain_shows_a_person_and_a_program_the_same(model: Path) -> None:
    said, wrong = run(["explain", "--model", str(model), "楼道灯坏了三天了"])
    assert "公共照明" in said
    assert "门槛" in said
    assert "\x1b" not in said
    assert wrong == ""
    told = json.loads(run(["explain", "--json", "--model", str(model), "-"], "楼道灯坏了三天了\n")[0])
    assert told["parts"][0]["intent"] == "saf_lighting"


def test_parse_answers_line_by_line_in_both_ways(model: Path) -> None:
    said, _ = run(["parse", "--model", str(model)], "楼道灯坏了\n\n你好\n")
    assert [line.split()[0] for line in said.splitlines()] == ["登记", "不登记"]
    asked = "\n".join(json.dumps({"id": n, "text": t}) for n, t in enumerate(["楼道灯坏了", "你好"]))
    said, _ = run(["parse", "--jsonl", "--model", str(model), "--now", "2026-11-21T10:00"], asked)
    assert [json.loads(line)["id"] for line in said.splitlines()] == [0, 1]


def test_a_bad_line_is_named_and_the_others_are_answered(model: Path) -> None:
    lines = ["nonsense", '{"id": 1}', '{"id": 2, "text": 5}', "[" * 5000, '{"id": "ok", "text": "你好"}']
    said, wrong = run(["parse", "--jsonl", "--model", str(model)], "\n".join(lines), code=1)
    assert [json.loads(line)["id"] for line in said.splitlines()] == ["ok"]
    assert [n for n in range(1, 6) if f"第 {n} 行" in wrong] == [1, 2, 3, 4]


@pytest.mark.parametrize("command", ["parse --jsonl", "parse", "explain 楼道灯坏了 --json"])
def test_a_reader_that_has_enough_is_no_fault(model: Path, command: str) -> None:
    lines = '{"id": 1, "text": "你好"}\n' * 3000
    line = f"{sys.executable} -m nlu {command} --model {model} | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], input=lines.encode(), capture_output=True, timeout=120
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert len(done.stdout.splitlines()) == 1


def test_a_folder_that_cannot_hold_a_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    _, wrong = run(["parse", "--model", str(tmp_path / "file" / "model")], "你好\n", code=1)
    assert _CHINESE.search(wrong)
