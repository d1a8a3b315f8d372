"""Measures what watching costs: the counts and log lines of one message, and one scrape.

usage: python -m bench.watching [--times 20000]

One message is counted as one update handled, one text read, one message written, called and sent, with its
two log lines. Processor time, so that other programs on the machine do not matter.
"""

from __future__ import annotations

import argparse
import io
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from bot.logs import make_handler
from bot.watching.exposition import make_registry, page
from bot.watching.figures import Figures
from bot.watching.sight import Sight, WatchedReader
from nlu.understanding import Decision, Ranked, Understanding
from storage.tracing import following

_FOUND = Understanding("", "", "file", 1.0, (), (Ranked("hom_leak", 0.9),), Decision.FILE)
_RAW = {"update_id": 1, "message": {}}


class _Reader:
    def understand(self, text: str, now: datetime) -> Understanding:
        return _FOUND


def measure(times: int, work: Callable[[], object]) -> float:
    """Microseconds of processor time for one call; the best of three."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        for _ in range(times):
            work()
        best = min(best, time.process_time() - started)
    return best / times * 1e6


def _count(sight: Sight, reader: Any) -> Callable[[], None]:
    now = datetime.now(UTC)

    def work() -> None:
        sight.turn("worker-0")
        reader.understand("", now)
        sight.handled(_RAW, "handled", 0.004, 0.01)
        sight.turn("sender")
        sight.called("SendMessage", "ok", 0.01)
        sight.sent("SendMessage", "sent", 0.02)

    return work


def _write(form: str) -> Callable[[], None]:
    log = logging.Logger("bot.worker", logging.INFO)
    log.addHandler(make_handler(form, io.StringIO()))

    def work() -> None:
        with following("u12"):
            log.info("update %d %s in %.0f ms, %.0f ms after it came", 12, "handled", 4.0, 9.0)
            log.info("message %d (%s) sent at try %d", 13, "SendMessage", 1)

    return work


def main() -> None:
    """Print the Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20000)
    times = parser.parse_args().times
    sight = Sight()
    frame = cast("Any", type("_Frame", (), {"seat": type("_Seat", (), {"ready": _Set, "serial": 1})}))
    registry = make_registry(sight, Figures(cast("Any", None), frame))
    print("| what | CPU µs a message |\n|---|---|")
    print(f"| counts | {measure(times, _count(sight, WatchedReader(_Reader(), sight))):.1f} |", flush=True)
    for form in ("text", "json"):
        print(f"| two log lines, {form} | {measure(times, _write(form)):.1f} |", flush=True)
    scrape = measure(max(1, times // 200), lambda: page(registry))
    print(f"\none scrape, the database's part left out: {scrape / 1000:.1f} ms of CPU")


class _Set:
    @staticmethod
    def is_set() -> bool:
        return True


if __name__ == "__main__":
    main()
