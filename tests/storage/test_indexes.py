"""The queries of busy moments stay on an index, also in a database nobody has analysed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from casework.books.figures import Axis
from casework.books.ledgers import LedgerFilter, ProblemKind
from casework.keeping.personal import STAGES
from casework.reports import RequestFilter
from casework.statuses import IN_WORK, RequestStatus
from casework.together.joint import JointState
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.things import HOME, NOW

Query = Callable[[UnitOfWork], Awaitable[Any]]
WEEK = RequestFilter(since=NOW, until=NOW + timedelta(days=7))


async def retained(uow: UnitOfWork) -> None:
    """The first bite of a night."""
    await uow.retention.begin(NOW)
    await uow.retention.next(dict.fromkeys((*STAGES, "rejected", "undecided", "undelivered"), NOW))


#: What is asked → the index that must answer it.
QUERIES: dict[str, Query] = {
    "ix_inbox_turn": lambda uow: uow.inbox.claim([7, 8]),
    "ix_inbox_chat (community_id=? AND chat_id=?)": lambda uow: uow.inbox.receive(
        [{"update_id": 1, "message": {"chat": {"id": 7}}}]
    ),
    "ix_inbox_chat": lambda uow: uow.inbox.claim(),
    "SEARCH inbox USING INDEX ix_inbox_dead": lambda uow: uow.gauges.glance(NOW),
    "SEARCH outbox USING INDEX ix_outbox_pending (community_id=?)": lambda uow: uow.gauges.glance(NOW),
    "ix_requests_late (community_id=? AND late_from>? AND late_from<?)": lambda uow: uow.gauges.glance(NOW),
    "COVERING INDEX ix_requests_status (community_id=?)": lambda uow: uow.gauges.by_status(),
    "ix_outbox_pending": lambda uow: uow.outbox.claim(NOW, 5, [3]),
    "ix_outbox_sent (community_id=? AND finished_at>?)": lambda uow: uow.outbox.sent_lately(NOW, NOW),
    "ix_outbox_chat": lambda uow: uow.outbox.claim(NOW, 5),
    "uq_outbox_key": lambda uow: uow.outbox.count_by_key_prefix("broadcast:1:"),
    "ix_timers_due": lambda uow: uow.timers.claim_due(NOW),
    "ix_timers_due (community_id=? AND due_at<?)": lambda uow: uow.timers.next_due(NOW),
    "ix_offences_person": lambda uow: uow.offences.count(1, NOW),
    "ix_offences_at": lambda uow: uow.offences.forget(NOW),
    "ix_schedules_due": lambda uow: uow.schedules.claim_due(NOW),
    "ix_schedules_due (community_id=? AND due_at<?)": lambda uow: uow.schedules.next_due(NOW),
    "ix_held_untold (community_id=?)": lambda uow: uow.held.chats(5),
    "ix_held_untold (community_id=? AND chat_id=?)": lambda uow: uow.held.of_chat(7),
    "ix_requests_unwiped (community_id=? AND updated_at<?)": lambda uow: retained(uow),
    "uq_erasures_person": lambda uow: uow.erasures.of(7),
    "ix_requests_late": lambda uow: uow.requests.late(NOW),
    "ix_requests_untaken": lambda uow: uow.requests.untaken_emergencies(),
    "ix_requests_resident": lambda uow: uow.requests.of_resident(1),
    "ix_requests_status": lambda uow: uow.requests.with_status([RequestStatus.TRIAGE]),
    "ix_requests_organisation (community_id=? AND organisation_id=?)": lambda uow: uow.ledgers.needs(
        RequestFilter(organisation_id=1), 8
    ),
    "organisation_id=? AND status=?": lambda uow: uow.requests.of_organisations([1], IN_WORK),
    "COVERING INDEX ix_requests_organisation": lambda uow: uow.organisations.workloads([1, 2]),
    "number>? AND number<?": lambda uow: uow.requests.find("20261121"),
    "ix_requests_phone_key (community_id=? AND <expr>=?)": lambda uow: uow.requests.find("13812345678"),
    "ix_requests_newest": lambda uow: uow.requests.find("漏水"),
    "created_at>? AND created_at<?": lambda uow: uow.figures.tally(WEEK, NOW),
    "USING INDEX ix_requests_created (community_id=? AND created_at>?": lambda uow: uow.figures.listed(
        WEEK, 9
    ),
    "requests USING INDEX ix_requests_created": lambda uow: uow.figures.by(Axis.DAY, WEEK, NOW),
    "ix_calls_due": lambda uow: uow.calls.due(NOW),
    "uq_calls_waiting": lambda uow: uow.calls.waiting_of(1),
    "ix_calls_request": lambda uow: uow.calls.of_requests([1, 2]),
    "ix_problems_at": lambda uow: uow.ledgers.problems(LedgerFilter(kind=ProblemKind.LATE), 8),
    "ix_problems_request": lambda uow: uow.problems.of_requests([1, 2]),
    "ix_rectifications_at": lambda uow: uow.ledgers.rectifications(LedgerFilter(open=True), 8),
    "ix_rectifications_due": lambda uow: uow.rectifications.due(NOW),
    "ix_rectifications_problem": lambda uow: uow.rectifications.of_problems([1, 2]),
    "ix_requests_compound": lambda uow: uow.ledgers.needs(replace(WEEK, compound="丰和家园"), 8),
    "COVERING INDEX ix_requests_status (community_id=? AND status=? AND created_at>? AND created_at<?)": (
        lambda uow: uow.ledgers.count_needs(WEEK)
    ),
    "ix_requests_status (community_id=?": lambda uow: uow.ledgers.confirmed(NOW, NOW, NOW),
    "SEARCH offers USING INDEX ix_offers_request": lambda uow: uow.rates.of(WEEK, NOW),
    "SEARCH requests USING INDEX ix_requests": lambda uow: uow.rates.by_organisation(WEEK, NOW),
    "ix_offers_open": lambda uow: uow.offers.open_of_organisations([1]),
    "ix_offers_request": lambda uow: uow.offers.of_request(1),
    "ix_leads_person": lambda uow: uow.organisations.led_by(1),
    "ix_audit_request": lambda uow: uow.audit.of_request(1, before=9),
    "sqlite_autoindex_audit_1": lambda uow: uow.audit.newest(),
    "ix_showings_look": lambda uow: uow.showings.due(NOW, 9),
    "ix_history_request": lambda uow: uow.requests.history(1),
    "ix_decisions_request": lambda uow: uow.decisions.of_request(1),
    "ix_team_parts_request": lambda uow: uow.teams.of_request(1),
    "ix_team_parts_open": lambda uow: uow.teams.open_of_organisations([1]),
    "uq_meetings_open": lambda uow: uow.meetings.current(),
    "sqlite_autoindex_meeting_lots_1": lambda uow: uow.meetings.lots(1),
    "sqlite_autoindex_meeting_ticks_1": lambda uow: uow.meetings.ticks(1),
    "ix_offers_open (community_id=? AND organisation_id=?)": lambda uow: uow.organisations.workloads([1, 2]),
    "ix_offers_answered": lambda uow: uow.register.signs_of_life(),
    "status=? AND created_at>?": lambda uow: uow.evaluations.services(NOW),
    "ix_requests_status (community_id=? AND status=? AND created_at>?)": (
        lambda uow: uow.evaluations.confirmed_since(NOW)
    ),
    "ix_listings_organisation": lambda uow: uow.register.of_organisation(1),
    "ix_spot_checks_newest": lambda uow: uow.register.checks(),
    "ix_donations_at": lambda uow: uow.disclosures.donations(NOW, NOW),
    "ix_requests_alike (community_id=? AND item=? AND created_at>?)": (
        lambda uow: uow.alikes.among("saf_lighting", NOW)
    ),
    "ix_requests_merged": lambda uow: uow.alikes.merged_into([1, 2]),
    "ix_alikes_other": lambda uow: uow.alikes.of_request(1),
    "ix_followers_request": lambda uow: uow.followers.of_request(1),
    "ix_followers_person": lambda uow: uow.followers.of_person(1),
    "INDEX ix_requests_": lambda uow: uow.joint_needs.behind("saf_lighting", "丰和家园", NOW),
    "ix_requests_created (community_id=? AND created_at>?)": lambda uow: uow.joint_needs.crowded(NOW, 5),
    "ix_joint_needs_item": lambda uow: uow.joint_needs.latest("saf_lighting", "丰和家园"),
    "ix_joint_needs_state": lambda uow: uow.joint_needs.listed([JointState.SUGGESTED]),
    "uq_joint_needs_request": lambda uow: uow.joint_needs.of_request(1),
    "sqlite_autoindex_joint_members_1 (joint_id=?)": lambda uow: uow.joint_needs.members(1),
    "ix_milestones_joint": lambda uow: uow.joint_needs.milestones(1),
}


@pytest.mark.parametrize("index", QUERIES)
async def test_index(tmp_path: Path, index: str) -> None:
    database = Database(f"sqlite:///{tmp_path / 'linying.db'}")
    await database.open()
    asked: list[tuple[str, Any]] = []
    async with database.transaction(HOME) as uow:
        connection = uow.outbox._connection

        @event.listens_for(connection.sync_connection, "before_cursor_execute")
        def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            asked.append((statement, parameters))

        await QUERIES[index](uow)
        plans = [
            str(step[3])
            for statement, parameters in list(asked)
            if not statement.startswith("BEGIN")
            for step in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    await database.close()
    assert any(index in step for step in plans), plans
    scanned = [step for step in plans if step.startswith("SCAN")]
    assert [step for step in scanned if "requests" in step or "inbox" in step or "outbox" in step] == []
