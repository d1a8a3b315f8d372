"""Pairs of items that a short message may mean: asked as one question with two answers, in plain words.

The question is the text `either-<one>-<other>`, an answer `button-<item>-not-<other>`.
"""

from __future__ import annotations

from collections.abc import Sequence

_PAIRS = frozenset(
    {
        ("hom_electric", "saf_lighting"),
        ("hom_electric", "aid_rescue"),
        ("hom_plumbing", "hom_leak"),
        ("hom_plumbing", "aid_rescue"),
        ("hom_plumbing", "way_parking"),
        ("hom_leak", "law_mediation"),
        ("hom_plumbing", "law_mediation"),
        ("hom_plumbing", "env_cleaning"),
        ("hom_locks", "hom_property"),
        ("edu_aftercare", "edu_camp"),
        ("edu_elder_class", "edu_hobby"),
        ("saf_noise", "law_mediation"),
        ("law_consult", "law_aid"),
        ("law_consult", "law_family"),
        ("law_consumer", "law_antifraud"),
        ("eld_meal", "aid_supplies"),
        ("eld_care", "med_accompany"),
        ("eld_visit", "eld_care"),
        ("med_rehab", "eld_bathing"),
        ("env_waste", "env_cleaning"),
        ("env_encroach", "saf_fire"),
        ("way_charging", "saf_fire"),
        ("saf_pets", "aid_missing"),
        ("aid_hardship", "aid_supplies"),
        ("job_vacancy", "job_hardship"),
        ("job_vacancy", "job_training"),
    }
)
#: Together this sure, a third item is not worth asking about.
_SURE = 0.85
#: The less likely of the two must still be this likely to be worth a question.
_WORTH = 0.08


def pairs() -> frozenset[tuple[str, str]]:
    """All pairs that have a question."""
    return _PAIRS


def pair_of(ranked: Sequence[tuple[str, float]]) -> tuple[str, str] | None:
    """The pair that the message may mean, from items with their chances, best first."""
    if len(ranked) < 2:
        return None
    (one, first), (other, second) = ranked[:2]
    if second < _WORTH or first + second < _SURE:
        return None
    return next((p for p in ((one, other), (other, one)) if p in _PAIRS), None)
