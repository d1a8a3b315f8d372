"""The dashboard and the alerts name only what /metrics tells, and the dashboard shows all of it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.watching.exposition import make_registry, page
from bot.watching.figures import Figures
from bot.watching.sight import Sight
from storage.repositories.gauges import Glance

ROOT = Path(__file__).parents[2]
DASHBOARD = ROOT / "deploy" / "grafana" / "linying.json"
RULES = ROOT / "deploy" / "prometheus" / "linying.rules.yml"
_NAME = re.compile(r"\b((?:linying|process)_\w+)(?:\{([^}]*)\})?")
_PAIR = re.compile(r'(\w+)="([^"]*)"')
#: What Prometheus itself adds.
_ADDED = {"job", "instance"}


class _Seat:
    class ready:  # noqa: N801 - stands where an Event does
        is_set = staticmethod(lambda: True)

    serial = 1


class _Frame:
    seat = _Seat


@pytest.fixture(scope="module")
def told() -> dict[str, list[dict[str, str]]]:
    """Sample name → the labels it comes with, once everything has happened."""
    sight = Sight()
    sight.received["new"] += 1
    sight.handled({"update_id": 1, "message": {}}, "handled", 0.1, 0.1)
    sight.sent("SendMessage", "sent", 0.1)
    for answer in ("ok", "429", "unanswered"):
        sight.called("SendMessage", answer, 0.1)
    sight.timers["ask_solved", "fired"] += 1
    sight.decisions["file"] += 1
    sight.faults["worker"] += 1
    sight.database_error("SQLITE_BUSY")
    sight.turn("worker-0")
    sight.duties = {"send": lambda: True}
    figures = Figures(cast("Any", None), cast("Any", _Frame))
    figures.at = datetime.now(UTC)
    figures.glance = Glance(1, figures.at, 0, 1, None, 0, 0, 0, None, 0, None, 0, None)
    found: dict[str, list[dict[str, str]]] = {}
    for family in text_string_to_metric_families(page(make_registry(sight, figures)).decode()):
        for sample in family.samples:
            found.setdefault(sample.name, []).append(sample.labels)
    return found


def _panels() -> list[dict[str, Any]]:
    return list(json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"])


def _rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return list(group["rules"])


def _expressions() -> list[str]:
    shown = [target["expr"] for panel in _panels() for target in panel.get("targets", [])]
    return shown + [rule["expr"] for rule in _rules()]


def test_every_metric_named_exists_with_its_labels(told: dict[str, list[dict[str, str]]]) -> None:
    named = [match for expression in _expressions() for match in _NAME.finditer(expression)]
    assert len(named) > 50
    for match in named:
        assert match[1] in told, match[0]
        wanted = {key: value for key, value in _PAIR.findall(match[2] or "") if key not in _ADDED}
        assert any(wanted.items() <= labels.items() for labels in told[match[1]]), match[0]


def test_labels_that_are_summed_by_exist(told: dict[str, list[dict[str, str]]]) -> None:
    for expression in _expressions():
        labels = {key for match in _NAME.finditer(expression) for one in told[match[1]] for key in one}
        for group in re.findall(r"by \(([^)]*)\)", expression):
            assert {name.strip() for name in group.split(",")} <= labels | _ADDED, expression


def test_the_dashboard_shows_everything_that_is_told(told: dict[str, list[dict[str, str]]]) -> None:
    shown = DASHBOARD.read_text(encoding="utf-8")
    families = {
        re.sub(r"_(total|bucket|count|sum)$", "", name) for name in told if name.startswith("linying_")
    }
    assert sorted(family for family in families if family not in shown) == []


def test_panels_are_whole() -> None:
    panels = _panels()
    assert len({panel["id"] for panel in panels}) == len(panels)
    for panel in panels:
        assert re.search("[\u4e00-\u9fff]", panel["title"])
        assert panel["type"] == "row" or panel["targets"]


def test_every_alert_says_what_to_do() -> None:
    rules = _rules()
    assert len({rule["alert"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["labels"]["severity"] in ("page", "ticket")
        for part in ("summary", "description"):
            assert re.search("[\u4e00-\u9fff]", rule["annotations"][part]), rule["alert"]
