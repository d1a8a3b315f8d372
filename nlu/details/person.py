# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Reads for whom a service is wanted and how old that person is."""

from __future__ import annotations

import re

from nlu.details.alternatives import begins
from nlu.details.numerals import NUMERAL, number

_OWN = "我们家|我家|咱家|俺家|我娘家|阿拉|我们|俺们|屋里头?|家里头?|我|俺|咱|额|侬"
_KIN = (
    "(?:孩子|娃)[他她]?(?:奶奶|爷爷|姥姥|外婆|爸|妈|爹|娘)|岳父岳母|公公婆婆|爷爷奶奶|姥姥姥爷|外公外婆|爸爸妈妈|老爸老妈|爸妈|父母|丈母娘|老丈人|岳父|岳母|公公|婆婆|爷爷|奶奶|姥姥|姥爷|姥娘|外公|外婆|阿公|阿婆|阿嬷|阿妈|阿爸|嫲嫲|姆妈|"
    "[太祖][爷奶公婆父母]|老母亲|老父亲|母亲|父亲|家母|家父|老妈|老爸|老娘|老爹|妈妈|爸爸|爸|妈|娘(?!家)|爹|大大|老伴儿?|老头子|老爷子|老汉儿?|老婆子|老太太|老太婆|老公|老婆|爱人|丈夫|媳妇|妻子|先生|太太|"
    "儿媳妇?|儿子|女儿|小女|小儿|闺女|女婿|外孙女|外孙子?|孙子|孙女|侄女|侄子|外甥女|外甥|"
    "舅姥爷|舅姥姥|姑奶奶|姨奶奶|姑姥姥|姨姥姥|[大二三四五小老]?(?:叔公|伯公|舅公|姑婆|姨婆|婶婆)|[大二三四五小](?:奶奶|爷爷|姥姥)|亲家[母公]|[干继养](?:妈|爸|娘|爹|儿子|女儿|闺女)|"
    "姑妈|姑姑|姑父|姑丈|姨妈|姨父|[大二三四五小](?:姑|姨|舅|婶|叔|伯|爷|嫂|哥|姐)|阿姨|舅舅|舅妈|舅母|舅|婶婶|婶子|叔叔|大伯|大爷|大娘|伯父|伯母|嫂子|大?妹子|[表堂](?:哥|弟|姐|妹|嫂)|"
    "弟媳妇?|弟妹|姐夫|妹夫|哥哥|姐姐|弟弟|妹妹|老姐姐|老姐妹|老哥哥|哥|姐|弟|妹|小孩|孩子|小囡|娃娃|娃儿?|宝宝|宝贝|小朋友|老人家?"
)
#: Short words that name kin only beside 我: 我奶, 俺爷, 我叔.
_SHORT_KIN = "奶|爷|婆|公|叔|姑|姨|伯|婶|嫂"
_TITLE = "奶奶|爷爷|阿姨|大爷|大妈|大娘|大伯|大婶|大叔|叔叔?|伯伯?|婶|姨|嫂|老师|师傅|婆婆|婆|公公|老人|老先生|老太太?"
_CALLED = rf"(?:老[一-鿿](?:头儿?|叔|伯|哥|婶|嫂|姐)?(?!人|是|在|太|楼|房|婆|公|年|伴|家|了|小)|小[一-鿿](?!区|时|广|卖|超|吃|花|公|河|树|院|学|心|孩|朋|伙|便|声|店|院|路|名|组)|[一-鿿]{{1,2}}(?:{_TITLE}))"
#: People who are no kin: 我师傅, 我战友老周, 我同学她奶奶, 朋友的孩子.
_FELLOW = rf"(?:(?:邻居|同学|同事|朋友|战友|房东|师傅|师父|室友|徒弟|老乡|工友|老同学|老同事|老朋友|闺蜜)(?:{_CALLED}|[一-鿿]{{2,3}}(?=送|看|$|[ ,.]))?|班上一个学生|学生)(?P<their>(?:她|他|家的?|的)(?:{_KIN}))?"
_WHERE = (
    "[一二三四五六七八九十0-9]{1,2}楼|顶楼|底楼|楼上|楼下|隔壁|对门|邻居|同楼|老邻居|老姐妹|院里|前院|后院"
)
_STATE = "孤寡老人|独居老人|空巢老人|残疾人|低保户|孤寡的?|独居的?|孤老"
_NEIGHBOUR = (
    rf"(?:我家|我们|咱|我)?(?:(?:{_WHERE})(?:小?[一-鿿]?[一-鿿]{{0,2}}(?:老板|家)的|小[一-鿿]家的|的|家的?|那个|住的)?(?:{_STATE})*|(?:{_STATE})+)"
    rf"(?:{_CALLED}|(?:奶奶|爷爷|大爷|大妈|大娘|阿姨|老人家?|老太太|老头)(?!们)|(?<=[家的板])(?:妈妈|爸爸|孩子|娃娃?|老人|小孩|奶奶|爷爷)|(?<=老人)[一-鿿]{{2,3}}(?=[ ,.]))"
)
_FELLOWS = (
    "邻居|同学|同事|朋友|战友|房东|师傅|师父|室友|徒弟|老乡|工友|老同学|老同事|老朋友|闺蜜|班上一个学生|学生"
)
_PERSON = re.compile(
    rf"{begins(_OWN, _KIN, _FELLOWS, _WHERE, _STATE, '双|龙|大|小|亲|老')}(?:(?P<next>{_NEIGHBOUR})|(?P<fellow>(?:(?P<mine>我|俺|咱|阿拉)(?:家|的)?)?{_FELLOW})"
    rf"|(?P<own>(?:{_OWN})(?:家|那)?的?)?(?:双胞胎|龙凤胎|大|小|亲|老)??(?P<kin>{_KIN})(?!们|机|子|麻|科|娘)|(?P<short>(?:我|俺|咱|额|阿拉)(?:{_SHORT_KIN}))(?![安共公司园里]))"
)
_SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏姜谢苏潘范彭马方俞任袁柳唐薛贺罗毕郝常于傅康余顾孟黄萧姚邵汪毛戴宋庞熊纪舒屈项董梁杜阮季贾江童郭梅盛林钟徐邱骆高夏蔡田胡凌霍万卢莫丁邓石崔吉龚程陆翁段武刘龙叶黎"
_NAMED = re.compile(
    rf"[{_SURNAMES}](?:{_TITLE})|老[{_SURNAMES}](?!八|家)|小(?![区学时月班])[一-鿿](?=今年|[0-9]{{1,2}}岁|[一二三四五六七八九十]{{1,3}}岁)"
)
_SOMEBODY_NAMED = re.compile("[奶爷姨妈娘伯婶叔嫂师婆公人太老小]")
_UNOWNED = re.compile(
    "阿姨|先生|太太|老婆|[哥姐弟妹舅娘爹爸妈]|叔叔|小叔|大姐|小姐|大哥|小哥|小妹|小姨|二姨|大[爷娘]|嫂子|太[公婆]|老太太"
)
#: 「给老人理发」 names nobody; 「我家老人」 and 「老人家快九十了」 do.
_ELDER = re.compile("老人家?")
_FOR = re.compile(r"(?:给|帮|替|为|陪|接|送|照顾|看看)(?:我们?|咱)?家?$")
_NOT_FOR = re.compile(
    r"(?:不是|不是给|我是|打|找|跟|和|联系|联系人是?|说|被|骂|让|谢谢|感谢|转告|转给|告诉)$"
)
_ABSENT = re.compile(
    r"^(?:的(?:我|[,. ]|$)|的?(?:手机|电话|号码?|微信|班|单位|公司|名字)|[都也]?(?:不用|上班|在外|出差|没空|忙|不在(?!了)|说|打|教|叫|让|送|买|托|来电|回来|要我|嫌|帮|给我|做饭|做主|留的|才在家|才回|睡觉|在睡|放学以?后才|才有人)|们?都?(?:在|上)(?:外|班|国|北京|上海|深圳|广州)| {10})"
)
#: 「我姐夫手机138…,他五十一」: the talk goes on about him.
_NUMBER = re.compile("的?(?:手机|电话|号)")
_OF_THEM = re.compile(rf"[,. ][他她](?:今年|都|已经)?[{NUMERAL}]{{2}}")
#: 「外婆家的水管」: the place is hers, not the service.
_HER_HOME = re.compile(r"^家(?:里|的)")
_WORRY = re.compile(
    r"一个人|独居|孤|没人|摔|[0-9岁十]|看看|看望|问|给|帮|送|敲|腿|瘫|病|按铃|不应|躺|门没|拖|理发|耳|眼|残|扶|走不动"
)
_ANIMAL = re.compile(r"狗|猫|兔|鸟|龟|[棵古大]树|房子|老楼|楼龄")
_AGED = re.compile(
    rf"^(?:今年|都|已经|快|虚岁|也|整|[ ,])*[{NUMERAL}]{{1,3}}(?:有[一二三四五六七八九])?(?:岁|了|多|高龄|[ ,.]|$)"
)
_HAS = "有(?P<{0}>[一二三四五六七八九])"
_ENDED = r"(?=了|[啦咧喽哩呢]|[ ,.;!?]|$|还|一个人|住|腿|在家|高龄|大寿|的人|[中瘫脚我他她])"
_BARE = "(?:[五六七八九]十[一二三四五六七八九]?|[5-9][0-9]|1[01][0-9])"
_AGE = re.compile(
    rf"(?P<a>[{NUMERAL}]{{1,4}})(?P<more>[多来几])?[ ]?周?岁(?!以[上下]|以内|及|的?时候|的?(?:老人|老年人|儿童|孩子)(?:怎|能|可|如|什|有|免|的))|虚岁?(?P<b>[{NUMERAL}]{{1,4}})"
    rf"|(?:^|(?<=[,. 吧呢啊呀呗]))(?P<d>{_BARE})(?=了[,. ]|了$|[啦咧])|(?<=[ ,])(?P<g>[四五六七八九]十[一二三四五六七八九])(?=[ ,.]|$)"
    rf"|(?P<h>[{NUMERAL}]{{2,3}})(?=大寿)|(?P<e>[五六七八九]十)有(?P<e2>[一二三四五六七八九])"
    rf"|(?P<own>(?:[他她它我俺]|今年|已经|都|快|人家|老[一-鿿]|{_KIN}|[爷奶妈爸娘头汉姨婆公伯叔婶父母哥姐弟妹舅嫂女傅周]))(?:今年|都|已经|快|虚岁|也|整|刚满?|年满?|现年|高寿|[呢啊他她]|[ ,])*"
    rf"(?P<c>[0-9]{{2,3}}|[{NUMERAL}]{{2,4}})(?P<more2>[多来几])?{_ENDED}"
    rf"|今年(?:都|已经|整|才|刚满?|[ ])*(?P<f>[1-9][0-9])(?![0-9]|年|月|号|次|个|天|万|块|元|届|级|班|日|多|几|来)"
)
_CHILD = re.compile("^(?:儿|女|闺|孙|外|侄|甥|弟|妹|娃|孩|宝|囡)")
#: A number between two breaths, where somebody was named: 「我外甥高考完 18 想当志愿者」.
_BETWEEN = re.compile("(?<=[ ,])[1-9][0-9](?=[ ,])")
_NOT_AGE_BEFORE = re.compile(
    r"(?:工龄|快|将近|差不多|退休|体重|身高|血压|高压|低压|花了?|欠|收|要)[^,.; ]{0,2}$"
)


