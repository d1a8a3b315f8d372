# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Finds the time a resident asks for and resolves it against a given now; the past is not an appointment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nlu.details import calendar
from nlu.details.numerals import NUMERAL, number
from nlu.understanding import Moment

_WD = "一二三四五六日天末"
#: 周一到周五, 周三周五, 周一三五: further days, of which the first that has not passed counts.
_MORE_DAYS = rf"(?P<{{0}}>(?:[ ]?(?:[到至~-]{{1,3}}|[,或和、]|或者)?(?:下?(?:周|星期|礼拜)[{_WD}]|[一二三四五六]|(?<=六)日)(?![天0-9点号个月楼栋幢单十百零〇])){{0,6}})"
_DAYPART = "凌晨|清早|清晨|大清早|一大?早|早上|早晨|上午|头晌|中午|正午|晌午|午后|下午|后晌|下半晌|下昼|傍晚|晚上|晚间|今?黑儿|夜里厢?|夜间|半夜|白天|饭点"
_PERIOD = rf"(?:{_DAYPART}|早(?=[0-9八九七六十])|早|晚)(?:头|些时候)?|(?:早饭|午饭|晚饭|中饭|下班|放学|吃饭)(?:之?前|以?后)"
_AHEAD = rf"(?=[ ]?(?:{_DAYPART}|早|晚|[{NUMERAL}]{{1,3}}[:点时]))"
_DAY = (
    rf"(?P<rel>大大后天|大后天|大后儿|今天|今儿个?|今日|今朝|今(?=[早晚]|上午|下午|中午|晌午|黑儿)|明后[天日]|明天|明儿个?|明日|明朝|听日|明(?=[早晚]|上午|下午|中午|晌午)|后天|后儿个?|后[日朝])"
    rf"|(?P<every>每个?(?:周|星期|礼拜))(?P<ewd>[{_WD}])(?!天){_MORE_DAYS.replace('{0}', 'emore')}(?!次|回|趟)"
    rf"|(?P<week>下下个?|下个?|这个?|本|上上?个?)?(?:周|星期|礼拜)(?P<wd>[{_WD}])(?!天){_MORE_DAYS.replace('{0}', 'more')}(?!次|回|趟)"
    rf"|(?:(?P<year>20[0-9]{{2}})年|今年|明年)?(?P<mon>[{NUMERAL}]{{1,3}})月(?:份)?(?P<dom>[{NUMERAL}]{{1,3}})[号日]?"
    rf"|(?:(?P<nyear>20[0-9]{{2}})[-./])?(?P<nmon>1[0-2]|0?[1-9])[-./](?P<ndom>3[01]|[12][0-9]|0?[1-9])(?:日|号)?{_AHEAD}"
    rf"|(?P<days>[{NUMERAL}两半]{{1,3}})(?P<days_of>天|日|周|个?星期|个?礼拜|个月)(?:之后|以后|过后|后(?![头面边门]))(?![天日])|(?<![超已经不通])过(?:了)?(?P<days2>[{NUMERAL}两]{{1,3}})(?P<days2_of>天|周|个?星期|个?礼拜|个月)"
    rf"|(?P<nm>下个?月|这个?月|本月|上个?月)?(?P<dom2>[{NUMERAL}]{{1,3}})[号日](?(nm)|(?=[ ,.]?(?:{_DAYPART}|早|晚|[0-9]{{1,2}}(?:[:点]|号都))|那天|当天|之?前|以?后|左右|可以|行|来|去|到|或|都行|吧|[ ,.?!]|$))"
    rf"|(?P<emon>[{NUMERAL}]{{1,2}})月(?P<epart>底|末|初|中旬?|上旬|下旬)|(?P<edge>下个?月|这个?月|本月)?(?:月)?(?P<part>月底|月末|月初|月中|(?<=月)(?:[底末初]|中旬?))"
    r"|(?:过了?)?(?P<feast>元旦|五一|劳动节|国庆节?|十一(?=那天|当天|放假)|圣诞节?|平安夜|三八节|六一|教师节|年底|(?:春节|除夕|大年初一|元宵节?)(?=[以之]?[前后]|那天|当[天晚]|上午|下午|晚上|早上|中午|来|上门))(?!放?假|长假|节目|晚会|文艺|那会)"
)
_CLOCK = (
    rf"(?P<hour>[{NUMERAL}]{{1,3}})(?:点钟?|时(?!候|间|不|常|段|[,.]))"
    rf"(?P<minute>半|[一三]刻|(?:零?[{NUMERAL}]{{1,3}})分?(?![{NUMERAL}天个人块元年岁]))?|(?P<h24>[01]?[0-9]|2[0-3])[::](?P<m24>[0-5][0-9])"
)
_RANGE = rf"(?:[到至\-~]{{1,3}}(?:{_PERIOD})?[{NUMERAL}]{{1,3}}(?:点半?|时|[::][0-5][0-9])(?:之间)?)?"
_TAIL = r"(?P<tail>之间|之内|左右|以前|之前|前(?![天面年])|以后|之后|过后|后(?![天面年])|整|那天|当天)?"
_WHEN = re.compile(
    rf"(?:(?P<day>{_DAY})(?:那天的?|当天的?|(?P<since>以?后|之后)|的|[ ,])?)?(?:(?P<period>{_PERIOD})的?)?[ ]?(?:{_CLOCK})?{_RANGE}{_TAIL}"
)
#: 超过, 经过, 不过, 通过 are no waiting.
_NOT_OVER = frozenset("超经不通")
_COUNTED = re.compile(rf"[{NUMERAL}半过等再]")
_LATER = re.compile(
    rf"(?P<over>再?过|等)?(?P<n>半|[{NUMERAL}两]{{1,3}})个?(?P<half>半)?(?P<unit>小时|钟头|分钟|刻钟)(?P<after>以后|之后|过后|后)?"
)
_START = re.compile(
    rf"今|明|听日|后[天日儿朝]|半|大|每|下|这|本|上|周|星期|礼拜|月|元|五一|劳|国|十一|圣|平|三八|六一|教|年底|春|除|过|等|再|[{NUMERAL}]|凌|清|早|中午|正午|晌|午|头|傍|晚|夜|白天|饭|放学"
)
_PAST_BEFORE = re.compile(
    r"(?:去年|前年|昨天|昨晚|前天|原来|本来|之前|以前|上次|上回|上个?月|刚才|早先|年的?|约的是|自从)[^,.;]{0,3}$|(?:说好?(?:的|了)|说好|约(?:的|了|好的?))(?:在)?$"
)
_PAST_AFTER = re.compile(
    r"^[^,.; ]{0,4}?(?:就?(?:收到|报的|报了|报过|来过|修过|约的|约了|说的|说好|坏的|坏了|打过|买的|开始(?:就|不)|到现在|刚|又|已经|没来|搞过|问过|出院了|停的|[^,.;]{0,6}(?:走失|走丢|丢了|不见|被)))"
    r"|^[^,.;来 ]{0,6}(?:提|说|问|反映|讲)过|^[^,.;来 ]{0,3}(?:[量查测领交登开提做拿][^,.;来 ]{0,2}[过的](?!时候|话)|就说|结果)"
)
#: 「说今天上午来人的,怎么还没到」
_SAID = ("说", "说好", "说的", "讲", "答应")
_NOT_COME = re.compile("[^.!?]{0,10}(?:怎么还没|还没[来到]|人呢|没见人|没来)")
_DENIED_BEFORE = re.compile(r"(?:别|不要|不是|除了|(?<!能)不能|别拖到)$")
_DENIED_AFTER = re.compile(
    r"^ ?(?:[^,.; 行]{0,4}(?:不行|不在|没空|没时间|有事|别|不方便|不要|不用|我?要出门|我?得出门|去?上班|我?出门|了(?:$|[,. ])|不办公|休息|不开|关门))"
)
_BOOKING = re.compile(
    r"来|上门|在家|有空|有人|方便|都行|都可以|也行|行不|行吗|行么|可以|好吗|打我|打电话|后打|再打|打(?=[,. ]|$)|联系|约|派|陪|借|送|接|帮|请|需要|想|要|能|到|我去|去取|去拿|都在|我在"
)
_NO_TIME_ALONE = frozenset({"早", "晚", "白天", "半夜", "夜里", "夜间", "凌晨", "饭点"})
_COME = re.compile(
    r"(?<![起下上出回])来(?!电|的)|上门|在家|有空|有人|方便|都行|都可以|也行|行不|行吗|可以|打我|打电话|约|过去|送来|派|要么|或者|都在"
)
_AT_ONCE = re.compile(r"^(?:[^,.; ]{0,2}(?:来(?!不)|过来|上门|都?行(?!不)|可以|有空|有人|在家|吧|再来)|我去)")
_UNTIL = re.compile(r"(?:到|至|从|才|就)$")
_NAMED_AFTER = re.compile(
    r"^(?:开门|关门|[上下]班|开饭|才(?!到家|在家|有空|有人|能)|就走|的|那个|那场|档|餐|饭|班|课|会|会儿)"
)
_DONE_TODAY = re.compile(r"^[^,.;]{1,3}了")
_HABIT = re.compile(
    r"每天|天天|老是|总是|总|一直|经常|夜夜|晚晚|吵|闹|响|跳|放音|叫|睡|黑|失眠|疼|起来|就开始|还在|没人|打牌|装修|不亮|工作日|平时|平常|一到|到了|热|冷"
)
_CORRECTION = re.compile(r"(?:改到|改成|改为|改|换成|换到|还是|要不|能不能|不对是?|应该是)$")
#: Within so many characters an hour still belongs to the day named before: 「明天上午不在,下午三点来」.
_SAME_BREATH = re.compile("[^.;!?]{0,12}")
_CLOSE = 4
_CLAUSE = 60
_BETWEEN_DAYS = re.compile(r"[ ,]?(?:或者?|和|跟)?[ ]?")
ANY_TIME = re.compile(r"随时|越快越好|尽快|马上|现在|立刻|都行|都可以|什么时候都|啥时候都|哪天都|任何时")


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    moment: Moment
    corrected: bool
    wanted: bool = False
    day: date | None = None
    exact: bool = False
    #: Meant as a time to come, but past.
    over: bool = False


