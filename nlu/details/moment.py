# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Finds the time a resident asks for and resolves it against a given now; the past is not an appointment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from nlu.details import calendar
from nlu.details.numerals import NUMERAL, number
from nlu.understanding import Moment

_TO_DAY = r"(?:[到至~-]+(?:周|星期|礼拜)?[一二三四五六日天末])?"
_DAY = (
    r"(?P<rel>今天|今儿个?|今日|今(?=[早晚])|明天|明儿个?|明日|明(?=[早晚])|后天|后儿个?|后日|大后天|大后儿|大大后天)"
    rf"|(?P<every>每个?(?:周|星期|礼拜))(?P<ewd>[一二三四五六日天末]){_TO_DAY}(?!次|回|趟)"
    rf"|(?P<week>下下个?|下个?|这个?|本|上上?个?)?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天末]){_TO_DAY}(?!次|回|趟)"
    rf"|(?P<mon>[{NUMERAL}]{{1,3}})月(?:份)?(?P<dom>[{NUMERAL}]{{1,3}})[号日]?"
    rf"|(?P<nm>下个?月|这个?月|本月|上个?月)?(?P<dom2>[{NUMERAL}]{{1,3}})[号日](?=上午|下午|早|晚|中午|那天|当天|之?前|以?后|左右|可以|行|来|去|到|或|吧|[ ,.?!]|$)"
    r"|(?P<edge>下个?月|这个?月|本月)?(?:月)?(?P<part>月底|月末|月初|月中|(?<=月)[底末初中])"
    r"|(?P<feast>元旦|五一|劳动节|国庆节?|十一(?=那天|当天|放假)|圣诞节?|平安夜|三八节|六一|教师节|年底)(?!放?假|长假|节目|晚会|文艺|那会)"
    rf"|(?P<days>[{NUMERAL}两]{{1,3}})天(?:之?后|以后)|过(?P<days2>[{NUMERAL}两]{{1,3}})天"
)
_PERIOD = r"凌晨|清早|清晨|大清早|一大?早|早上|早晨|早(?=[{N}八九七六十])|上午|中午|正午|晌午|午后|下午|傍晚|晚上|晚间|夜里|夜间|半夜|白天|早|晚".replace(
    "{N}", "0-9"
)
_CLOCK = (
    rf"(?P<hour>[{NUMERAL}]{{1,3}})(?:点钟?|时(?!候|间|不|常|段|[,.]))"
    rf"(?P<minute>半|[一三]刻|(?:零?[{NUMERAL}]{{1,3}})分?(?![{NUMERAL}天个人块元年岁]))?|(?P<h24>[01]?[0-9]|2[0-3])[::](?P<m24>[0-5][0-9])"
)
_RANGE = rf"(?:[到至\-~]+(?:{_PERIOD})?[{NUMERAL}]{{1,3}}(?:点半?|时)(?:之间)?)?"
_TAIL = r"(?P<tail>之间|左右|以前|之前|前(?![天面年])|以后|之后|过后|后(?![天面年])|整|那天|当天)?"
_WHEN = re.compile(
    rf"(?:(?P<day>{_DAY})(?:的|那天的?|[ ,])?)?(?:(?P<period>{_PERIOD})的?)?(?:{_CLOCK})?{_RANGE}{_TAIL}"
)
_LATER = re.compile(
    rf"(?:过)?(?P<n>半|[{NUMERAL}两]{{1,3}})个?(?P<half>半)?(?P<unit>小时|钟头|分钟|刻钟)(?:以后|之后|过后|后)"
)
_START = re.compile(
    rf"今|明|后[天日儿]|半|大|每|下|这|本|上|周|星期|礼拜|月|元|五一|劳|国|十一|圣|平|三八|六一|教|年底|过|[{NUMERAL}]|凌|清|早|中午|正午|晌|午|傍|晚|夜|白天"
)
_PAST_BEFORE = re.compile(
    r"(?:去年|前年|昨天|昨晚|前天|原来|本来|之前|以前|上次|上回|上个?月|刚才|早先|年的?|约的是)[^,.;]{0,3}$"
)
_PAST_AFTER = re.compile(
    r"^[^,.;]{0,4}?(?:就?(?:报的|报了|报过|来过|修过|约的|约了|说的|说好|坏的|坏了|打过|买的|开始(?:就|不)|到现在|刚|又|已经|没来|搞过|问过|出院了|停的|[^,.;]{0,6}(?:走失|走丢|丢了|不见|被)))"
)
_DENIED_BEFORE = re.compile(r"(?:别|不要|不是|除了|不能)$")
_DENIED_AFTER = re.compile(
    r"^(?:[^,.;行]{0,4}(?:不行|不在|没空|没时间|有事|别来|别|不方便|不要|不用|我?要出门|我?得出门|要上班|我?出门))"
)
_BOOKING = re.compile(
    r"来|上门|在家|有空|有人|方便|都行|都可以|也行|行不|行吗|行么|可以|好吗|打我|打电话|后打|再打|联系|约|派|陪|借|送|接|帮|请|需要|想|要|能|到"
)
_NO_TIME_ALONE = frozenset({"早", "晚", "白天", "半夜", "夜里", "夜间", "凌晨"})
_COME = re.compile(
    r"(?<![起下上出回])来(?!电|的)|上门|在家|有空|有人|方便|都行|都可以|也行|行不|行吗|可以|打我|打电话|约|过去|送来|派"
)
_UNTIL = re.compile(r"(?:到|至|从|过|才|就)$")
_NAMED_AFTER = re.compile(r"^(?:的|那个|那场|档|餐|饭|班|课|会|会儿)")
_DONE_TODAY = re.compile(r"^[^,.;]{1,3}了")
_HABIT = re.compile(
    r"每天|天天|老是|总是|总|一直|经常|夜夜|晚晚|吵|闹|响|跳|放音|叫|睡|黑|失眠|疼|起来|就开始|还在|没人|打牌|装修|不亮|一到|到了|热|冷"
)
_CORRECTION = re.compile(r"(?:改到|改成|改为|改|换成|换到|还是|要不)$")
ANY_TIME = re.compile(r"随时|越快越好|尽快|马上|现在|立刻|都行|都可以|什么时候都|啥时候都|哪天都|任何时")


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    moment: Moment
    corrected: bool


