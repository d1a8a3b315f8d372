"""Who may get a request, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.communities import load_community
from casework.entities import Address, Details, Offer, Organisation, Request, Workload
from casework.giving.decisions import LeftOut, Out
from casework.giving.matching import FACTORS, part_weights, promptness, rank
from casework.policy import WEIGHTS
from casework.statuses import Fee, OfferStatus, RequestStatus, Standing

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
REQUEST = Request(
    1,
    "fenghe",
    "20261121-0001",
    7,
    "eld_haircut",
    "互助类",
    "剪头发",
    "剪头发",
    RequestStatus.SUBMITTED,
    Details(Address("阳光花园", "8")),
    NOW,
    NOW,
)
HAIR = Organisation(1, "fenghe", "巧手理发队", "互助类", frozenset({"eld_haircut"}))
IDLE = Workload()
FENGHE = load_community("fenghe")[0]


def order(
    *organisations: Organisation, loads: dict[int, Workload] | None = None, **changes: object
) -> list[int]:
    ranking = rank(REQUEST.with_(**changes), organisations, loads or {}, NOW, FENGHE)
    return [c.organisation.id for c in ranking.candidates]


def test_the_inactive_the_full_the_far_and_the_unfit_are_not_asked() -> None:
    assert order(HAIR) == [1]
    assert order(replace(HAIR, active=False)) == []
    assert order(replace(HAIR, areas=frozenset({"和平里"}))) == []
    assert order(replace(HAIR, items=frozenset({"hom_plumbing"}), category="应急类")) == []
    assert order(HAIR, loads={1: Workload(open_requests=20)}) == []


def test_an_emergency_is_offered_beyond_capacity() -> None:
    full = {1: Workload(open_requests=99)}
    assert order(HAIR, loads=full) == []
    assert order(HAIR, loads=full, urgent=True) == [1]


def test_an_unknown_place_does_not_shut_out_those_with_areas() -> None:
    near = replace(HAIR, areas=frozenset({"和平里"}))
    assert order(near, details=Details(Address(building="8"))) == [1]
    assert order(near, details=Details(Address(place="菜市场对面"))) == [1]


def test_the_item_itself_beats_its_group_which_beats_the_category() -> None:
    group = replace(HAIR, id=2, items=frozenset({"eld_visit"}))
    category = replace(HAIR, id=3, items=frozenset())
    assert order(category, group, HAIR) == [1, 2, 3]


def test_a_group_neighbour_of_another_category_is_no_candidate() -> None:
    assert order(replace(HAIR, items=frozenset({"eld_visit"}), category="公益类")) == []


def test_load_record_waiting_area_and_fee_each_decide_between_equals() -> None:
    twin = replace(HAIR, id=2)
    asked_today = Workload(last_offer_at=NOW - timedelta(hours=1))
    assert order(HAIR, twin, loads={1: Workload(open_requests=10)}) == [2, 1]
    assert order(HAIR, twin, loads={1: Workload(held_out=10)}) == [2, 1]
    assert order(HAIR, twin, loads={1: Workload(ended=9), 2: Workload(ended=9, promptness=8)}) == [2, 1]
    assert order(HAIR, twin, loads={1: Workload(asked=9), 2: Workload(asked=9, confirmed=8)}) == [2, 1]
    assert order(HAIR, twin, loads={1: Workload(rating_count=9), 2: Workload()}) == [2, 1]
    assert order(HAIR, twin, loads={1: asked_today}) == [2, 1]
    assert order(HAIR, replace(twin, areas=frozenset({"阳光花园"}))) == [2, 1]
    assert order(replace(HAIR, fee=Fee.PAID), twin) == [2, 1]
    assert order(twin, HAIR) == [1, 2], "equals keep the order of their ids"


def test_one_good_answer_does_not_beat_a_long_good_record() -> None:
    twin = replace(HAIR, id=2)
    lucky, proven = Workload(asked=1, confirmed=1), Workload(asked=50, confirmed=48)
    assert order(HAIR, twin, loads={1: lucky, 2: proven}) == [2, 1]
    assert order(HAIR, twin, loads={1: Workload(asked=50, confirmed=10), 2: IDLE}) == [2, 1]


def test_who_got_most_of_it_lately_stands_back() -> None:
    twin = replace(HAIR, id=2)
    at = NOW - timedelta(days=1)
    loads = {1: Workload(last_offer_at=at, lately=9.0), 2: Workload(last_offer_at=at, lately=1.0)}
    assert order(HAIR, twin, loads=loads) == [2, 1]


def test_opening_hours_decide_between_equals() -> None:
    # NOW is a Saturday, ten in the morning.
    weekdays, daily = (
        replace(HAIR, hours="周一至周五 9:00-17:00"),
        replace(HAIR, id=2, hours="每天 8:00-20:00"),
    )
    assert order(weekdays, daily) == [2, 1]
    assert order(weekdays, replace(HAIR, id=2)) == [2, 1], "hours nobody told are better than closed ones"
    monday = Details(Address("阳光花园", "8"), time_start="2026-11-23T10:00")
    assert order(weekdays, replace(HAIR, id=2), details=monday) == [1, 2]
    night = Details(Address("阳光花园", "8"), time_start="2026-11-23T21:00")
    assert order(weekdays, replace(HAIR, id=2), details=night) == [2, 1]


def test_red_goes_up_watch_goes_down_black_goes_out() -> None:
    watched, red = replace(HAIR, standing=Standing.WATCH), replace(HAIR, id=3, standing=Standing.RED)
    assert order(watched, replace(HAIR, id=2), red) == [3, 2, 1]
    black = rank(REQUEST.with_(urgent=True), [replace(HAIR, standing=Standing.BLACK)], {}, NOW, FENGHE)
    assert black.candidates == []
    assert black.left_out == [LeftOut(1, Out.BLACK)]


def test_the_parts_explain_the_whole_score() -> None:
    loads = {1: Workload(open_requests=3, ended=4, promptness=2.2, asked=3, confirmed=2)}
    best = rank(REQUEST, [HAIR], loads, NOW, FENGHE).candidates[0]
    assert tuple(p.factor for p in best.parts) == FACTORS
    assert set(FACTORS) == set(part_weights(FENGHE))
    assert abs(sum(p.value * p.weight for p in best.parts) - best.score) < 1e-5
    assert abs(sum(WEIGHTS.values()) - 1) < 1e-9
    assert abs(sum(part_weights(FENGHE).values()) - 1) < 1e-5
    assert all(0 <= p.value <= 1 for p in best.parts)


def test_the_profile_says_what_counts() -> None:
    cheap, near = (
        replace(HAIR, fee=Fee.FREE),
        replace(HAIR, id=2, fee=Fee.PAID, areas=frozenset({"阳光花园"})),
    )
    assert order(cheap, near) == [1, 2]
    weights = {**WEIGHTS, "fee": 0.0, "area": 0.1}
    ours = replace(FENGHE, policy=replace(FENGHE.policy, weights=weights))
    ranked = rank(REQUEST, [cheap, near], {}, NOW, ours).candidates
    assert [c.organisation.id for c in ranked] == [2, 1]


def test_it_is_told_who_was_left_out_and_why() -> None:
    others = [
        replace(HAIR, id=2, active=False),
        replace(HAIR, id=3, areas=frozenset({"和平里"})),
        replace(HAIR, id=4),
        replace(HAIR, id=5),
        replace(HAIR, id=6),
        replace(HAIR, id=7, items=frozenset({"hom_plumbing"}), category="应急类"),
    ]
    ranking = rank(
        REQUEST, [HAIR, *others], {4: Workload(open_requests=20)}, NOW, FENGHE, asked={5}, kept_out={6}
    )
    assert [c.organisation.id for c in ranking.candidates] == [1]
    out = {left.organisation_id: left.why for left in ranking.left_out}
    assert out == {2: Out.PAUSED, 3: Out.FAR, 4: Out.FULL, 5: Out.ASKED, 6: Out.KEPT_OUT}
    assert ranking.unfit == 1


def test_a_quick_yes_is_better_than_a_late_one_than_a_no_than_silence() -> None:
    offer = Offer(1, "fenghe", 1, 1, OfferStatus.OPEN, NOW, NOW + timedelta(hours=10))
    yes = promptness(offer, OfferStatus.ACCEPTED, NOW + timedelta(minutes=5))
    late = promptness(offer, OfferStatus.ACCEPTED, NOW + timedelta(hours=9))
    no = promptness(offer, OfferStatus.DECLINED, NOW + timedelta(minutes=5))
    silence = promptness(offer, OfferStatus.EXPIRED, NOW + timedelta(hours=10))
    assert 1 >= yes > late > no > silence == 0
