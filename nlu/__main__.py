"""The reader's command line: train, parse, evaluate, explain."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from nlu import learn_command
from nlu.answer import as_json
from nlu.command_line import FAILED, WRONG, Parser, ended

if TYPE_CHECKING:
    from nlu.reader import Reader

_EXAMPLES = """例子：
  python -m nlu explain 楼道灯坏了三天了
  python -m nlu explain --json 楼道灯坏了三天了 | head
  echo 厨房水管漏水 | python -m nlu parse
  python -m nlu parse --jsonl < 消息.jsonl > 结果.jsonl
  python -m nlu train
"""
_JSONL = """每行一条消息，例如：
  {"id": "1", "text": "厨房水管漏水"}
回答也是每行一条，顺序不变。不加 --jsonl 时，每行就是一句话，回答给人看。
"""
_ENDS = """
结束码：0 正常；1 数据、模型或某一行有错；2 命令写得不对。
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what is wrong with data, model or input is one clear line, and the exit code 1."""
    from nlu.corpus import CorpusError
    from nlu.model import ModelError

    options = _parser().parse_args(arguments)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")

    def run() -> int:
        try:
            return int(options.run(options))
        except (CorpusError, ModelError) as error:
            print(error, file=sys.stderr)
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f" {error.filename}" if error.filename else ""
            print(f"文件{where} 读不了或写不了。请检查路径、权限和磁盘。", file=sys.stderr)
        return FAILED

    return ended(run)


def _parser() -> Parser:
    parser = Parser(
        prog="python -m nlu",
        description="阅读器：一句话里要办什么、急不急、有哪些细节。",
        epilog=_EXAMPLES + _ENDS,
    )
    commands = parser.add_subparsers(required=True, parser_class=Parser, metavar="命令")

    def add(name: str, words: str, run: Any, epilog: str = "") -> Parser:
        command: Parser = commands.add_parser(name, help=words, description=words, epilog=epilog or None)
        command.add_argument("--model", type=Path, metavar="目录", help="模型放在哪里（默认 data/model）")
        command.set_defaults(run=run)
        return command

    learn_command.add_commands(add)
    parse = add("parse", "从标准输入读消息，一行一条，逐行回答", _parse, _JSONL + _ENDS)
    parse.add_argument("--jsonl", action="store_true", help="输入输出都是 JSON，每行一个，给程序用")
    parse.add_argument(
        "--now", type=_moment, metavar="时间", help="把“明天”这类话当作什么时候说的，例如 2026-11-21T10:00"
    )
    evaluate = add("evaluate", "用没学过的消息量一量读得准不准", _evaluate)
    evaluate.add_argument(
        "--held-out", type=Path, default=Path("tests/data/held_out"), metavar="目录", help="考题放在哪里"
    )
    evaluate.add_argument("--no-folds", action="store_true", help="不做换人群的考试（快很多）")
    explain = add("explain", "说明一句话为什么这样理解", _explain, _EXAMPLES + _ENDS)
    explain.add_argument("text", metavar="话", nargs="+", help="要说明的话；写 - 就从标准输入读")
    explain.add_argument("--json", action="store_true", help="输出 JSON，给程序用")
    return parser


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"时间应写成 2026-11-21T10:00 的样子: {text}") from None


def _reader(folder: Path | None) -> Reader:
    """The reader; where it has to learn first, the progress is shown beside the output."""
    from nlu.progress import progress_bar
    from nlu.reader import Reader
    from nlu.training import model_folder
    from nlu.versions import ready

    # Learning takes a minute: better to know before whether there is a place for what is learnt.
    (folder or model_folder()).mkdir(parents=True, exist_ok=True)
    with progress_bar(aside=True) as progress:
        return Reader(ready(folder, progress=progress))


def _parse(options: argparse.Namespace) -> int:
    reader = _reader(options.model)
    now = options.now or datetime.now().astimezone()
    answers = _answer_json if options.jsonl else _answer_lines
    return answers(reader, now, sys.stdin)


def _answer_json(reader: Reader, now: datetime, lines: Iterable[str]) -> int:
    """One JSON object a line; a line that is none is told beside the answers, which go on."""
    wrong = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            name, text = asked["id"], asked["text"]
        except (ValueError, RecursionError, TypeError, KeyError):
            name, text = None, None
        if not isinstance(text, str):
            wrong += 1
            print(f'第 {number} 行读不懂，应是 {{"id": …, "text": "…"}}。', file=sys.stderr)
            continue
        answer = {"id": name, **as_json(reader.understand(text, now))}
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    return FAILED if wrong else 0


def _answer_lines(reader: Reader, now: datetime, lines: TextIO) -> int:
    """One line a message, for a person."""
    from nlu.explain_page import clean, in_short
    from nlu.names import names

    if lines.isatty():
        print("一行写一句话，按回车；写完按 Ctrl+D。", file=sys.stderr)
    for line in lines:
        if text := line.strip():
            print(f"{in_short(reader.understand(text, now), names())}  「{clean(text)}」", flush=True)
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from nlu import evaluation

    evaluation.show(options.held_out, options.model, folds=not options.no_folds)
    return 0


def _explain(options: argparse.Namespace) -> int:
    from nlu.explain_page import Page, has_colours
    from nlu.names import names

    text = " ".join(options.text)
    if text == "-":
        text = sys.stdin.read().strip()
    if not text.strip():
        print("没有要说明的话。", file=sys.stderr)
        return WRONG
    told = _reader(options.model).explain(text, datetime.now().astimezone())
    if options.json:
        print(json.dumps(told.as_json(), ensure_ascii=False, indent=1))
        return 0
    for line in Page(names(), colours=has_colours(sys.stdout)).lines(told):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
