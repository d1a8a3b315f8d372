"""What command lines share: argparse in plain Chinese, and an end without a traceback."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

#: What a shell says of a command that was written wrongly, that failed, or that was stopped by Ctrl+C.
WRONG, FAILED, STOPPED = 2, 1, 130


class Parser(argparse.ArgumentParser):
    """argparse with Chinese words. `also` translates what is a program's own."""

    also: ClassVar[Mapping[str, str]] = {}

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(add_help=False, **options)
        self.add_argument("-h", "--help", action="help", help="显示这份说明")
        self._positionals.title = "要做的事"
        self._optionals.title = "选项"

    def format_usage(self) -> str:
        """With a Chinese head."""
        return super().format_usage().replace("usage:", "用法：")

    def format_help(self) -> str:
        """With a Chinese head."""
        return super().format_help().replace("usage:", "用法：")

    def error(self, message: str) -> Any:
        """Say what was written wrongly, and end."""
        self.exit(WRONG, f"{self.format_usage()}命令写得不对：{self._in_chinese(message)}。用 -h 看说明。\n")

    def _in_chinese(self, message: str) -> str:
        for english, chinese in {**_WORDS, **self.also}.items():
            message = message.replace(english, chinese)
        return message


_WORDS = {
    "the following arguments are required": "缺少",
    "unrecognized arguments": "不认识",
    "ambiguous option": "说得不够全",
    "could match": "可能是",
    "ignored explicit argument": "后面不用写",
    "not allowed with argument": "不能同时用",
    "invalid choice": "没有这一项",
    "choose from": "可选",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面要写点什么",
    "argument ": "",
}


def ended(run: Callable[[], int]) -> int:
    """The exit code of a command: a reader that has enough (`| head`) and Ctrl+C are no faults."""
    try:
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:
        # Python must not complain about it at exit.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return STOPPED
    return code
