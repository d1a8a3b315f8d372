"""What spoke for an organisation and what against it, in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casework.entities import ScorePart
from handlers.admin.scores import for_and_against
from handlers.kit.texts import default_texts

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(("fit", "speaks_for"), [(1.0, True), (0.5, False), (0.3, False)])
def test_how_well_it_fits_is_always_said(fit: float, speaks_for: bool) -> None:
    pro, contra = for_and_against(default_texts(), [ScorePart("fit", fit, 0.4, "eld_haircut")], NOW)
    assert (len(pro), len(contra)) == ((1, 0) if speaks_for else (0, 1))
