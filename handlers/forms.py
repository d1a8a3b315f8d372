"""A ledger as an office prints it: plain words and numbers, ready to be written as a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Form:
    """`columns` are (head, width in characters); `rows` have a cell for each of them. Under the rows stands
    `total` beside its label, and the line for signatures. `page` is the footer with &P and &N."""

    title: str
    unit: str
    span: str
    date: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    total_label: str
    total: str
    sign: str
    page: str


class FormWriter(Protocol):
    """Writes forms as files."""

    async def write(self, form: Form) -> bytes:
        """An xlsx. Raises RuntimeError when it cannot be written."""