def read_moment(text: str, now: datetime, *, expected: bool = False) -> Moment | None:
    """The time asked for in normalised text, or None. `expected`: the text answers a question for the time."""
    found: list[_Found] = []
    at = 0
    while start := _START.search(text, at):
        one = _later(text, start.start(), now) or _when(text, start.start(), now, expected)
        if one is None:
            at = start.start() + 1
            continue
        at = max(one.end, start.start() + 1)
        if one.moment.start:
            found.append(one)
    corrected = [f for f in found if f.corrected]
    chosen = corrected[-1] if corrected else found[0] if found else None
    if chosen:
        return chosen.moment
    if expected and (anytime := ANY_TIME.search(text)):
        return Moment(anytime.group(), f"{now:%Y-%m-%d}")
    return None


def _later(text: str, at: int, now: datetime) -> _Found | None:
    match = _LATER.match(text, at)
    if not match:
        return None
    amount = 0.5 if match["n"] == "半" else float(number(match["n"].replace("两", "二")) or 0)
    amount += 0.5 if match["half"] else 0
    minutes = amount * {"分钟": 1, "刻钟": 15}.get(match["unit"], 60)
    when = now + timedelta(minutes=min(minutes, 60 * 24 * 60))
    denied = _DENIED_AFTER.match(text[match.end() : match.end() + 10])
    return _Found(
        at, match.end(), Moment(match.group(), "" if denied else f"{when:%Y-%m-%dT%H:%M}"), corrected=False
    )


def _when(text: str, at: int, now: datetime, expected: bool) -> _Found | None:
    match = _WHEN.match(text, at)
    if not match or not (match["day"] or match["period"] or match["hour"] or match["h24"]):
        return None
    clock = calendar.clock(match["hour"], match["minute"], match["period"], match["h24"], match["m24"])
    if match["hour"] and clock is None:
        return None
    if not match["day"] and not clock and match["period"] in _NO_TIME_ALONE and not expected:
        return None
    start = "" if _ruled_out(text, match, expected) else _resolve(match, clock, now)
    corrected = bool(_CORRECTION.search(text[max(0, at - 4) : at]))
    return _Found(at, match.end(), Moment(match.group().strip(" ,"), start), corrected)


def _ruled_out(text: str, match: re.Match[str], expected: bool) -> bool:
    before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() : match.end() + 12]
    if _DENIED_BEFORE.search(before) or _DENIED_AFTER.match(after):
        return True
    if _PAST_BEFORE.search(before) or (_PAST_AFTER.match(after) and not expected):
        return True
    if match["part"] and re.search(rf"[{NUMERAL}]$", before):
        return True
    if not match["day"] and not expected and (_UNTIL.search(before) or _NAMED_AFTER.match(after)):
        return True
    if match["hour"] == "一" and not match["day"] and not match["period"] and not expected:
        # 「一点都不懂」
        return True
    clock_told = bool(match["hour"] or match["h24"])
    today = (match["rel"] or "").startswith("今")
    if today and _DONE_TODAY.match(after):
        return True
    certain = match["day"] and (clock_told or not today)
    if certain or expected:
        return bool(
            match["dom2"] and not match["nm"] and not expected and re.search(r"(?:住|在|门牌|第)$", before)
        )
    clause = (
        re.split(r"[,.;!?]", text[: match.start()])[-1] + " " + re.split(r"[,.;!?]", text[match.end() :])[0]
    )
    if match["day"] and match["period"] and not clause.strip():
        # 「…,今天下午」: a time that stands alone at the end of the facts.
        return False
    return bool(_HABIT.search(clause)) or not (_BOOKING if clock_told else _COME).search(clause)


def _resolve(match: re.Match[str], clock: tuple[int, int] | None, now: datetime) -> str:
    day = (
        calendar.day(match, now) if match["day"] else calendar.today_or_tomorrow(clock, match["period"], now)
    )
    if day is None:
        return ""
    if clock is None:
        gone = day == now.date() and match["day"] and calendar.period_is_over(match["period"], now)
        if gone and match["wd"] and not match["week"]:
            # 「礼拜天上午」, said on a Sunday afternoon, is the next one.
            return (day + timedelta(days=7)).isoformat()
        return "" if gone or day < now.date() else day.isoformat()
    at = datetime(day.year, day.month, day.day, *clock, tzinfo=now.tzinfo)
    if at < now and match["wd"] and not match["week"]:
        at += timedelta(days=7)
    return "" if at < now else f"{at:%Y-%m-%dT%H:%M}"
