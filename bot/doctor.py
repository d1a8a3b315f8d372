"""`doctor`: looks at everything a running bot needs and says in plain words what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bot.checks import machine
from bot.checks.database import check_database
from bot.checks.finding import Finding
from bot.checks.keys import check_keys
from bot.checks.messenger import check_messenger
from bot.checks.running import check_running
from bot.communities import load_community
from bot.faults import Fault
from bot.settings import Settings

Check = Callable[[Settings], Iterable[Finding]]


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at one thing after another."""
    for about, check in CHECKS.items():
        for finding in check(settings):
            yield replace(finding, about=about)


def _settings(settings: Settings) -> Iterator[Finding]:
    """Doors that would refuse to open are found before the start."""
    from bot.parse_server import check_door as check_parse
    from bot.watching.door import check_door as check_watching

    doors: list[Callable[[Settings], None]] = [check_watching]
    if settings.parse_port is not None:
        doors.append(check_parse)
    for door in doors:
        try:
            door(settings)
        except Fault as fault:
            yield Finding(False, str(fault))
    yield Finding(True, "设置读得懂。")


def _community(settings: Settings) -> Iterator[Finding]:
    try:
        community, organisations = load_community(settings.community)
    except Fault as fault:
        yield Finding(False, str(fault))
        return
    quiet = community.policy.quiet
    still = (
        "没有免打扰时间" if quiet.start == quiet.end else f"免打扰 {quiet.start:%H:%M} 到 {quiet.end:%H:%M}"
    )
    yield Finding(True, f"社区档案：{community.name}，{len(organisations)} 个组织，{still}。")


def _model(settings: Settings) -> Iterator[Finding]:
    from nlu import corpus, versions
    from nlu.model import HEADER, ModelError

    where = versions.in_use(settings.data_dir / "model")
    try:
        fresh = versions.load(where).data == corpus.fingerprint()
    except ModelError as error:
        if (where / HEADER).exists():
            yield Finding(True, f"{error}下次启动时会自动重新训练。", hint=True)
        else:
            yield Finding(True, "阅读器还没有训练：第一次启动时会自动训练。")
        return
    yield Finding(True, "阅读器已训练。" if fresh else "例句有改动：下次启动时会重新训练阅读器。")


def _messenger(settings: Settings) -> Iterator[Finding]:
    if not settings.token:
        yield Finding(True, "没有设置令牌：启动后会打开演示页。")
        return
    yield from check_messenger(settings)
    if not settings.admins:
        yield Finding(False, "还没有社工：请用 LINYING_ADMINS 写上社工的用户编号。")


#: In the order of what rests on what.
CHECKS: dict[str, Check] = {
    "settings": _settings,
    "community": _community,
    "holidays": lambda settings: [machine.holidays()],
    "database": check_database,
    "keys": check_keys,
    "backups": lambda settings: [machine.backups(settings)],
    "model": _model,
    "fonts": lambda settings: [machine.fonts()],
    "disk": lambda settings: [machine.disk(settings)],
    "clock": lambda settings: [machine.clock()],
    "running": check_running,
    "messenger": _messenger,
}


def report(settings: Settings, say: Callable[[str], object], *, as_json: bool) -> int:
    """Say each finding as soon as it is made (JSON: all at the end); 1 when something is bad, else 0."""
    good, told = True, []
    for finding in examine(settings):
        good = good and finding.good
        told.append({"about": finding.about, "state": finding.state, "words": finding.words})
        if not as_json:
            say(finding.line)
    if as_json:
        say(json.dumps({"good": good, "findings": told}, ensure_ascii=False, indent=2))
    return 0 if good else 1
