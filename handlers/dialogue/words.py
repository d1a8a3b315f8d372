"""Short answers that only make sense after a question: yes, no, stop, rather not, any time, as last time.

All functions read text that went through `nlu.normalise`.
"""

from __future__ import annotations

import re

_YES = re.compile(
    r"^(?:嗯+|恩+|唔|哦|噢|好+|对+|是+|行+|成|中|可以|要得|得|没错|没问题|正确|确认|确定|提交|同意|ok|OK|yes|就这样|就这么|报吧|办吧"
    r"|都对|都是|都要|照这个|按这个|麻烦(?:你|您)?了?|谢谢|拜托)"
)
_YES_TAIL = re.compile(r"^(?:头|的|了|啊|呀|吧|呢|嘛|哈|滴|嘞|咧|呗|哩|哎|[,.!~ ])*")
_NOT_YES = re.compile(r"不|错|改|但|等|先|别|没|还|再|另|算|换|几|哪|怎|多久|什么|吗|\?|[0-9]")
_NO = re.compile(
    r"^(?:不是|不对|不太对|不|错了|错|没有|否|不行|不可以|不要|有错|有误|不正确)"
    r"(?:的|了|吧|啊|呀|哦|[,.!~ ])*$"
)
_STOP = re.compile(
    r"算了|不办了|不用(?!担心|急|管那)|不弄了|取消|不要了|不需要了?|不报了|别来了|不来了|作罢|拉倒|先不|不麻烦|不搞了|撤了|撤销|不想办|不约了|甭"
)
_ONLY_STOP = re.compile(
    r"^(?:(?:那|还是|就)?(?:算了|不用了?|不办了|不弄了|不要了|取消|不来了|作罢|拉倒)[吧啊哦呀,.!~ ]*)+$"
)
_GO_ON = re.compile(r"继续|接着|还是要|还是办|要办|不取消|别取消|没说不|办的|还办|说错")
_CORRECT = re.compile(
    r"不是[^,.;]{0,16}[,. ]?(?:是|要|想|而)|^不对|错了|说错|搞错|弄错|我是说|我说的是|应该是|其实是"
    r"|改成|改为|换成|不是这个"
)
_ADD = re.compile(
    r"还有|另外|再(?:给|帮|来|要|加|请|找|报|约|麻烦)|顺便|顺带|对了.{0,2}还|还(?:要|想|得|需要)|外加|同时|以及|第二件"
)
_KEEP_PHONE = re.compile(
    r"(?:电话|手机|号码|联系方式)[^0-9]{0,6}(?:不|别|没有|保密)|(?:不|别|没)[^0-9]{0,6}(?:电话|手机|号码|联系方式)"
    r"|不(?:太|大)?(?:方便|想|愿意?|肯|能)(?:留|给|说|透露|讲|提供)|不留|不给|不说|匿名|凭什么|干嘛要|为什么要|问这个干|^不方便|保密"
)
_PLAIN_REFUSAL = re.compile(r"不(?:太|大)?(?:想|愿意?|方便|肯)留.{0,4}(?:电话|手机|号码|联系方式)")
_SKIP = re.compile(
    r"^(?:跳过|略过|不知道|不清楚|不记得|说不好|说不上来|没有|没|忘了|随便)(?:了|啊|呀|吧|[,.!~ ])*$"
)
_ANY_TIME = re.compile(
    r"随时|越快越好|尽快|赶紧|马上|现在|立刻|都行|都可以|都成|都中|什么时候都|啥时候都|哪天都|任何时|你们定|你们安排|看你们|有空就|白天|周末|平时|早点"
)
_WHENEVER = re.compile(r"随时(?:都?(?:行|可以|方便|在))?|(?:什么|啥)时候都(?:行|可以)|哪天都(?:行|可以)")
_SAME = re.compile(
    r"还是(?:那|老|上|原)|老地方|同上|跟上次|和上次|上次(?:那|的|一样)|以前(?:那|的)|就那个|原来(?:那|的)|老地址|老号码|一样的?$"
)
_SELF = re.compile(r"^(?:给|帮|为|是)?(?:我)?(?:自己|本人|我)(?:的|用|办|要|呀|啊|哈|[,.!~ ])*$")
_MYSELF = re.compile(
    r"(?:陪|给|帮|接|送|教|扶|照顾|看看)(?:一下)?我(?!们?(?:家|爸|妈|爷|奶|姥|公|婆|岳|老|儿|女|孩|孙|哥|姐|弟|妹|父|母|外|媳|对|邻|爱|先|太|娃|侄|舅|姨|叔|伯))"
    r"|我(?:今年|都|已经|也|快)*[0-9七八九]?[十0-9][0-9一二三四五六七八九]?(?:多)?(?:岁|了)|我一个人|我(?:腿|腰|眼|手|身体|胳膊|膝|行动|走不|下不|出不)"
    r"|(?:我|俺|本人)(?:自己)?(?:就)?(?:是|属于)(?:一?[个名位])?[^,.;!?]{0,4}"
    r"(?:残疾人?|盲人|聋哑?人|肢残|视障|听障|孤寡老?人?|独居老?人?|空巢老?人?|低保户?|特困户?|退役军人|失业人员|孕妇)"
    r"(?=[,.;!? ]|$|想|要|能|可)"
    r"|(?:我|俺|本人)(?:自己)?(?:残疾|瘫痪|卧床|坐轮椅|失明|失聪|怀孕|失业|下岗)|我自己(?:想|要|用|去|学|住)"
)
_SOLVED = re.compile(
    r"^(?:都|已经|已)?(?:解决|修好|办好|弄好|搞定|处理好|通了|好使|弄完|办完|完成)(?:了|啦|喽|咯)?"
)
_UNSOLVED = re.compile(
    r"没(?:有)?(?:解决|修好|办好|弄好|搞定|处理好|用|效果)|还是(?:老样子|漏|堵|坏|不|没|那样|响|吵|黑)|又(?:坏|漏|堵|不|黑|吵)|白修|返工|重新修"
)
_FALSE_ALARM = re.compile(
    r"没事(?:儿)?了|误报|虚惊|缓过来|已经好了|没大碍|按错|发错|搞错了|不要紧了|已经没事|醒(?:过来)?了|扑灭|灭了"
)
_PROGRESS = re.compile(
    r"(?:报的|提的|反映的|说的|申请的|登记的|那个|那件|上次|上回|上周|昨天|前天|之前|我的)[^?]{0,14}"
    r"(?:怎么?样了?|怎样|如何了|到哪|进展|结果|有没有人|好了(?:没|吗)|了没有|处理得|办得|咋样)"
)
_ONLY = re.compile(r"(?:就|只|光)(?:要|办|送|修|来|报|弄|给|剪|做|留)?(?P<what>[^,.;]{1,10})")
_BARE = re.compile(
    r"[0-9A-Za-z零〇一二三四五六七八九十幺两\s,.;:!?~()\-]|(?:号楼|栋|单元|室|号|电话|手机|地址|住|是|的|在|我|家|她|他)"
)
_WHOLE = re.compile(r"都不|全不|全部|都取消|一个都|两个都|都算|整个")
_TROUBLE = re.compile(
    r"坏|漏|堵|不|没|要|想|请|帮|修|换|吵|脏|臭|丢|断|裂|塌|掉|倒|停|怎么|吗|\?|响|冒|滴|跳|卡|疼|痛|病|晕|找|来"
)
_ORDINAL = re.compile(
    r"^(?:选|要|就)?(?:第)?([1-9一二三四五六七八九])(?:个|号|条|项|件)?(?:吧|的|呢|啊|[,.! ])*$"
)
_TAKE_BACK = re.compile(
    r"^(?:请|帮我|麻烦|我想|我要|把)?.{0,4}(?:取消|撤销|撤回).{1,16}"
    r"|^.{1,14}(?:不用(?:来|修|弄|办|送|管)?了|别来了|不需要了?|取消了?|撤了|不办了)(?:吧|[,.!~ ])*$"
)
_CHANGE_ONLY = re.compile(
    r"(?:改|换|变)(?:一?下|一?个|动)?(?:时间|日子|日期|地址|电话|号码|手机号|地方|内容)?"
    r"(?:[吧啊呀吗,.!?~ ]|可以|行不?行?|好不好)*+$"
)
_OWN_HOME = re.compile(r"[我俺咱](?:们)?家|家里|自己?家|屋里|屋头|(?:就|只有?|单)(?:是)?(?:我|俺)")
_OTHERS = re.compile(r"别人|人家|整|全|都|一片|小区|邻居|隔壁|楼上|楼下|楼道|公用|公共|外面|路|单元|顶")
_WHO = re.compile(
    r"机器人|真人|人工智能|是不是人|你(?:到底)?是(?:谁|哪位|干什么|做什么)|你叫(?:什么|啥)"
    r"|你们?(?:这)?(?:个)?(?:不会|是不是|该不会|别)?(?:是|会|来)?(?:来)?骗(?:子|人|我)|你们(?:这个)?是真的(?:吗|假的)"
)


