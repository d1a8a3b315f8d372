"""Finds every regular expression that the program tries on what people write."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlu import settings

ROOT = Path(__file__).parents[3]
#: Packages that read what residents, leads or workers write.
PACKAGES = ("nlu", "handlers", "bot", "casework", "storage")
#: Functions of `re` whose first argument is a pattern.
_TAKING = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}


@dataclass(frozen=True)
class InUse:
    """A pattern and where it stands."""

    where: str
    pattern: str
    flags: int = 0


def patterns() -> list[InUse]:
    """All of the code and of the rules, each once."""
    found = {(p.pattern, p.flags): p for p in (*_of_code(), *_of_rules())}
    return list(found.values())


def not_evaluated() -> list[str]:
    """Calls of `re` whose pattern is made while the program runs."""
    return [where for where, pattern in _calls() if pattern is None]


def _of_code() -> Iterator[InUse]:
    for where, pattern in _calls():
        if isinstance(pattern, re.Pattern):
            told = pattern.pattern
            yield InUse(
                where, told if isinstance(told, str) else told.decode("latin-1"), pattern.flags & ~re.UNICODE
            )
        elif isinstance(pattern, str):
            yield InUse(where, pattern)


def _of_rules() -> Iterator[InUse]:
    for path in sorted(settings.INTENTS.parent.glob("*.yml")):
        for rule in settings.read_rules(path):
            yield InUse(f"{path.name} {rule.name} any", rule.any.pattern)
            if rule.unless:
                yield InUse(f"{path.name} {rule.name} unless", rule.unless.pattern)


def _calls() -> Iterator[tuple[str, re.Pattern[str] | str | None]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            if re.search(r"^import re$|^from re ", source, re.MULTILINE):
                yield from _calls_in(path, ast.parse(source))


def _calls_in(path: Path, tree: ast.Module) -> Iterator[tuple[str, re.Pattern[str] | str | None]]:
    name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    module = importlib.import_module(name)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        if node.func.attr in _TAKING:
            yield f"{name}:{node.lineno}", _value(node, module.__dict__)


def _value(call: ast.Call, names: dict[str, object]) -> re.Pattern[str] | str | None:
    wanted: ast.expr = (
        call if isinstance(call.func, ast.Attribute) and call.func.attr == "compile" else call.args[0]
    )
    try:
        value = eval(compile(ast.Expression(wanted), "pattern", "eval"), dict(names))
    except NameError:
        return None
    return value if isinstance(value, re.Pattern | str) else None
