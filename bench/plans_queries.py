"""What `bench.plans` asks: lists and ledgers as people open them, and counts over spans beside them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from casework.books.figures import Axis
from casework.books.ledgers import LedgerFilter, ProblemKind
from casework.reports import RequestFilter
from casework.statuses import IN_WORK, RequestStatus
from storage.unit_of_work import UnitOfWork

Query = Callable[[UnitOfWork], Awaitable[Any]]
NOW = datetime(2026, 11, 21, tzinfo=UTC)
WEEK = RequestFilter(since=NOW - timedelta(days=7), until=NOW)
MONTH = RequestFilter(since=NOW - timedelta(days=30), until=NOW)
ALL = RequestFilter()
#: A page of a ledger.
PAGE = 8

#: Each of them has to stay below 50 ms.
QUERIES: dict[str, Query] = {
    "one request, locked": lambda uow: uow.requests.get(250_000, lock=True),
    "by number": lambda uow: uow.requests.find("20261120"),
    "by phone": lambda uow: uow.requests.find("13000007919"),
    "/my of a resident": lambda uow: uow.requests.of_resident(100_001 + 7919),
    "tasks of an organisation": lambda uow: uow.requests.of_organisations([7], IN_WORK),
    "open offers of an organisation": lambda uow: uow.offers.open_of_organisations([7]),
    "triage": lambda uow: uow.requests.with_status([RequestStatus.TRIAGE]),
    "reopen requests": lambda uow: uow.requests.with_status([RequestStatus.REOPEN_REQUESTED]),
    "/late": lambda uow: uow.requests.late(NOW),
    "untaken emergencies": lambda uow: uow.requests.untaken_emergencies(),
    "history of a request": lambda uow: uow.requests.history(250_000),
    "workloads of 1,000 organisations": lambda uow: uow.organisations.workloads(range(1, 1001)),
    "next timer": lambda uow: uow.timers.next_due(NOW - timedelta(days=60)),
    "call-back list": lambda uow: uow.calls.due(NOW),
    "ledger of needs, newest page": lambda uow: uow.ledgers.needs(ALL, PAGE),
    "ledger of needs, a month": lambda uow: uow.ledgers.needs(MONTH, PAGE),
    "ledger of needs, a month, 100th page": lambda uow: uow.ledgers.needs(MONTH, PAGE, 99 * PAGE),
    "ledger of needs, one status": lambda uow: uow.ledgers.needs(
        replace(ALL, statuses=frozenset({RequestStatus.DECLINED})), PAGE
    ),
    "ledger of needs, one organisation": lambda uow: uow.ledgers.needs(replace(ALL, organisation_id=7), PAGE),
    "ledger of needs, one compound, a month": lambda uow: uow.ledgers.needs(
        replace(MONTH, compound="丰和家园"), PAGE
    ),
    "ledger of needs, one item": lambda uow: uow.ledgers.needs(replace(ALL, item="way_elevator"), PAGE),
    "ledger of problems, open": lambda uow: uow.ledgers.problems(LedgerFilter(open=True), PAGE),
    "ledger of problems, one kind": lambda uow: uow.ledgers.problems(
        LedgerFilter(kind=ProblemKind.LATE), PAGE
    ),
    "ledger of problems, one organisation": lambda uow: uow.ledgers.problems(
        LedgerFilter(organisation_id=39), PAGE
    ),
    "ledger of rectifications, open": lambda uow: uow.ledgers.rectifications(LedgerFilter(open=True), PAGE),
    "what looks alike, one item, a week": lambda uow: uow.alikes.among(
        "way_elevator", NOW - timedelta(days=7)
    ),
    "behind a joint need": lambda uow: uow.joint_needs.behind(
        "way_elevator", "丰和家园", NOW - timedelta(days=30)
    ),
    "behind a figure, first page": lambda uow: uow.figures.listed(WEEK, PAGE),
}
#: Read a few times a day, over all requests of a span: told, not limited.
COUNTS: dict[str, Query] = {
    "words of every tenth among the newest 30,000": lambda uow: uow.requests.find("理发"),
    "words of none among the newest 30,000": lambda uow: uow.requests.find("钢琴"),
    "count of the ledger, a month": lambda uow: uow.ledgers.count_needs(MONTH),
    "tally of a week (35,000)": lambda uow: uow.figures.tally(WEEK, NOW),
    "days of a week": lambda uow: uow.figures.by(Axis.DAY, WEEK, NOW),
    "three rates of a week": lambda uow: uow.rates.of(WEEK, NOW),
    "rates of each organisation, a week": lambda uow: uow.rates.by_organisation(WEEK, NOW),
    "crowded places of a month (150,000)": lambda uow: uow.joint_needs.crowded(NOW - timedelta(days=30), 5),
}
