"""The bot's own command with a clock that a file sets wrong: `python -m bench.faulting.astray run`.

LINYING_FAULTS_CLOCK names the file; it holds the seconds that this machine's clock is off by.
"""

from __future__ import annotations

import os
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

FILE = "LINYING_FAULTS_CLOCK"
_LOOK_EVERY = 0.2


def main() -> None:
    """Put the clock wrong, then be the bot."""
    from bot.__main__ import main as be_the_bot
    from bot.clock import SystemClock

    off = [timedelta()]
    right = SystemClock.now

    def wrong(clock: SystemClock) -> datetime:
        return right(clock) + off[0]

    def watch(path: Path) -> None:
        while True:
            try:
                off[0] = timedelta(seconds=float(path.read_text()))
            except (OSError, ValueError):
                off[0] = timedelta()
            time.sleep(_LOOK_EVERY)

    SystemClock.now = wrong  # type: ignore[method-assign]
    threading.Thread(target=watch, args=(Path(os.environ[FILE]),), daemon=True).start()
    be_the_bot()


if __name__ == "__main__":
    main()
