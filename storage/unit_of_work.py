"""One transaction over all repositories, and the events that use cases record in it."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.events import AnyEvent
from casework.ports import Clock
from storage.repositories.alikes import Alikes
from storage.repositories.audit import Audit
from storage.repositories.base import Scope
from storage.repositories.calls import Calls
from storage.repositories.community import CommunityState
from storage.repositories.decisions import Decisions
from storage.repositories.disclosures import Disclosures
from storage.repositories.erasures import Erasures
from storage.repositories.evaluations import Evaluations
from storage.repositories.figures import Figures
from storage.repositories.files import Files
from storage.repositories.followers import Followers
from storage.repositories.gauges import Gauges
from storage.repositories.held import Held
from storage.repositories.inbox import Inbox
from storage.repositories.invites import Invites
from storage.repositories.joint_needs import JointNeeds
from storage.repositories.ledgers import Ledgers
from storage.repositories.lessons import Lessons
from storage.repositories.letter_stops import LetterStops
from storage.repositories.meetings import Meetings
from storage.repositories.models import Models
from storage.repositories.notes import Notes
from storage.repositories.offences import Offences
from storage.repositories.offers import Offers
from storage.repositories.organisations import Organisations
from storage.repositories.outbox import Outbox
from storage.repositories.people import People
from storage.repositories.personal import Personal
from storage.repositories.problems import Problems
from storage.repositories.rates import RateCounts
from storage.repositories.readings import Readings
from storage.repositories.rectifications import Rectifications
from storage.repositories.register import Register
from storage.repositories.requests import Requests
from storage.repositories.retention import Retention
from storage.repositories.schedules import Schedules
from storage.repositories.showings import Showings
from storage.repositories.teams import Teams
from storage.repositories.timers import Timers
from storage.repositories.trackers import Trackers

_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")


class UnitOfWork:
    """Implements `casework.ports.UnitOfWork`, with delivery and memories beside it. Made by `Database`."""

    def __init__(self, connection: AsyncConnection, community_id: str, clock: Clock) -> None:
        self._scope = Scope(connection, community_id, clock)
        self._events: list[AnyEvent] = []

    async def commit(self) -> None:
        """Keep everything done so far; what comes after needs another commit."""
        if self.audit.noted:
            await self.audit.write(self.audit.take())
        await self._scope.connection.commit()

    async def alone(self, matter: str) -> None:
        """Wait until no other transaction of the community is at this matter, and be at it till the end.

        SQLite has one writer at a time anyway.
        """
        if self._scope.connection.dialect.name == "postgresql":
            key = f"{self._scope.community_id}/{matter}"
            await self._scope.connection.execute(_ALONE, {"key": key})

    @property
    def events(self) -> tuple[AnyEvent, ...]:
        """The events recorded and not taken yet, in order."""
        return tuple(self._events)

    def record(self, event: AnyEvent) -> None:
        """Keep an event until somebody takes it."""
        self._events.append(event)

    def take_events(self) -> list[AnyEvent]:
        """The events recorded since the last call, in order."""
        taken, self._events = self._events, []
        return taken

    @cached_property
    def audit(self) -> Audit:
        """Who looked and who changed what."""
        return Audit(self._scope)

    @cached_property
    def showings(self) -> Showings:
        """Messages that show a lead what is personal."""
        return Showings(self._scope)

    @cached_property
    def requests(self) -> Requests:
        """Requests and their history."""
        return Requests(self._scope)

    @cached_property
    def offers(self) -> Offers:
        """Offers of requests to organisations."""
        return Offers(self._scope)

    @cached_property
    def organisations(self) -> Organisations:
        """Organisations and their leads."""
        return Organisations(self._scope)

    @cached_property
    def people(self) -> People:
        """Everybody who ever wrote."""
        return People(self._scope)

    @cached_property
    def invites(self) -> Invites:
        """Invites of leads."""
        return Invites(self._scope)

    @cached_property
    def notes(self) -> Notes:
        """Notes, work reports, ratings."""
        return Notes(self._scope)

    @cached_property
    def timers(self) -> Timers:
        """Timers as rows."""
        return Timers(self._scope)

    @cached_property
    def community(self) -> CommunityState:
        """What workers switch for the whole community."""
        return CommunityState(self._scope)

    @cached_property
    def readings(self) -> Readings:
        """What the reader had said of requests."""
        return Readings(self._scope)

    @cached_property
    def lessons(self) -> Lessons:
        """Corrections that the reader may learn from."""
        return Lessons(self._scope)

    @cached_property
    def models(self) -> Models:
        """The reader's model that replicas share."""
        return Models(self._scope)

    @cached_property
    def decisions(self) -> Decisions:
        """Who was asked and why."""
        return Decisions(self._scope)

    @cached_property
    def teams(self) -> Teams:
        """The parts of requests that are done by a team."""
        return Teams(self._scope)

    @cached_property
    def meetings(self) -> Meetings:
        """Claiming meetings."""
        return Meetings(self._scope)

    @cached_property
    def followers(self) -> Followers:
        """Who follows which request."""
        return Followers(self._scope)

    @cached_property
    def alikes(self) -> Alikes:
        """Requests that look alike."""
        return Alikes(self._scope)

    @cached_property
    def joint_needs(self) -> JointNeeds:
        """Joint needs and their milestones."""
        return JointNeeds(self._scope)

    @cached_property
    def offences(self) -> Offences:
        """Adverts and insults."""
        return Offences(self._scope)

    @cached_property
    def schedules(self) -> Schedules:
        """Moments that belong to no single request."""
        return Schedules(self._scope)

    @cached_property
    def problems(self) -> Problems:
        """The problem ledger."""
        return Problems(self._scope)

    @cached_property
    def rectifications(self) -> Rectifications:
        """The rectification ledger."""
        return Rectifications(self._scope)

    @cached_property
    def ledgers(self) -> Ledgers:
        """The three ledgers as they are read."""
        return Ledgers(self._scope)

    @cached_property
    def calls(self) -> Calls:
        """The call-back list."""
        return Calls(self._scope)

    @cached_property
    def rates(self) -> RateCounts:
        """The three rates."""
        return RateCounts(self._scope)

    @cached_property
    def figures(self) -> Figures:
        """The counts of reports."""
        return Figures(self._scope)

    @cached_property
    def gauges(self) -> Gauges:
        """Counts for the machines that watch over the program."""
        return Gauges(self._scope)

    @cached_property
    def letter_stops(self) -> LetterStops:
        """Who wants no weekly letters."""
        return LetterStops(self._scope)

    @cached_property
    def evaluations(self) -> Evaluations:
        """Evaluation rounds and experts."""
        return Evaluations(self._scope)

    @cached_property
    def register(self) -> Register:
        """The register of organisations."""
        return Register(self._scope)

    @cached_property
    def disclosures(self) -> Disclosures:
        """Donations, prices, public notices."""
        return Disclosures(self._scope)

    @cached_property
    def erasures(self) -> Erasures:
        """Who asked to be forgotten."""
        return Erasures(self._scope)

    @cached_property
    def personal(self) -> Personal:
        """All rows about one person."""
        return Personal(self._scope)

    @cached_property
    def retention(self) -> Retention:
        """What is too old to be kept."""
        return Retention(self._scope)

    @cached_property
    def held(self) -> Held:
        """Messages that wait for the morning."""
        return Held(self._scope)

    @cached_property
    def inbox(self) -> Inbox:
        """Updates that came in."""
        return Inbox(self._scope)

    @cached_property
    def outbox(self) -> Outbox:
        """Messages to go out."""
        return Outbox(self._scope)

    @cached_property
    def trackers(self) -> Trackers:
        """What each chat is in the middle of."""
        return Trackers(self._scope)

    @cached_property
    def files(self) -> Files:
        """Files to be uploaded."""
        return Files(self._scope)
