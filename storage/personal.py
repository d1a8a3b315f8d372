"""Where something is kept of a person, table by table, and what it becomes when they are forgotten.

A test knows every column: what holds words, files, or the id of a person is in `PARTS` or in `STAYS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table

from casework.books.ledgers import RectificationState
from storage.tables import history, invites, leads, offers, people, requests
from storage.tables_conduct import offences
from storage.tables_giving import meeting_ticks, team_parts
from storage.tables_judgement import expert_invites, experts, forms, listings
from storage.tables_ledgers import calls, problems, rectifications
from storage.tables_letters import letter_stops
from storage.tables_notes import notes, ratings, reports, volunteers
from storage.tables_readings import readings
from storage.tables_sameness import followers, milestones

Blank = Mapping[str, Any]
_NOTHING: Blank = {}
#: Instead of blanks: the rows go, for nobody counts them.
DROP: Blank = {"": None}

#: What becomes of a request that is forgotten; that it was, where about and what for stays countable.
REQUEST: Blank = {
    "description": "",
    "summary": "",
    "unit": "",
    "room": "",
    "place": "",
    "phone": "",
    "phone_key": None,
    "time_expr": "",
    "time_start": "",
    "recipient": "",
    "age": None,
}
_NOTE: Blank = {"text": "", "file_id": "", "file_kind": ""}


@dataclass(frozen=True, slots=True)
class Part:
    """One table. An alias takes the place of the person in each column named here.

    `about`: what rows become whose `request_id` is a request of theirs. `own`: column of the person → what
    those rows become. `acts`: columns of what somebody did for others, which keep a worker's own id. Where
    `role` names the column that tells as what they did it, `said` is what becomes of what they did as a
    resident. `large`: walked through some rows at a time, for no index finds the person. `over`: other rows
    about a request keep their words, for somebody still has to act on them.
    """

    table: Table
    about: Blank | None = None
    own: Mapping[str, Blank] = field(default_factory=dict)
    acts: tuple[str, ...] = ()
    role: str = ""
    said: Blank = field(default_factory=dict)
    large: bool = False
    over: ColumnElement[bool] | None = None

    @property
    def section(self) -> str:
        """Its name in what a person gets of their data."""
        return self.table.name


PARTS: tuple[Part, ...] = (
    Part(history, {"reason": ""}, acts=("actor_id",), role="actor_role", said={"reason": ""}, large=True),
    Part(offers, {"reason": ""}, acts=("decided_by",), large=True),
    Part(notes, _NOTE, acts=("author_id",), role="author_role", said=_NOTE, large=True),
    Part(requests, acts=("taken_by",), large=True),
    Part(reports, {"words": "", "photo": ""}),
    Part(ratings, {"words": ""}),
    Part(readings, DROP),
    Part(calls, {"words": ""}),
    Part(problems, {"words": "", "closing": ""}, own={"person_id": {"words": "", "closing": ""}}),
    Part(
        rectifications,
        {"task": "", "evidence": "", "photo": "", "check_words": ""},
        acts=("reported_by",),
        over=rectifications.c.state == RectificationState.CLOSED.value,
    ),
    Part(team_parts, {"task": "", "words": ""}, acts=("decided_by",)),
    Part(followers, own={"person_id": {"description": "", "summary": "", "details": {}}}),
    Part(volunteers, own={"person_id": {"words": "", "phone": ""}}),
    Part(offences, own={"person_id": _NOTHING}),
    Part(experts, own={"person_id": DROP}),
    Part(expert_invites, own={"used_by": {"name": ""}}),
    Part(forms, acts=("person_id",)),
    Part(leads, own={"person_id": DROP}),
    Part(invites, own={"used_by": _NOTHING}),
    Part(letter_stops, own={"person_id": DROP}),
    Part(meeting_ticks, acts=("person_id",)),
    Part(listings, acts=("answered_by",)),
    Part(milestones, acts=("done_by",)),
)
#: Tables that are treated by themselves, see `storage.repositories.personal`: column → what becomes of it.
APART: Mapping[Table, Blank] = {
    requests: {**REQUEST, "resident_id": "the alias"},
    people: {"id": "the alias", "name": "", "chat_id": None, "saved": {}},
}
_WORKERS_ACT = "what a worker did for the community stays theirs"
_ORGANISATIONS = "an organisation's, public"
_DELIVERY = "blanked when somebody is forgotten, deleted after some days: storage.repositories.leftovers"
_CODES = "codes and numbers, no words"
#: "table" or "table.column" → why it stays.
STAYS: Mapping[str, str] = {
    "audit": "who looked is kept for ever; ids and codes only",
    "audit_heads": _CODES,
    "sealing_keys": _CODES,
    "erasures": "the person's id goes when it is done",
    "sweeps": "goes when it is done",
    "schedules": "goes when its moment has come",
    "showings": "goes when the message is folded",
    "inbox": _DELIVERY,
    "outbox": _DELIVERY,
    "files": _DELIVERY,
    "held": _DELIVERY,
    "trackers": _DELIVERY,
    "lessons": "without phone, door and names; found by their words when somebody is forgotten",
    "counters": _CODES,
    "models": "which model is in use, with figures",
    "timers": _CODES,
    "alikes": _CODES,
    "joint_members": _CODES,
    "meeting_lots": _CODES,
    "organisation_records": _CODES,
    "organisation_presences": _CODES,
    "evaluation_results": _CODES,
    "decisions": "scores of organisations; " + _WORKERS_ACT,
    "organisations": _ORGANISATIONS,
    "prices": _ORGANISATIONS,
    "donations": "public; who gave is not known to the messenger",
    "public_notices": _ORGANISATIONS,
    "community_state": _WORKERS_ACT,
    "broadcasts": _WORKERS_ACT,
    "meetings": _WORKERS_ACT,
    "joint_needs": _WORKERS_ACT,
    "evaluation_rounds": _WORKERS_ACT,
    "spot_checks": _WORKERS_ACT,
    "invites.created_by": _WORKERS_ACT,
    "expert_invites.created_by": _WORKERS_ACT,
    "calls.decided_by": _WORKERS_ACT,
    "problems.closed_by": _WORKERS_ACT,
    "rectifications.owner_id": _WORKERS_ACT,
    "rectifications.created_by": _WORKERS_ACT,
    "rectifications.checked_by": _WORKERS_ACT,
    "listings.by": _WORKERS_ACT,
    "listings.removed_by": _WORKERS_ACT,
    "listings.reason": _ORGANISATIONS,
    "listings.removed_why": _ORGANISATIONS,
    "listings.answer": "what an organisation answers, public",
    "milestones.what": "an organisation's plan",
    "milestones.note": "an organisation's plan",
    "offers.parts": _CODES,
    "ratings.reasons": _CODES,
    "evaluation_forms.scores": _CODES,
    "requests.hotlines": _CODES,
    "requests.number": "how people speak of it",
    "requests.compound": "counted",
    "requests.building": "counted",
    "requests.merged_into": "another request",
    "requests.parent_id": "another request",
}
