"""Two models before the same tests: what became better, what worse, and whether the new one may be used."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nlu import scoring
from nlu.corpus import DATA, NOT_YAML, CorpusError, Example
from nlu.reader import Reader

SWAP = DATA / "swap.yml"
#: What the program carries. Nothing is trained on it, so both models meet it as strangers.
CARRIED = DATA / "compare"
#: The project's own tests, where the program runs from a checkout.
CHECKOUT = (DATA.parents[1] / "tests/data/held_out", DATA.parents[1] / "tests/data/fresh")
NOW = datetime.fromisoformat("2026-11-21T10:00")
KINDS = ("rows", "urgent", "multi", "slots")
PROBES = 12
_WHERE_NEEDED = {"rows": "act", "urgent": "urgent", "multi": "items", "slots": "slots"}

Tests = dict[str, list[scoring.Label]]


@dataclass(frozen=True, slots=True)
class Limit:
    """How a figure is called, and by how many points it may become worse; infinite: it is only shown."""

    name: str
    worse: float
    lower_is_better: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One figure (percent) before and after. `change` is positive where it became better."""

    figure: str
    name: str
    before: float | None
    after: float
    change: float = 0.0
    allowed: float | None = None
    too_bad: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """All figures, how many messages were asked, and what forbids the new model (empty: nothing)."""

    rows: tuple[Row, ...]
    messages: int
    forbidding: tuple[str, ...]

    @property
    def better(self) -> tuple[str, ...]:
        """The names of the figures that became better."""
        return tuple(row.name for row in self.rows if row.change > 0)

    @property
    def worse(self) -> tuple[str, ...]:
        """The names of the figures that became worse, also those by no more than is allowed."""
        return tuple(row.name for row in self.rows if row.change < 0)

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @staticmethod
    def of(document: Mapping[str, Any]) -> Comparison:
        """From JSON."""
        rows = tuple(Row(**row) for row in document["rows"])
        return Comparison(rows, int(document["messages"]), tuple(document["forbidding"]))


def read_limits(path: Path = SWAP) -> dict[str, Limit]:
    """What may become worse, by figure. Raises CorpusError."""
    import yaml

    try:
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise CorpusError(path, error.problem_mark.line + 1 if error.problem_mark else 1, NOT_YAML) from error
    if not isinstance(told, dict) or not told:
        raise CorpusError(path, 1, "这里应是一行一项，例如 rows.top1: {name: 诉求归对, worse: 0.7}")
    return {str(figure): _limit(path, str(figure), one) for figure, one in told.items()}


def _limit(path: Path, figure: str, told: Any) -> Limit:
    worse = told.get("worse") if isinstance(told, dict) else None
    if worse == "never":
        worse = math.inf
    if not isinstance(worse, int | float) or isinstance(worse, bool) or worse < 0 or "name" not in told:
        raise CorpusError(path, 1, f"{figure} 要写明 name，worse 应是不小于 0 的数或 never")
    if told.get("better", "higher") not in ("higher", "lower"):
        raise CorpusError(path, 1, f"{figure} 的 better 应是 higher 或 lower")
    return Limit(str(told["name"]), float(worse), told.get("better") == "lower")


def limits_for(folder: Path) -> dict[str, Limit]:
    """A community's own limits beside its model, else the program's."""
    own = folder.parent / SWAP.name
    return read_limits(own if own.exists() else SWAP)


def read_tests(folders: Sequence[Path] | None = None) -> Tests:
    """The labelled messages of all folders that exist, by kind. Raises CorpusError for a bad line."""
    found: Tests = {}
    for folder in folders if folders is not None else (CARRIED, *CHECKOUT):
        for path in sorted(folder.glob("*.jsonl")):
            kind = next((k for k in KINDS if path.stem.startswith(k)), None)
            if kind:
                found.setdefault(kind, []).extend(_labels(path, kind))
    return found