_SOME_AGE = re.compile("岁|[0-9]{2}|[十百廿卅]|虚")


def find_recipient(text: str) -> re.Match[str] | None:
    """Who is to be helped, in the words of normalised text (我妈, 楼上张奶奶); None for the writer."""
    best, best_score = None, 0
    for position, match in enumerate(_people(text)):
        score = _score(text, match) - (0 if not position else 1)
        if score > best_score:
            best, best_score = match, score
    return best


def _people(text: str) -> list[re.Match[str]]:
    """All who are named, in order, none within another."""
    found = list(_PERSON.finditer(text))
    named = list(_NAMED.finditer(text)) if _SOMEBODY_NAMED.search(text) else []
    if not named:
        return found
    kept: list[re.Match[str]] = []
    for match in sorted([*found, *named], key=lambda m: m.start()):
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


def read_age(text: str, who: re.Match[str] | None = None) -> int | None:
    """The age in years of `who` (the recipient found) or of the writer, or None; 「八十多」 is no age."""
    if not _SOME_AGE.search(text):
        return None
    told = [(m.start(), age) for m in _AGE.finditer(text) if (age := _age(text, m)) is not None]
    if not told:
        alone = _BETWEEN.search(text, who.end()) if who else None
        return int(alone.group()) if alone else None
    if who and len(told) > 1:
        after = text.find(who.group())
        while after >= 0:
            near = next((age for at, age in told if after <= at <= after + len(who.group()) + 2), None)
            if near is not None:
                return near
            after = text.find(who.group(), after + 1)
        return next((age for at, age in told if at >= who.start()), told[0][1])
    return told[0][1]


