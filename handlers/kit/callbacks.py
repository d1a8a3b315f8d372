"""What buttons carry: a prefix, a short action and ids; never words (64 bytes at most)."""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

#: A row of the database. A forged button may carry any digits; beyond this no engine could look for them.
RowId = Annotated[int, Field(ge=0, le=2**63 - 1)]


class DialogueCD(CallbackData, prefix="d"):
    """A step of the free-text dialogue. `turn` is the card's serial, which tells an older card.

    The actions and when they count are in handlers.dialogue.presses.
    """

    action: str
    turn: int
    value: str = ""


class MyRequestCD(CallbackData, prefix="r"):
    """A resident's own request.

    action: show, list, urge, cancel, cancel_yes, restore, solved, unsolved, reply
    """

    action: str
    id: RowId


class RateCD(CallbackData, prefix="s"):
    """A rating: stars 1–5 first, then reason codes one by one; reason "end" closes it."""

    id: RowId
    stars: Annotated[int, Field(ge=1, le=5)]
    reason: str = ""


class MenuCD(CallbackData, prefix="m"):
    """The service menu. action: top, group (code), item (code: its providers), file (code)"""

    action: str
    code: str = ""


class OfferCD(CallbackData, prefix="o"):
    """An offer to an organisation. action: accept, decline, why (with a reason code), ask, show"""

    action: str
    id: RowId
    reason: str = ""


class WorkCD(CallbackData, prefix="w"):
    """Work in hand.

    action: show, start, ask, note, done, back (value: reason code), list, stop, split, hand (value:
    organisation id); for the report: hours, people (value: the number, or "other"), skip
    """

    action: str
    id: RowId
    value: str = ""


class EmergencyCD(CallbackData, prefix="e"):
    """「我来处理」"""

    id: RowId


class ConductCD(CallbackData, prefix="cd"):
    """What workers do about somebody's behaviour.

    action: mute, unmute, leave (id: a person); everybody (id: a request)
    """

    action: str
    id: RowId


class TriageCD(CallbackData, prefix="t"):
    """A request before a worker.

    action: show, list, history, why, why_chart, release; pick, search, assign, assign_yes (value:
    organisation id); group (value: group code), item, refile (value: item code); reopen_yes, reopen_no,
    reopen_same, decline, cancel, confirm, settle, mute, unmute; yes (value: one of these), keep;
    whose (value: an addressee); split, split_group (value: group code), split_item, split_yes (value: item
    code); hand_on, hand_keep (value: organisation id)
    """

    action: str
    id: RowId
    value: str = ""


class OrganisationCD(CallbackData, prefix="g"):
    """An organisation before a worker.

    action: list, show, invite, revoke (its unused invites), pause, resume, drop, drop_yes (value: person id)
    """

    action: str
    id: RowId = 0
    value: str = ""


class PageCD(CallbackData, prefix="p"):
    """Another page of a list. list: orgs, late, triage, tasks, my"""

    list: str
    page: int


class DeskCD(CallbackData, prefix="k"):
    """Workers' other buttons.

    action: find, find_on (value: the id before which to look further), help, stats, export (value: days),
    template, import_yes, import_no, broadcast (value: id, for its progress), broadcast_yes, broadcast_no,
    pause, pause_yes, resume, keep (below any question), retry (value: inbox id), audit (value: the entry
    before which to look further, a dot, the request's id; either may be missing)
    """

    action: str
    value: str = ""


class TeachCD(CallbackData, prefix="l"):
    """A correction of the reader before a worker.

    action: next (after this id), yes, no, other (value: "" or a group's code), label (value: an item or act),
    undo
    """

    action: str
    id: RowId = 0
    value: str = ""


class ModelCD(CallbackData, prefix="n"):
    """The reader's model before a worker. action: show, learn, compare, back, back_yes (value: serial)"""

    action: str
    value: str = ""


class PrivacyCD(CallbackData, prefix="v"):
    """What is kept of a resident. action: export, erase, keep (does not erase), undo, forget (what is
    remembered for next time), withdraw, consent, refuse"""

    action: str


class ErasureCD(CallbackData, prefix="ve"):
    """「确定删除」, good for some minutes. `at`: when it was shown, in minutes since 1970"""

    at: Annotated[int, Field(ge=0)]


class EvaluationCD(CallbackData, prefix="jv"):
    """An evaluation round before a worker.

    action: show, open, open_yes, close, close_yes, expert, drop, drop_yes (id: the expert), results (id: the
    round, value: page), picture, form (id: the round)
    """

    action: str
    id: RowId = 0
    value: str = ""


class ScoreCD(CallbackData, prefix="js"):
    """The form of an organisation before a worker or expert.

    action: list (value: page), form (id: the organisation, value: the scores so far, a digit each)
    """

    action: str
    id: RowId = 0
    value: str = ""


class AnswerCD(CallbackData, prefix="ja"):
    """A resident's answer to the short question about an organisation (`id`) in a round."""

    round: RowId
    id: RowId
    score: Annotated[int, Field(ge=1, le=5)]


