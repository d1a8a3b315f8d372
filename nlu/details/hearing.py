# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Recognises the compounds of a community however they are written: by ear, shortened, with a character lost, in pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nlu.pinyin import alike, sounds, spell

_GENERIC = re.compile("(?<=..)(?:小区|花园|花苑|家园|新村|新苑|佳苑|名苑|公寓|苑|里|院|村)$")
_LATIN = re.compile("[A-Za-z]+(?: [A-Za-z]+){0,5} ?[一-鿿]{0,4}")
_SHORTEST_SPELT = 5
_DENIED = re.compile(r"(?:不是|不住|不在|原来住|以前住|之前住|别去)[^,.;]{0,3}$")
_HOME_BEFORE = re.compile(r"(?:住|住在|家在|在|地址[是:]?|小区[是:]?)$")
_HOME_AFTER = re.compile(r"^(?:的?小区|的?[东西南北正大]门|那[个边]|的?居民)")
#: So near behind a name, building or door belong to it.
_NEAR = 2
_SURE_BY_EAR = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: `known` ones are the community's, as it writes them."""

    name: str
    start: int
    end: int
    known: bool = True


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to say a name; `weak` ones (shortened) count only where an address follows."""

    name: str
    written: str
    sound: tuple[tuple[str, ...], ...]
    weak: bool


@dataclass(frozen=True, slots=True)
class Known:
    """The compounds of a community, prepared to be heard."""

    names: frozenset[str] = frozenset()
    forms: dict[str, list[_Form]] = field(default_factory=dict)
    spelt: tuple[tuple[str, str], ...] = ()


def known(names: Sequence[str]) -> Known:
    """Prepare names for `hear`, longest first."""
    sorted_names = sorted({n for n in names if n.strip()}, key=lambda n: (-len(n), n))
    forms: dict[str, list[_Form]] = {}
    for form in (f for name in sorted_names for f in _forms(name)):
        for first in form.sound[0]:
            forms.setdefault(first, []).append(form)
    return Known(frozenset(sorted_names), forms, tuple((spell(n), n) for n in sorted_names))


def hear(text: str, places: Sequence[int], compounds: Known) -> Name | None:
    """The compound that normalised text names; `places` are where buildings and doors begin."""
    found = [n for n in (*_heard(text, places, compounds), *_spelt(text, compounds)) if not _denied(text, n)]
    if not found:
        return None
    return max(found, key=lambda n: (_beside(n.end, places), n.name in text, n.end - n.start, -n.start))


def _forms(name: str) -> Iterator[_Form]:
    yield _form(name, name, weak=False)
    core = _GENERIC.sub("", name)
    shorter = {core} | ({name[:i] + name[i + 1 :] for i in range(1, len(name))} if len(name) >= 4 else set())
    for written in sorted(shorter - {name}):
        yield _form(name, written, weak=True)


def _form(name: str, written: str, *, weak: bool) -> _Form:
    return _Form(name, written, tuple(sounds(c) for c in written), weak)


def _heard(text: str, places: Sequence[int], compounds: Known) -> Iterator[Name]:
    if not compounds.forms:
        return
    at = [i for i, c in enumerate(text) if not c.isspace()]
    heard = [sounds(text[i]) for i in at]
    for place, sound in enumerate(heard):
        for form in (f for s in sound for f in compounds.forms.get(s, ())):
            size = len(form.sound)
            if place + size > len(heard) or not _sounds_like(heard[place : place + size], form):
                continue
            start, end = at[place], at[place + size - 1] + 1
            if _likely(text, form, start, end, places):
                yield Name(form.name, start, end)


def _sounds_like(heard: Sequence[tuple[str, ...]], form: _Form) -> bool:
    """Same sounds; in a full name of four syllables or more one may be a slip of the ear."""
    wrong = [
        (one[0], wanted[0])
        for one, wanted in zip(heard, form.sound, strict=True)
        if not any(s in wanted for s in one)
    ]
    if not wrong:
        return True
    return len(wrong) == 1 and not form.weak and len(form.sound) >= _SURE_BY_EAR and alike(*wrong[0])


def _likely(text: str, form: _Form, start: int, end: int, places: Sequence[int]) -> bool:
    written = text[start:end]
    if not form.weak and (written == form.written or len(form.sound) >= _SURE_BY_EAR):
        return True
    if form.weak and not set(written) & set(form.written):
        return False
    if _beside(end, places) or _HOME_AFTER.match(text[end : end + 4]):
        return True
    return not form.weak and bool(_HOME_BEFORE.search(text[max(0, start - 4) : start]))


def _spelt(text: str, compounds: Known) -> Iterator[Name]:
    for run in _LATIN.finditer(text):
        if run.end() - run.start() < _SHORTEST_SPELT:
            continue
        letters = spell(run.group())
        for spelt, name in compounds.spelt:
            if spelt in letters:
                yield Name(name, run.start(), run.end())


def _beside(end: int, places: Sequence[int]) -> bool:
    return any(end <= place <= end + _NEAR for place in places)


def _denied(text: str, name: Name) -> bool:
    return bool(_DENIED.search(text[max(0, name.start - 8) : name.start]))
