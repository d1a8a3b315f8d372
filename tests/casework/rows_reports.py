"""Who may run which use case: reports and letters."""

from __future__ import annotations

from casework.figures import Axis
from casework.use_case import UseCase
from casework.use_cases import figures as f
from tests.casework.tries import LEAD, SINCE, UNTIL, WORKER, Try, filed

ASKED = f.Asked(SINCE, UNTIL)
ROWS: dict[type[UseCase], Try] = {
    f.ShowFigures: Try(WORKER, filed, lambda c, a, t, w: c(a, ASKED)),
    f.BreakDown: Try(WORKER, filed, lambda c, a, t, w: c(a, Axis.GROUP, ASKED)),
    f.CrossFigures: Try(WORKER, filed, lambda c, a, t, w: c(a, ASKED)),
    f.RateOrganisations: Try(WORKER, filed, lambda c, a, t, w: c(a, ASKED)),
    f.TraceFigure: Try(WORKER, filed, lambda c, a, t, w: c(a, ASKED, f.Behind())),
    f.ShowOwnFigures: Try(LEAD, filed, lambda c, a, t, w: c(a, w.first.id, SINCE, UNTIL)),
    f.TraceOwnFigure: Try(LEAD, filed, lambda c, a, t, w: c(a, w.first.id, SINCE, UNTIL, f.Behind())),
}
