"""Nothing is open: what a message begins."""

from __future__ import annotations

from collections.abc import Sequence

from casework.entities import Request
from casework.statuses import CLOSED, RequestStatus
from handlers.dialogue import words
from handlers.dialogue.heard import Heard, needs_of, share_out
from handlers.dialogue.policy.filed import completing, correcting, mere_words, stating
from handlers.dialogue.policy.plans import CONTINUE, NO_ANSWER, OF_ACT, OF_FILED, Plan, plan
from handlers.dialogue.state import Dialogue
from nlu import about_filed
from nlu.understanding import Decision, Need

_SHORT = 12
_FINISHED = frozenset({RequestStatus.DONE, RequestStatus.CONFIRMED, RequestStatus.REOPEN_REQUESTED})


def idle(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    waiting = [r for r in mine if r.status is RequestStatus.WAITING_RESIDENT or r.id in heard.asked]
    if waiting and (_takes_up(heard, waiting[0]) or not _clearly_else(heard, waiting[0])):
        return plan(heard, "action_answer_question", value=waiting[0].id)
    if words.solved(heard.plain) and any(r.status is RequestStatus.DONE for r in mine):
        return plan(heard, "action_confirm_solved")
    if words.unsolved(heard.plain) and _speaks_of_finished(heard, mine):
        return plan(heard, "action_complain")
    corrected = correcting(heard, mine)
    if corrected:
        return corrected
    found = heard.understood
    if heard.slots and heard.beside <= 2 and (completed := completing(heard, mine)):
        return completed
    if heard.slots and heard.beside <= 2 and not (mine and found.act == "change"):
        return plan(heard, "action_keep_details")
    still = [r for r in mine if r.status not in CLOSED and r.status is not RequestStatus.DONE]
    unclear = found.act != "request" or found.decision is not Decision.FILE
    if still and unclear and about_filed.for_the_visit(heard.plain):
        return plan(heard, "action_change_request")
    if mine and words.asks_progress(heard.plain):
        return plan(heard, "action_answer_status")
    if words.takes_back(heard.plain) and any(r.status not in CLOSED for r in mine):
        # Asked before it is done, so a wrong guess costs one press.
        return plan(heard, "action_cancel_request")
    if unclear and about_filed.hurries(heard.plain) and (still or found.act == "urge"):
        return plan(heard, "action_urge")
    if words.asks_who(heard.plain) and found.act != "human":
        return plan(heard, "action_tell_who")
    noted = mere_words(heard, mine) or stating(heard, mine)
    if noted:
        return noted
    if found.act == "request" and found.decision is Decision.FILE and found.needs:
        taken = share_out(heard.with_(needs=tuple(needs_of(found, heard.text))))
        return plan(taken, "action_take_needs", CONTINUE)
    if found.act == "request" and found.decision is Decision.ASK:
        return plan(heard, "action_offer_choices")
    if found.act in OF_FILED and not mine and found.ranking and found.ranking[0].confidence >= 0.35:
        # Who has filed nothing can have nothing changed or hurried: it is a need after all.
        return _new_after_all(heard)
    if found.act in ("chitchat", "noise") and found.ranking and found.ranking[0].confidence >= 0.35:
        # Small talk speaks of no service; better to ask than to send somebody away.
        return plan(heard, "action_offer_choices")
    if heard.slots and found.act in ("greet", "chitchat", "noise", "affirm", "thanks"):
        # 「喂,我是八号楼的」: who says hello with a fact is not asked for it again.
        return plan(heard, "action_keep_details")
    if found.act in OF_ACT:
        return plan(heard, OF_ACT[found.act])
    return plan(heard, "action_keep_details" if heard.slots else "action_not_understood")


def _speaks_of_finished(heard: Heard, mine: Sequence[Request]) -> bool:
    """「还是漏」 is about what was done; 「又停电了」 only when that was the lights."""
    finished = {r.item for r in mine if r.status in _FINISHED}
    found = heard.understood
    if not finished or not found.needs or finished & {n.item for n in found.needs}:
        return bool(finished)
    unclear = found.decision is not Decision.FILE
    near = finished & {r.item for r in found.ranking[:3]}
    return unclear and (bool(near) or words.still_unsolved(heard.plain))


def _new_after_all(heard: Heard) -> Plan:
    best = heard.understood.ranking[0]
    if best.confidence < 0.75:
        return plan(heard, "action_offer_choices")
    need = Need(best.item, best.confidence, heard.text)
    taken = tuple(needs_of(heard.understood, heard.text, [need]))
    return plan(heard, "action_take_needs", CONTINUE, needs=taken)


def _takes_up(heard: Heard, waiting: Request) -> bool:
    """「有电梯」 to 「有电梯吗？」: short, in the words of the question."""
    question = heard.asked.get(waiting.id, "")
    return len(heard.plain) <= _SHORT and words.shares(heard.plain, question)


def _clearly_else(heard: Heard, waiting: Request) -> bool:
    found = heard.understood
    if found.act == "request" and found.decision is Decision.FILE and found.needs:
        return all(n.item != waiting.item and n.confidence >= 0.75 for n in found.needs)
    return found.act in (*NO_ANSWER, "thanks", "greet") and found.act_confidence >= 0.75