def _labels(path: Path, kind: str) -> list[scoring.Label]:
    labels = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            label = json.loads(line)
        except ValueError as error:
            raise CorpusError(path, number, "这一行不是 JSON") from error
        if not isinstance(label, dict) or not isinstance(label.get("text"), str):
            raise CorpusError(path, number, "缺少 text")
        if _WHERE_NEEDED[kind] not in label:
            raise CorpusError(path, number, f"缺少 {_WHERE_NEEDED[kind]}")
        labels.append(label)
    return labels


def measure(reader: Reader, tests: Tests, taught: Sequence[Example] = ()) -> dict[str, float]:
    """All figures of one reader; `lessons.right` tells of the corrections themselves."""
    figures: dict[str, float] = {}
    for kind, labels in tests.items():
        pairs = [(label, reader.understand(label["text"], NOW)) for label in labels]
        for name, value in scoring.score(kind, pairs).items():
            if name not in ("messages", "fields") and not math.isnan(value):
                figures[f"{kind}.{name}"] = float(value)
    if taught:
        right = [intent_of(reader, example.text) == example.label for example in taught]
        figures["lessons.right"] = round(100 * sum(right) / len(right), 1)
    return figures


def intent_of(reader: Reader, text: str) -> str:
    """What a message is taken for: an item, or an act that wants none."""
    read = reader.understand(text, NOW)
    return read.ranking[0].item if read.act == "request" else read.act


def compare(
    before: Mapping[str, float] | None,
    after: Mapping[str, float],
    limits: Mapping[str, Limit],
    tests: Tests,
) -> Comparison:
    """The figures side by side; one message is no difference. Without `before` nothing is forbidden."""
    rows = []
    grains = _grains(tests)
    for figure, limit in {**limits, "lessons.right": Limit("更正过的话", math.inf)}.items():
        if figure in after:
            was = None if before is None else before.get(figure)
            rows.append(_row(figure, limit, was, after[figure], grains.get(figure, 0.0)))
    asked = sum(map(len, tests.values()))
    return Comparison(tuple(rows), asked, tuple(row.name for row in rows if row.too_bad))


def _grains(tests: Tests) -> dict[str, float]:
    """By how many points one message moves a figure (about: what is filed is not known beforehand)."""
    rows, urgent = tests.get("rows", []), tests.get("urgent", [])
    requests = sum(label["act"] == "request" for label in rows)
    alarms = sum(bool(label["urgent"]) for label in urgent)
    others = len(rows) - requests
    counts = dict.fromkeys(("rows.top1", "rows.top3", "rows.macro recall", "rows.filed"), requests)
    counts |= {"rows.request recognised": requests, "rows.filed right": requests}
    counts |= {"rows.act of others": others, "rows.wrongly filed": others}
    counts |= {"urgent.recall": alarms, "urgent.hotlines complete": alarms}
    counts |= {"urgent.false alarms": len(urgent) - alarms, "multi.exact": len(tests.get("multi", []))}
    # Figures are rounded to a tenth.
    return {figure: 100 / many + 0.1 for figure, many in counts.items() if many}


def _row(figure: str, limit: Limit, before: float | None, after: float, grain: float) -> Row:
    change = 0.0 if before is None else round((before - after) * (1 if limit.lower_is_better else -1), 2)
    allowed = None if math.isinf(limit.worse) else round(max(limit.worse, grain), 2)
    too_bad = allowed is not None and -change > allowed
    return Row(figure, limit.name, before, after, change, allowed, too_bad)


def probes(reader: Reader, tests: Tests) -> list[list[str]]:
    """Some messages with what this reader takes them for, by which a loaded model is known again."""
    texts = [label["text"] for label in tests.get("rows", ())]
    return [[text, intent_of(reader, text)] for text in texts[:: max(1, len(texts) // PROBES)][:PROBES]]


def table(told: Comparison) -> list[list[str]]:
    """The rows in words: figure, before, after, change, and what it means."""
    return [
        [
            row.name,
            "–" if row.before is None else f"{row.before:g}",
            f"{row.after:g}",
            "" if row.before is None or not row.change else f"{row.after - row.before:+.4g}",
            "变差太多" if row.too_bad else "变好" if row.change > 0 else "变差一点" if row.change < 0 else "",
        ]
        for row in told.rows
    ]
