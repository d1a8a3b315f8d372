"""`python -m bot …` and the script `linying`."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the command line and end the process with its code."""
    # Ctrl+C in the middle of an import, while a thread imports as well, would leave a lock that nobody opens.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from bot.cli import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
