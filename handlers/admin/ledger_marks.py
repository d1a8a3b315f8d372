"""What of a request stands in the ledgers, on its card: the links between the three of them."""

from __future__ import annotations

from casework.permissions import Actor
from casework.use_cases.ledger_views import LedgerMarks
from casework.use_cases.reading import RequestView
from handlers.admin.ledger_words import state_of
from handlers.kit.buttons import button
from handlers.kit.callbacks import ProblemCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Keyboard
from handlers.kit.texts import Markup

#: Buttons for the newest open problems; the ledger has them all.
_BUTTONS = 3


async def with_ledgers(
    context: Context, actor: Actor, view: RequestView, text: Markup, rows: Keyboard
) -> tuple[Markup, Keyboard]:
    """The card with a line for each problem and a button for those that are open."""
    marks = await context.cases(LedgerMarks)(actor, view.request.id)
    if not marks:
        return text, rows
    texts, lines = context.texts, []
    for problem, entry in marks:
        state = texts.plain("ledger-problem-closed") if problem.closed_at else ""
        if not state and entry is not None:
            how = state_of(texts, entry, context.now)
            state = texts.plain("ledger-problem-rectified", state=how)
        kind = texts.plain(f"problem-{problem.kind}")
        lines.append(texts("ledger-card", kind=kind, state=state))
    open_ = [p.id for p, _ in marks if p.closed_at is None][-_BUTTONS:]
    taps = [button(texts, "problem-open", ProblemCD(action="show", id=i), id=i) for i in open_]
    return Markup("\n".join([text, *lines])), [*rows, taps] if taps else rows
