"""What made-up people do when they hear of something: sooner, later, otherwise than promised, or never."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from bot.simulation.people import WORKERS, Temper, Town
from bot.simulation.stage import Stage
from casework import events as told
from casework.entities import Details, Offer, Request, WorkReport
from casework.errors import CaseworkError
from casework.promises.moments import local
from casework.use_cases.leads import (
    AcceptOffer,
    AskResident,
    Attachment,
    CompleteWork,
    DeclineOffer,
    HandBack,
    StartWork,
    TakeEmergency,
)
from casework.use_cases.residents import (
    AddResidentNote,
    CancelRequest,
    ChangeRequest,
    ConfirmSolved,
    RateRequest,
    ReportUnsolved,
    RestoreRequest,
    UrgeRequest,
)

Deed = Callable[[], Awaitable[Any]]
_AWAKE = range(7, 22)


@dataclass
class Agenda:
    """What people have in mind to do, by moment."""

    _heap: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _order: Any = field(default_factory=count)

    def put(self, at: datetime, deed: Deed) -> None:
        """Later than all that was put for the same moment."""
        heapq.heappush(self._heap, (at, next(self._order), deed))

    @property
    def next_moment(self) -> datetime | None:
        """When somebody means to do something next."""
        return self._heap[0][0] if self._heap else None

    def take(self) -> Deed:
        """The next one."""
        return heapq.heappop(self._heap)[2]


class Players:
    """Residents and leads. `refused` counts what casework would not do, by use case and code."""

    def __init__(self, stage: Stage, town: Town, agenda: Agenda) -> None:
        self.stage = stage
        self.town = town
        self.agenda = agenda
        self.lot = town.lot
        self.done: Counter[str] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()
        #: How somebody reacts, by event.
        self.reactions: dict[type[Any], Callable[[Any], None]] = {
            told.RequestFiled: self.on_filed,
            told.EmergencyRaised: self.on_emergency,
            told.OfferMade: self.on_offer,
            told.RequestAccepted: self.on_accepted,
            told.ResidentAsked: self.on_asked,
            told.WorkDone: self.on_done,
            told.SolvedAsked: self.on_asked_again,
            told.RequestConfirmed: self.on_confirmed,
            told.RequestCancelled: self.on_cancelled,
        }

    def hear(self) -> None:
        """React to all that was told since the last time."""
        heard, self.stage.heard = self.stage.heard, []
        for event in heard:
            reaction = self.reactions.get(type(event))
            if reaction:
                reaction(event)

    def chance(self, share: float) -> bool:
        """True for so many of one."""
        return self.lot.random() < share

    def later(self, least: float, most: float, deed: Deed, *, awake: bool = True) -> None:
        """Some hours from now; who sleeps then does it in the morning."""
        at = self.stage.clock.now() + timedelta(hours=self.lot.uniform(least, most))
        here = local(at, self.stage.community)
        if awake and here.hour not in _AWAKE:
            at += timedelta(hours=(_AWAKE.start - here.hour) % 24, minutes=self.lot.randint(0, 90))
        self.agenda.put(at, deed)

    async def do(self, kind: type[Any], who: int, *given: Any, **named: Any) -> Any:
        """A use case; None when casework would not (an old button, somebody else was faster)."""
        try:
            result = await self.stage.act(kind, who, *given, **named)
        except CaseworkError as error:
            self.refused[kind.__name__, error.code] += 1
            return None
        self.done[kind.__name__] += 1
        return result

    def lead_of(self, organisation_id: int | None) -> int:
        """Who speaks for the organisation."""
        return self.town.leads[organisation_id or 0]

    # Residents.
    def on_filed(self, event: told.RequestFiled) -> None:
        """Second thoughts."""
        it = event.request
        if it.urgent:
            return
        if self.chance(0.05):
            self.later(0.2, 48, lambda: self.do(CancelRequest, it.resident_id, it.id, "不用了"))
        if self.chance(0.06):
            new = Details(time_expr="后天下午", time_start="")
            self.later(0.2, 30, lambda: self.do(ChangeRequest, it.resident_id, it.id, new))
        if self.chance(0.06):
            self.later(0.1, 20, lambda: self._adds(it, "门铃坏了，到了打电话"))
        if self.chance(0.08):
            self.later(20, 120, lambda: self.do(UrgeRequest, it.resident_id, it.id))

    async def _adds(self, it: Request, words: str) -> None:
        await self.do(AddResidentNote, it.resident_id, it.id, words, Attachment())

    def talks(self, request: Request) -> bool:
        """Whether the resident answers this time."""
        return self.chance(self.town.by_id[request.resident_id].talks)

    def on_asked(self, event: told.ResidentAsked) -> None:
        """Answers, late, or never."""
        if self.talks(event.request):
            self.later(0.1, 30, lambda: self._adds(event.request, "上午在家"))

    def on_done(self, event: told.WorkDone) -> None:
        """Believed, denied, or nothing said."""
        it = event.request
        temper = self.town.tempers.get(event.organisation.id) if event.organisation else None
        if not self.talks(it):
            return
        bad = 0.7 if temper is Temper.BOASTFUL else 0.08
        if self.chance(bad):
            self.later(0.1, 40, lambda: self.do(ReportUnsolved, it.resident_id, it.id, "还是不行"))
        elif self.chance(0.6):
            self.later(0.1, 40, lambda: self.do(ConfirmSolved, it.resident_id, it.id))

    def on_asked_again(self, event: told.SolvedAsked) -> None:
        """Some answer when they are reminded."""
        it = event.request
        if self.talks(it) and self.chance(0.5):
            self.later(0.1, 10, lambda: self.do(ConfirmSolved, it.resident_id, it.id))

    def on_confirmed(self, event: told.RequestConfirmed) -> None:
        """Stars; and now and then it was not solved after all."""
        it = event.request
        if self.chance(0.4):
            stars = self.lot.choice((5, 5, 5, 4, 4, 3, 2, 1))
            self.later(0.01, 20, lambda: self.do(RateRequest, it.resident_id, it.id, stars))
        if self.chance(0.03):
            self.later(24, 120, lambda: self.do(ReportUnsolved, it.resident_id, it.id, "又坏了"))

    def on_cancelled(self, event: told.RequestCancelled) -> None:
        """Changed their mind again."""
        if event.by_resident and self.chance(0.2):
            it = event.request
            self.later(0.05, 30, lambda: self.do(RestoreRequest, it.resident_id, it.id))

    # Leads.
    def on_emergency(self, event: told.EmergencyRaised) -> None:
        """Some come at once; a worker comes when nobody else does."""
        it = event.request
        for organisation in event.organisations:
            if self.chance(0.5):
                take = partial(self.do, TakeEmergency, self.lead_of(organisation.id), it.id)
                self.later(0.01, 0.3, take, awake=False)
        if self.chance(0.3):
            worker = self.lot.choice(WORKERS)
            self.later(0.02, 0.5, lambda: self.do(TakeEmergency, worker, it.id), awake=False)

    def on_offer(self, event: told.OfferMade) -> None:
        """Yes, no, or no answer."""
        temper = self.town.tempers[event.organisation.id]
        lead = self.lead_of(event.organisation.id)
        offer: Offer = event.offer
        yes = {Temper.CHOOSY: 0.4, Temper.SLEEPY: 0.3}.get(temper, 0.85)
        no = {Temper.CHOOSY: 0.5, Temper.SLEEPY: 0.1}.get(temper, 0.08)
        slowest = 40 if temper is Temper.SLEEPY else 14
        if self.chance(yes):
            self.later(0.05, slowest, lambda: self.do(AcceptOffer, lead, offer.id))
        elif self.chance(no / (1 - yes)):
            self.later(0.05, slowest, lambda: self.do(DeclineOffer, lead, offer.id, "人手不够"))

    def on_accepted(self, event: told.RequestAccepted) -> None:
        """Does it, asks first, gives it back, or forgets it."""
        it = event.request
        lead = self.lead_of(event.organisation.id)
        temper = self.town.tempers[event.organisation.id]
        soon = 0.05 if it.urgent else 1.0
        if self.chance(0.1) and not it.urgent:
            self.later(0.1, 20, lambda: self.do(AskResident, lead, it.id, "哪天方便？"))
        if self.chance(0.75):
            self.later(0.2 * soon, 30 * soon, lambda: self.do(StartWork, lead, it.id), awake=not it.urgent)
        if self.chance(0.05):
            self.later(2 * soon, 40 * soon, lambda: self.do(HandBack, lead, it.id, "师傅病了"))
        elif self.chance(0.06) and not it.urgent:
            return  # forgotten
        slowest = 480 if temper is Temper.LATE else 140
        report = WorkReport(self.lot.choice((0.5, 1.0, 2.0)), self.lot.randint(1, 4), "办好了")
        self.later(4 * soon, slowest * soon, lambda: self.do(CompleteWork, lead, it.id, report))
