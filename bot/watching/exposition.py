"""The page of /metrics: our own counts and the community's figures in the format of Prometheus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bot.watching.figures import Figures
from bot.watching.sight import Sight, Spread
from casework.statuses import RequestStatus

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.metrics_core import Metric

TYPE = "text/plain; version=0.0.4; charset=utf-8"
#: The sender's and the worker's outcomes that are always shown, so that an alert sees the first one.
_OUTCOMES = ("handled", "refused", "again", "dead")
_FATES = ("sent", "later", "dead", "blocked")


class Collector:
    """What `prometheus_client` asks for at each scrape."""

    def __init__(self, sight: Sight, figures: Figures) -> None:
        self._sight = sight
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """All metrics of this moment."""
        yield from self._delivery()
        yield from self._understanding()
        yield from self._program()
        yield from self._community()

    def _delivery(self) -> Iterator[Metric]:
        seen = self._sight
        updates = {("message", outcome): 0 for outcome in _OUTCOMES} | seen.updates
        sends = {("SendMessage", fate): 0 for fate in _FATES} | seen.sends
        calls = {("SendMessage", "429"): 0} | seen.calls
        yield _counts(
            "updates_received", "Updates that came in, new or known already.", ["what"], seen.received
        )
        yield _counts("updates", "Updates by kind and by what became of a try.", ["kind", "outcome"], updates)
        yield _spreads("handling_seconds", "Handling one update, its commit included.", "kind", seen.handling)
        yield _spread("inbox_wait_seconds", "From an update's coming in to its end.", seen.waiting)
        yield _counts("sends", "Tries of the outbox by method and outcome.", ["method", "outcome"], sends)
        yield _spread("outbox_wait_seconds", "From a message's writing to its being sent.", seen.sending)
        yield _counts("messenger_calls", "Calls by method and answer.", ["method", "answer"], calls)
        yield _spread("messenger_seconds", "The messenger's answers, long polls left out.", seen.calling)
        yield _counts("timers", "Timers and schedules by kind and outcome.", ["kind", "outcome"], seen.timers)

    def _understanding(self) -> Iterator[Metric]:
        seen = self._sight
        yield _counts("reader_decisions", "What the reader decided.", ["decision"], seen.decisions)
        yield _spread("reader_confidence", "The probability of the item it put first.", seen.confidence)
        yield _spread("reader_seconds", "Understanding one text.", seen.reading)
        seat = self._figures.frame.seat
        yield _gauge("model_loaded", "Whether the reader has come.", seat.ready.is_set())
        yield _gauge("model_serial", "Which change of the model in use the reader has seen.", seat.serial)

    def _program(self) -> Iterator[Metric]:
        seen = self._sight
        yield _counts("loop_faults", "Turns of a loop that failed.", ["loop"], seen.faults)
        yield _counts("database_errors", "Statements that failed, by error.", ["error"], seen.database_errors)
        turns = {(loop,): max(0.0, seen.now() - at) for loop, at in seen.turns.items()}
        yield _gauges("loop_age_seconds", "Since a loop began its last turn.", ["loop"], turns)
        duties = {(duty,): float(held()) for duty, held in seen.duties.items()}
        yield _gauges("on_duty", "Whether this replica does what one does at a time.", ["duty"], duties)
        yield _gauge("draining", "Whether the program was told to end.", seen.draining)

    def _community(self) -> Iterator[Metric]:
        figures = self._figures
        found = figures.glance
        yield _gauge("database_up", "Whether the database answers.", found is not None)
        if found is None:
            return
        yield from (
            _gauge(name, words, value)
            for name, words, value in (
                ("inbox_pending", "Updates that wait.", found.inbox),
                ("inbox_age_seconds", "Age of the oldest of them.", figures.age(found.inbox_since)),
                ("inbox_dead", "Updates that could not be handled.", found.inbox_dead),
                ("outbox_pending", "Messages that are due.", found.outbox),
                ("outbox_age_seconds", "Age of the oldest of them.", figures.age(found.outbox_since)),
                ("outbox_blocked", "Messages to people who cannot be reached.", found.outbox_blocked),
                ("outbox_dead", "Messages that will never be taken.", found.outbox_dead),
                ("timers_overdue", "Timers that have come and were not fired.", found.timers),
                ("timers_late_seconds", "How late the oldest of them is.", figures.age(found.timers_since)),
                ("requests_late", "Open requests past their promise.", found.late),
                (
                    "triage_oldest_seconds",
                    "Since the oldest one in triage was filed.",
                    figures.age(found.triage_since),
                ),
                ("emergencies_untaken", "Emergencies that nobody has taken.", found.untaken),
                (
                    "emergency_oldest_seconds",
                    "Since the oldest of them was filed.",
                    figures.age(found.untaken_since),
                ),
            )
        )
        statuses = {(status.value,): figures.statuses.get(status.value, 0) for status in RequestStatus}
        yield _gauges("requests", "Requests by status.", ["status"], statuses)


def make_registry(sight: Sight, figures: Figures) -> CollectorRegistry:
    """A registry of this program's own, with the process' memory, processor time and files."""
    from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Collector(sight, figures))
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    return registry


def page(registry: CollectorRegistry) -> bytes:
    """The text of a scrape."""
    from prometheus_client import generate_latest

    return generate_latest(registry)


def _counts(name: str, words: str, labels: list[str], counts: Mapping[Any, float]) -> Metric:
    from prometheus_client.metrics_core import CounterMetricFamily

    family = CounterMetricFamily(f"linying_{name}", words, labels=labels)
    for key, count in counts.items():
        family.add_metric([key] if isinstance(key, str) else key, count)
    return family


def _gauges(name: str, words: str, labels: list[str], values: Mapping[Any, float]) -> Metric:
    from prometheus_client.metrics_core import GaugeMetricFamily

    family = GaugeMetricFamily(f"linying_{name}", words, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family


def _gauge(name: str, words: str, value: float) -> Metric:
    return _gauges(name, words, [], {(): float(value)})


def _spreads(name: str, words: str, label: str, spreads: Mapping[str, Spread]) -> Metric:
    return _histogram(name, words, [label], (([key], spread) for key, spread in spreads.items()))


def _spread(name: str, words: str, spread: Spread) -> Metric:
    return _histogram(name, words, [], [([], spread)])


def _histogram(
    name: str, words: str, labels: list[str], spreads: Iterable[tuple[list[str], Spread]]
) -> Metric:
    from prometheus_client.metrics_core import HistogramMetricFamily

    family = HistogramMetricFamily(f"linying_{name}", words, labels=labels)
    for key, spread in spreads:
        family.add_metric(key, spread.buckets(), spread.total)
    return family
