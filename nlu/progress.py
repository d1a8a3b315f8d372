"""A progress bar for training, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nlu.training import Progress


@contextmanager
def progress_bar(*, aside: bool = False) -> Iterator[Progress]:
    """Show a bar while the block runs; call what is yielded with a step and the part done (0..1).

    `aside`: on standard error, and only once there is something to show.
    """
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("阅读器正在学习：{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        console=Console(stderr=aside),
    )
    task = bar.add_task("准备", total=1.0)

    def show(step: str, done: float) -> None:
        bar.start()
        bar.update(task, description=step, completed=done)

    try:
        if not aside:
            bar.start()
        yield show
    finally:
        if bar.live.is_started:
            bar.stop()
