"""Plain words about one's own data: 你们存了我什么, 把我的数据给我, 删掉我的信息.

A message counts only as a whole: whose data a stranger passed on, or a phone lost, is a need like any other.
All functions read text that went through `nlu.normalise`.
"""

from __future__ import annotations

import re
from enum import StrEnum


class OwnData(StrEnum):
    """What is wanted."""

    SEE = "see"
    EXPORT = "export"
    ERASE = "erase"


_HEAD = (
    r"(?:你好|您好|请问|喂|那)?[,. ]*(?:我(?:想|要|想要|要求|希望)|想|要|请|麻烦|能不能|可不可以|可以|能)?"
    r"(?:你们?|您)?(?:请|帮我|给我|替我)?"
)
_TAIL = r"(?:一下|下|吧|吗|呢|呀|啊|嘛|么|好吗|行吗|可以吗|行不行|谢谢|[,.?!~ ])*"
_MINE = (
    r"(?:你们?(?:这里|那里|那儿|这儿)?(?:存|记|留|保存)的)?(?:关于)?"
    r"我的?(?:个人|全部|所有|身份)*的?(?:信息|数据|资料|记录|隐私)"
)
_AWAY = r"(?:删掉|删除|删了|删光|删干净|清除|清空|清掉|抹掉|销毁|注销)"
_KEEP = r"(?:存|记|记录|留|保存|收集|掌握|知道|有)(?:了|着|下)?"

_ASKS: tuple[tuple[OwnData, re.Pattern[str]], ...] = tuple(
    (wanted, re.compile(f"{_HEAD}(?:{words}){_TAIL}"))
    for wanted, words in (
        (OwnData.ERASE, rf"(?:把)?{_MINE}[都全部统]*(?:给我)?{_AWAY}(?:掉|了)?"),
        (OwnData.ERASE, rf"{_AWAY}(?:一下|掉)?{_MINE}"),
        (
            OwnData.ERASE,
            r"(?:删掉|删除|注销)(?:我的?)?(?:账号|账户)|(?:把)?我的?(?:账号|账户)(?:删掉|删除|删了|注销)(?:掉|了)?",
        ),
        (
            OwnData.EXPORT,
            rf"(?:把)?{_MINE}(?:都|全)?(?:导出来?|给我(?:一份)?|发给?我(?:一份)?|拷给我(?:一份)?|下载)",
        ),
        (OwnData.EXPORT, rf"(?:导出|下载|拷贝|要一份)(?:一下)?{_MINE}"),
        (
            OwnData.SEE,
            rf"(?:都|到底)?{_KEEP}(?:我|我的)(?:些)?(?:什么|哪些|多少)(?:信息|数据|资料|东西|记录)?",
        ),
        (
            OwnData.SEE,
            rf"(?:都|到底)?{_KEEP}(?:了|着|下)?(?:什么|哪些)(?:关于)?我的?(?:信息|数据|资料|东西|记录)?",
        ),
        (OwnData.SEE, rf"{_MINE}(?:你们?)?(?:是)?(?:怎么|如何)(?:保管|保存|处理|用|存)的?"),
        (OwnData.SEE, rf"(?:看看|查看|查|看)(?:一下|下)?{_MINE}(?<!记录)"),
        (OwnData.SEE, r"隐私(?:政策|说明|保护|条款)?"),
    )
)


def asked_of_own_data(text: str) -> OwnData | None:
    """What of one's own data is asked for; None for everything else."""
    plain = text.strip()
    if len(plain) > 40:
        return None
    return next((wanted for wanted, words in _ASKS if words.fullmatch(plain)), None)