def read_moment(text: str, now: datetime, *, expected: bool = False) -> Moment | None:
    """The time asked for in normalised text, or None. `expected`: the text answers a question for the time."""
    chosen = _choose(text, [one for one in _told(text, now, expected) if one.moment.start])
    if chosen:
        return chosen.moment
    if expected and (anytime := ANY_TIME.search(text)):
        return Moment(anytime.group(), f"{now:%Y-%m-%d}")
    return None


def read_over(text: str, now: datetime) -> str:
    """The words of an answer that names a time which is past: 「今天下午」 in the evening; else empty."""
    return next((one.moment.expr for one in _told(text, now, expected=True) if one.over), "")


def _told(text: str, now: datetime, expected: bool) -> Iterator[_Found]:
    """Every time in the text; what is no appointment has no start."""
    at = 0
    day: date | None = None
    day_ends = 0
    while start := _START.search(text, at):
        near = day if day and _SAME_BREATH.fullmatch(text, day_ends, start.start()) else None
        one = _later(text, start, now) or _when(text, start.start(), now, expected, near)
        if one is None:
            at = start.start() + 1
            continue
        at = max(one.end, start.start() + 1)
        if one.day:
            day, day_ends = one.day, one.end
        yield one


def _choose(text: str, found: list[_Found]) -> _Found | None:
    """The last correction, or the first time at which somebody shall come, or the first time at all."""
    corrected = [f for f in found if f.corrected]
    if corrected:
        return corrected[-1]
    for place, one in enumerate(found):
        if one.wanted:
            # 「明天后天都行」: what is said of the last of several days is said of the first.
            while place and _BETWEEN_DAYS.fullmatch(text, found[place - 1].end, found[place].start):
                place -= 1
            return _exact(found, place)
    return found[0] if found else None


