"""Words about what is filed already, though nothing was asked: a correction, or something to pass on."""

from __future__ import annotations

from collections.abc import Sequence

from casework.entities import Details, Request
from casework.statuses import CLOSED, RequestStatus
from handlers.dialogue import words
from handlers.dialogue.heard import Heard
from handlers.dialogue.needs import details_of
from handlers.dialogue.policy.plans import Plan, plan
from nlu import instead
from nlu.understanding import Decision, Understanding

#: From here on what was read counts as what was meant.
_SURE = 0.8
_LIKELY = 0.5
#: Acts of words that may be passed on as they are.
_MERE_WORDS = frozenset({"noise", "affirm", "deny"})
#: Longer words may tell something new.
_SHORT = 20
#: So many characters beside a yes say something.
_MORE_THAN_YES = 2


def in_hand(mine: Sequence[Request]) -> list[Request]:
    """What can still be changed."""
    return [r for r in mine if r.status not in CLOSED and r.status is not RequestStatus.DONE]


def correcting(heard: Heard, mine: Sequence[Request]) -> Plan | None:
    """Something in a filed request is wrong: a fact, or what it is about."""
    still = in_hand(mine)
    told = instead.told(heard.plain)
    if not still or not (told or words.corrects(heard.plain)):
        return None
    if heard.slots and heard.act != "request":
        return plan(heard, "action_change_request")
    if told is None or not told.wrong:
        return None
    was, is_now = _best(heard.again(told.wrong), _LIKELY), _best(heard.again(told.right), _SURE)
    ours = [r for r in still if r.item == was]
    if heard.act == "request" and heard.understood.decision is Decision.FILE and not ours:
        return None
    if is_now and is_now not in {r.item for r in still} and (ours or len(still) == 1):
        about = ours[0].id if len(ours) == 1 else still[0].id if len(still) == 1 else None
        return plan(heard, "action_correct_need", value={"item": is_now}, about=about)
    return plan(heard, "action_change_request") if ours or heard.act in ("deny", "change") else None


def _best(found: Understanding, floor: float) -> str:
    """The item that the words name, if it is clear enough."""
    best = found.ranking[0] if found.ranking else None
    return best.item if best and best.confidence >= floor else ""


def completing(heard: Heard, mine: Sequence[Request]) -> Plan | None:
    """Bare facts, with one request open: they fill what it lacks, or are words for it."""
    still = in_hand(mine)
    if len(still) != 1 or not heard.slots:
        return None
    if _fills(still[0].details, details_of(heard.slots)):
        return plan(heard, "action_change_request")
    # 「她电话13900003333」: whether it takes the place of the known one, whoever rings will see.
    mere = heard.act != "change" and len(heard.plain) <= _SHORT
    return plan(heard, "action_add_note") if mere else None


def stating(heard: Heard, mine: Sequence[Request]) -> Plan | None:
    """「阀门在水池下面的柜子里」: it names the item of an open request, and neither trouble nor a wish."""
    found = heard.understood
    likely = found.ranking[0] if found.ranking else None
    items = {n.item for n in found.needs} or (
        {likely.item} if likely and likely.confidence >= _LIKELY else set()
    )
    ours = [r for r in in_hand(mine) if items == {r.item}]
    if found.act != "request" or len(ours) != 1 or heard.slots or len(heard.plain) > _SHORT:
        return None
    if words.troubles(heard.plain) or words.adds(heard.plain) or not instead.says_something(heard.plain):
        return None
    return plan(heard, "action_add_note", about=ours[0].id)


def _fills(known: Details, said: Details) -> bool:
    before, more = known.address, said.address
    parts = (
        (before.compound, more.compound),
        (before.building, more.building),
        (before.unit, more.unit),
        (before.room, more.room),
        (known.phone, said.phone),
        (known.time_expr, said.time_expr),
        (known.recipient, said.recipient),
    )
    new = [(was, now) for was, now in parts if now and now != was]
    return bool(new) and not any(was for was, _ in new) and not more.place


def mere_words(heard: Heard, mine: Sequence[Request]) -> Plan | None:
    """「右边抽屉里」 with nothing asked: for whoever works on what is open."""
    if not in_hand(mine) or heard.act not in _MERE_WORDS or heard.understood.urgent:
        return None
    if words.agrees(heard.plain, beside=_MORE_THAN_YES) or words.denies(heard.plain):
        return None
    return plan(heard, "action_add_note") if instead.says_something(heard.plain) else None
