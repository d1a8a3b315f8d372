"""The codes that entities carry. Display texts live with the handlers, never here."""

from enum import StrEnum


class RequestStatus(StrEnum):
    """Where a request stands."""

    SUBMITTED = "submitted"
    TRIAGE = "triage"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    WAITING_RESIDENT = "waiting_resident"
    DONE = "done"
    CONFIRMED = "confirmed"
    REOPEN_REQUESTED = "reopen_requested"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    MERGED = "merged"


#: Nobody owes anything on these any more.
CLOSED = frozenset(
    {RequestStatus.CONFIRMED, RequestStatus.CANCELLED, RequestStatus.DECLINED, RequestStatus.MERGED}
)
#: Nobody has said yes yet.
BEFORE_WORK = frozenset({RequestStatus.SUBMITTED, RequestStatus.TRIAGE, RequestStatus.OFFERED})
#: An organisation has said yes and has not finished.
IN_WORK = frozenset({RequestStatus.ACCEPTED, RequestStatus.IN_PROGRESS, RequestStatus.WAITING_RESIDENT})


class OfferStatus(StrEnum):
    """What became of offering a request to one organisation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class TriageReason(StrEnum):
    """Why a human must look."""

    LOW_CONFIDENCE = "low_confidence"
    NOBODY_TO_OFFER = "nobody_to_offer"
    HANDED_BACK = "handed_back"
    ASKED_FOR_HUMAN = "asked_for_human"
    INTAKE_PAUSED = "intake_paused"
    WAITS_FOR_MEETING = "waits_for_meeting"
    NOBODY_CLAIMED = "nobody_claimed"
    MANY_EMERGENCIES = "many_emergencies"


class NoteKind(StrEnum):
    """What a note on a request is."""

    QUESTION = "question"
    ANSWER = "answer"
    PROGRESS = "progress"
    PROOF = "proof"
    RESIDENT = "resident"
    CHANGE = "change"


class TimerKind(StrEnum):
    """What should happen when a timer comes due."""

    OFFER_REMINDER = "offer_reminder"
    OFFER_EXPIRES = "offer_expires"
    ASK_SOLVED = "ask_solved"
    RESOLVE_REMINDER = "resolve_reminder"
    RESOLVE_DUE = "resolve_due"
    REPEAT_EMERGENCY = "repeat_emergency"
    WORKER_REMINDER = "worker_reminder"
    ANSWER_AWAITED = "answer_awaited"


class Fee(StrEnum):
    """What a service costs the resident."""

    FREE = "free"
    LOW = "low"
    PAID = "paid"


class Standing(StrEnum):
    """What is thought of an organisation: the red list is good, the watch list is a warning."""

    NORMAL = "normal"
    RED = "red"
    WATCH = "watch"
    BLACK = "black"