def _exact(found: list[_Found], place: int) -> _Found:
    """「明天来,下午三点」: the hour told right after a mere day."""
    one, rest = found[place], found[place + 1 : place + 2]
    if rest and not one.exact and rest[0].exact and rest[0].day is None and rest[0].start - one.end <= _CLOSE:
        return rest[0] if rest[0].moment.start.startswith(one.moment.start) else one
    return one


def _later(text: str, start: re.Match[str], now: datetime) -> _Found | None:
    at = start.start()
    match = _LATER.match(text, at) if _COUNTED.match(start.group()) else None
    if not match or not (match["over"] or match["after"]):
        return None
    if match["over"] and text[max(0, at - 1) : at] in _NOT_OVER:
        return None
    if (
        match["over"] == "等"
        and not match["after"]
        and not _AT_ONCE.match(text[match.end() : match.end() + 8])
    ):
        return None
    amount = 0.5 if match["n"] == "半" else float(number(match["n"].replace("两", "二")) or 0)
    amount += 0.5 if match["half"] else 0
    minutes = amount * {"分钟": 1, "刻钟": 15}.get(match["unit"], 60)
    when = now + timedelta(minutes=min(minutes, 60 * 24 * 60))
    after = text[match.end() : match.end() + 10]
    denied = _DENIED_AFTER.match(after) or _PAST_AFTER.match(after)
    return _Found(
        at, match.end(), Moment(match.group(), "" if denied else f"{when:%Y-%m-%dT%H:%M}"), corrected=False
    )


