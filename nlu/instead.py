"""What was wrong and what is right: 不是西门,是东门 / 是东门,不是西门 / 不对,是西门口.

All functions read text that went through `nlu.normalise`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RIGHT = r"(?P<right>[^,.;!?]{1,40})"
_WRONG = r"(?P<wrong>[^,.;!?]{1,16}?)"
_PATTERNS = (
    re.compile(rf"不是{_WRONG}[,.; ]*(?:而|我)?(?:是|要|想){_RIGHT}"),
    re.compile(rf"(?:是|在){_RIGHT}[,.; ]+(?:而)?不[是在](?P<wrong>[^,.;!?]{{1,16}})"),
    re.compile(
        rf"(?:不对|错了|[说写弄搞报]错)[^,.;]{{0,4}}[,.; ]*(?:应该|其实|实际上?)?[是在]{_RIGHT}(?P<wrong>)"
    ),
    re.compile(rf"(?:应该|其实)[是在]{_RIGHT}(?P<wrong>)"),
)
_ELSEWHERE = re.compile(r"(?:改|换|搬|挪|移)(?:到|成|为|在|去)")
_THIS_PHONE = re.compile(
    r"(?:这个|这部|这台|本|现在(?:用)?的?|发(?:消息|信息|微信)的?(?:这个)?|用的这个)(?:手机|电话|号码|机子|机|号)"
    r"|(?:手机|电话|号码)(?:就是|就|是)这个"
)
_EXPLAINS = re.compile(r"不是|只是|就是?想|主要是|因为|希望|最好|想(?:有|请|让|找)|能(?:有|来)|其实|就怕|怕")
_CHINESE = re.compile(r"[一-鿿]")
_ASKS = re.compile(
    r"[?吗]|什么|怎么|怎样|哪|谁(?:来|去|管|在|能|是)|多少|几时|为啥|为什么|能不能|可不可以|有没有|是不是"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Both parts of a correction; `wrong` may be unsaid."""

    wrong: str
    right: str


def told(text: str) -> Told | None:
    """The parts of a correction, or None where it is none."""
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if found:
            return Told(found["wrong"].strip(), found["right"].strip())
    return None


def elsewhere(text: str) -> bool:
    """Whether a place that it names is another one: 改到西门口."""
    return bool(_ELSEWHERE.search(text))


def this_phone(text: str) -> bool:
    """The number of the telephone in hand, which nobody here can see: 我电话就是这个手机."""
    return bool(_THIS_PHONE.search(text))


def explains(text: str) -> bool:
    """Words about the need, though no answer to what was asked: 不是投诉谁,就想有人去说说."""
    return len(_CHINESE.findall(text)) >= 6 and bool(_EXPLAINS.search(text)) and not _ASKS.search(text)


def says_something(text: str) -> bool:
    """Words that somebody may want to know, and no question: 右边抽屉里."""
    return len(set(_CHINESE.findall(text))) >= 3 and not _ASKS.search(text)
