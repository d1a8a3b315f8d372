"""Every use case says who may run it, and cannot be run past that."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import casework.use_cases
from casework.permissions import GRANTS, Permission
from casework.use_case import UseCase


def _all_use_cases() -> list[type[UseCase]]:
    for module in pkgutil.iter_modules(casework.use_cases.__path__, "casework.use_cases."):
        importlib.import_module(module.name)
    found: list[type[UseCase]] = []
    left: list[type[UseCase]] = [UseCase]
    while left:
        children = left.pop().__subclasses__()
        left += children
        # Other tests may define use cases of their own.
        found += [c for c in children if c.__module__.startswith("casework.") and "__call__" in c.__dict__]
    return sorted(found, key=lambda c: c.__qualname__)


USE_CASES = _all_use_cases()


def test_use_cases_were_found() -> None:
    assert {"AcceptOffer", "FileRequests", "AssignRequest"} <= {case.__name__ for case in USE_CASES}


@pytest.mark.parametrize("case", USE_CASES, ids=lambda c: c.__name__)
def test_use_case_declares_a_permission_that_somebody_holds(case: type[UseCase]) -> None:
    assert isinstance(case.permission, Permission)
    assert any(case.permission in granted for granted in GRANTS.values())


@pytest.mark.parametrize("case", USE_CASES, ids=lambda c: c.__name__)
def test_use_case_is_checked_before_it_runs(case: type[UseCase]) -> None:
    # The guard wraps what the class wrote; without it the function would be bare.
    assert hasattr(case.__call__, "__wrapped__")


def test_the_permission_matrix_leaves_no_use_case_out() -> None:
    from tests.casework.test_permission_matrix import MATRIX

    assert set(MATRIX) == set(USE_CASES)


def test_every_permission_is_required_by_a_use_case() -> None:
    assert {case.permission for case in USE_CASES} == set(Permission)
