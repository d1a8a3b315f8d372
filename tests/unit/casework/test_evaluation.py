"""Points, grades and ranks of a round; what a standing comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from casework.judging.evaluation import (
    Form,
    Grade,
    Judged,
    Party,
    Round,
    Services,
    grade_of,
    has_few,
    judged,
    results,
)
from casework.judging.register import Cause, Listing, ListKind, is_dormant, standing_of
from casework.policy import Judging
from casework.statuses import Standing

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROUND = Round(7, "fenghe", "冬季评价", NOW, NOW, 1)
YEARS_AGO = NOW - timedelta(days=800)
W, E, R = Party.WORKERS, Party.EXPERTS, Party.RESIDENTS


def form(party: Party, person: int, *scores: int) -> Form:
    return Form(7, "fenghe", 1, party, person, {str(n): s for n, s in enumerate(scores)}, NOW)


def listing(kind: ListKind, **fields: object) -> Listing:
    made = Listing(1, "fenghe", 1, kind, "理由", 1, NOW, NOW + timedelta(days=7))
    return replace(made, **fields)  # type: ignore[arg-type]


def test_a_party_is_the_mean_of_its_forms_and_a_form_the_mean_of_its_answers() -> None:
    residents = [form(R, n, 5) for n in (1, 2, 3)]
    found = judged(1, [form(W, 1, 5, 3), form(W, 2, 2, 2), form(E, 1, 5), *residents], Judging())
    assert found.points == {"workers": 60.0, "experts": 100.0, "residents": 100.0}
    assert found.total == 84.0  # 0.4 × 60 + 0.3 × 100 + 0.3 × 100
    assert found.voices == {"workers": 2, "experts": 1, "residents": 3}


def test_what_is_not_known_is_not_counted_as_good_or_bad() -> None:
    # Two residents are too few, one was asked and kept silent: the weights go to the others, 4 : 3.
    forms = [form(W, 1, 4), form(E, 1, 5), form(R, 1, 1), form(R, 2, 1), form(R, 3)]
    found = judged(1, forms, Judging())
    assert "residents" not in found.points
    assert found.voices["residents"] == 2
    assert found.total == pytest.approx((0.4 * 80 + 0.3 * 100) / 0.7, abs=0.05)


@pytest.mark.parametrize("forms", [[], [form(W, 1, 5)], [form(W, 1, 5), form(R, 1, 5)]])
def test_one_party_alone_makes_no_rank(forms: list[Form]) -> None:
    assert judged(1, forms, Judging()).total is None


def test_a_profile_may_leave_a_party_without_weight() -> None:
    only_residents = Judging(workers=0, experts=0, residents=1)
    forms = [form(W, 1, 1), *(form(R, n, 5) for n in (1, 2, 3))]
    assert judged(1, forms, only_residents).total == 100.0
    assert judged(1, [form(W, 1, 1), form(E, 1, 1)], only_residents).total is None


@pytest.mark.parametrize(
    ("total", "few", "grade"),
    [
        (100.0, False, Grade.A),
        (85.0, False, Grade.A),
        (84.9, False, Grade.B),
        (70.0, False, Grade.B),
        (60.0, False, Grade.C),
        (59.9, False, Grade.D),
        (0.0, True, Grade.D),
        (95.0, True, Grade.B),
        (65.0, True, Grade.C),
        (None, False, None),
    ],
)
def test_grades(total: float | None, few: bool, grade: Grade | None) -> None:
    assert grade_of(total, few=few) is grade


def test_four_services_a_year_are_asked_of_who_was_here_for_a_year() -> None:
    judging = Judging()
    assert has_few(Services(3, YEARS_AGO), judging, NOW)
    assert not has_few(Services(4, YEARS_AGO), judging, NOW)
    assert not has_few(Services(0, NOW - timedelta(days=364)), judging, NOW)
    assert not has_few(Services(0, None), judging, NOW)


def test_ranks_are_shared_and_the_unknown_come_last() -> None:
    every = [
        Judged(1, total=80.0),
        Judged(2),
        Judged(3, total=90.0),
        Judged(4, total=80.0),
        Judged(5, total=10),
    ]
    found = results(ROUND, every, {}, Judging(), NOW)
    assert [(r.organisation_id, r.rank) for r in found] == [(3, 1), (1, 2), (4, 2), (5, 4), (2, None)]


@pytest.mark.parametrize(
    ("listings", "grade", "standing", "cause"),
    [
        ([], None, Standing.NORMAL, Cause.NOTHING),
        ([], Grade.B, Standing.NORMAL, Cause.NOTHING),
        ([], Grade.A, Standing.RED, Cause.GRADE_A),
        ([], Grade.D, Standing.WATCH, Cause.GRADE_D),
        ([listing(ListKind.RED)], Grade.D, Standing.WATCH, Cause.GRADE_D),
        ([listing(ListKind.RED)], Grade.C, Standing.RED, Cause.RED_LIST),
        ([listing(ListKind.ABNORMAL)], Grade.A, Standing.WATCH, Cause.ABNORMAL_LIST),
        ([listing(ListKind.ABNORMAL, removed_at=NOW)], None, Standing.NORMAL, Cause.NOTHING),
        ([listing(ListKind.BLACK)], Grade.A, Standing.WATCH, Cause.BLACK_PENDING),
        ([listing(ListKind.BLACK, answer_due=NOW)], Grade.A, Standing.BLACK, Cause.BLACK_LIST),
        (
            [listing(ListKind.BLACK, answer_due=NOW, answered_at=NOW)],
            None,
            Standing.WATCH,
            Cause.BLACK_PENDING,
        ),
        (
            [listing(ListKind.BLACK, answered_at=NOW, upheld_at=NOW)],
            None,
            Standing.BLACK,
            Cause.BLACK_LIST,
        ),
        ([listing(ListKind.BLACK, removed_at=NOW)], Grade.A, Standing.RED, Cause.GRADE_A),
    ],
)
def test_the_worst_counts(
    listings: list[Listing], grade: Grade | None, standing: Standing, cause: Cause
) -> None:
    assert standing_of(listings, grade, NOW) == (standing, cause)


def test_dormant() -> None:
    assert is_dormant(NOW - timedelta(days=180), NOW, 180)
    assert not is_dormant(NOW - timedelta(days=179), NOW, 180)
