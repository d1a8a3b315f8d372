"""Who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT, name, python_files, tree


def imported(path: Path) -> set[str]:
    """The first part of every module that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: relative imports hide an arrow"
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("path", python_files("casework"), ids=name)
def test_casework_imports_the_standard_library_only(path: Path) -> None:
    assert imported(path) - sys.stdlib_module_names <= {"casework"}


@pytest.mark.parametrize("path", python_files(*PACKAGES), ids=name)
def test_the_program_does_not_import_tests_or_measurements(path: Path) -> None:
    assert not imported(path) & {"tests", "bench", "pytest", "hypothesis"}


def test_the_arrows_of_the_house_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_sql_stays_in_storage() -> None:
    outside = [path for path in python_files(*PACKAGES) if not name(path).startswith("storage/")]
    assert [name(path) for path in outside if imported(path) & {"sqlalchemy", "alembic", "aiosqlite"}] == []


#: The settings; the reader's own commands, which run without the program; a child process that inherits;
#: a library's switch that has no other handle.
READ_THE_ENVIRONMENT = {"bot/settings.py", "nlu/training.py", "bot/child.py", "nlu/pinyin.py"}


def test_only_the_settings_read_the_environment() -> None:
    def reads(path: Path) -> bool:
        return any(
            isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
            for node in ast.walk(tree(path))
        )

    assert {name(path) for path in python_files(*PACKAGES) if reads(path)} <= READ_THE_ENVIRONMENT
