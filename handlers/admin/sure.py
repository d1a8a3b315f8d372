"""What ends or changes something for others is asked about first; 「确定」 counts for minutes and once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.kit.buttons import button
from handlers.kit.callbacks import (
    DeskCD,
    EvaluationCD,
    GivingCD,
    JointCD,
    MeetingCD,
    MergeCD,
    ModelCD,
    NoticeCD,
    OrganisationCD,
    PartCD,
    TriageCD,
)

if TYPE_CHECKING:
    from handlers.admin.desk import Desk

LASTS = timedelta(minutes=10)
#: Buttons that say 确定 (or stand where it would) after a question of their own → what undoes them.
CONFIRMS: dict[tuple[type[CallbackData], str], str] = {
    (DeskCD, "broadcast_yes"): "",
    (DeskCD, "import_yes"): "another list",
    (DeskCD, "pause_yes"): "DeskCD resume",
    (EvaluationCD, "close_yes"): "",
    (EvaluationCD, "drop_yes"): "a new invite",
    (EvaluationCD, "open_yes"): "EvaluationCD close",
    (GivingCD, "backlog_yes"): "assigning anew",
    (GivingCD, "pool_yes"): "assigning anew",
    (GivingCD, "team_ask"): "PartCD leave",
    (MeetingCD, "draw_yes"): "assigning anew",
    (MeetingCD, "off_yes"): "another meeting",
    (MergeCD, "undo_yes"): "MergeCD yes",
    (MergeCD, "yes"): "MergeCD undo",
    (ModelCD, "back_yes"): "ModelCD back",
    (NoticeCD, "publish_yes"): "",
    (OrganisationCD, "drop_yes"): "a new invite",
    (TriageCD, "assign_yes"): "assigning anew",
    (TriageCD, "split_yes"): "closing the part",
    (TriageCD, "yes"): "the resident says that it is not solved, restoring, or TriageCD unmute",
}
#: Buttons without a question of their own: the first press asks this, the same on the question does it.
ASKS: dict[tuple[type[CallbackData], str], str] = {
    (JointCD, "merge"): "sure-joint-merge",
    (NoticeCD, "donation_drop"): "sure-donation-drop",
    (NoticeCD, "price_drop"): "sure-price-drop",
    (OrganisationCD, "pause"): "sure-organisation-pause",
    (OrganisationCD, "revoke"): "sure-organisation-revoke",
    (PartCD, "leave"): "sure-part-leave",
}
_UNDO = {"sure-organisation-pause": "OrganisationCD resume", "sure-joint-merge": "MergeCD undo, one by one"}
SURE = CONFIRMS | {key: _UNDO.get(text, "entering it anew") for key, text in ASKS.items()}


class Asked(StatesGroup):
    """A question stands below the button that was pressed."""

    again = State()


async def counts(desk: Desk, callback: CallbackQuery, pressed: Any) -> bool:
    """Whether the press may do what it says now; else the question, or why not, has been answered."""
    key = type(pressed), str(getattr(pressed, "action", ""))
    if key in ASKS:
        return await _is_second(desk, callback, ASKS[key])
    if key in CONFIRMS and _age(desk, callback) > LASTS:
        await desk.toast("sure-expired-toast")
        await desk.show(desk.texts("sure-expired"))
        return False
    return True


def _age(desk: Desk, callback: CallbackQuery) -> timedelta:
    """Since the question was asked; the messenger tells no date of a message that is too old to be known."""
    message = callback.message
    if not isinstance(message, Message):
        return timedelta.max
    asked = message.edit_date or message.date.timestamp()
    return desk.context.now - datetime.fromtimestamp(asked, UTC)


async def _is_second(desk: Desk, callback: CallbackQuery, question: str) -> bool:
    data, current = await desk.state.get_data(), await desk.state.get_state()
    known = desk.message_id is not None and data.get("below") not in (None, desk.message_id)
    if current == Asked.again.state and known and data.get("pressed") == callback.data:
        await desk.state.clear()
        if desk.context.now - datetime.fromisoformat(data["at"]) <= LASTS:
            return True
    await desk.wait_for(Asked.again, pressed=callback.data, below=desk.message_id or 0)
    yes = desk.texts.plain("button-admin-yes"), callback.data or ""
    no = button(desk.texts, "cancel", DeskCD(action="keep"))
    await desk.aside().show(desk.texts(question), [[yes, no]])
    return False
