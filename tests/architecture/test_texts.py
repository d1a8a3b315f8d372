"""Every sentence renders, every key that the code speaks exists, and no sentence lies unused."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from tests.architecture.source import ROOT, name, python_files, strings, tree

FILES = sorted((ROOT / "handlers" / "texts").glob("*.ftl"))
#: Arguments of `say` and its kin that are no part of the text.
NOT_OF_THE_TEXT = {"once", "not_before", "keyboard", "buttons"}


@dataclass(frozen=True)
class Spoken:
    """One place in the code that names a text. `key` is a pattern where parts of it are computed."""

    place: str
    key: re.Pattern[str]
    literal: str | None
    arguments: frozenset[str] | None


def _referred(node: object, kind: type[fluent.BaseNode]) -> set[str]:
    """The names of all references of this kind inside a node."""
    if isinstance(node, list):
        return set().union(*(_referred(child, kind) for child in node))
    if not isinstance(node, fluent.BaseNode):
        return set()
    own = {node.id.name} if isinstance(node, kind) else set()
    return own.union(*(_referred(child, kind) for child in vars(node).values()))


def _entries(path: Path) -> list[fluent.Entry]:
    return list(FluentParser().parse(path.read_text(encoding="utf-8")).body)


@cache
def _messages() -> dict[str, frozenset[str]]:
    """Key → the arguments its sentence needs."""
    found = {}
    for entry in (e for path in FILES for e in _entries(path) if isinstance(e, fluent.Message)):
        found[entry.id.name] = frozenset(_referred(entry, fluent.VariableReference))
    return found


#: Function → the position of the key among its arguments, and what stands before the key.
SPEAKERS = {
    "texts": (0, ""),
    "plain": (0, ""),
    "button": (1, "button-"),
    "tap": (0, "button-"),
    "call": (1, ""),
}


def _key_of(call: ast.Call) -> tuple[ast.expr, str] | None:
    called = call.func
    function = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if function == "say" and isinstance(called, ast.Attribute):
        # Some speak to a chat, some to the chat at hand: the key comes first or second.
        known = [a for a in call.args[:2] if isinstance(a, ast.JoinedStr) or _text(a) is not None]
        return (known[0], "") if known else None
    if function in SPEAKERS and len(call.args) > SPEAKERS[function][0]:
        position, before = SPEAKERS[function]
        return call.args[position], before
    return None


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _pattern(node: ast.expr, before: str) -> re.Pattern[str] | None:
    if (literal := _text(node)) is not None:
        return re.compile(re.escape(before + literal))
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(t) if (t := _text(v)) is not None else ".*" for v in node.values]
        return re.compile(re.escape(before) + "".join(parts))
    return None


@cache
def _spoken() -> list[Spoken]:
    return [s for path in python_files("handlers", "bot") for s in _spoken_in(path)]


def _spoken_in(path: Path) -> Iterator[Spoken]:
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call) or (found := _key_of(node)) is None:
            continue
        key, before = found
        pattern = _pattern(key, before)
        if pattern is None:
            continue
        names = frozenset(k.arg for k in node.keywords if k.arg) - NOT_OF_THE_TEXT
        whole = all(k.arg for k in node.keywords)
        literal = before + text if (text := _text(key)) is not None else None
        yield Spoken(f"{name(path)}:{node.lineno}", pattern, literal, names if whole else None)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_texts_parse(path: Path) -> None:
    junk = [e.content for e in _entries(path) if isinstance(e, fluent.Junk)]
    assert junk == []


def test_a_key_is_written_once_and_names_no_missing_text() -> None:
    messages = [e for path in FILES for e in _entries(path) if isinstance(e, fluent.Message)]
    keys = Counter(message.id.name for message in messages)
    assert [key for key, times in keys.items() if times > 1] == []
    for message in messages:
        assert _referred(message, fluent.MessageReference) <= set(keys), message.id.name


def test_every_text_renders_with_its_arguments() -> None:
    from handlers.kit.texts import Texts

    texts = Texts()
    for key, arguments in _messages().items():
        assert texts(key, **dict.fromkeys(arguments, "<&>")).strip(), key


def test_every_key_that_the_code_names_exists() -> None:
    assert len(_spoken()) > 50
    missing = [s for s in _spoken() if not any(s.key.fullmatch(key) for key in _messages())]
    assert [(s.place, s.key.pattern) for s in missing] == []


def test_every_text_gets_the_arguments_it_needs() -> None:
    lacking = [
        (s.place, s.literal, sorted(_messages()[s.literal] - s.arguments))
        for s in _spoken()
        if s.literal in _messages() and s.arguments is not None and _messages()[s.literal] - s.arguments
    ]
    assert lacking == []


def test_no_text_lies_unused() -> None:
    """A key is used when the code has it, a pattern for it, or the kind it begins with (`status-…`)."""
    modules = [tree(path) for path in python_files("handlers", "bot")]
    words = {constant.value for module in modules for constant in strings(module)}
    patterns = [p for module in modules for p in _computed(module)]

    def used(key: str) -> bool:
        parts = key.split("-")
        kinds = {"-".join(parts[:n]) for n in range(1, len(parts))}
        return key in words or bool(kinds & words) or any(p.fullmatch(key) for p in patterns)

    assert [key for key in _messages() if not used(key) and not key.startswith("button-")] == []


def _computed(module: ast.Module) -> Iterator[re.Pattern[str]]:
    for node in ast.walk(module):
        # One that begins with a computed part would match nearly everything.
        if isinstance(node, ast.JoinedStr) and re.match(r"[a-z]+-", _text(node.values[0]) or ""):
            pattern = _pattern(node, "")
            assert pattern
            yield pattern