def agrees(text: str, *, beside: int = 12) -> bool:
    """Yes, with at most a few words that bring nothing new: 嗯 / 对,就报这个 / 好的谢谢."""
    rest, found = text.strip(), False
    while (match := _YES.match(rest)) is not None:
        found, rest = True, _YES_TAIL.sub("", rest[match.end() :])
    return found and len(rest) <= beside and not _NOT_YES.search(rest)


def other_thing(text: str) -> bool:
    """Not the one that is on file already: 不是同一个, 另外报."""
    return bool(_OTHER_THING.search(text))


def joins(text: str) -> bool:
    """The one that is on file already: 就是这个, 跟着它."""
    return bool(_JOINS.search(text))


def own_home(text: str) -> bool | None:
    """Whether a short answer speaks of the own home alone; None when of both or neither."""
    mine = bool(_OWN_HOME.search(text))
    others = bool(_OTHERS.search(text))
    return mine if mine != others else None


def denies(text: str) -> bool:
    """No, and nothing more."""
    return bool(_NO.match(text.strip()))


def stops(text: str) -> bool:
    """Never mind."""
    return bool(_STOP.search(text)) and not re.search(r"不用(?:了)?吗|不取消|别取消", text)


def only_stops(text: str) -> bool:
    """Never mind, and nothing more: no sign of danger, however weary it sounds."""
    return bool(_ONLY_STOP.match(text.strip()))


