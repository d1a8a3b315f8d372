# ruff: noqa: T201 - a command line speaks by printing
"""`train` and `rollback`: learn anew and compare, or go back to the model before."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nlu.training import Progress

#: How much lower than the bot's a training in the background is.
_NICE = 15
#: Before each line that tells a program how far it is.
MARK = "@"
_TRAIN = """例子：
  python -m nlu train                     学完和正在用的比一比，没有变差太多才换上
  python -m nlu train --also 更正.yml     另外学这个文件里的例句
  python -m nlu rollback                  换回上一个模型；再来一次就又换过来

机器人在运行也可以用：它自己会换上新模型，不用重启。
社工采纳的更正在数据目录的 corrections.yml（python -m bot learn 会先把它写好）。
允许变差多少写在 nlu/data/swap.yml；数据目录里有 swap.yml 时用那一份。
"""


def add_commands(add: Callable[..., Any]) -> None:
    """Put both into a parser; `add(name, words, run, epilog)` makes a command with `--model`."""
    train = add("train", "重新学习，和正在用的比一比，没有变差太多才换上", _train, _TRAIN)
    train.add_argument("--also", type=Path, metavar="文件", help="另外学的例句（默认是社工采纳的更正）")
    train.add_argument("--tests", type=Path, action="append", metavar="目录", help="用这里的考题来比")
    train.add_argument("--limits", type=Path, metavar="文件", help="允许变差多少（默认 nlu/data/swap.yml）")
    train.add_argument("--data", type=Path, metavar="目录", help=argparse.SUPPRESS)
    train.add_argument("--rebuild", action="store_true", help="不比，学完就用（没有能用的模型时）")
    train.add_argument("--background", action="store_true", help=argparse.SUPPRESS)
    add("rollback", "换回上一个模型", _rollback)


def _train(options: argparse.Namespace) -> int:
    from nlu import corpus, versions
    from nlu.learning import learn
    from nlu.training import model_folder

    folder = options.model or model_folder()
    data = options.data or corpus.DATA
    with _progress(background=options.background) as progress:
        if options.rebuild:
            model = versions.build(folder, data=data, progress=progress)
        else:
            outcome = learn(
                folder,
                data=data,
                also=options.also,
                tests=options.tests,
                limits=options.limits,
                progress=progress,
            )
    if options.rebuild:
        print(f"阅读器已训练好：{len(model.items)} 项服务、{len(model.acts)} 种说话，放在 {folder}")
    else:
        show(outcome)
    return 0


@contextlib.contextmanager
def _progress(*, background: bool) -> Iterator[Progress]:
    if not background:
        from nlu.progress import progress_bar

        with progress_bar() as progress:
            yield progress
        return
    with contextlib.suppress(OSError):
        os.nice(_NICE)
    yield lambda step, done: print(f"{MARK} {done:.3f} {step}", flush=True)


def show(outcome: Any) -> None:
    """A plain table before and after, and why the new model was taken or left."""
    from rich.console import Console
    from rich.table import Table

    from nlu.comparing import table

    told = Table("（百分数）", "以前", "现在", "差", "")
    for row in table(outcome.comparison):
        told.add_row(*row)
    Console().print(told)
    print(f"学了 {outcome.messages} 句例句、{outcome.corrections} 句更正。")
    print(f"用 {outcome.comparison.messages} 道题来比。")
    if outcome.left_out:
        print(f"有 {outcome.left_out} 句更正和考题几乎一样，没有学：学了考题，分数就不作数。")
    if outcome.why_no_comparison:
        print(f"没有可比的旧模型：{outcome.why_no_comparison}")
    if outcome.taken:
        print(f"没有哪一项变差太多，已换上第 {outcome.version} 版。要换回来：python -m nlu rollback")
    else:
        names = "、".join(outcome.comparison.forbidding)
        print(f"没有换：{names}变差太多。还用原来的模型，什么都没有动。")


def _rollback(options: argparse.Namespace) -> int:
    from nlu import versions
    from nlu.training import model_folder

    now = versions.roll_back(options.model or model_folder())
    print(f"已换回{version_name(now.version)}。再运行一次就又换过来。")
    return 0


def version_name(version: int) -> str:
    """What a version is called."""
    return f"第 {version} 版" if version else "最早的那一版"
