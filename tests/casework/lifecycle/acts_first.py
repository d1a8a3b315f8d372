"""The acts of the first rooms of casework."""

from __future__ import annotations

from casework.entities import Address, Details, WorkReport
from casework.statuses import BEFORE_WORK, CLOSED, IN_WORK
from casework.statuses import RequestStatus as S
from casework.use_cases import leads, residents, workers
from tests.casework.lifecycle.acts import Act, Who
from tests.casework.lifecycle.house import ITEMS

OPEN = frozenset(S) - CLOSED
WORK = frozenset(IN_WORK)
BEFORE = frozenset(BEFORE_WORK)
OWN, L, W = Who.OWNER, Who.LEAD, Who.WORKER
NOTHING = leads.Attachment()


def at(*statuses: S) -> frozenset[S]:
    """Short for a set of statuses."""
    return frozenset(statuses)


ACTS = [
    Act("cancel", OWN, BEFORE | WORK, lambda t: t(residents.CancelRequest, t.id, "不用了")),
    Act("restore", OWN, at(S.CANCELLED), lambda t: t(residents.RestoreRequest, t.id), weight=5),
    Act("confirm", OWN, at(S.DONE), lambda t: t(residents.ConfirmSolved, t.id), weight=5),
    Act(
        "say_unsolved",
        OWN,
        at(S.DONE, S.CONFIRMED),
        lambda t: t(residents.ReportUnsolved, t.id, "还是不行"),
        weight=5,
    ),
    Act("rate", OWN, at(S.CONFIRMED), lambda t: t(residents.RateRequest, t.id, 1 + t.n % 5)),
    Act("urge", OWN, OPEN, lambda t: t(residents.UrgeRequest, t.id)),
    Act(
        "answer",
        OWN,
        at(S.WAITING_RESIDENT),
        lambda t: t(residents.AddResidentNote, t.id, "在家", NOTHING),
        weight=5,
    ),
    Act("add_words", OWN, OPEN, lambda t: t(residents.AddResidentNote, t.id, "门口有狗", NOTHING)),
    Act(
        "change",
        OWN,
        OPEN - {S.DONE},
        lambda t: t(residents.ChangeRequest, t.id, Details(Address(building=str(t.n % 9 + 1)))),
    ),
    Act("accept", L, at(S.OFFERED), lambda t: t(leads.AcceptOffer, t.offer_id), weight=5),
    Act("decline", L, at(S.OFFERED), lambda t: t(leads.DeclineOffer, t.offer_id, "没人")),
    Act("start", L, at(S.ACCEPTED), lambda t: t(leads.StartWork, t.id), weight=5),
    Act(
        "ask", L, at(S.ACCEPTED, S.IN_PROGRESS), lambda t: t(leads.AskResident, t.id, "几点方便？"), weight=5
    ),
    Act("tell_progress", L, WORK, lambda t: t(leads.AddProgress, t.id, "在路上", NOTHING)),
    Act("complete", L, WORK, lambda t: t(leads.CompleteWork, t.id, WorkReport(1, 2, "好了")), weight=5),
    Act("hand_back", L, WORK, lambda t: t(leads.HandBack, t.id, "师傅病了")),
    Act("take_emergency", L, at(S.OFFERED), lambda t: t(leads.TakeEmergency, t.id)),
    Act("worker_takes_emergency", W, BEFORE, lambda t: t(leads.TakeEmergency, t.id)),
    Act("assign", W, BEFORE | WORK, lambda t: t(workers.AssignRequest, t.id, t.organisation_id)),
    Act(
        "refile",
        W,
        BEFORE | WORK,
        lambda t: t(workers.RecategoriseRequest, t.id, ITEMS[t.n % len(ITEMS)], "看错了"),
    ),
    Act("reopen", W, at(S.REOPEN_REQUESTED), lambda t: t(workers.DecideReopen, t.id, approve=True), weight=5),
    Act(
        "reject_reopen",
        W,
        at(S.REOPEN_REQUESTED),
        lambda t: t(workers.DecideReopen, t.id, approve=False, reason="看过了"),
        weight=3,
    ),
    Act("not_ours", W, BEFORE | WORK, lambda t: t(workers.DeclineRequest, t.id, "归街道管")),
    Act(
        "call_back_solved", W, at(S.DONE), lambda t: t(workers.CloseForResident, t.id, solved=True), weight=3
    ),
    Act("call_back_unwanted", W, BEFORE | WORK, lambda t: t(workers.CloseForResident, t.id, solved=False)),
    Act("settle", W, BEFORE | WORK, lambda t: t(workers.SettleRequest, t.id, "社工办了")),
    Act("to_triage", W, BEFORE | WORK, lambda t: t(workers.PutIntoTriage, t.id)),
    Act("from_triage", W, at(S.TRIAGE), lambda t: t(workers.ReleaseTriage, t.id), weight=5),
]