def goes_on(text: str) -> bool:
    """Do go on (after the question whether to stop)."""
    return bool(_GO_ON.search(text))


def corrects(text: str) -> bool:
    """What was understood or said before is wrong."""
    return bool(_CORRECT.search(text))


def adds(text: str) -> bool:
    """One more need."""
    return bool(_ADD.search(text))


def keeps_phone(text: str, *, asked: bool) -> bool:
    """Would rather not leave a phone number; more words count when it was asked for."""
    named = re.search(r"电话|手机|号码|联系方式|匿名", text)
    return bool(_KEEP_PHONE.search(text)) and (asked or bool(named))


def will_not_leave_phone(text: str) -> bool:
    """The plainest refusal, which is no sign of danger whatever else it sounds like: 不想留电话."""
    return bool(_PLAIN_REFUSAL.search(text))


def skips(text: str) -> bool:
    """Cannot answer this one."""
    return bool(_SKIP.match(text.strip()))


def whenever(text: str, *, asked: bool) -> str:
    """A time in words that needs no date; empty for none. Unasked only what can mean nothing else."""
    match = (_ANY_TIME if asked else _WHENEVER).search(text)
    return match.group() if match and len(text) <= 40 else ""


def same_as_saved(text: str) -> bool:
    """The address or phone of last time."""
    return bool(_SAME.search(text))


def oneself(text: str) -> bool:
    """An answer to "for whom": for me."""
    return bool(_SELF.match(text.strip()))


