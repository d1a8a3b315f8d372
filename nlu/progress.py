"""A progress bar for training, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nlu.training import Progress


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show a bar while the block runs; call what is yielded with a step and the part done (0..1)."""
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("阅读器正在学习：{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    ) as bar:
        task = bar.add_task("准备", total=1.0)
        yield lambda step, done: bar.update(task, description=step, completed=done)
