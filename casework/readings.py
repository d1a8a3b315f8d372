"""What the reader had said when a request was filed: kept, for it learns and would say it otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class KeptReading:
    """`heard` is the item that the reader took, empty where it did not decide; `filed_as` what a person then
    let be filed. `told` is the reader's explanation of the whole message, in its own JSON."""

    request_id: int
    filed_as: str
    heard: str
    told: Mapping[str, Any]
