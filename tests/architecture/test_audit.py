"""`make audit` never takes silence for a clean report."""

from __future__ import annotations

import importlib.util
import json
from typing import Any

import pytest

from tests.architecture.source import ROOT

_SPEC = importlib.util.spec_from_file_location("linying_audit", ROOT / ".ci" / "audit.py")
assert _SPEC
assert _SPEC.loader
audit = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(audit)

GOOD = {"name": "a", "version": "1", "vulns": []}
SKIPPED = {"name": "b", "skip_reason": "not found"}
WEAK = {"name": "c", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}


@pytest.mark.parametrize(
    ("dependencies", "code", "said"),
    [
        ([GOOD, GOOD], audit.CLEAN, "2 个包都查过了"),
        ([GOOD, SKIPPED], audit.UNKNOWN, "不说明没有问题"),
        ([SKIPPED, SKIPPED], audit.UNKNOWN, "2 个查不到"),
        ([], audit.UNKNOWN, ""),
        ([GOOD, WEAK], audit.WEAK, "c 2：PYSEC-1，修好的版本：3"),
        ([SKIPPED, WEAK], audit.WEAK, "1 个查不到"),
    ],
)
def test_verdict(dependencies: list[dict[str, Any]], code: int, said: str) -> None:
    found, lines = audit.verdict(json.dumps({"dependencies": dependencies}), "")
    assert found == code
    assert said in "\n".join(lines)


@pytest.mark.parametrize("report", ["", "{}", "[]", "Traceback"])
def test_no_report_is_no_clean_report(report: str) -> None:
    code, lines = audit.verdict(report, "…\nConnectionError: refused")
    assert code == audit.UNKNOWN
    assert "ConnectionError" in lines[0]
