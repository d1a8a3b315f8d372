"""Requests and history entries as rows, and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from casework.entities import Address, Details, HistoryEntry, Request
from casework.policy import Mode, ServiceClass
from casework.statuses import CLOSED, RequestStatus, TriageReason

#: Nobody can be late here: it is closed, the resident has the word, or the clock stands still.
_NOT_LATE = CLOSED | {RequestStatus.DONE, RequestStatus.WAITING_RESIDENT}
_UNANSWERED = {RequestStatus.SUBMITTED, RequestStatus.OFFERED}


def late_from(request: Request) -> datetime | None:
    """From when the request counts as late, if nothing changes."""
    if request.status in _NOT_LATE:
        return None
    dues = [request.resolve_due, request.answer_due if request.status in _UNANSWERED else None]
    return min((due for due in dues if due), default=None)


def row_of(request: Request) -> dict[str, Any]:
    """All columns but the id."""
    details, address = request.details, request.details.address
    return {
        "community_id": request.community_id,
        "number": request.number,
        "resident_id": request.resident_id,
        "item": request.item,
        "category": request.category,
        "description": request.description,
        "summary": request.summary,
        "status": request.status.value,
        "compound": address.compound,
        "building": address.building,
        "unit": address.unit,
        "room": address.room,
        "place": address.place,
        "phone": details.phone,
        "phone_key": details.phone,
        "time_expr": details.time_expr,
        "time_start": details.time_start,
        "recipient": details.recipient,
        "age": details.age,
        "created_at": request.created_at,
        "updated_at": request.updated_at,
        "urgent": request.urgent,
        "hotlines": request.hotlines,
        "organisation_id": request.organisation_id,
        "triage_reason": request.triage_reason and request.triage_reason.value,
        "answer_due": request.answer_due,
        "resolve_due": request.resolve_due,
        "started_at": request.started_at,
        "done_at": request.done_at,
        "taken_by": request.taken_by,
        "bundle": request.bundle,
        "urges": request.urges,
        "followers": request.followers,
        "version": request.version,
        "service_class": request.service_class.value,
        "mode": request.mode.value,
        "stopped_at": request.stopped_at,
        "merged_into": request.merged_into,
        "parent_id": request.parent_id,
        "reopened": request.reopened,
        "escalation": request.escalation,
        "late_from": late_from(request),
        "closed_at": request.closed_at,
    }


def request_of(row: Row[Any]) -> Request:
    """The entity of a whole row of `requests`."""
    address = Address(row.compound, row.building, row.unit, row.room, row.place)
    return Request(
        id=row.id,
        community_id=row.community_id,
        number=row.number,
        resident_id=row.resident_id,
        item=row.item,
        category=row.category,
        description=row.description,
        summary=row.summary,
        status=RequestStatus(row.status),
        details=Details(address, row.phone, row.time_expr, row.time_start, row.recipient, row.age),
        created_at=row.created_at,
        updated_at=row.updated_at,
        urgent=row.urgent,
        hotlines=tuple(row.hotlines),
        organisation_id=row.organisation_id,
        triage_reason=TriageReason(row.triage_reason) if row.triage_reason else None,
        answer_due=row.answer_due,
        resolve_due=row.resolve_due,
        started_at=row.started_at,
        done_at=row.done_at,
        taken_by=row.taken_by,
        bundle=row.bundle,
        urges=row.urges,
        followers=row.followers,
        version=row.version,
        service_class=ServiceClass(row.service_class),
        mode=Mode(row.mode),
        stopped_at=row.stopped_at,
        merged_into=row.merged_into,
        parent_id=row.parent_id,
        reopened=row.reopened,
        escalation=row.escalation,
        closed_at=row.closed_at,
        wiped_at=row.wiped_at,
    )


def row_of_entry(entry: HistoryEntry, request_id: int) -> dict[str, Any]:
    """All columns but the id."""
    return {
        "community_id": entry.community_id,
        "request_id": request_id,
        "at": entry.at,
        "action": entry.action,
        "from_status": entry.from_status and entry.from_status.value,
        "to_status": entry.to_status.value,
        "actor_role": entry.actor_role,
        "actor_id": entry.actor_id,
        "reason": entry.reason,
    }


def entry_of(row: Row[Any]) -> HistoryEntry:
    """The entity of a whole row of `history`."""
    return HistoryEntry(
        request_id=row.request_id,
        community_id=row.community_id,
        at=row.at,
        action=row.action,
        from_status=RequestStatus(row.from_status) if row.from_status else None,
        to_status=RequestStatus(row.to_status),
        actor_role=row.actor_role,
        actor_id=row.actor_id,
        reason=row.reason,
    )
