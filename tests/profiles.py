"""Profiles for tests that run the real program."""

from __future__ import annotations

from pathlib import Path

_USUAL = Path(__file__).parents[1] / "communities" / "fenghe.yaml"


def without_quiet_hours(folder: Path) -> Path:
    """The usual profile for stories that may be told at any hour, as a file in `folder`."""
    profile = folder / "fenghe.yaml"
    usual = _USUAL.read_text(encoding="utf-8")
    profile.write_text(f'{usual}\npolicy: {{quiet: {{start: "0:00", end: "0:00"}}}}\n', encoding="utf-8")
    return profile
