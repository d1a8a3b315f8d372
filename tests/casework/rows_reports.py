"""Who may run which use case: reports and letters."""

from __future__ import annotations

from casework.books.figures import Axis
from casework.books.letters import Week
from casework.use_case import UseCase
from casework.use_cases import figures as f
from casework.use_cases import letters as m
from tests.casework.tries import LEAD, SINCE, SYSTEM, UNTIL, WORKER, Try, filed, nothing

ASKED = f.Asked(SINCE, UNTIL)
WEEK = Week(SINCE.date(), SINCE, UNTIL)
READERS = {"lead", "other_lead", "worker"}
ROWS: dict[type[UseCase], Try] = {
    f.ShowFigures: Try(WORKER, filed, lambda c, a, t, w: c(a, ASKED)),
    f.BreakDown: Try(WORKER, filed, lambda c, a, t, w: c(a, Axis.GROUP, ASKED)),
    f.CrossFigures: Try(WORKER, filed, lambda c, a, t, w: c(a, ASKED)),
    f.RateOrganisations: Try(WORKER, filed, lambda c, a, t, w: c(a, ASKED)),
    f.TraceFigure: Try(WORKER, filed, lambda c, a, t, w: c(a, ASKED, f.Behind())),
    f.TraceOwnFigure: Try(LEAD, filed, lambda c, a, t, w: c(a, w.first.id, SINCE, UNTIL, f.Behind())),
    m.WriteLetter: Try(WORKER, filed, lambda c, a, t, w: c(a, WEEK)),
    m.WriteOwnLetter: Try(LEAD, filed, lambda c, a, t, w: c(a, w.first.id, WEEK)),
    m.SetLetters: Try(READERS, nothing, lambda c, a, t, w: c(a, wanted=False)),
    m.AskLetters: Try(READERS, nothing, lambda c, a, t, w: c(a)),
    m.AddressLetters: Try(SYSTEM, nothing, lambda c, a, t, w: c(a, [3001], WEEK, 0, 5)),
    m.AddressOwnLetters: Try(READERS, nothing, lambda c, a, t, w: c(a, WEEK)),
}
