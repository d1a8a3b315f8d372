"""Real replicas under attack while people go on talking; then an auditor compares what all of them know.

usage: python -m bench.faults [--engine postgresql|sqlite|both] [--kills 300] [--seconds 2400] [--seed 1]
                             [--replicas 3] [--residents 20] [--leads 10] [--only WORD] [--keep]

PostgreSQL: three replicas behind a webhook, a reverse proxy before them and a bad network before the server.
SQLite: one process that polls; of the kills it gets a fifth. `--only` takes the attacks whose name holds the
word, and `--keep` keeps what the processes logged. Ends with code 1 on any finding.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from bench.faulting.campaign import Report, campaign
from bench.faulting.scene import Cast
from nlu.training import model_folder
from nlu.versions import ready


def main() -> int:
    """Run, and print Markdown tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", choices=("postgresql", "sqlite", "both"), default="both")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=2400.0, help="of attacks, each engine")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--residents", type=int, default=20)
    parser.add_argument("--leads", type=int, default=10)
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    ready(model_folder())
    shares = {"postgresql": 0.8, "sqlite": 0.2} if options.engine == "both" else {options.engine: 1.0}
    good = True
    for engine, share in shares.items():
        cast = Cast(engine, options.replicas, options.residents, options.leads)
        report = asyncio.run(_one(cast, round(options.kills * share), options))
        print(f"{report}\n", flush=True)
        good = good and report.good
    return 0 if good else 1


async def _one(cast: Cast, kills: int, options: argparse.Namespace) -> Report:
    # Whoever ends the campaign early finds no process left over.
    this = asyncio.current_task()
    assert this is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    return await campaign(
        cast,
        kills,
        seed=options.seed,
        seconds=options.seconds,
        model=model_folder().absolute(),
        only=options.only,
        keep=options.keep,
    )


if __name__ == "__main__":
    sys.exit(main())
