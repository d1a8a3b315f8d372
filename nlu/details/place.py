# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Reads a place told in words: 小区东门那个亭子旁边, 菜市场对面, behind a building 后面的垃圾站, inside it 三楼左手边."""

from __future__ import annotations

import re

from nlu.details.alternatives import begins

_LONGEST = 40
_WORDS_BEFORE = 8
_N = "0-9一二三四五六七八九十"
_FLOOR = rf"(?:[{_N}]{{1,3}}(?:楼|层)(?![{_N}]*(?:单元|室|号))|顶楼|顶层|底楼)"
#: What stands about a neighbourhood.
_MARK = (
    "凉亭|亭子|亭|长廊|花坛|草坪|草地|绿化带|小树林|树林|[松槐柳樟榕杨桂枣梧大]?树(?![枝叶杈])|广场|公园|河|湖|池塘|喷泉|假山|操场|球场|健身区|健身角|健身器材|器材|滑梯|游乐场|乐园|沙坑|长椅|石凳|"
    "车棚|车库|地库|停车场|停车位|车位|充电桩|充电棚|岗亭|门卫室?|保安亭|保安室|传达室|快递柜|快递站|驿站|信箱|公告栏|宣传栏|宣传牌|橱窗|垃圾站|垃圾房|垃圾桶|垃圾箱|垃圾点|垃圾屋|回收站|回收箱|"
    "变电箱|变电站|配电房|配电箱|水泵房|泵房|锅炉房|公厕|菜市场|菜场|集市|市场|超市|便利店|小卖部|小店|商店|药店|药房|饭店|饭馆|早餐店|早点摊|面馆|理发店|水果店|洗车店|粮油店|奶站|银行|邮局|"
    "幼儿园|小学|中学|学校|医院|卫生站|卫生室|诊所|居委会|社区中心|服务中心|物业|活动室|活动中心|文化站|图书室|公交站|车站|站台|地铁站|地铁口|路口|红绿灯|天桥|桥[头洞]?|巷口|弄口|胡同口|街口|"
    "人行道|马路|小路|甬道|台阶|坡道|斜坡|围墙|栏杆|路灯|电线杆|井盖|消防栓|雕塑|石狮子?|牌坊|[东西南北正大后侧前]{1,2}门|大院|院子|小区|祠堂|庙|工地|食堂|宾馆|酒店|加油站|派出所|戏台|报刊亭"
)
_FAR_SIDE = (
    "旁边|边上|边儿上|斜?对面|斜?对过|后面|后边|后头|后身|背后|背面|前面|前边|前头|正前方|门口|门前|附近|中间|当中|之间|拐角|转角|拐弯|路口|底下|下面|上面|里面|里边|里头|外面|外边|外头|入口|出口|"
    "进口|出入口|口上|那边儿?|那里|那儿|那头|那块儿?|那片|那一?带|这边|这里|这儿|这块|周围|四周|跟前|东边|西边|南边|北边|[东西南北]侧|[东西南北]面|[东西南北]头|左边|右边|左手边|右手边|尽头|隔壁"
)
_SIDE = _FAR_SIDE + "|旁|口儿?|里|上|外|下|边|内"
_THAT = "(?:的|[那这]一?[个棵盏根排座条片块段处家间部])"
_NO_GATE = "[子诊铃禁锁牌槛缝把窗框]"
_GATE = re.compile(
    rf"(?:小区|大?院子?|社区|公园|广场|学校)的?(?:[东西南北]{{1,2}}|[正大后侧前小]|[东西南北]大)门(?!{_NO_GATE})[口外里内]?"
    rf"|(?<![家屋厂房公])(?:[东西南北]{{1,2}}大?|正大?)门(?!{_NO_GATE})[口外里内]?"
)
_NEAR = re.compile(rf"{begins(_MARK)}(?:{_MARK})的?(?:{_SIDE})")
_SPOT = re.compile(
    "(?:小区|社区|院子?)里?的?(?:中心)?(?:广场|花园|公园|操场|球场|车棚|车库|停车场|活动室|凉亭|亭子|食堂)|地下(?:车库|停车场)"
    "|[一-鿿]{1,5}?(?:路|街|巷)(?:[和与跟][一-鿿]{1,5}?(?:路|街|巷))?的?(?:交叉口|交界处|交口|路口|口)"
)
_MORE = re.compile(rf"{_THAT}{{1,2}}(?:{_MARK})的?(?:{_SIDE})?|(?:{_MARK})的?(?:{_SIDE})|的?(?:{_SIDE})")
#: Words before a landmark that do not belong to it.
_LEFT = re.compile(
    "^.*(?:位于|现在|在|是|到|从|去|往|把|给|让|请|被|跟|有|说|看见|发现|反映|投诉|举报|关于|我们|咱们|你们|我|咱|你|他|她|最近|昨天|今天|早上|晚上|每天|天天|麻烦|帮忙|喂|您好|你好|了|就|个|着|老|都|也|想|要|叫|坏|漏|堵|掉|破|没)"
)
_AROUND = re.compile(
    rf"[ 的]?(?P<w>[和与跟到][{_N}]{{1,3}}(?:号楼|栋楼?|幢|号)的?(?:之间|中间|当中|交界|这?一?段)"
    rf"|楼?(?:{_SIDE}|[前后东西南北](?=[,. 的那有]|$))(?:{_THAT}?(?:{_MARK})(?:{_SIDE})?|{_THAT})?|(?:{_MARK})的?(?:{_SIDE})?)"
)
_INSIDE = re.compile(
    rf"[, 的]{{0,2}}(?P<w>(?:{_FLOOR}|楼顶|天台|地下室)"
    rf"(?:[,的上到和与至]?(?:{_FLOOR}|楼道里?|楼梯口|楼梯间?|走廊|电梯口|电梯里|拐角|转角|过道|大厅|平台|中间|之间|门口|[左右东西南北](?:手|边|侧|首|头|户)边?|第[{_N}]家|把头|尽头|靠[左右里外]边?)){{0,3}}"
    rf"|[东西中南北]户|[左右]手边?第?[{_N}]?[家户]?|楼道里?|楼梯口|楼梯间|电梯口|门洞里?|门厅|大厅)"
)
_TELLS = re.compile(rf"{_MARK}|{_FAR_SIDE}|[村路街巷弄]口|{_FLOOR}|[东西中]户|[左右]手|楼道|街|巷|弄|胡同|路")
#: Inside some building, but of which nothing is said.
_WITHIN = re.compile(
    rf"(?:楼道|楼梯|走廊|电梯|拐角|转角|大厅|过道|门口|平台|[{_N}]{{1,3}}(?:楼|层)|顶楼|顶层|[左右东西南北中](?:手|边|侧|户)|楼上|楼下|[口里上下间的那到和，])+"
)
_NOWHERE = re.compile(
    "(?:我们|整个)?(?:小区|社区|大?院子?)(?:里|内|里面|里头|那边|这边)?(?:的.*)?|[就在]*[这那](?:里|儿|边|头|块)?|附近|家里|屋里|[上下里外]面|[^一-鿿]*|.*(?:我|自己)?家(?:里|门口)?"
)
_TROUBLE = re.compile(
    r"坏|漏|堵|不|没|要|想|请|帮|修|吵|脏|臭|丢|断|裂|塌|掉|倒|停电|停水|怎么|吗|谁|什么|哪|\?"
)
_LEADING = re.compile(
    "^(?:嗯|哦|噢|啊|喂|那个|就|是|在|我们?|你们?|咱们?|它|位置|地点|地方|地址|位于|住|说的|[:,. 的])+(?=[一-鿿])"
)
_TRAILING = re.compile("(?:地方|位置|那?儿(?=呢)|那(?=呢)|[的呀啊吧哦呢嘛哈了啦,. ])++$")


