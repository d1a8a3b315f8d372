"""The thresholds and rules of the reader, read from YAML that a community can change."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from nlu import patterns
from nlu.corpus import DATA, NOT_YAML, CorpusError

THRESHOLDS = DATA / "thresholds.yml"
INTENTS = DATA / "rules" / "intents.yml"
DANGERS = DATA / "rules" / "urgency.yml"
OWN = (INTENTS, DANGERS)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What each number means stands beside it in thresholds.yml."""

    file_request: float
    file_item: float
    file_lead: float
    request_weight: float
    ask_request: float
    urgent: float
    urgent_alone: float
    urgent_quiet: float
    calm_item: float
    hotline: float
    another_need: float


@dataclass(frozen=True, slots=True)
class Rule:
    """Where `any` is found and `unless` is not, `boost` (log-odds) is added to the intent of that name.

    A rule with two items in `between` lifts both, to be asked which of them is meant.
    """

    name: str
    boost: float
    any: re.Pattern[str]
    unless: re.Pattern[str] | None
    hotlines: tuple[str, ...] = ()
    between: tuple[str, ...] = ()

    def find(self, text: str) -> re.Match[str] | None:
        """The words that matched, and where."""
        found = self.any.search(text)
        if not found or (self.unless and self.unless.search(text)):
            return None
        return found

    def matches(self, text: str) -> str | None:
        """The words that matched (empty for an empty message), or None."""
        found = self.find(text)
        return found.group() if found else None


def read_thresholds(path: Path = THRESHOLDS) -> Thresholds:
    """Read all thresholds. Raises CorpusError naming what is missing, unknown or no number."""
    told = _yaml(path)
    if not isinstance(told, dict):
        raise CorpusError(path, 1, "这里应是一行一个门槛，例如 file_item: 0.70")
    names = {f.name for f in fields(Thresholds)}
    for name in sorted(names ^ set(told)):
        raise CorpusError(path, 1, f"缺少 {name}" if name in names else f"没有 {name} 这个门槛")
    for name, value in told.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise CorpusError(path, 1, f"{name} 应是一个数")
    return Thresholds(**{name: float(value) for name, value in told.items()})


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Read one file of rules, in order. Raises CorpusError where a rule is not well formed.

    A file that is not the program's own is looked through for patterns that could work without end.
    """
    rules = []
    content = _yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get("rules"), list):
        raise CorpusError(path, 1, "这里应有 rules:，下面一条一条写规则")
    for number, told in enumerate(content["rules"], start=1):
        if path not in OWN and isinstance(told, dict):
            _check(path, told)
        try:
            rules.append(
                Rule(
                    name=told["name"],
                    boost=float(told["boost"]),
                    any=_pattern(told["any"]),
                    unless=_pattern(told["unless"]) if told.get("unless") else None,
                    hotlines=_codes(told, "hotline"),
                    between=_codes(told, "between"),
                )
            )
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise CorpusError(path, 1, f"第 {number} 条规则写得不对（{error!r}）") from error
    return tuple(rules)


def _check(path: Path, told: dict[str, Any]) -> None:
    """Raise CorpusError for a pattern of a rule that is none or may work without end, with its line."""
    for pattern in (p for name in ("any", "unless") for p in _list(told.get(name) or [])):
        try:
            risk = patterns.risk(pattern)
        except (re.error, RecursionError, OverflowError) as error:
            raise CorpusError(path, _line(path, pattern), f"正则写得不对：{pattern}（{error}）") from error
        if risk:
            reason = f"这个正则遇到有些话会没完没了：{pattern}（{risk}）"
            raise CorpusError(path, _line(path, pattern), reason)


def _line(path: Path, pattern: str) -> int:
    """Where a pattern stands; 1 where YAML writes it in another way than it is read."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, start=1) if pattern in line.replace("''", "'")), 1)


def _codes(told: dict[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(told[name]).split("|")) if told.get(name) else ()


def _pattern(told: str | list[str]) -> re.Pattern[str]:
    return re.compile("|".join(_list(told)))


def _list(told: str | list[str]) -> list[str]:
    return told if isinstance(told, list) else [told]


def _yaml(path: Path) -> Any:
    import yaml

    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CorpusError(path, line, NOT_YAML) from error
