"""Why an organisation said no, why a resident gave so many stars: codes to tap, and their words."""

from __future__ import annotations

from handlers.kit.texts import Texts

#: What can be tapped; "other" asks for own words, which are kept as they are.
DECLINE_REASONS = ("hands", "time", "area", "skill")


def decline_reason(texts: Texts, reason: str) -> str:
    """The words of a tapped reason; own words come back unchanged."""
    return texts.plain(f"decline-reason-{reason}") if reason in DECLINE_REASONS else reason


#: Why a resident gave so many stars: codes that can be tapped.
GOOD_REASONS = ("quick", "kind", "skilled", "clean")
BAD_REASONS = ("late", "rude", "poor", "messy", "cost", "absent")


def rating_reasons(texts: Texts, reasons: tuple[str, ...]) -> str:
    """The words of tapped reasons, for a list in a sentence."""
    return "、".join(texts.plain(f"rating-reason-{r}") for r in reasons)
