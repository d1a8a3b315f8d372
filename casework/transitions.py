"""The one table of how a request moves, and the one function through which every move goes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from casework.entities import HistoryEntry, Request
from casework.errors import WrongState
from casework.permissions import Actor, Role
from casework.statuses import CLOSED
from casework.statuses import RequestStatus as S


class Action(StrEnum):
    """What can happen to a request."""

    SUBMIT = "submit"
    OFFER = "offer"
    TRIAGE = "triage"
    REFUSE = "refuse"
    LAPSE = "lapse"
    ACCEPT = "accept"
    START = "start"
    ASK = "ask"
    ANSWER = "answer"
    COMPLETE = "complete"
    CONFIRM = "confirm"
    REQUEST_REOPEN = "request_reopen"
    REOPEN = "reopen"
    REJECT_REOPEN = "reject_reopen"
    CANCEL = "cancel"
    RESTORE = "restore"
    DECLINE = "decline"
    HAND_BACK = "hand_back"
    RECATEGORISE = "recategorise"
    ASSIGN = "assign"
    MERGE = "merge"
    UNMERGE = "unmerge"


_OPEN_BEFORE_WORK = (S.SUBMITTED, S.TRIAGE, S.OFFERED)
_WORK = (S.ACCEPTED, S.IN_PROGRESS, S.WAITING_RESIDENT)

#: action → where it may start → where it ends. What is not here is forbidden.
TRANSITIONS: dict[Action, tuple[frozenset[S], S]] = {
    # Being submitted is how a request is born; nothing moves there.
    Action.SUBMIT: (frozenset(), S.SUBMITTED),
    Action.OFFER: (frozenset(_OPEN_BEFORE_WORK), S.OFFERED),
    Action.TRIAGE: (frozenset({*_OPEN_BEFORE_WORK, *_WORK}), S.TRIAGE),
    # One organisation less; the request stays offered until the next is asked, or a worker.
    Action.REFUSE: (frozenset({S.OFFERED}), S.OFFERED),
    Action.LAPSE: (frozenset({S.OFFERED}), S.OFFERED),
    Action.ACCEPT: (frozenset({S.OFFERED}), S.ACCEPTED),
    # A question before the start is answered into work that has not begun yet: it still can.
    Action.START: (frozenset({S.ACCEPTED, S.IN_PROGRESS}), S.IN_PROGRESS),
    Action.ASK: (frozenset({S.ACCEPTED, S.IN_PROGRESS}), S.WAITING_RESIDENT),
    Action.ANSWER: (frozenset({S.WAITING_RESIDENT}), S.IN_PROGRESS),
    # A worker who saw to it in person completes from before the work as well.
    Action.COMPLETE: (frozenset({*_OPEN_BEFORE_WORK, *_WORK}), S.DONE),
    Action.CONFIRM: (frozenset({S.DONE, S.REOPEN_REQUESTED}), S.CONFIRMED),
    Action.REQUEST_REOPEN: (frozenset({S.DONE, S.CONFIRMED}), S.REOPEN_REQUESTED),
    Action.REOPEN: (frozenset({S.REOPEN_REQUESTED}), S.SUBMITTED),
    Action.REJECT_REOPEN: (frozenset({S.REOPEN_REQUESTED}), S.DONE),
    Action.CANCEL: (frozenset({*_OPEN_BEFORE_WORK, *_WORK}), S.CANCELLED),
    Action.RESTORE: (frozenset({S.CANCELLED}), S.SUBMITTED),
    Action.DECLINE: (frozenset({*_OPEN_BEFORE_WORK, *_WORK}), S.DECLINED),
    Action.HAND_BACK: (frozenset(_WORK), S.TRIAGE),
    Action.RECATEGORISE: (frozenset({*_OPEN_BEFORE_WORK, *_WORK}), S.SUBMITTED),
    Action.ASSIGN: (frozenset({*_OPEN_BEFORE_WORK, *_WORK}), S.OFFERED),
    # Also what a second organisation has in hand: nobody should go twice.
    Action.MERGE: (frozenset({*_OPEN_BEFORE_WORK, *_WORK}), S.MERGED),
    Action.UNMERGE: (frozenset({S.MERGED}), S.SUBMITTED),
}


def can(request: Request, action: Action) -> bool:
    """Whether the table lets the action start where the request stands."""
    return request.status in TRANSITIONS[action][0]


def move(
    request: Request, action: Action, actor: Actor, now: datetime, *, as_role: Role, reason: str = ""
) -> tuple[Request, HistoryEntry]:
    """The request after the action, and the history row that tells of it.

    The version is raised by one, which lets storage write by compare-and-set.
    Raises WrongState where the table has no such step.
    """
    starts, target = TRANSITIONS[action]
    if request.status not in starts:
        raise WrongState(number=request.number, status=request.status.value, action=action.value)
    entry = HistoryEntry(
        request_id=request.id,
        community_id=request.community_id,
        at=now,
        action=action.value,
        from_status=request.status,
        to_status=target,
        actor_role=as_role.value,
        actor_id=actor.person_id,
        reason=reason,
    )
    closed_at = now if target in CLOSED else None
    moved = request.with_(status=target, updated_at=now, version=request.version + 1, closed_at=closed_at)
    return moved, entry
