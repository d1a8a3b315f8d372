# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Reads for whom a service is wanted and how old that person is."""

from __future__ import annotations

import re

from nlu.details.numerals import NUMERAL, number

_OWN = "我家|咱家|我们家|俺家|我|俺|咱|额|阿拉|我们"
_KIN = (
    "岳父岳母|公公婆婆|爷爷奶奶|爸妈|父母|丈母娘|老丈人|岳父|岳母|公公|婆婆|爷爷|奶奶|姥姥|姥爷|外公|外婆|阿公|阿婆|阿嬷|阿妈|阿爸|老母亲|老父亲|"
    "母亲|父亲|老妈|老爸|老娘|老爹|妈妈|爸爸|爸|妈|娘|爹|大大|老伴儿?|老头子|老婆子|老太婆|老公|老婆|爱人|丈夫|媳妇|妻子|先生|太太|儿子|女儿|闺女|儿媳妇?|女婿|"
    "孙子|孙女|外孙女|外孙|侄女|侄子|外甥女|外甥|姑妈|姑姑|姑父|大姑|姨妈|[大二三小]姨|阿姨|舅舅|舅妈|[大二三小]?舅|婶婶|婶子|[大二三小]婶|叔叔|[大二三小]叔|大伯|伯父|伯母|"
    "表哥|表弟|表姐|表妹|堂哥|堂弟|哥哥|姐姐|弟弟|妹妹|[大二三小]?哥|[大二三小]?姐|弟|妹|小孩|孩子|小囡|娃儿?|宝宝|宝贝|小朋友"
)
_NEIGHBOUR = (
    "(?:我家|我们|咱)?(?:楼上|楼下|隔壁|对门|邻居|同楼|老邻居|老姐妹|院里)(?:的|家的?|那个|孤老|独居的?)*"
    "(?:[一-鿿](?:奶奶|爷爷|阿姨|大爷|大妈|大娘|叔叔?|伯伯?|婶|姨|老师|师傅|婆婆)|[老小][一-鿿](?:头儿?)?(?!人|是|在|太|楼|房|婆|公))"
)
_PERSON = re.compile(rf"(?P<own>(?:{_OWN})(?:家|那)?的?)?(?P<kin>{_KIN})(?!们|娃)|(?P<next>{_NEIGHBOUR})")
_UNOWNED = frozenset(
    [
        "阿姨",
        "先生",
        "太太",
        "老婆",
        "哥",
        "姐",
        "弟",
        "妹",
        "叔叔",
        "大姐",
        "小姐",
        "大哥",
        "小哥",
        "小妹",
        "舅",
        "娘",
        "爹",
        "爸",
        "妈",
        "小姨",
        "二姨",
    ]
)
_FOR = re.compile(r"(?:给|帮|替|为|陪|接|照顾|看看)(?:我们?|咱)?家?$")
_NOT_FOR = re.compile(r"(?:不是|不是给|我是|打|找|跟|和|联系|说|被|骂|让)$")
_ABSENT = re.compile(
    r"^(?:的?(?:手机|电话|号码?|微信|班|单位|公司|名字)|[都也]?(?:不用|上班|在外|出差|没空|忙|不在(?!了)|说|打|教|叫|让|送|买|托|来电|回来|要我|嫌|帮|给我)|们?都?(?:在|上)(?:外|班|国|北京|上海|深圳|广州))"
)
_WORRY = re.compile(r"一个人|独居|孤|没人|摔|[0-9岁十]|看看|看望|问|给|帮|送|敲|腿|瘫|病|门没")
_ANIMAL = re.compile(r"狗|猫|兔|鸟|龟")
_AGE = re.compile(
    rf"(?P<a>[{NUMERAL}]{{1,4}})(?P<more>[多来几])?(?:周)?岁(?!以[上下]|的?时候)|虚岁(?P<b>[{NUMERAL}]{{1,4}})"
    rf"|(?:^|(?<=[,. ]))(?P<d>[五六七八九]十[一二三四五六七八九]?)(?=了[,.]|了$)"
    rf"|(?:[他她它我俺]|今年|已经|都|快|{_KIN}|[爷奶妈爸娘头汉姨婆公伯叔婶])(?:今年|都|已经|快|虚岁|也|[ ,])*"
    rf"(?P<c>[0-9]{{2,3}}|[{NUMERAL}]{{2,4}})(?P<more2>[多来几])?(?:高龄)?(?=了|[ ,.;!?]|$|还|一个人|住|腿|在家|高龄)"
)
_NOT_AGE_BEFORE = re.compile(
    r"(?:工龄|快|将近|差不多|退休|体重|身高|血压|高压|低压|花了?|欠|收|要)[^,.;]{0,2}$"
)


def read_recipient(text: str) -> str:
    """Who is to be helped, in the words of the message (我妈, 楼上张奶奶), or empty for the writer."""
    best, best_score = "", 0
    for position, match in enumerate(_PERSON.finditer(text)):
        score = _score(text, match) - (0 if not position else 1)
        if score > best_score:
            best, best_score = match.group(), score
    return best


def read_age(text: str) -> int | None:
    """The age of the person concerned in years, or None; 「八十多」 is no age."""
    for match in _AGE.finditer(text):
        told = match["a"] or match["b"] or match["c"] or match["d"] or ""
        value = number(told)
        clause = re.split(r"[,.;!?]", text[: match.start()])[-1] + match.group()
        before = text[max(0, match.start() - 6) : match.start()]
        if match["more"] or match["more2"] or value is None or not 0 < value <= 120:
            continue
        if (
            _ANIMAL.search(text[: match.start()][-12:] + clause)
            or "快" in match.group()
            or _NOT_AGE_BEFORE.search(before)
        ):
            continue
        if len(told) == 2 and all(c in "二三四五六七八九" for c in told):
            continue
        if match["c"] and value < 40 and not re.search("今年|虚岁|[他她]", match.group()):
            continue
        return value
    return None


def _score(text: str, match: re.Match[str]) -> int:
    before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() : match.end() + 10]
    if match["next"]:
        return (
            2
            if _WORRY.search(
                text[max(0, match.start() - 8) : match.start()] + text[match.end() : match.end() + 14]
            )
            else 0
        )
    owned, helped = bool(match["own"]), bool(_FOR.search(before))
    if not owned and not helped and match["kin"] in _UNOWNED:
        return 0
    if (
        not owned
        and not helped
        and match.start()
        and text[match.start() - 1] not in " ,.;:!?(号日天午上晚早后"
    ):
        # 「捐给山区孩子」: kin in the middle of a clause without 我 is mostly scenery.
        return 0
    score = 2 + owned + 2 * helped
    if _NOT_FOR.search(before):
        score -= 3 if not before.endswith("不是给") else 5
    if _ABSENT.match(after):
        score -= 4
    return score
