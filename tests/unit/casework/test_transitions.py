"""The transition table: what it allows, and that nothing else moves."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from casework.entities import Details, Request
from casework.errors import WrongState
from casework.permissions import Actor, Role
from casework.statuses import CLOSED, RequestStatus
from casework.transitions import TRANSITIONS, Action, can, move

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
ACTOR = Actor(7, "fenghe", frozenset({Role.RESIDENT}))


def request(status: RequestStatus) -> Request:
    return Request(
        1,
        "fenghe",
        "20261121-0001",
        7,
        "eld_haircut",
        "互助类",
        "剪头发",
        "剪头发",
        status,
        Details(),
        NOW,
        NOW,
    )


@pytest.mark.parametrize(("status", "action"), list(itertools.product(RequestStatus, Action)))
def test_a_move_goes_where_the_table_says_or_not_at_all(status: RequestStatus, action: Action) -> None:
    before = request(status)
    starts, target = TRANSITIONS[action]
    if status not in starts:
        with pytest.raises(WrongState):
            move(before, action, ACTOR, NOW, as_role=Role.RESIDENT)
        return
    after, entry = move(before, action, ACTOR, NOW, as_role=Role.RESIDENT, reason="因为")
    assert after.status is target
    assert after.version == before.version + 1
    assert (entry.from_status, entry.to_status) == (status, target)
    assert (entry.actor_id, entry.actor_role, entry.reason) == (7, "resident", "因为")


def test_every_open_status_has_a_way_out_and_every_status_can_be_reached() -> None:
    leaving = {s for starts, _ in TRANSITIONS.values() for s in starts}
    reached = {target for _, target in TRANSITIONS.values()} | {RequestStatus.SUBMITTED}
    assert leaving >= set(RequestStatus) - CLOSED
    assert reached == set(RequestStatus)


def test_only_reopening_restoring_and_unmerging_lead_out_of_a_closed_request() -> None:
    out = {a for a in TRANSITIONS for s in CLOSED if can(request(s), a)}
    assert out == {Action.REQUEST_REOPEN, Action.RESTORE, Action.UNMERGE}


def test_nobody_but_the_resident_or_a_worker_confirms() -> None:
    """`done` is the organisation's word: no action that leads may take ends in confirmed."""
    into = {a for a, (_, target) in TRANSITIONS.items() if target is RequestStatus.CONFIRMED}
    assert into == {Action.CONFIRM}
