"""An explanation as lines for a person at a terminal: aligned, short, in colour where there are colours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from nlu.explanation import REQUEST, VAGUE, Check, Danger, Explanation, Part, Spoke, Word
from nlu.names import Names
from nlu.understanding import Understanding

_BAR, _LABEL, _WIDE = 16, 8, 16
_BOLD, _GREEN, _RED, _YELLOW = "1", "32", "31", "33"
_DECISIONS = {"file": "直接登记", "ask": "先问一句，给几个选项", "decline": "不登记，按平常话回答"}
_SHORT = {"file": "登记", "ask": "问", "decline": "不登记"}
_CHECKS = {
    "file_request": "是诉求的把握",
    "ask_request": "可能是诉求",
    "file_item": "选这一项的把握",
    "file_lead": "领先第二名",
    "clear": "说得够明白",
    "one_item": "几种听法一致",
}
_MOST_TIMES = 1000.0
# What is less likely is no rival worth a line.
_WORTH = 0.005


@dataclass(frozen=True, slots=True)
class Page:
    """Draws with or without colours."""

    names: Names
    colours: bool = False

    def lines(self, told: Explanation) -> Iterator[str]:
        """All of it, top to bottom."""
        yield from self._head(told)
        yield ""
        for part in told.parts:
            several = f"「{clean(part.text)}」" if len(told.parts) > 1 else ""
            yield self._title(f"为什么听成{self.names.of(part.intent)}{several}")
            yield from self._part(part)
            yield ""
        yield self._title("还像什么")
        yield from self._rivals(told)
        yield ""
        if told.checks:
            yield self._title("门槛")
            yield from map(self._check, told.checks)
            yield ""
        yield self._title("紧急")
        yield from self._danger(told.danger)
        yield ""
        yield self._title("几件事")
        yield from self._needs(told)

    def _head(self, told: Explanation) -> Iterator[str]:
        first = told.parts[0]
        what = "、".join(self.names.of(part.intent) for part in told.parts)
        chance = f"把握 {_percent(first.chance)}" if len(told.parts) == 1 else f"{len(told.parts)} 件事"
        yield f"{self._paint(what, _BOLD)}  {chance}"
        yield "紧急，马上登记并叫人" if told.danger.urgent else _DECISIONS[told.decision]

    def _part(self, part: Part) -> Iterator[str]:
        pro = [w for w in part.words if w.share > 0]
        whole = [Word("整句的意思", part.meaning)] if abs(part.meaning) >= 0.005 else []
        contra = [w for w in part.words if w.share < 0]
        widest = max((width(clean(w.text)) for w in (*part.words, *whole)), default=0)
        yield from self._weighed("支持", [*pro, *(w for w in whole if w.share > 0)], widest, _GREEN)
        yield from self._weighed("反对", [*contra, *(w for w in whole if w.share < 0)], widest, _RED)
        for rule in part.rules:
            yield _row("规则", self._rule(rule))
        if not part.words and not whole and not part.rules:
            yield _row("", "没有认得的词。")

    def _rule(self, rule: Spoke) -> str:
        heard = f"听到「{clean(rule.words)}」" if rule.words.strip() else "没有字"
        if rule.name == VAGUE:
            return f"{heard}，可能是两项里的任何一项，要问清楚"
        less = "不像" if rule.boost < 0 else "像"
        return f"{heard}，更{less}{self.names.of(rule.name)}"

    def _weighed(self, label: str, words: Sequence[Word], widest: int, colour: str) -> Iterator[str]:
        for n, word in enumerate(sorted(words, key=lambda w: -abs(w.share))):
            bar = self._paint("█" * max(1, round(abs(word.share) * _BAR)), colour)
            share = _aligned(abs(word.share))
            yield _row("" if n else label, f"{padded(clean(word.text), widest)}  {share}  {bar}")

    def _rivals(self, told: Explanation) -> Iterator[str]:
        likely = [c for n, c in enumerate(told.candidates) if not n or c.chance >= _WORTH]
        widest = max(width(self.names.of(c.intent)) for c in likely)
        for candidate in likely:
            bar = "█" * round(candidate.chance * _BAR)
            name = padded(self.names.of(candidate.intent), widest)
            yield _row("", f"{name}  {_aligned(candidate.chance)}  {self._paint(bar, _GREEN)}".rstrip())
        rival = told.rival
        pulled = f"；更像它的词：{'、'.join(map(clean, rival.words))}" if rival.words else ""
        yield _row("第二名", f"{self.names.of(rival.intent)}，{behind(rival.times)}{pulled}")

    def _check(self, check: Check) -> str:
        label = padded(_CHECKS[check.name], _WIDE)
        if check.name in ("clear", "one_item"):
            return f"  {label}  {self._paint('没过', _YELLOW)}"
        tell = _times if check.name == "file_lead" else _percent
        word = self._paint("过了", _GREEN) if check.passed else self._paint("没过", _YELLOW)
        return f"  {label}  {padded(tell(check.value), 8)}  门槛 {padded(tell(check.limit), 6)}{word}"

    def _danger(self, danger: Danger) -> Iterator[str]:
        score = f"{danger.score:+.1f} 分，超过 {danger.limit:+.1f} 分才算"
        if danger.urgent:
            yield _row("", self._paint(f"是（{score}）。该打 {'、'.join(danger.hotlines)}", _RED))
        else:
            yield _row("", f"不是（{score}）")
        for rule in danger.rules:
            yield _row("规则", self.danger_rule(rule))
        if danger.words:
            yield _row("词", "、".join(clean(word.text) for word in danger.words))
        if not danger.rules:
            yield _row("", "没有说到危险。")

    def danger_rule(self, rule: Spoke) -> str:
        """A rule of danger in words."""
        about = self.names.rules.get(rule.name, rule.name)
        more = f"更紧急 {rule.boost:+.1f}" if rule.boost > 0 else f"没那么急 {rule.boost:+.1f}"
        return f"听到「{clean(rule.words)}」：{about}" + (f"（{more}）" if rule.boost else "")

    def _needs(self, told: Explanation) -> Iterator[str]:
        if told.act != REQUEST:
            yield _row("", "没有要办的事。")
        elif len(told.parts) == 1:
            yield _row("", "一件，没有拆开。")
        for n, part in enumerate(told.parts if len(told.parts) > 1 else (), start=1):
            yield _row(
                f"第 {n} 件", f"{self.names.of(part.intent)} {_percent(part.chance)}  「{clean(part.text)}」"
            )

    def _title(self, words: str) -> str:
        return self._paint(words, _BOLD)

    def _paint(self, words: str, colour: str) -> str:
        return f"\x1b[{colour}m{words}\x1b[0m" if self.colours and words else words


def in_short(read: Understanding, names: Names) -> str:
    """One line of a message: what to do with it, and what it was taken for."""
    if read.urgent:
        return f"紧急，该打 {'、'.join(read.hotlines)}"
    if read.act != REQUEST:
        return f"{padded(_SHORT[read.decision], 8)}{names.of(read.act)} {_percent(read.act_confidence)}"
    found = "、".join(f"{names.of(n.item)} {_percent(n.confidence)}" for n in read.needs)
    return f"{padded(_SHORT[read.decision], 8)}{found}"


def has_colours(out: TextIO) -> bool:
    """Only a terminal has them, and only where nobody asked to go without (NO_COLOR, TERM=dumb)."""
    from rich.console import Console

    console = Console(file=out)
    return console.is_terminal and not console.no_color and console.color_system is not None


def width(words: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words
    )


def padded(words: str, columns: int) -> str:
    """Filled up with spaces to so many columns."""
    return words + " " * max(0, columns - width(words))


def behind(times: float) -> str:
    """How far the second one is behind."""
    if times >= _MOST_TIMES:
        return "可能性不到第一名的千分之一"
    return f"可能性是第一名的 {_number(times)} 分之一" if times >= 1.05 else "和第一名差不多"


def clean(words: str) -> str:
    """Words of a message without what would move a terminal's cursor or break the line."""
    return "".join(c if c.isprintable() else " " for c in words)


def _row(label: str, words: str) -> str:
    return f"  {padded(label, _LABEL)}{words}"


def _percent(value: float) -> str:
    return "不到1%" if 0 < value < _WORTH else f"{round(100 * value)}%"


def _aligned(value: float) -> str:
    words = _percent(value)
    return " " * (4 - width(words)) + words


def _times(value: float) -> str:
    return "千倍以上" if value >= _MOST_TIMES else f"{_number(value)}倍"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"