def _age(text: str, match: re.Match[str]) -> int | None:
    told = next((match[g] for g in "abcdfgh" if match[g]), "")
    if match["e"]:
        told = match["e"] + match["e2"]
    value = number(told)
    clause = re.split(r"[,.;!?]", text[: match.start()])[-1] + match.group()
    before = text[max(0, match.start() - 6) : match.start()]
    if match["more"] or match["more2"] or value is None or not 0 < value <= 120:
        return None
    if (
        _ANIMAL.search(text[: match.start()][-12:] + clause)
        or "快" in match.group()
        or _NOT_AGE_BEFORE.search(before)
    ):
        return None
    if len(told) == 2 and all(c in "二三四五六七八九" for c in told):
        return None
    young = _CHILD.search(match.group()) and text.startswith("了", match.end())
    if match["c"] and value < 40 and not young and not re.search("今年|虚岁|[他她]", match.group()):
        return None
    return value


def _score(text: str, match: re.Match[str]) -> int:
    before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() : match.end() + 14]
    if match.re is _NAMED or match["next"]:
        return _score_neighbour(text, match, before, after)
    helped, aged = bool(_FOR.search(before)), _is_aged(before, after)
    owned = bool(match["own"] or match["short"] or match["mine"])
    if _ELDER.fullmatch(match["kin"] or "") and not owned:
        helped = False
        aged = bool(_AGED.match(after)) and before[-1:] not in {"他", "她", "您"}
        if not aged:
            return 0
    kinless = _UNOWNED.fullmatch(match["kin"] or "") or (match["fellow"] and not match["their"])
    if kinless and not (owned or helped or aged):
        return 0
    beginning = not match.start() or text[match.start() - 1] in " ,.;:!?(号日天午上晚早后"
    if not (owned or helped or aged or beginning):
        # 「捐给山区孩子」: kin in the middle of a clause without 我 is mostly scenery.
        return 0
    score = 2 + owned + 2 * helped + aged
    if _HER_HOME.match(after) and not (owned and _AGE.search(after)):
        score -= 1 if _AGE.search(text, match.end()) else 3
    if before.endswith("我去接"):
        score -= 4
    if _NOT_FOR.search(before):
        score -= 3 if not before.endswith("不是给") else 5
    absent = _ABSENT.match(after) or (not owned and after[:1] in {"我", "俺", "咱"})
    if absent and not (_NUMBER.match(after) and _OF_THEM.search(text, match.end())):
        score -= 4
    return score


def _score_neighbour(text: str, match: re.Match[str], before: str, after: str) -> int:
    around = text[max(0, match.start() - 8) : match.start()] + after
    if match.re is not _NAMED:
        return 2 if _WORRY.search(around) else 0
    helped, aged = bool(_FOR.search(before.rstrip(" 的"))), _is_aged(before, after)
    if helped:
        return 3 + aged
    if _NOT_FOR.search(before) or _ABSENT.match(after) or not (helped or aged or _AGE.search(after)):
        return 0
    return 2 + helped + aged


def _is_aged(before: str, after: str) -> bool:
    return bool(_AGED.match(after)) or before.endswith(("岁", "岁的"))
