"""Who may get a request, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from casework.entities import Address, Details, Organisation, Request, Workload
from casework.matching import WEIGHTS, can_take, rank
from casework.statuses import Fee, RequestStatus

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


def order(
    *organisations: Organisation, loads: dict[int, Workload] | None = None, **changes: object
) -> list[int]:
    return [c.organisation.id for c in rank(REQUEST.with_(**changes), organisations, loads or {}, NOW)]


def test_the_inactive_the_full_the_far_and_the_unfit_are_not_asked() -> None:
    assert order(HAIR) == [1]
    assert order(replace(HAIR, active=False)) == []
    assert order(replace(HAIR, areas=frozenset({"和平里"}))) == []
    assert order(replace(HAIR, items=frozenset({"hom_plumbing"}), category="应急类")) == []
    assert order(HAIR, loads={1: Workload(open_requests=20)}) == []


def test_an_emergency_is_offered_beyond_capacity() -> None:
    assert can_take(REQUEST.with_(urgent=True), HAIR, Workload(open_requests=99))


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
    assert order(HAIR, twin, loads={1: Workload(offered=9), 2: Workload(offered=9, accepted=9)}) == [2, 1]
    assert order(HAIR, twin, loads={1: asked_today}) == [2, 1]
    assert order(HAIR, replace(twin, areas=frozenset({"阳光花园"}))) == [2, 1]
    assert order(replace(HAIR, fee=Fee.PAID), twin) == [2, 1]
    assert order(twin, HAIR) == [1, 2], "equals keep the order of their ids"


def test_the_parts_explain_the_whole_score() -> None:
    best = rank(REQUEST, [HAIR], {1: Workload(open_requests=3, offered=4, accepted=2)}, NOW)[0]
    assert {p.factor for p in best.parts} == set(WEIGHTS)
    assert abs(sum(p.value * p.weight for p in best.parts) - best.score) < 1e-5
    assert abs(sum(WEIGHTS.values()) - 1) < 1e-9
    assert all(0 <= p.value <= 1 for p in best.parts)


def test_those_excluded_are_not_asked_again() -> None:
    assert rank(REQUEST, [HAIR], {1: IDLE}, NOW, exclude={1}) == []
