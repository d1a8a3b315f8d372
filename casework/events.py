"""What happened, told once by a use case; whoever speaks to people turns events into messages."""

from __future__ import annotations

from dataclasses import dataclass

from casework.books.ledger_events import LedgerEvent
from casework.books.ledgers import Problem
from casework.conduct import Offence
from casework.entities import Details, Note, Offer, Organisation, Rating, Request, WorkReport
from casework.giving.giving_events import GivingEvent
from casework.judging.judgement_events import JudgementEvent
from casework.keeping.keeping_events import KeepingEvent
from casework.statuses import TriageReason
from casework.together.joint import JointNeed, Milestone


@dataclass(frozen=True, slots=True)
class Event:
    """Root of everything that casework tells."""

    request: Request


@dataclass(frozen=True, slots=True)
class RequestFiled(Event):
    """A resident's request has a number. Followed by OfferMade or NeedsTriage."""


@dataclass(frozen=True, slots=True)
class EmergencyRaised(Event):
    """Danger to life was recognised; everyone who can help is called. `step` counts the repeats from 0."""

    organisations: tuple[Organisation, ...]
    step: int = 0


@dataclass(frozen=True, slots=True)
class EmergencyDoubted(Event):
    """A call for help after `before` others of the same person within a day: workers look first, and if
    nobody does within so many minutes everybody is called."""

    before: int
    minutes: int


@dataclass(frozen=True, slots=True)
class EmergencyTaken(Event):
    """A human pressed 「我来处理」."""

    by: int
    organisation: Organisation | None


@dataclass(frozen=True, slots=True)
class OfferMade(Event):
    """An organisation was asked to take the request."""

    offer: Offer
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class PoolOpened(Event):
    """Every fitting organisation was asked at once; the first yes wins."""

    offers: tuple[tuple[Offer, Organisation], ...]


@dataclass(frozen=True, slots=True)
class OfferWithdrawn(Event):
    """An open offer or running work is no longer the organisation's. `why` is a code."""

    organisation: Organisation
    why: str


@dataclass(frozen=True, slots=True)
class OfferDeclined(Event):
    """An organisation said no before or after it had said yes; `by` is the lead who spoke for it."""

    organisation: Organisation
    reason: str
    by: int


@dataclass(frozen=True, slots=True)
class OfferExpired(Event):
    """An organisation let the time pass."""

    organisation: Organisation


@dataclass(frozen=True, slots=True)
class OfferReminder(Event):
    """Half (step 1) or four fifths (2) of an offer's time have passed without an answer."""

    offer: Offer
    organisation: Organisation
    step: int = 1


@dataclass(frozen=True, slots=True)
class RequestAccepted(Event):
    """An organisation took the request; its leads may now see phone and room."""

    organisation: Organisation
    by: int


@dataclass(frozen=True, slots=True)
class WorkStarted(Event):
    """The organisation is on its way."""

    organisation: Organisation


@dataclass(frozen=True, slots=True)
class ResidentAsked(Event):
    """The organisation needs to know something; the clock stops."""

    organisation: Organisation
    note: Note


