"""Words that mean something else once a request is filed: hurry, and what whoever comes should know.

All functions read text that went through `nlu.normalise`.
"""

from __future__ import annotations

import re

_HURRY = re.compile(
    r"没(?:个)?人(?:管|来|理|问|应|联系)|(?:怎么|咋|为啥|为什么)(?:还)?(?:没|不)(?:有)?(?:人)?(?:来|到|动静|消息)|人(?:呢|影)"
    r"|(?:几|两|[0-9一二三四五六七八九十半]+)(?:个)?(?:多)?(?:天|周|礼拜|星期|月|小时|钟头)(?:了|还|都|也|过去)"
    r"|等(?:了)?(?:好久|半天|很久|一上午|一下午|一天)|还来不来|(?:什么|啥)时候(?:来|到)|几(?:时|点)(?:来|到)|没(?:有)?(?:动静|消息|下文|回音)|石沉大海"
)
_MOST_HURRY = 20
_VISIT = re.compile(
    r"(?:到|来)(?:了|之前|前|的时候|时)[^,.]{0,6}(?:打|拨|敲|按|喊|发|说)|(?:先|提前)[^,.]{0,4}(?:打|拨)[^,.]{0,3}电话|敲门|门铃|门禁|密码是|别怕|不咬人|钥匙(?:在|放)|鞋套"
    r"|下(?:楼|去|来)(?:接|开)|不?在家(?!里)|家里?(?:现在)?(?:有|没)人|从[^,.]{0,4}门[^,.]{0,2}(?:进|上|走)|认准|(?:带|拿)(?:个|把|上|副)?[^,.]{0,3}(?:梯子|工具|手电|鞋套)|耳(?:背|朵)|有(?:条|只)?狗|小心|当心"
)
_WANTS = re.compile(
    r"修|换(?!鞋)|装|找人|来个人|请人|能不能|可不可以|有没有|帮我|投诉|反映|[?吗呢]|咬(?:人|了|伤)(?<!不咬人)|不牵|没拴|堵|漏"
)
_PLACE_BEFORE = re.compile(
    r"(?:上次|上回|原来|之前|以前|老)(?:那个|的|那)?(?:个)?(?:地址|地方|门牌|住处)|(?:地址|地方|门牌)[^,.]{0,3}(?:一样|没变|不变|跟上次|同上|照旧)"
)


def hurries(text: str) -> bool:
    """Nobody has come yet: 没人管吗, 都三天了. Only short, for a long story may be something new."""
    return bool(_HURRY.search(text)) and len(text) <= _MOST_HURRY


def for_the_visit(text: str) -> bool:
    """What whoever comes should know, and nothing wanted: 门口有狗,别怕 / 到了先打电话."""
    return bool(_VISIT.search(text)) and not _WANTS.search(text)


def place_as_before(text: str) -> bool:
    """The address of last time."""
    return bool(_PLACE_BEFORE.search(text))
