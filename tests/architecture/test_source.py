"""How the source is written: size, and which language is where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, name, python_files, strings, tree

LINES = 400
HAN = re.compile(r"[\u4e00-\u9fff]")

#: Code that reads Chinese, which residents write, instead of speaking it.
READS = {
    "casework/giving/hours.py",
    "casework/together/likeness.py",
    "handlers/dialogue/own_data_words.py",
    "handlers/dialogue/words.py",
    "handlers/lead/amounts.py",
    "handlers/lead/plans.py",
    "handlers/lead/words.py",
    "storage/repositories/finding.py",
}


@pytest.mark.parametrize("path", python_files(*PACKAGES, "tests"), ids=name)
def test_a_file_has_one_job(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


@pytest.mark.parametrize("path", python_files("casework", "handlers", "storage"), ids=name)
def test_what_people_read_is_no_string_in_the_code(path: Path) -> None:
    """bot/ may speak to whoever starts the program, and nlu/ is about Chinese; nobody else may."""
    if name(path) in READS:
        return
    assert [(s.lineno, s.value) for s in strings(tree(path)) if HAN.search(s.value)] == []


def test_the_list_of_readers_only_shrinks() -> None:
    speaking = {
        name(p) for p in python_files("casework", "handlers", "storage") if any(map(_han, strings(tree(p))))
    }
    assert speaking == READS


def _han(constant: object) -> bool:
    return bool(HAN.search(getattr(constant, "value", "")))


@pytest.mark.parametrize("path", python_files(*PACKAGES), ids=name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    import ast

    content = path.read_text(encoding="utf-8").strip()
    assert not content or ast.get_docstring(tree(path))
