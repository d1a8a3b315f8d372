"""What must be true of any community after anything that anybody did. Each judge compares two pictures."""

from __future__ import annotations

import json
from collections import Counter

from casework.entities import HistoryEntry
from casework.responsibility import claims
from casework.statuses import CLOSED, IN_WORK, OfferStatus, TimerKind
from casework.statuses import RequestStatus as S
from casework.transitions import TRANSITIONS, Action
from tests.casework.lifecycle.house import LEADS, Picture

#: Written down apart from the table in casework: what may never follow on what, whoever asks for it.
NEVER = {
    (S.CONFIRMED, S.DONE),
    (S.CONFIRMED, S.CANCELLED),
    (S.CONFIRMED, S.OFFERED),
    (S.CANCELLED, S.DONE),
    (S.CANCELLED, S.CONFIRMED),
    (S.CANCELLED, S.ACCEPTED),
    (S.DECLINED, S.DONE),
    (S.DECLINED, S.CONFIRMED),
    (S.MERGED, S.DONE),
    (S.MERGED, S.CONFIRMED),
    (S.SUBMITTED, S.CONFIRMED),
    (S.OFFERED, S.CONFIRMED),
    (S.TRIAGE, S.CONFIRMED),
    (S.ACCEPTED, S.CONFIRMED),
    (S.IN_PROGRESS, S.CONFIRMED),
    (S.WAITING_RESIDENT, S.CONFIRMED),
    (S.TRIAGE, S.ACCEPTED),
    (S.SUBMITTED, S.ACCEPTED),
}


def judge(before: Picture, after: Picture) -> None:
    """All judges; raises AssertionError with the request's number and story."""
    for request_id, request in after.requests.items():
        try:
            history_only_grows(before, after, request_id)
            history_tells_the_status(after, request_id)
            somebody_is_responsible(after, request_id)
            offers_fit(before, after, request_id)
            timers_fit(after, request_id)
            versions_rise(before, after, request_id)
        except AssertionError as error:
            story = [
                f"{h.at:%d %H:%M} {h.action}→{h.to_status} {h.actor_role}"
                for h in after.histories[request_id]
            ]
            raise AssertionError(f"{request.number} {request.status}: {error}\n" + "\n".join(story)) from None
    assert set(before.requests) <= set(after.requests), "a request is gone"
    records_count(after)
    privacy_is_kept(after)


def history_only_grows(before: Picture, after: Picture, request_id: int) -> None:
    """Nothing written is changed or lost, and time goes forward."""
    old, new = before.histories.get(request_id, []), after.histories[request_id]
    assert new[: len(old)] == old, "history was rewritten"
    moments = [entry.at for entry in new]
    assert moments == sorted(moments), "history goes backwards"


def history_tells_the_status(after: Picture, request_id: int) -> None:
    """Played again, the history leads by allowed steps to where the request stands."""
    status: S | None = None
    for entry in after.histories[request_id]:
        assert entry.from_status == status, f"{entry.action} starts from {entry.from_status}, not {status}"
        assert (status, entry.to_status) not in NEVER, f"{status}→{entry.to_status} must never be"
        assert _allowed(entry), f"{entry.action} {status}→{entry.to_status} is forbidden"
        status = entry.to_status
    assert status == after.requests[request_id].status, f"history ends in {status}"
    assert status is not S.SUBMITTED, "left where nobody looks"


def _allowed(entry: HistoryEntry) -> bool:
    if entry.from_status is None:
        return entry.action == Action.SUBMIT
    if entry.action not in set(Action):
        # It only tells.
        return entry.from_status == entry.to_status
    starts, end = TRANSITIONS[Action(entry.action)]
    return entry.from_status in starts and entry.to_status is end


def somebody_is_responsible(after: Picture, request_id: int) -> None:
    """Exactly one party while it is open, nobody once it is closed."""
    request = after.requests[request_id]
    found = claims(request, after.offers[request_id])
    wanted = 0 if request.status in CLOSED else 1
    assert len(found) == wanted, f"responsible are {sorted(map(str, found))}"


def offers_fit(before: Picture, after: Picture, request_id: int) -> None:
    """An answered offer stays answered; who works said yes."""
    request, offers = after.requests[request_id], after.offers[request_id]
    decided = {o.id: o for o in before.offers.get(request_id, []) if o.status is not OfferStatus.OPEN}
    now = {o.id: o for o in offers}
    assert all(now.get(i) == offer for i, offer in decided.items()), "an answered offer was changed"
    if request.status in IN_WORK:
        said_yes = {o.organisation_id for o in offers if o.status is OfferStatus.ACCEPTED}
        assert request.organisation_id in said_yes, "works without having said yes"


def timers_fit(after: Picture, request_id: int) -> None:
    """What may be forgotten by people has a timer; what is closed has none."""
    request = after.requests[request_id]
    mine = [t for t in after.timers if t.request_id == request_id]
    waiting = [t for t in mine if t.fired_at is None]
    kinds = {t.kind for t in mine}
    if request.status in CLOSED:
        assert not [t.kind for t in waiting if t.kind != TimerKind.REPEAT_EMERGENCY], (
            "closed, and timers wait"
        )
    for offer in after.open_offers(request_id) if not request.urgent else ():
        ends = [t for t in waiting if t.offer_id == offer.id and t.kind == TimerKind.OFFER_EXPIRES]
        assert len(ends) == 1, "an open offer without an end"
    if request.status in (S.ACCEPTED, S.IN_PROGRESS):
        assert TimerKind.RESOLVE_DUE in kinds, "work without a promised end"
    if request.status is S.DONE and after.histories[request_id][-1].action != Action.REJECT_REOPEN:
        assert TimerKind.ASK_SOLVED in kinds, "done, and nobody asks whether it is solved"
    if request.urgent and request.taken_by is None and request.status in (S.OFFERED, S.TRIAGE):
        assert TimerKind.REPEAT_EMERGENCY in {t.kind for t in waiting}, "an emergency nobody took is silent"


def versions_rise(before: Picture, after: Picture, request_id: int) -> None:
    """Whatever changed a request raised its version, or two writers could overwrite each other."""
    old, new = before.requests.get(request_id), after.requests[request_id]
    if old is not None and old != new:
        assert new.version > old.version, "changed without a new version"


def records_count(after: Picture) -> None:
    """The running totals of organisations are what their offers add up to."""
    offered, accepted = Counter[int](), Counter[int]()
    for offers in after.offers.values():
        offered.update(o.organisation_id for o in offers)
        accepted.update(o.organisation_id for o in offers if o.status is OfferStatus.ACCEPTED)
    for organisation_id, load in after.loads.items():
        counted = (offered[organisation_id], accepted[organisation_id])
        assert (load.offered, load.accepted) == counted, f"record of {organisation_id} is not {counted}"


def privacy_is_kept(after: Picture) -> None:
    """No lead reads a phone before their organisation has said yes; danger to life is the exception."""
    known: dict[str, set[int]] = {}
    urgent = {r.details.phone for r in after.requests.values() if r.urgent}
    for request_id, request in after.requests.items():
        yes = {o.organisation_id for o in after.offers[request_id] if o.status is OfferStatus.ACCEPTED}
        # What was split shares the phone of what it was split from.
        known.setdefault(request.details.phone, set()).update(yes)
    for message in after.messages:
        if message.chat_id not in LEADS:
            continue
        words = json.dumps(message.payload, ensure_ascii=False)
        for number in known.keys() - urgent:
            if number in words:
                its = after.leads[message.chat_id]
                assert its in known[number], f"{number} told to {message.chat_id} too early"
