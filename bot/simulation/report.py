"""What a simulation showed, in words and as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.simulation.accounting import Fate
from bot.simulation.running import Outcome
from casework.books.ledgers import ProblemKind
from casework.books.rates import Rate
from handlers.ports import Chart

_FATES = {
    Fate.CONFIRMED: "居民（或回访）确认解决",
    Fate.CALL_LIST: "在回访名单上",
    Fate.PROBLEM: "在问题台账里",
    Fate.CANCELLED: "居民撤回",
    Fate.DECLINED: "不归社区，已告知归谁",
    Fate.MERGED: "并入同一件事",
    Fate.UNREACHABLE: "回访三次没有接通",
    Fate.WITH_ORGANISATION: "组织在办，期限有人盯",
    Fate.WITH_WORKERS: "等社工处理，期限有人盯",
    Fate.WITH_RESIDENT: "等居民答复，到时再问",
    Fate.UNEXPLAINED: "说不清去向",
}
_SHORT = {
    Fate.CONFIRMED: "已确认",
    Fate.CALL_LIST: "待回访",
    Fate.PROBLEM: "问题台账",
    Fate.CANCELLED: "已撤回",
    Fate.DECLINED: "不归社区",
    Fate.MERGED: "已合并",
    Fate.UNREACHABLE: "没接通",
    Fate.WITH_ORGANISATION: "组织在办",
    Fate.WITH_WORKERS: "等社工",
    Fate.WITH_RESIDENT: "等居民",
    Fate.UNEXPLAINED: "说不清",
}
_PROBLEMS = {
    ProblemKind.LATE: "超过期限",
    ProblemKind.REFUSED: "多家不接",
    ProblemKind.UNSOLVED: "居民说没解决",
    ProblemKind.COMPLAINT: "居民投诉",
    ProblemKind.REOPENED_TWICE: "两次重办",
    ProblemKind.UNANSWERED: "没人答复",
}
#: Why casework said no, by the code of its error.
_REFUSALS = {
    "wrong-state": "这件事已经走到别的一步了",
    "not-allowed": "不是自己的事",
    "not-found": "找不到这件事，或不该知道",
    "already-taken": "别人先接了",
    "conflict": "两个人同时动了它",
    "parts-open": "组团的另一家还没办完",
    "same-person": "自己不能查自己",
    "neighbours-object": "跟着的邻居说没好",
    "too-late": "过了时候",
    "bad-value": "写得不对",
}
_MOST_SHOWN = 20


def words(outcome: Outcome) -> str:
    """The whole report."""
    return "\n".join(_lines(outcome)) + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    wishes, seen = outcome.wishes, outcome.account
    yield f"模拟 {wishes.days} 天，再等 {wishes.after} 天收尾（种子 {wishes.seed}）"
    yield (
        f"{wishes.residents} 位居民，{wishes.organisations} 个组织，每天约 {wishes.a_day} 次报事；"
        f"共 {seen.total} 件，办理动作 {sum(outcome.done.values())} 次，到点触发 {outcome.timers} 次，"
        f"用时 {outcome.took:.0f} 秒"
    )
    yield ""
    yield "每一件的去向"
    for fate in Fate:
        if seen.fates[fate] or fate is Fate.UNEXPLAINED:
            yield f"  {seen.fates[fate]:6}  {_FATES[fate]}"
    yield ""
    yield "三个率"
    for name, rate in _rates(outcome):
        yield f"  {name}  {rate.percent}（{rate.numerator}/{rate.denominator}）"
    yield ""
    yield "进过问题台账"
    for kind in ProblemKind:
        if seen.problems[kind.value]:
            yield f"  {seen.problems[kind.value]:6}  {_PROBLEMS.get(kind, kind.value)}"
    refused: Counter[str] = Counter()
    for (_, code), many in outcome.refused.items():
        refused[_REFUSALS.get(code, code)] += many
    yield ""
    yield f"人们想做、规矩不许的 {refused.total()} 次"
    for why, many in refused.most_common():
        yield f"  {many:6}  {why}"
    yield from _bad(outcome)


def _bad(outcome: Outcome) -> Iterator[str]:
    forgotten = outcome.account.forgotten
    if forgotten:
        yield ""
        yield f"说不清去向的 {len(forgotten)} 件"
        for one in forgotten[:_MOST_SHOWN]:
            yield f"  {one.number} {one.status} 自 {one.since:%m-%d %H:%M}：{one.story}"
    if outcome.faults:
        yield ""
        yield f"到点的事做失败 {len(outcome.faults)} 次"
        for fault in sorted(set(outcome.faults))[:_MOST_SHOWN]:
            yield f"  {fault}"
    yield ""
    yield "结论：每一件都有着落。" if outcome.good else "结论：有问题，见上。"


def _rates(outcome: Outcome) -> tuple[tuple[str, Rate], ...]:
    rates = outcome.rates
    return (("响应率", rates.response), ("解决率", rates.solved), ("满意率", rates.satisfied))


def chart(outcome: Outcome) -> Chart:
    """The same as a picture."""
    wishes, seen = outcome.wishes, outcome.account
    confirmed = f"{100 * seen.fates[Fate.CONFIRMED] // seen.total}%" if seen.total else "—"
    days = sorted(seen.days.items())
    ends = [(_SHORT[fate], many) for fate, many in seen.fates.most_common()]
    return Chart(
        title=f"模拟 {wishes.days} 天",
        subtitle=f"{wishes.residents} 位居民，{wishes.organisations} 个组织，种子 {wishes.seed}",
        figures=(
            (str(seen.total), "报来的事"),
            (confirmed, "已确认解决"),
            (str(len(seen.forgotten)), "说不清去向"),
        ),
        days_title="每天报来多少",
        days=tuple((f"{int(day[4:6])}/{int(day[6:])}", many) for day, many in days),
        groups_title="最后的去向",
        groups=tuple(ends),
        rates_title="三个率",
        rates=tuple((name, rate.numerator, rate.denominator) for name, rate in _rates(outcome)),
        nothing="没有人报事",
    )
