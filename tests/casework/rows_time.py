"""Who may run which use case: what time alone brings about."""

from __future__ import annotations

from casework.use_case import UseCase
from casework.use_cases import watching
from tests.casework.tries import SYSTEM, Try, accepted, in_triage, offered

ROWS: dict[type[UseCase], Try] = {
    watching.RemindOffer: Try(SYSTEM, offered, lambda c, a, t, w: c(a, t)),
    watching.RemindResolve: Try(SYSTEM, accepted, lambda c, a, t, w: c(a, t.id, late=True)),
    watching.EscalateLate: Try(SYSTEM, accepted, lambda c, a, t, w: c(a, t.id, 1)),
    watching.RemindWorker: Try(SYSTEM, in_triage, lambda c, a, t, w: c(a, t.id, 1, w.clock.now())),
}