def _when(text: str, at: int, now: datetime, expected: bool, near: date | None) -> _Found | None:
    match = _WHEN.match(text, at)
    if not match or not (match["day"] or match["period"] or match["hour"] or match["h24"]):
        return None
    clock = calendar.clock(match["hour"], match["minute"], match["period"], match["h24"], match["m24"])
    if match["hour"] and clock is None:
        return None
    alone = not match["day"] and not clock and not expected
    if alone and (match["period"] in _NO_TIME_ALONE or match["period"][-1] in "前后"):
        return None
    day = calendar.day(match, now) if match["day"] else near
    if day is None and not match["day"]:
        day = calendar.today_or_tomorrow(clock, match["period"], now)
    ruled_out = _ruled_out(text, match, expected, near is not None)
    start = "" if ruled_out else _resolve(match, day, clock, now)
    after = text[match.end() : match.end() + 12]
    told = day if match["day"] and (start or (match["period"] and _DENIED_AFTER.match(after))) else None
    corrected = bool(_CORRECTION.search(text[max(0, at - 4) : at].rstrip()))
    words = Moment(match.group().strip(" ,"), start)
    wanted, over = bool(_AT_ONCE.match(after)), not (ruled_out or start or day is None)
    return _Found(at, match.end(), words, corrected, wanted, told, clock is not None, over)


def _ruled_out(text: str, match: re.Match[str], expected: bool, near: bool) -> bool:
    before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() : match.end() + 12]
    if _DENIED_BEFORE.search(before) or _DENIED_AFTER.match(after):
        return True
    if before.endswith(_SAID) and _NOT_COME.match(text[match.end() : match.end() + 24]):
        return True
    if before.endswith("都") and after.startswith("了"):
        # 「这都十点半了」
        return True
    if _PAST_BEFORE.search(before) or (_PAST_AFTER.match(after) and not expected):
        return True
    if match["part"] and re.search(rf"[{NUMERAL}]$", before):
        return True
    if not match["day"] and not expected and (_UNTIL.search(before) or _NAMED_AFTER.match(after)):
        return True
    little = match["period"] in {None, "早", "晚"} and not match["day"]
    if (
        match["hour"] == "一"
        and little
        and len(match["minute"] or "") < 2
        and match["minute"] != "半"
        and not expected
    ):
        # 「一点都不懂」, 「晚一点来」
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
    if not match["day"] and not clock_told and after.startswith("都"):
        # 「上午都有人」 tells a habit.
        return True
    clause = _clause(text, match.start(), match.end())
    if near or (match["day"] and match["period"]):
        # 「…,今天下午」: a time that stands alone at the end of the facts.
        return bool(clause.strip() and (_HABIT.search(clause) or not _BOOKING.search(clause)))
    return bool(_HABIT.search(clause)) or not (_BOOKING if clock_told else _COME).search(clause)


def _clause(text: str, start: int, end: int) -> str:
    """What stands about `text[start:end]` up to the next marks."""
    before, after = text[max(0, start - _CLAUSE) : start], text[end : end + _CLAUSE]
    return re.split("[,.;!?]", before)[-1] + " " + re.split("[,.;!?]", after)[0]


def _resolve(match: re.Match[str], day: date | None, clock: tuple[int, int] | None, now: datetime) -> str:
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