@dataclass(frozen=True, slots=True)
class NoteAdded(Event):
    """Words or a file from one side for the other.

    `asked` are those who were only asked so far; `summary` is what of a resident's words they may read.
    """

    organisation: Organisation | None
    note: Note
    asked: tuple[Organisation, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class NoteCorrected(Event):
    """The author of a note wrote it anew; `old` are the words that were wrong."""

    organisation: Organisation | None
    note: Note
    old: str


@dataclass(frozen=True, slots=True)
class WorkDone(Event):
    """The organisation (or a worker, then None) says it is done; the resident is asked whether it is."""

    organisation: Organisation | None
    report: WorkReport


@dataclass(frozen=True, slots=True)
class SolvedAsked(Event):
    """The resident has not answered and is asked again."""

    step: int


@dataclass(frozen=True, slots=True)
class RequestConfirmed(Event):
    """The resident's word (or a worker's call-back): solved."""

    organisation: Organisation | None


@dataclass(frozen=True, slots=True)
class RequestRated(Event):
    """The resident rated the work."""

    organisation: Organisation | None
    rating: Rating


@dataclass(frozen=True, slots=True)
class ReopenRequested(Event):
    """The resident says it is not solved; a worker decides."""

    words: str


@dataclass(frozen=True, slots=True)
class ReopenDecided(Event):
    """A worker decided on the reopen request."""

    approved: bool
    reason: str


@dataclass(frozen=True, slots=True)
class NeedsTriage(Event):
    """A human must look."""

    why: TriageReason


@dataclass(frozen=True, slots=True)
class RequestCancelled(Event):
    """The request was taken back."""

    organisations: tuple[Organisation, ...]
    reason: str
    by_resident: bool


@dataclass(frozen=True, slots=True)
class RequestRestored(Event):
    """A cancelled request is open again."""


@dataclass(frozen=True, slots=True)
class RequestDeclined(Event):
    """Not for this community: `whose` says in words whose it is."""

    whose: str


@dataclass(frozen=True, slots=True)
class RequestRecategorised(Event):
    """A worker filed it under another item."""

    old_item: str
    reason: str


@dataclass(frozen=True, slots=True)
class RequestChanged(Event):
    """The resident changed time, address, phone or words. `fields` of `before` are not what they were."""

    organisations: tuple[Organisation, ...]
    before: Details
    fields: tuple[str, ...]
    old_words: str = ""
    new_words: str = ""


@dataclass(frozen=True, slots=True)
class RequestUrged(Event):
    """The resident asks where it stays. `late` tells whether the promised time has passed."""

    organisations: tuple[Organisation, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class ResolveReminder(Event):
    """Half (step 1) or four fifths (2) of the time to solve have passed, or all of it (`late`)."""

    organisation: Organisation
    late: bool
    step: int = 1


@dataclass(frozen=True, slots=True)
class ProblemRaised(Event):
    """Something went wrong with it and stands in the problem ledger."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class RequestFollowed(Event):
    """Somebody with the same trouble follows instead of filing. `people` follow it now."""

    person_id: int
    people: int


@dataclass(frozen=True, slots=True)
class FollowerObjected(Event):
    """A follower says that it is not solved for them. Beside ReopenRequested when that reopens it."""

    person_id: int


@dataclass(frozen=True, slots=True)
class RequestMerged(Event):
    """A worker saw that it is the same as `into`; its resident follows that one now."""

    into: Request


@dataclass(frozen=True, slots=True)
class RequestUnmerged(Event):
    """It stands alone again and is sent on its way. Followed by OfferMade or NeedsTriage."""

    out_of: Request


@dataclass(frozen=True, slots=True)
class LooksAlike(Event):
    """Just filed, it may be the same thing as these. An urgent one is only linked, never held back."""

    others: tuple[Request, ...]


@dataclass(frozen=True, slots=True)
class JointNeedFound:
    """Many want the same in one place: a worker decides whether it becomes a project."""

    joint: JointNeed
    members: tuple[Request, ...]


@dataclass(frozen=True, slots=True)
class JointNeedAccepted(Event):
    """The project has a request of its own; whoever stands behind it follows it."""

    joint: JointNeed


@dataclass(frozen=True, slots=True)
class MilestonesSet(Event):
    """The organisation said in which steps it will go."""

    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class MilestonesDue(Event):
    """Steps of a project whose day is here or over."""

    organisation: Organisation
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class MilestoneReached(Event):
    """A step of the project is done."""

    milestone: Milestone


@dataclass(frozen=True, slots=True)
class PersonUnreachable:
    """A person blocked the bot; `needed_for` are the open requests that depended on them."""

    person_id: int
    name: str
    needed_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HumanWanted:
    """A resident asked for a person."""

    person_id: int
    name: str
    words: str
    phone: str


@dataclass(frozen=True, slots=True)
class VoiceRaised:
    """For a worker, yet no request: a volunteer, proposal, new organisation, praise or complaint."""

    person_id: int
    name: str
    kind: str
    words: str
    phone: str


@dataclass(frozen=True, slots=True)
class ConductNoticed:
    """Somebody goes on with what they were asked to stop; a worker may mute them."""

    person_id: int
    name: str
    kind: Offence
    times: int


AnyEvent = (
    Event
    | PersonUnreachable
    | HumanWanted
    | VoiceRaised
    | ConductNoticed
    | JudgementEvent
    | LedgerEvent
    | JointNeedFound
    | GivingEvent
    | KeepingEvent
)
