"""What made-up workers do: their desk each working morning, and what they are called to between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.simulation.people import WORKERS, Town
from bot.simulation.playing import Agenda, Players
from bot.simulation.stage import Stage
from casework import events as told
from casework.books.calls import Call
from casework.entities import Request
from casework.promises.clock_events import WorkerReminded
from casework.promises.moments import local
from casework.statuses import RequestStatus
from casework.use_cases.calls import HearSolved, HearUnsolved, ListCalls, MissCall, RateByCall
from casework.use_cases.merging import MergeRequests, UnmergeRequest
from casework.use_cases.workers import (
    AssignRequest,
    CloseForResident,
    DecideReopen,
    DeclineRequest,
    PutIntoTriage,
    RecategoriseRequest,
    SettleRequest,
    SuggestOrganisations,
)

#: So many are rung up in a day.
_CALLS_A_DAY = 40


class Desk(Players):
    """Residents, leads and workers together."""

    def __init__(self, stage: Stage, town: Town, agenda: Agenda) -> None:
        super().__init__(stage, town, agenda)
        self.reactions |= {
            told.NeedsTriage: lambda e: self._sometime(0.85, e.request, self.sort),
            told.ReopenRequested: lambda e: self._sometime(0.9, e.request, self.decide),
            told.EmergencyTaken: self.on_taken,
            told.LooksAlike: self.on_alike,
            WorkerReminded: lambda e: self._sometime(0.6, e.request, self.look_after),
        }

    @property
    def worker(self) -> int:
        """Whoever is at the desk."""
        return self.lot.choice(WORKERS)

    def _sometime(self, share: float, request: Request, deed: Any) -> None:
        """At the desk, during office hours; some things are overlooked."""
        if self.chance(share):
            at = self.stage.clock.now() + timedelta(hours=self.lot.uniform(0.1, 6))
            self.agenda.put(self.office_hour(at), lambda: deed(request.id))

    def office_hour(self, at: Any) -> Any:
        """That moment, or the next morning that is worked on."""
        community = self.stage.community
        here = local(at, community)
        while not (9 <= here.hour < 17 and community.calendar.is_working_day(here.date())):
            here = (here + timedelta(hours=1)).replace(minute=self.lot.randint(0, 59))
        return here.astimezone(at.tzinfo)

    async def now_at(self, request_id: int) -> Request:
        """The request as it stands."""
        found: Request = await self.stage.read(lambda uow: uow.requests.get(request_id))
        return found

    async def sort(self, request_id: int) -> None:
        """A request in triage: to whom, or whose is it?"""
        request = await self.now_at(request_id)
        if request.status is not RequestStatus.TRIAGE:
            return
        who, way = self.worker, self.lot.random()
        if way < 0.08:
            await self.do(DeclineRequest, who, request_id, "归供电公司，请打 95598")
        elif way < 0.16:
            other = self.lot.choice([item.code for item in self.stage.community.catalogue])
            await self.do(RecategoriseRequest, who, request_id, other, "看错了")
        elif way < 0.22:
            await self.do(CloseForResident, who, request_id, solved=False, reason="居民说不用了")
        else:
            await self._assign(who, request_id)

    async def _assign(self, who: int, request_id: int) -> None:
        found = await self.do(SuggestOrganisations, who, request_id)
        if found:
            best = self.lot.choice(found[:2])
            await self.do(AssignRequest, who, request_id, best.organisation.id)
        else:
            await self.do(SettleRequest, who, request_id, "社区自己办了")

    async def decide(self, request_id: int) -> None:
        """「没解决」: mostly believed."""
        approve = self.chance(0.8)
        await self.do(DecideReopen, self.worker, request_id, approve=approve, reason="看过现场了")

    async def look_after(self, request_id: int) -> None:
        """What the clock put before a worker."""
        request = await self.now_at(request_id)
        if request.status is RequestStatus.TRIAGE:
            await self.sort(request_id)
        elif request.status is RequestStatus.REOPEN_REQUESTED:
            await self.decide(request_id)
        elif self.chance(0.5):
            # Whoever forgot it has had it long enough.
            await self.do(PutIntoTriage, self.worker, request_id)

    def on_taken(self, event: told.EmergencyTaken) -> None:
        """A worker who took an emergency sees to it in person."""
        if event.organisation is None:
            it = event.request
            self.later(0.3, 3, lambda: self.do(SettleRequest, event.by, it.id, "已到现场处理"), awake=False)

    def on_alike(self, event: told.LooksAlike) -> None:
        """Merged, sometimes by mistake."""
        first, other = event.request.id, event.others[0].id
        if self.chance(0.5):
            self._sometime(1.0, event.request, lambda _: self.do(MergeRequests, self.worker, first, other))
            if self.chance(0.1):
                self.later(20, 60, lambda: self.do(UnmergeRequest, self.worker, first))

    async def ring_up(self) -> None:
        """The call-back list of a morning."""
        listed = await self.do(ListCalls, self.worker)
        for call, request in (listed[0] if listed else [])[:_CALLS_A_DAY]:
            await self._ring(call, request)

    async def _ring(self, call: Call, request: Request) -> None:
        who, way = self.worker, self.lot.random()
        if way < 0.3:
            await self.do(MissCall, who, call.id)
        elif way < 0.4:
            await self.do(HearUnsolved, who, call.id, "没弄好")
        elif await self.do(HearSolved, who, call.id) and self.chance(0.7):
            await self.do(RateByCall, who, call.id, self.lot.choice((5, 4, 4, 3)))
