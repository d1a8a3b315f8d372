"""What casework needs from outside, as small Protocols named by what they can do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from casework.audit import Audit
from casework.books.calls import Calls
from casework.books.figures import Figures
from casework.books.ledgers import Ledgers, Problems, Rectifications
from casework.books.letters import LetterStops
from casework.books.rates import RateFinder
from casework.conduct import Offences
from casework.entities import (
    Alarm,
    Broadcast,
    HistoryEntry,
    Invite,
    Note,
    Offer,
    Organisation,
    Person,
    Rating,
    Request,
    ScorePart,
    Timer,
    Volunteer,
    Workload,
    WorkReport,
)
from casework.events import AnyEvent
from casework.giving.decisions import Decisions
from casework.giving.meetings import Meetings
from casework.giving.teams import Teams
from casework.judging.disclosure import Disclosures
from casework.judging.evaluation import Evaluations
from casework.judging.register import Register
from casework.keeping.personal import Erasures, Personal, Retention
from casework.lessons import Lesson, LessonCounts, LessonState
from casework.promises.schedules import Schedules
from casework.readings import KeptReading
from casework.reports import Found, RequestFilter
from casework.sight import Showings
from casework.statuses import OfferStatus, RequestStatus, TimerKind
from casework.together.joint import JointNeeds
from casework.together.sameness import Alikes, Followers


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """Timezone-aware UTC."""


class Requests(Protocol):
    """Requests and their history. Nothing here commits."""

    async def next_number(self, day: str) -> str:
        """The next free number of a local day `YYYYMMDD`, such as `20261121-0007`; never handed out twice."""

    async def add(self, request: Request, entry: HistoryEntry) -> Request:
        """Insert (the id given is ignored) with its first history row; returns it with its id."""

    async def get(self, request_id: int, *, lock: bool = False) -> Request | None:
        """`lock` keeps everybody else from moving it until the transaction ends."""

    async def by_number(self, number: str) -> Request | None: ...

    async def save(self, request: Request, entry: HistoryEntry | None = None) -> None:
        """Write by compare-and-set on `version - 1`, with the history row. Raises Conflict."""

    async def history(self, request_id: int) -> list[HistoryEntry]: ...

    async def histories(self, request_ids: Iterable[int]) -> dict[int, list[HistoryEntry]]:
        """Of each request that has any, oldest first."""

    async def of_resident(
        self, resident_id: int, *, open_only: bool = False, limit: int = 20
    ) -> list[Request]:
        """Newest first."""

    async def of_organisations(
        self, organisation_ids: Iterable[int], statuses: Iterable[RequestStatus], limit: int = 50
    ) -> list[Request]:
        """Oldest first."""

    async def with_status(self, statuses: Iterable[RequestStatus], limit: int = 50) -> list[Request]:
        """Urgent first, then oldest."""

    async def late(self, now: datetime, limit: int = 50) -> list[Request]:
        """Open requests past answer_due (while submitted or offered) or resolve_due; most late first."""

    async def untaken_emergencies(self) -> list[Request]:
        """Open urgent requests that no human has taken."""

    async def find(self, text: str, limit: int = 20, before: int | None = None) -> Found:
        """By number, item code, words of the description, phone or compound/building; newest first."""

    def pages(self, wanted: RequestFilter) -> AsyncIterator[list[Request]]:
        """All that match, oldest first, some hundreds at once."""


class Offers(Protocol):
    """Offers of requests to organisations."""

    async def add(
        self,
        request: Request,
        organisation_id: int,
        offered_at: datetime,
        expires_at: datetime,
        score: float,
        parts: Sequence[ScorePart],
    ) -> Offer: ...

    async def get(self, offer_id: int) -> Offer | None: ...

    async def of_request(self, request_id: int) -> list[Offer]:
        """Oldest first."""

    async def open_of_organisations(self, organisation_ids: Iterable[int]) -> list[Offer]:
        """Oldest first."""

    async def decide(
        self, offer: Offer, status: OfferStatus, at: datetime, by: int | None, reason: str = ""
    ) -> bool:
        """Set the outcome if the offer is still open; False when somebody was faster."""


class Organisations(Protocol):
    """Organisations and the people who lead them."""

    async def get(self, organisation_id: int) -> Organisation | None: ...

    async def by_name(self, name: str) -> Organisation | None: ...

    async def all(self, *, active_only: bool = False) -> list[Organisation]:
        """By id."""

    async def suited(self, item: str, category: str) -> list[Organisation]:
        """Those that list the item or are of the category, active or not, by id."""

    async def count(self) -> int:
        """How many there are, active or not."""

    async def offering(self, item: str) -> list[Organisation]:
        """Active organisations that list the item."""

    async def save(self, organisation: Organisation) -> Organisation:
        """Insert when id is 0, else update; returns it with its id."""

    async def workloads(self, organisation_ids: Iterable[int]) -> dict[int, Workload]: ...

    async def leads(self, organisation_id: int) -> list[Person]: ...

    async def led_by(self, person_id: int) -> list[int]:
        """Ids of the organisations this person leads."""

    async def add_lead(self, organisation_id: int, person_id: int, at: datetime) -> None:
        """A repeat changes nothing."""

    async def remove_lead(self, organisation_id: int, person_id: int) -> None: ...


class People(Protocol):
    """Everybody who ever wrote."""

    async def get(self, person_id: int) -> Person | None: ...

    async def save(self, person: Person) -> None:
        """Insert or update."""

    async def many(self, person_ids: Iterable[int]) -> list[Person]: ...

    async def reachable_chats(self) -> list[int]:
        """The private chats of everybody in the community who has not blocked the bot."""


class Invites(Protocol):
    """Invites, kept by hash."""

    async def add(self, invite: Invite) -> None: ...

    async def use(self, token_hash: str, person_id: int, at: datetime) -> Invite | None:
        """Mark as used if it is unused and not expired; None otherwise. Exactly one caller wins."""

    async def revoke(self, organisation_id: int, at: datetime) -> int:
        """Let those that were not used expire now; returns how many."""


class Notes(Protocol):
    """Notes, work reports and ratings of requests."""

    async def add(self, note: Note) -> Note: ...

    async def get(self, note_id: int) -> Note | None: ...

    async def correct(self, note_id: int, text: str) -> None:
        """Other words in the place of the old ones."""

    async def of_request(self, request_id: int) -> list[Note]:
        """Oldest first."""

    async def add_report(
        self, request_id: int, organisation_id: int, report: WorkReport, at: datetime
    ) -> None: ...

    async def report(self, request_id: int) -> WorkReport | None:
        """The latest."""

    async def rate(self, rating: Rating) -> None:
        """Insert or replace the rating of a request."""

    async def rating(self, request_id: int) -> Rating | None: ...

    async def add_volunteer(self, volunteer: Volunteer) -> None: ...

    async def ratings(self, request_ids: Iterable[int]) -> dict[int, Rating]: ...


class Timers(Protocol):
    """Timers as rows."""

    async def set(
        self,
        kind: TimerKind,
        request_id: int,
        due_at: datetime,
        offer_id: int | None = None,
        step: int = 0,
    ) -> None:
        """A repeat of the same (kind, request, offer, step) moves the due time if it has not fired."""

    async def set_all(self, request_id: int, alarms: Iterable[Alarm]) -> None:
        """The same for several at once."""

    async def clear(self, request_id: int, kinds: Iterable[TimerKind] | None = None) -> None:
        """Drop the timers of a request; those that fired may be set (and fire) anew."""

    async def claim_due(self, now: datetime) -> Timer | None:
        """Take one due timer in this transaction (oldest first) and mark it fired; None when none is due."""


class CommunityState(Protocol):
    """What workers switch for the whole community."""

    async def intake_paused(self) -> str | None:
        """The reason shown to residents while intake is paused, else None."""

    async def pause_intake(self, reason: str | None) -> None: ...

    async def add_broadcast(self, author_id: int, text: str, at: datetime) -> Broadcast: ...

    async def broadcast(self, broadcast_id: int) -> Broadcast | None: ...

    async def latest_broadcast(self) -> Broadcast | None: ...


class Lessons(Protocol):
    """Corrections that the reader may learn from."""

    async def add(self, lesson: Lesson) -> bool:
        """Insert (the id given is ignored); False when the same words are kept with the same meaning."""

    async def get(self, lesson_id: int) -> Lesson | None: ...

    async def waiting(self, after: int) -> Lesson | None:
        """The oldest undecided one after that id."""

    async def accepted(self) -> list[Lesson]:
        """Oldest first."""

    async def counts(self) -> LessonCounts: ...

    async def decide(self, lesson: Lesson, state: LessonState, label: str, at: datetime | None) -> bool:
        """Set the state; False when somebody has changed it since `lesson` was read."""


class Readings(Protocol):
    """What the reader had said of requests when they were filed."""

    async def keep(self, reading: KeptReading) -> None:
        """Once a request."""

    async def of_request(self, request_id: int) -> KeptReading | None: ...


class UnitOfWork(Protocol):
    """One transaction over everything; `record` keeps events until somebody takes them."""

    @property
    def audit(self) -> Audit: ...
    @property
    def showings(self) -> Showings: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def offers(self) -> Offers: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def people(self) -> People: ...
    @property
    def invites(self) -> Invites: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def community(self) -> CommunityState: ...
    @property
    def lessons(self) -> Lessons: ...
    @property
    def readings(self) -> Readings: ...
    @property
    def erasures(self) -> Erasures: ...
    @property
    def personal(self) -> Personal: ...
    @property
    def retention(self) -> Retention: ...
    @property
    def offences(self) -> Offences: ...
    @property
    def schedules(self) -> Schedules: ...
    @property
    def followers(self) -> Followers: ...
    @property
    def alikes(self) -> Alikes: ...
    @property
    def joint_needs(self) -> JointNeeds: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def teams(self) -> Teams: ...
    @property
    def meetings(self) -> Meetings: ...
    @property
    def evaluations(self) -> Evaluations: ...
    @property
    def register(self) -> Register: ...
    @property
    def disclosures(self) -> Disclosures: ...
    @property
    def problems(self) -> Problems: ...
    @property
    def rectifications(self) -> Rectifications: ...
    @property
    def ledgers(self) -> Ledgers: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def rates(self) -> RateFinder: ...
    @property
    def figures(self) -> Figures: ...
    @property
    def letter_stops(self) -> LetterStops: ...

    @property
    def events(self) -> Sequence[AnyEvent]:
        """What was recorded and not taken yet, in order."""

    def record(self, event: AnyEvent) -> None: ...

    def take_events(self) -> list[AnyEvent]: ...
