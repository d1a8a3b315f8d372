"""Which requests a list, a count or a rate is about, as conditions on the columns of `requests`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement

from casework.reports import RequestFilter
from storage.tables import requests

_r = requests.c


def conditions(wanted: RequestFilter) -> Sequence[ColumnElement[bool]]:
    """All of which must hold; the community is not among them."""
    asked = (
        None if wanted.since is None else _r.created_at >= wanted.since,
        None if wanted.until is None else _r.created_at < wanted.until,
        None if wanted.item is None else _r.item == wanted.item,
        None if wanted.items is None else _r.item.in_(sorted(wanted.items)),
        None if wanted.category is None else _r.category == wanted.category,
        None if wanted.compound is None else _r.compound == wanted.compound,
        None if wanted.outside is None else _r.compound.not_in(sorted(wanted.outside)),
        None if wanted.organisation_id is None else _held_by(wanted.organisation_id),
        None if wanted.statuses is None else _r.status.in_(sorted(s.value for s in wanted.statuses)),
        None if wanted.urgent is None else _r.urgent.is_(wanted.urgent),
        None if wanted.late_at is None else is_late(wanted.late_at),
    )
    return [condition for condition in asked if condition is not None]


def _held_by(organisation_id: int) -> ColumnElement[bool]:
    return _r.organisation_id == organisation_id if organisation_id else _r.organisation_id.is_(None)


def is_late(at: datetime) -> ColumnElement[bool]:
    """Done after its promised time, or due before that moment and not done."""
    return (_r.done_at > _r.resolve_due) | (_r.done_at.is_(None) & (_r.late_from < at))
