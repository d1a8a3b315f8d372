"""Excel in and out, pure bytes ↔ rows: the list of organisations, its template, the ledger of requests."""

from handlers.admin.sheets.ledger import LedgerWriter, request_json, write_requests
from handlers.admin.sheets.reading import Problem, SheetResult, describe, read_organisations
from handlers.admin.sheets.template import organisation_template

__all__ = [
    "LedgerWriter",
    "Problem",
    "SheetResult",
    "describe",
    "organisation_template",
    "read_organisations",
    "request_json",
    "write_requests",
]
