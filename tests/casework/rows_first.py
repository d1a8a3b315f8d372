"""Who may run which use case: the first rooms of casework."""

from __future__ import annotations

from casework.books.ledgers import ProblemKind
from casework.entities import Details, WorkReport
from casework.reports import RequestFilter
from casework.statuses import TriageReason
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases import (
    corrections,
    dispatch,
    explaining,
    filing,
    leads,
    ledgers,
    organisations,
    reading,
    residents,
    teaching,
    workers,
)
from tests.casework.tries import (
    ANYBODY,
    LEAD,
    OWNER,
    SYSTEM,
    WORKER,
    Try,
    accepted,
    cancelled,
    confirmed,
    done,
    emergency,
    filed,
    in_triage,
    invite,
    noted,
    nothing,
    offered,
    refiled,
    taught,
    unsolved,
)
from tests.casework.world import HAIRCUT, NEIGHBOUR, OTHER_LEAD

C, D, F, L, G, R, S, W = corrections, dispatch, filing, leads, organisations, residents, reading, workers
K, T = ledgers, teaching
ROWS: dict[type[UseCase], Try] = {
    # filing
    F.FileRequests: Try(ANYBODY, nothing, lambda c, a, t, w: c(a, [HAIRCUT])),
    F.FileEmergency: Try(
        ANYBODY, nothing, lambda c, a, t, w: c(a, "aid_rescue", "着火", "着火", Details(), ("119",))
    ),
    F.GiveConsent: Try(ANYBODY, nothing, lambda c, a, t, w: c(a)),
    F.RememberDetails: Try(ANYBODY, nothing, lambda c, a, t, w: c(a, HAIRCUT.details)),
    F.AskForHuman: Try(ANYBODY, nothing, lambda c, a, t, w: c(a, "转人工")),
    F.RaiseVoice: Try(ANYBODY, nothing, lambda c, a, t, w: c(a, "volunteer", "我愿意理发")),
    # a resident's own request
    R.CancelRequest: Try(OWNER, filed, lambda c, a, t, w: c(a, t.id)),
    R.RestoreRequest: Try(OWNER, cancelled, lambda c, a, t, w: c(a, t.id)),
    R.ConfirmSolved: Try(OWNER, done, lambda c, a, t, w: c(a, t.id)),
    R.ReportUnsolved: Try(OWNER, done, lambda c, a, t, w: c(a, t.id, "没好")),
    R.RateRequest: Try(OWNER, confirmed, lambda c, a, t, w: c(a, t.id, 4)),
    R.UrgeRequest: Try(OWNER, filed, lambda c, a, t, w: c(a, t.id)),
    R.AddResidentNote: Try(OWNER, filed, lambda c, a, t, w: c(a, t.id, "门口有狗", L.Attachment())),
    R.ChangeRequest: Try(OWNER, filed, lambda c, a, t, w: c(a, t.id, Details(phone="13900001111"))),
    R.CorrectWords: Try(
        OWNER, filed, lambda c, a, t, w: c(a, t.id, (t.description, ""), ("新的话", ""), Details())
    ),
    C.CorrectNote: Try(LEAD, noted, lambda c, a, t, w: c(a, t, "改了")),
    S.ListMyRequests: Try(ANYBODY, filed, lambda c, a, t, w: c(a)),
    S.SeeRequest: Try({"owner", "lead", "worker"}, filed, lambda c, a, t, w: c(a, t.id)),
    S.ListProviders: Try(ANYBODY, nothing, lambda c, a, t, w: c(a, "eld_haircut")),
    # a lead's work
    G.JoinOrganisation: Try(ANYBODY, invite, lambda c, a, t, w: c(a, t)),
    L.AcceptOffer: Try(LEAD, offered, lambda c, a, t, w: c(a, t)),
    L.DeclineOffer: Try(LEAD, offered, lambda c, a, t, w: c(a, t, "没人")),
    L.StartWork: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id)),
    L.AskResident: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id, "几点？")),
    L.AddProgress: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id, "路上", L.Attachment())),
    L.CompleteWork: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id, WorkReport(1, 1))),
    L.HandBack: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id, "病了")),
    L.TakeEmergency: Try({"other_lead", "worker"}, emergency, lambda c, a, t, w: c(a, t.id)),
    S.ListTasks: Try({"lead", "other_lead"}, accepted, lambda c, a, t, w: c(a)),
    # a worker's desk
    W.AssignRequest: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id, w.second.id)),
    W.SuggestOrganisations: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id)),
    explaining.ExplainReading: Try({"lead", "worker"}, accepted, lambda c, a, t, w: c(a, t.id)),
    W.ExplainMatch: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id)),
    W.RecategoriseRequest: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id, "hom_plumbing")),
    W.DecideReopen: Try(WORKER, unsolved, lambda c, a, t, w: c(a, t.id, approve=True)),
    W.DeclineRequest: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id, "归街道")),
    W.CloseForResident: Try(WORKER, done, lambda c, a, t, w: c(a, t.id, solved=True)),
    W.SettleRequest: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id, "社工办了")),
    W.PutIntoTriage: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id)),
    W.ReleaseTriage: Try(WORKER, in_triage, lambda c, a, t, w: c(a, t.id)),
    G.CreateInvite: Try(WORKER, nothing, lambda c, a, t, w: c(a, w.first.id)),
    G.SetOrganisationActive: Try(WORKER, nothing, lambda c, a, t, w: c(a, w.first.id, active=False)),
    G.RemoveLead: Try(WORKER, nothing, lambda c, a, t, w: c(a, w.second.id, OTHER_LEAD)),
    G.ImportOrganisations: Try(WORKER, nothing, lambda c, a, t, w: c(a, [w.first])),
    G.PauseIntake: Try(WORKER, nothing, lambda c, a, t, w: c(a, "停水")),
    G.SendBroadcast: Try(WORKER, nothing, lambda c, a, t, w: c(a, "明天停水")),
    G.MuteResident: Try(WORKER, nothing, lambda c, a, t, w: c(a, NEIGHBOUR, muted=True)),
    S.ListTriage: Try(WORKER, filed, lambda c, a, t, w: c(a)),
    S.ListLate: Try(WORKER, filed, lambda c, a, t, w: c(a)),
    S.FindRequests: Try(WORKER, filed, lambda c, a, t, w: c(a, "剪头")),
    S.ExportRequests: Try(WORKER, filed, lambda c, a, t, w: c(a, RequestFilter())),
    S.ListOrganisations: Try(WORKER, nothing, lambda c, a, t, w: c(a)),
    S.ShowOrganisation: Try(WORKER, nothing, lambda c, a, t, w: c(a, w.first.id)),
    T.NextLesson: Try(WORKER, refiled, lambda c, a, t, w: c(a)),
    T.SeeLesson: Try(WORKER, refiled, lambda c, a, t, w: c(a, t)),
    T.DecideLesson: Try(WORKER, refiled, lambda c, a, t, w: c(a, t, accept=True)),
    T.UndoLesson: Try(WORKER, taught, lambda c, a, t, w: c(a, t)),
    T.ListAccepted: Try(WORKER, taught, lambda c, a, t, w: c(a)),
    # the clock's work
    D.DispatchRequest: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t)),
    D.MakeOffer: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t, w.second, None, Action.OFFER)),
    D.SendToTriage: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t, TriageReason.LOW_CONFIDENCE)),
    D.RaiseEmergency: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t)),
    D.RepeatEmergency: Try(SYSTEM, emergency, lambda c, a, t, w: c(a, t.id, 1)),
    D.ExpireOffer: Try(SYSTEM, offered, lambda c, a, t, w: c(a, t)),
    K.RaiseProblem: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t, ProblemKind.LATE)),
    D.AskSolved: Try(SYSTEM, done, lambda c, a, t, w: c(a, t.id, 1)),
    S.MarkUnreachable: Try(SYSTEM, nothing, lambda c, a, t, w: c(a, NEIGHBOUR, reachable=False)),
}
