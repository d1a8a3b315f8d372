"""Whose it is when it is not ours: the usual addressees, with the telephone that everybody knows."""

from __future__ import annotations

from collections.abc import Mapping

#: code → telephone; empty where each place has its own, which a profile may tell (`Policy.addressees`).
ADDRESSEES: Mapping[str, str] = {
    "hotline": "12345",
    "property": "",
    "street": "",
    "police": "110",
    "power": "95598",
    "water": "",
    "gas": "",
    "heating": "",
    "telecom": "",
    "urban": "12319",
    "consumer": "12315",
    "labour": "12333",
    "legal": "12348",
    "health": "12320",
}


def phone_of(code: str, known: Mapping[str, str]) -> str:
    """The telephone of an addressee; what the community knows better wins. Empty for an unknown one."""
    return known.get(code) or ADDRESSEES.get(code, "")
