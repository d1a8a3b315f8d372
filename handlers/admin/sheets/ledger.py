"""The ledger of requests: an xlsx with a sheet of requests and one of their history, or JSON objects."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from casework.catalogue import Community
from casework.entities import HistoryEntry, Request
from casework.use_cases.reading import ExportRow
from handlers.admin.sheets.styles import HEAD_FILL, keep_as_text, storable
from handlers.admin.steps import WorkerCards
from handlers.kit.reasons import rating_reasons
from handlers.kit.texts import Texts, default_texts

#: Excel's last row is 1,048,576; what is more goes on in another sheet.
MAX_SHEET_ROWS = 1_000_000

#: column → width; the cells come from _request_cells and _history_cells under the same names.
REQUEST_COLUMNS = {
    "number": 16,
    "created": 20,
    "item": 20,
    "group": 12,
    "category": 12,
    "status": 18,
    "urgent": 8,
    "organisation": 26,
    "description": 60,
    "compound": 16,
    "building": 8,
    "unit": 8,
    "room": 8,
    "place": 28,
    "phone": 16,
    "time": 32,
    "recipient": 12,
    "age": 8,
    "answer_due": 20,
    "resolve_due": 20,
    "done": 20,
    "urges": 10,
    "followers": 10,
    "stars": 8,
    "reasons": 24,
    "words": 40,
}
HISTORY_COLUMNS = {"number": 16, "at": 20, "action": 22, "from": 18, "to": 18, "role": 10, "reason": 60}

#: openpyxl takes text that begins so for a formula or for one of Excel's errors.
_NOT_TEXT = frozenset("=#")

Cell = str | int | datetime | None


class LedgerWriter:
    """Takes rows one after another, so that half a million need no more memory than one."""

    def __init__(self, community: Community, texts: Texts | None = None) -> None:
        from openpyxl import Workbook

        self.community = community
        self.texts = texts or default_texts()
        self._cards = WorkerCards(self.texts, community, "admin")
        self._words = self._cards.word
        self._zone = ZoneInfo(community.timezone)
        self._book = Workbook(write_only=True)
        self._requests = _Pages(self, "requests", REQUEST_COLUMNS)
        self._history = _Pages(self, "history", HISTORY_COLUMNS)
        self._requests.begin()
        self._history.begin()

    def add(self, row: ExportRow) -> None:
        """One request with its history."""
        self._requests.append(self._request_cells(row))
        for entry in row.history:
            self._history.append(self._history_cells(row.request, entry))

    def finish(self) -> bytes:
        """The file. Nothing can be added afterwards."""
        self._requests.end()
        self._history.end()
        out = io.BytesIO()
        self._book.save(out)
        return out.getvalue()

    def new_sheet(self, title: str) -> Any:
        """Another sheet of the book."""
        return self._book.create_sheet(title)

    def _local(self, moment: datetime | None) -> datetime | None:
        # Excel knows no time zones: what it shows is the community's wall clock.
        return moment.astimezone(self._zone).replace(tzinfo=None, microsecond=0) if moment else None

    def _request_cells(self, row: ExportRow) -> Sequence[Cell]:
        r, details, address = row.request, row.request.details, row.request.details.address
        item = self.community.catalogue.item(r.item)
        return (
            r.number,
            self._local(r.created_at),
            item.name,
            item.group_name,
            r.category,
            self._words("status", r.status),
            self.texts.plain("sheet-yes") if r.urgent else "",
            row.organisation.name if row.organisation else "",
            r.description,
            address.compound,
            address.building,
            address.unit,
            address.room,
            address.place,
            details.phone,
            self._cards.appointment(details),
            details.recipient,
            details.age,
            self._local(r.answer_due),
            self._local(r.resolve_due),
            self._local(r.done_at),
            r.urges,
            r.followers,
            row.rating.stars if row.rating else None,
            rating_reasons(self.texts, row.rating.reasons) if row.rating else "",
            row.rating.words if row.rating else "",
        )

    def _history_cells(self, request: Request, entry: HistoryEntry) -> Sequence[Cell]:
        return (
            request.number,
            self._local(entry.at),
            self._words("action", entry.action),
            self._words("status", entry.from_status) if entry.from_status else "",
            self._words("status", entry.to_status),
            self.texts.plain(f"role-{entry.actor_role}"),
            self._cards.why(entry),
        )


class _Pages:
    """Sheets of one kind; a new one is begun when one is full."""

    def __init__(self, writer: LedgerWriter, kind: str, columns: dict[str, int]) -> None:
        self._writer = writer
        self._kind = kind
        self._columns = columns
        self._sheet: Any = None
        self._rows = 0
        self._pages = 0

    def begin(self) -> None:
        from openpyxl.utils import get_column_letter

        self._pages += 1
        title = self._writer.texts.plain(f"sheet-name-{self._kind}")
        self._sheet = self._writer.new_sheet(title if self._pages == 1 else f"{title}{self._pages}")
        self._sheet.freeze_panes = "B2"
        for n, width in enumerate(self._columns.values(), start=1):
            self._sheet.column_dimensions[get_column_letter(n)].width = width
        self._sheet.append([self._head(name) for name in self._columns])
        self._rows = 1

    def append(self, cells: Sequence[Cell]) -> None:
        if self._rows >= MAX_SHEET_ROWS:
            self.end()
            self.begin()
        self._sheet.append([self._cell(value) for value in cells])
        self._rows += 1

    def end(self) -> None:
        from openpyxl.utils import get_column_letter

        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self._columns))}{self._rows}"

    def _head(self, name: str) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font, PatternFill

        cell = WriteOnlyCell(self._sheet, self._writer.texts.plain(f"ledger-{self._kind}-{name}"))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=HEAD_FILL)
        return cell

    def _cell(self, value: Cell) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if not isinstance(value, str):
            return value
        if not value:
            return None
        # A styled cell costs ten times a plain one, and only these would not stay text by themselves.
        if value[:1] not in _NOT_TEXT:
            return storable(value)
        cell = WriteOnlyCell(self._sheet)
        keep_as_text(cell, value)
        return cell


def write_requests(rows: Iterable[ExportRow], community: Community, texts: Texts | None = None) -> bytes:
    """The rows as one xlsx file."""
    writer = LedgerWriter(community, texts)
    for row in rows:
        writer.add(row)
    return writer.finish()


def request_json(row: ExportRow) -> dict[str, Any]:
    """One request as a JSON object; times are ISO 8601 in UTC, unknown parts are empty or null."""
    request, details = row.request, row.request.details
    address = details.address
    return {
        "number": request.number,
        "created_at": request.created_at.isoformat(),
        "item": request.item,
        "group": request.item.split("_")[0].upper(),
        "category": request.category,
        "status": request.status.value,
        "organisation": row.organisation.name if row.organisation else None,
        "description": request.description,
        "address": {
            "compound": address.compound,
            "building": address.building,
            "unit": address.unit,
            "room": address.room,
        },
        "place": address.place,
        "phone": details.phone,
        "time": details.time_start or details.time_expr,
        "urgent": request.urgent,
        "rating": row.rating.stars if row.rating else None,
        "followers": request.followers,
        "history": [
            {
                "at": entry.at.isoformat(),
                "from": entry.from_status.value if entry.from_status else None,
                "to": entry.to_status.value,
                "actor_role": entry.actor_role,
                "actor_id": entry.actor_id,
            }
            for entry in row.history
        ],
    }
