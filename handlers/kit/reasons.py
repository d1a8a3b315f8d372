"""Why an organisation said no: codes that can be tapped, and their words."""

from __future__ import annotations

from handlers.kit.texts import Texts

#: What can be tapped; "other" asks for own words, which are kept as they are.
DECLINE_REASONS = ("hands", "time", "area", "skill")


def decline_reason(texts: Texts, reason: str) -> str:
    """The words of a tapped reason; own words come back unchanged."""
    return texts.plain(f"decline-reason-{reason}") if reason in DECLINE_REASONS else reason
