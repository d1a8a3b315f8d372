"""What the documents tell people to type and to open is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, name

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_make_commands_exist(path: Path) -> None:
    # As a command: alone on a line, or quoted; "make" in a sentence is a word.
    said = re.findall(r"(?:^\s*|`)make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert {"test"} <= set(said) <= TARGETS


def test_readme_names_both_commands() -> None:
    commands = re.findall(r"^make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert commands[:2] == ["run", "test"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_what_a_document_links_to_exists(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_readme_names_every_shipped_community() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"`{profile.stem}`" in text for profile in (ROOT / "communities").glob("*.yaml"))


def test_readme_names_every_setting_an_operator_needs() -> None:
    """The settings that other programs may rely on."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    promised = "TOKEN API_BASE DATABASE_URL ADMINS COMMUNITY WEBHOOK_URL WEBHOOK_SECRET SECRET_KEY DATA_DIR"
    assert [setting for setting in promised.split() if f"`LINYING_{setting}`" not in text] == []
