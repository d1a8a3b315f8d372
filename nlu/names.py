"""What items, acts and rules are called where a person reads about them (nlu/data/names.yml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PATH = Path(__file__).parent / "data" / "names.yml"


@dataclass(frozen=True, slots=True)
class Names:
    """Code → Chinese name, and name of a rule of danger → what it listens for."""

    intents: dict[str, str]
    rules: dict[str, str]

    def of(self, intent: str) -> str:
        """The name of an item or act; its code where nobody has named it."""
        return self.intents.get(intent, intent)


@cache
def names() -> Names:
    """Read once."""
    import yaml

    told = yaml.load(_PATH.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Names({**told["items"], **told["acts"]}, told["rules"])
