"""The command line: what can be asked of the program, and faults told in one sentence."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from bot.faults import Fault
from bot.logs import start_logging
from bot.settings import Settings, read_settings
from nlu.command_line import FAILED, Parser, ended

_SERVING = ("run", "playground", "actions", "parse-server")
Command = Callable[[Settings, argparse.Namespace], int]


class _Parser(Parser):
    also: ClassVar[Mapping[str, str]] = {
        "invalid _port value": "应是数字",
        "invalid _count value": "应是数字",
        "what": "requests",
        "check": "verify",
    }


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"应是 0 到 65535 的数字: {text}")
    return port


def make_parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    parser = _Parser(prog="python -m bot", description="邻应：听懂居民的话，登记、派单、跟到办好。")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="命令")

    def add(name: str, words: str, run: Command) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        return command

    add("run", "启动机器人（没有令牌时打开演示页）", _run)
    playground = add("playground", "打开演示页：三部手机，不连外网", _playground)
    playground.add_argument("--port", type=_port, metavar="端口", help="网页端口，0 表示任选一个")
    playground.add_argument("--alone", action="store_true", help="只开消息服务和网页，不启动机器人")
    add("actions", "启动 Rasa 的行动服务器（只听本机）", _actions)
    parsing = add("parse-server", "只开阅读器，给别的程序用（POST /model/parse）", _parse_server)
    parsing.add_argument("--port", type=_port, metavar="端口", help="默认 LINYING_PARSE_PORT 或 5005")
    add("migrate", "把数据库升到最新", _migrate)
    taking = add("import", "从 Excel 导入组织名单", _import)
    taking.add_argument("file", type=Path, metavar="文件.xlsx", help="填好的名单")
    giving = add("export", "导出台账（机器人运行时也可以）", _export)
    giving.add_argument(
        "what", choices=["requests", "ledger"], help="导出什么：requests 是全部需求，ledger 是打印用的台账"
    )
    giving.add_argument("--format", choices=["jsonl", "xlsx"], default="jsonl", help="格式")
    giving.add_argument("--out", type=Path, metavar="文件", help="写到哪里（不写就输出到屏幕）")
    giving.add_argument(
        "--book",
        choices=["needs", "problems", "rectifications"],
        default="needs",
        help="哪本台账：需求、问题、整改",
    )
    giving.add_argument("--month", default="", metavar="2026-11", help="只要哪个月的台账（不写就是全部）")
    backing = add("backup", "备份整个数据库（机器人运行时也可以）", _backup)
    backing.add_argument("--to", type=Path, metavar="文件.zip", help="写到哪里（默认数据目录的 backups 里）")
    backing.add_argument("--keep", type=_count, default=14, metavar="个数", help="留几个备份（默认 14）")
    restoring = add("restore", "从备份恢复数据库（先停机器人）", _restore)
    restoring.add_argument("file", type=Path, metavar="文件.zip", help="备份")
    restoring.add_argument("--replace", action="store_true", help="已有的数据库文件挪到一边")
    verifying = add("verify", "试着恢复一个备份，看它是否完好", _verify)
    verifying.add_argument("file", type=Path, nargs="?", metavar="文件.zip", help="备份（不写就是最新的）")
    moving = add("migrate-data", "把数据搬到另一个空的库，例如从 SQLite 到 PostgreSQL", _migrate_data)
    moving.add_argument(
        "--to", required=True, metavar="地址", help="postgresql+asyncpg://用户:密码@主机/库名"
    )
    add("rotate-keys", "把个人资料用新密钥重新封存（机器人运行时也可以）", _rotate_keys)
    auditing = add("audit", "检查留痕有没有被人改过", _audit)
    auditing.add_argument("check", choices=["verify"], help="verify 从头核对每一条")
    auditing.add_argument(
        "--anchor", default="", metavar="序号:校验值", help="以前记下的末尾（日志里每晚有一条），看它还在不在"
    )
    add("learn", "写出社工采纳的更正，让阅读器重新学习", _learn)
    doctor = add("doctor", "检查设置、数据库、阅读器和网络", _doctor)
    doctor.add_argument("--json", action="store_true", help="给程序看的 JSON；有坏的就以 1 结束，没有就以 0")
    add("communities", "列出自带的社区档案", _communities)
    _add_simulate(add("simulate", "用假想的人把规矩走一遍：几分钟过完一个月", _simulate))
    return parser


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError(f"应是 1 以上的数字: {text}")
    return count


def _add_simulate(command: argparse.ArgumentParser) -> None:
    command.add_argument("--days", type=_count, default=30, metavar="天数", help="报事的天数（默认 30）")
    command.add_argument("--after", type=_count, default=30, metavar="天数", help="之后收尾的天数（默认 30）")
    command.add_argument("--residents", type=_count, default=3000, metavar="人数", help="居民（默认 3000）")
    command.add_argument("--organisations", type=_count, default=54, metavar="个数", help="组织（默认 54）")
    command.add_argument("--a-day", type=_count, default=60, metavar="次数", help="一天报事几次（默认 60）")
    command.add_argument("--seed", type=int, default=1, metavar="种子", help="同一个种子结果一样（默认 1）")
    command.add_argument("--out", type=Path, metavar="目录", help="报告和数据库写到哪里")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = make_parser().parse_args(arguments)
    return ended(lambda: _run_command(options))


def _run_command(options: argparse.Namespace) -> int:
    try:
        settings = read_settings()
        start_logging(settings)
        if options.command not in _SERVING:
            # What writes a file takes its half away when it is told to end; what serves sees to it by itself.
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return int(options.run(settings, options))
    except Fault as fault:
        print(fault, file=sys.stderr)  # noqa: T201 - a command line speaks by printing
        return FAILED


def _tell(words: str) -> int:
    if words:
        print(words)  # noqa: T201 - a command line speaks by printing
    return 0


def _run(settings: Settings, options: argparse.Namespace) -> int:
    from bot import running

    running.run(settings)
    return 0


def _playground(settings: Settings, options: argparse.Namespace) -> int:
    from bot import running

    port = settings.playground_port if options.port is None else options.port
    (running.playground_alone if options.alone else running.playground)(settings, port)
    return 0


def _actions(settings: Settings, options: argparse.Namespace) -> int:
    from bot.rasa import server

    server.serve(settings)
    return 0


def _parse_server(settings: Settings, options: argparse.Namespace) -> int:
    from bot import running

    running.parse_server(settings, options.port)
    return 0


def _migrate(settings: Settings, options: argparse.Namespace) -> int:
    from bot import ledgers

    return _tell(ledgers.migrate(settings))


def _import(settings: Settings, options: argparse.Namespace) -> int:
    from bot import ledgers

    return _tell(ledgers.import_organisations(settings, options.file))


def _export(settings: Settings, options: argparse.Namespace) -> int:
    if options.what == "ledger":
        from bot import printing

        return _tell(printing.export_ledger(settings, options.book, options.month, options.out))
    from bot import ledgers

    return _tell(ledgers.export_requests(settings, options.format, options.out))


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    from bot import copies

    return _tell(copies.back_up(settings, options.to, options.keep))


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    from bot import copies

    return _tell(copies.restore(settings, options.file, replace=options.replace))


def _verify(settings: Settings, options: argparse.Namespace) -> int:
    from bot import copies

    return _tell(copies.verify(settings, options.file))


def _migrate_data(settings: Settings, options: argparse.Namespace) -> int:
    from bot import copies

    return _tell(copies.migrate_data(settings, options.to))


def _rotate_keys(settings: Settings, options: argparse.Namespace) -> int:
    from bot import rotating

    words, whole = rotating.rotate_keys(settings)
    _tell(words)
    return 0 if whole else 1


def _audit(settings: Settings, options: argparse.Namespace) -> int:
    from bot import auditing

    words, whole = auditing.report(settings, options.anchor)
    _tell(words)
    return 0 if whole else 1


def _learn(settings: Settings, options: argparse.Namespace) -> int:
    from bot import ledgers

    return ledgers.learn(settings)


def _doctor(settings: Settings, options: argparse.Namespace) -> int:
    from bot.doctor import report

    return report(settings, _tell, as_json=options.json)


def _communities(settings: Settings, options: argparse.Namespace) -> int:
    from bot.communities import list_communities, load_community

    for name in list_communities():
        community, organisations = load_community(name)
        _tell(f"{name}  {community.name}，{len(organisations)} 个组织，{len(community.compounds)} 个小区")
    return 0


def _simulate(settings: Settings, options: argparse.Namespace) -> int:
    from bot.simulation.command import simulate
    from bot.simulation.running import Wishes

    wishes = Wishes(
        options.seed, options.days, options.after, options.residents, options.organisations, options.a_day
    )
    return simulate(settings.community, wishes, options.out or settings.data_dir / "simulation")