def speaks_of_oneself(text: str) -> bool:
    """A need that is the writer's own: 陪我去, 我八十了, 我腿不好."""
    return bool(_MYSELF.search(text))


def solved(text: str) -> bool:
    """It is done."""
    return bool(_SOLVED.match(text.strip())) and len(text) <= 20 and not unsolved(text)


def unsolved(text: str) -> bool:
    """It is not done, or not any more."""
    return bool(_UNSOLVED.search(text))


def still_unsolved(text: str) -> bool:
    """It never got well: 还是漏, 没修好. 又漏了 may be something new."""
    return bool(re.search(r"还是|还在|没(?:有)?(?:解决|修好|办好|弄好|搞定|处理好)|白修|返工|重新修", text))


def false_alarm(text: str) -> bool:
    """The danger is over or never was."""
    return bool(_FALSE_ALARM.search(text))


def asks_progress(text: str) -> bool:
    """How something filed before is coming along."""
    return bool(_PROGRESS.search(text))


def only(text: str) -> str | None:
    """嗯就送饭 → 送饭: the one thing that is wanted of several."""
    match = _ONLY.search(text)
    return match.group() if match else None


def beside_facts(text: str) -> str:
    """The words that say something else than address and numbers."""
    return _BARE.sub("", text)


def both(text: str) -> bool:
    """All that was spoken of is wanted."""
    return "都" in text or "两" in text


def all_meant(text: str) -> bool:
    """Each of those that were named: 都改 / 两件都是 / 全部."""
    return bool(re.search(r"都|两件|全部|一起|每(?:件|个)", text)) and "不" not in text


def troubles(text: str) -> bool:
    """Names something that is wrong, or wanted."""
    return bool(_TROUBLE.search(text))


def rather(text: str) -> bool:
    """The other one instead."""
    return "换" in text


def all_of_them(text: str) -> bool:
    """Speaks of everything, not of one thing."""
    return bool(_WHOLE.search(text))


def takes_back(text: str) -> bool:
    """Speaks of taking back what was filed before: 取消通马桶那个, 理发不用来了."""
    return bool(_TAKE_BACK.search(text))


def names_only_what_to_change(text: str) -> bool:
    """That something is to be changed, not what to: 改一下时间, 换个电话."""
    return bool(_CHANGE_ONLY.search(text))


def asks_who(text: str) -> bool:
    """Who is this: a person or a machine?"""
    return bool(_WHO.search(text))


def ordinal(text: str) -> int | None:
    """第二个 → 2, when that is all the text says."""
    match = _ORDINAL.match(text.strip())
    if not match:
        return None
    return int(match[1]) if match[1].isdecimal() else "一二三四五六七八九".index(match[1]) + 1


def named_by(text: str, wordings: list[str]) -> int | None:
    """Which wording the text speaks of: the one that shares the longest piece; None when unclear."""
    lengths = [_shared(text, wording) for wording in wordings]
    best = max(lengths, default=0)
    return lengths.index(best) if best and lengths.count(best) == 1 else None


def shares(text: str, other: str) -> bool:
    """Whether it takes up two or more characters of the other that carry meaning."""
    return _shared(text, other) >= 2


def _shared(one: str, other: str) -> int:
    """Length of the longest common piece made of Chinese characters that carry meaning."""
    pieces = {one[i:j] for i in range(len(one)) for j in range(i + 1, min(len(one), i + 6) + 1)}
    shared = [p for p in pieces if p in other and re.fullmatch(r"[一-鿿]+", p) and not _EMPTY.fullmatch(p)]
    return max(map(len, shared), default=0)


_OTHER_THING = re.compile(r"不是(?:同|这|那|一)|不一样|不同|另(?:外|报)|两回事|两码事|别的|单独")
_JOINS = re.compile(r"跟(?:着|进|上)|一起|同一|一回事|就是(?:这|它|那|他)|是(?:这|那)(?:个|件|事)")
_EMPTY = re.compile(r"[我你他她了的不要用那个这是有没来再先就也都把给在个吧还自己好去上下一]+")