def read_place(whole: str, text: str, ends: list[int], *, expected: bool, door: bool) -> str:
    """The place in normalised text, or empty. `text` is `whole` without numbers and the compound's name.

    `ends`: where buildings and doors ended. `expected`: the text answers a question for the address,
    so that a clause is the place as a whole; `door`: for the door, so that a floor alone is one.
    """
    beside = next((w for end in ends if (w := _beside(whole, end))), "")
    if beside[:1] in "和与跟到" and beside:
        return beside
    if expected:
        told = "，".join(c for c in map(_trim, _clauses(text)) if _is_place(c))
        known = door or ends or not _WITHIN.fullmatch(told)
        if told and len(told) <= _LONGEST and known:
            return told
    return beside or ("" if ends else _standing(text))


def _beside(whole: str, end: int) -> str:
    """What follows a number: 3号楼后面的垃圾站, 8号楼2单元三楼拐角."""
    match = _INSIDE.match(whole, end) or _AROUND.match(whole, end)
    return _trim(match["w"]) if match else ""


def _standing(text: str) -> str:
    """A gate, or a landmark with a side, wherever it stands in the message."""
    for pattern in (_GATE, _NEAR, _SPOT):
        match = pattern.search(text)
        if match:
            start = _from(text, match.start()) if pattern is _NEAR else match.start()
            end = match.end()
            while (more := _MORE.match(text, end)) and more.end() - start <= _LONGEST:
                end = more.end()
            place = _trim(text[start:end])
            if not _NOWHERE.fullmatch(place):
                return place
    return ""


def _from(text: str, at: int) -> int:
    """Where the words before a landmark begin: 那棵大树旁边, 老王水果店对面."""
    clause = re.split(r"[,.;!?: ]", text[:at])[-1][-_WORDS_BEFORE:]
    cut = _LEFT.match(clause)
    return at - len(clause) + (cut.end() if cut else 0)


def _clauses(text: str) -> list[str]:
    """The clauses that are short enough to be a place when trimmed."""
    return [clause for clause in re.split(r"[,.;!?]", text) if len(clause) <= 2 * _LONGEST]


def _is_place(clause: str) -> bool:
    return (
        2 <= len(clause) <= _LONGEST
        and bool(_TELLS.search(clause))
        and not _TROUBLE.search(clause)
        and not _NOWHERE.fullmatch(clause)
    )


def _trim(clause: str) -> str:
    return _TRAILING.sub("", _LEADING.sub("", clause.strip())).strip()