class ListingCD(CallbackData, prefix="jl"):
    """The register before a worker.

    action: top, list (value: a list, dormant or few), org, enter (id: the organisation, value: the list),
    show, uphold, remove (id: the entry); form; checks, check (id), verdict (id, value: what was found),
    check_end
    """

    action: str
    id: RowId = 0
    value: str = ""


class AppealCD(CallbackData, prefix="jp"):
    """An entry in the register before a lead. action: answer"""

    action: str
    id: RowId


class NoticeCD(CallbackData, prefix="jn"):
    """The public notice. action: read (value: a month such as 202610) for everybody; for workers draft,
    publish, publish_yes (value: a month), donation_drop, price_drop (id)
    """

    action: str
    id: RowId = 0
    value: str = ""


class CallCD(CallbackData, prefix="c"):
    """An entry of the call-back list before a worker.

    action: list, show, solved, unsolved, missed, stars (value: 1 to 5), note, other, same (who does it anew)
    """

    action: str
    id: RowId = 0
    value: str = ""


class LedgerCD(CallbackData, prefix="b"):
    """A page of a ledger with its filters. action: show, xlsx; month, state, kind, org, place: to choose one

    book: n, p, r (needs, problems, rectifications); month: as 202611, 0 for all; state, kind: codes; org: an
    organisation; place: its position among the compounds from 1, 0 for all.
    """

    action: str
    book: str
    month: Annotated[int, Field(ge=0, le=999912)] = 0
    state: Annotated[str, Field(max_length=10)] = ""
    kind: Annotated[str, Field(max_length=8)] = ""
    org: Annotated[int, Field(ge=0, le=10**10)] = 0
    place: Annotated[int, Field(ge=0, le=999)] = 0
    page: Annotated[int, Field(ge=0, le=99999)] = 0


class ProblemCD(CallbackData, prefix="q"):
    """An entry of the problem ledger before a worker.

    action: show, close, rectify, by_org, by_me, days (value: how many)
    """

    action: str
    id: RowId
    value: str = ""


class RectifyCD(CallbackData, prefix="y"):
    """An entry of the rectification ledger. For workers: show, report, good, bad. For leads: mine, done"""

    action: str
    id: RowId


class ReportCD(CallbackData, prefix="x"):
    """A report before a worker: `days` days from the day with the ordinal `first`, cut as `gELD.c3` tells
    (handlers.admin.stats.codes).

    action: show, span (part: its code), by (part: the picture), rows and table (part: an axis; a new message,
    another page of it), list and listed (part: which number; the same)
    """

    action: str
    first: Annotated[int, Field(ge=1, le=3_640_000)]
    days: Annotated[int, Field(ge=1, le=3660)]
    cut: str = ""
    part: str = ""
    page: Annotated[int, Field(ge=0, le=999)] = 0


class FollowCD(CallbackData, prefix="u"):
    """A request of a neighbour's that a resident follows. action: show, drop, solved, unsolved, anew"""

    action: str
    id: RowId


class MergeCD(CallbackData, prefix="a"):
    """Two requests before a worker, of which the first may be a part of the second.

    action: ask, yes, different; undo, undo_yes (the first stands alone again)
    """

    action: str
    id: RowId
    other: RowId = 0


class JointCD(CallbackData, prefix="h"):
    """A joint need before a worker. action: list, show, accept, merge, apart, dismiss"""

    action: str
    id: RowId = 0


class ProjectCD(CallbackData, prefix="i"):
    """A joint need before its lead.

    action: show, plan (id: the request's); tick, skip (id: the milestone's)
    """

    action: str
    id: RowId


class HeldCD(CallbackData, prefix="hd"):
    """One of the messages that waited for the morning."""

    id: RowId


class GivingCD(CallbackData, prefix="gv"):
    """Giving out to several, before a worker.

    action: pool, pool_yes, team, team_pick (value: organisation id), team_ask; backlog, backlog_yes (value:
    the plan's serial)
    """

    action: str
    id: RowId = 0
    value: str = ""


class PartCD(CallbackData, prefix="pt"):
    """A helper's part of a team's work. For the helper: show, accept, decline, done. For whoever leads the
    team: drop. For a worker: leave"""

    action: str
    id: RowId


class MeetingCD(CallbackData, prefix="mt"):
    """A claiming meeting. For workers: desk, open (id: hours), draw, draw_yes, off, off_yes. For leads: lots,
    page (request: its number), tick and untick (a request for an organisation)"""

    action: str
    id: RowId = 0
    request: RowId = 0
    organisation: RowId = 0


class LetterCD(CallbackData, prefix="j"):
    """The weekly letter before a lead or a worker; `id` is the organisation, `first` the week's first day.

    action: list and listed (part: which number; a new message, another page of it), stop, again, now
    """

    action: str
    id: RowId = 0
    first: Annotated[int, Field(ge=1, le=3_640_000)] = 1
    part: str = ""
    page: Annotated[int, Field(ge=0, le=999)] = 0
