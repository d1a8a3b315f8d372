"""No regular expression that reads people's words works without end, neither ours nor a community's."""

from __future__ import annotations

import random
import re
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from time import process_time
from typing import Any

import pytest

from nlu.corpus import CorpusError
from nlu.normalise import MAX_CHARACTERS
from nlu.patterns import risk
from nlu.settings import read_rules
from tests.unit.nlu.patterns_in_use import InUse, not_evaluated, patterns

IN_USE = patterns()


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(?:a|ab|b)*c",
        "(?:a|aa)+$",
        "(?:那?儿?呢|[的呢])+$",
        r"(\w+\s?)*$",
        "(?:[a-z]{1,9}){1,9}x",
        "(?:a*)*b",
        ".*.*x",
        ".*x.*y",
        r"\s+\s*$",
        "a+(?:b?a+)c",
    ],
)
def test_a_pattern_without_end_is_recognised(pattern: str) -> None:
    assert risk(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "水管|(?:漏|滴)水",
        "[^,.]{0,6}(?:坏|灭)[^,.]{0,8}灯",
        "(?:[0-9]+,)*",
        "[0-9]{2,}-[0-9]+",
        "(?:ab|cd)+$",
        "(?:行不?行?|好不好)*+$",
        r"(?P<mark>[^\w\s])(?P=mark)+",
        ".*?(?:a|b)",
        "(?<!厨)(?=灯)灯+",
    ],
)
def test_a_harmless_pattern_passes(pattern: str) -> None:
    assert risk(pattern) is None


@pytest.mark.parametrize("used", IN_USE, ids=lambda used: used.where)
def test_ours_are_harmless(used: InUse) -> None:
    assert risk(used.pattern, used.flags) is None


OWN_DATA = "handlers.dialogue.own_data_words"


def test_all_patterns_are_found() -> None:
    found = {used.where.split(":")[0].split()[0] for used in IN_USE}
    assert {
        "intents.yml",
        "urgency.yml",
        "nlu.details.address",
        "nlu.normalise",
        "handlers.dialogue.words",
    } <= found
    # Made while the program runs: from a table, in this check itself, of rules, which are found, and of the
    # texts' words for years, months and days; of parts, for at most 40 characters.
    made = {where.split(":")[0] for where in not_evaluated()}
    assert made == {"nlu.dangers", "nlu.patterns", "nlu.settings", "handlers.admin.spans", OWN_DATA}


@pytest.mark.parametrize("used", IN_USE, ids=lambda used: used.where)
def test_ours_are_quick_on_the_worst_that_is_made_of_their_own_parts(used: InUse) -> None:
    compiled = re.compile(used.pattern, used.flags)
    for text in hostile(used):
        started = process_time()
        sum(1 for _ in compiled.finditer(text[:MAX_CHARACTERS]))
        took = process_time() - started
        assert took < 0.1, f"{took:.2f} s for a message; 0.01 s is usual: {text[:40]}"


def hostile(used: InUse) -> list[str]:
    """Long texts that nearly match: parts of what the pattern can match, over and over."""
    chance = random.Random(ascii(used.pattern))
    tree = _parser.parse(used.pattern, used.flags)
    texts = []
    for _ in range(6):
        matching = sample(tree, chance) or "x"
        for part in (matching, matching[:-1] or matching, matching[len(matching) // 2 :]):
            texts.append(part * (MAX_CHARACTERS // len(part) + 1))
        texts.append(chance.choice(matching) * MAX_CHARACTERS)
    return texts


def sample(nodes: Any, chance: random.Random) -> str:
    """A text that the parsed pattern may match, look-arounds left aside."""
    return "".join(_sample(kind, told, chance) for kind, told in nodes)


def _sample(kind: Any, told: Any, chance: random.Random) -> str:
    if kind is op.LITERAL:
        return chr(told)
    if kind is op.IN:
        members = [m for m in told if m[0] in (op.LITERAL, op.RANGE)]
        if not members or told[0][0] is op.NEGATE:
            return chance.choice("水 一1")
        member = chance.choice(members)
        return chr(member[1] if member[0] is op.LITERAL else chance.randint(*member[1]))
    if kind is op.BRANCH:
        return sample(chance.choice(told[1]), chance)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        turns = chance.randint(int(told[0]), min(int(told[1]), int(told[0]) + 4))
        return "".join(sample(told[2], chance) for _ in range(turns))
    if kind is op.SUBPATTERN:
        return sample(told[3], chance)
    if kind is op.ATOMIC_GROUP:
        return sample(told, chance)
    return "水" if kind in (op.ANY, op.NOT_LITERAL, op.GROUPREF) else ""


def test_a_communitys_rule_is_checked_when_it_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "rules.yml"
    path.write_text(
        "rules:\n- name: hom_electric\n  boost: 1\n  any: '灯.{0,3}坏'\n- name: hom_plumbing\n  boost: 1\n"
        "  any:\n  - '水管'\n  - '(?:漏+)+水'\n",
        encoding="utf-8",
    )
    with pytest.raises(
        CorpusError, match=r"rules\.yml 第 9 行：这个正则遇到有些话会没完没了：\(\?:漏\+\)\+水"
    ) as raised:
        read_rules(path)
    assert raised.value.line == 9


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("rules:\n- name: a\n  boost: 1\n  any: '水(管'\n", r"第 4 行：正则写得不对：水\(管"),
        ("rules:\n- name: a\n  boost: 1\n", "第 1 条规则写得不对"),
        ("[]", "这里应有 rules"),
        ("rules: 3", "这里应有 rules"),
        ("rules: [3]", "第 1 条规则写得不对"),
    ],
)
def test_a_rule_that_is_none_is_refused_in_words(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "rules.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=said):
        read_rules(path)


def test_a_good_rule_of_a_community_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.yml"
    path.write_text(
        "rules:\n- {name: hom_electric, boost: 2, any: '跳闸', unless: '交费'}\n", encoding="utf-8"
    )
    assert [rule.matches("又跳闸了") for rule in read_rules(path)] == ["跳闸"]
