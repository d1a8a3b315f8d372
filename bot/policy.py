"""The `policy:` section of a profile: what a community promises and how it decides.

Plain numbers and switches of `casework.policy` are settings of the same name by themselves.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterator, Mapping
from datetime import time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError

from casework.addressees import ADDRESSEES
from casework.catalogue import Catalogue
from casework.policy import (
    PROMISES,
    WEIGHTS,
    Conduct,
    Judging,
    Mode,
    Policy,
    Promise,
    QuietHours,
    Retention,
    Sameness,
)
from casework.policy import ServiceClass as Class

#: Where in the section (keys from its top), and what is wrong there.
Wrong = tuple[tuple[str, ...], str]

_STRICT = ConfigDict(extra="forbid", strict=True)
_MOST_HOURS = 90 * 24
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_DAY_MINUTES = 24 * 60
#: The messenger may deliver a message again for a day; what is forgotten earlier would be done twice.
_LEAST_DAYS = {"requests": 1, "inbox": 2, "outbox": 2}


def _as_clock(value: object) -> time:
    """`"21:30"`; without quotes YAML reads it as a number of minutes."""
    if isinstance(value, int) and 0 <= value < _DAY_MINUTES:
        return time(*divmod(value, 60))
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise PydanticCustomError("clock_time", "not an hour of the day")
    return time(int(found[1]), int(found[2]))


_Clock = Annotated[time, BeforeValidator(_as_clock)]
_Hours = Annotated[float, Field(gt=0, le=_MOST_HOURS, strict=False)]
#: By the type of a setting; shares and likenesses are told by their default.
_COUNT, _NUMBER = Annotated[int, Field(ge=0, le=100_000)], Annotated[float, Field(ge=0, strict=False)]
_SHARE = Annotated[float, Field(ge=0, le=1, strict=False)]


def _settings_of(kind: type[Any]) -> dict[str, Any]:
    """The plain settings of a dataclass, as fields of a model with the same defaults."""
    found: dict[str, Any] = {}
    for setting in dataclasses.fields(kind):
        default = setting.default
        if isinstance(default, bool):
            found[setting.name] = (bool, default)
        elif isinstance(default, int):
            found[setting.name] = (_COUNT, default)
        elif isinstance(default, float):
            found[setting.name] = (_SHARE if default <= 1 else _NUMBER, default)
    return found


class PromiseEntry(BaseModel):
    """Hours; what is left out stays as usual."""

    model_config = _STRICT

    answer_hours: _Hours | None = None
    resolve_hours: _Hours | None = None


class QuietEntry(BaseModel):
    """Local hours; equal ones mean that there are none."""

    model_config = _STRICT

    start: _Clock = QuietHours().start
    end: _Clock = QuietHours().end


SamenessEntry = create_model("SamenessEntry", __config__=_STRICT, **_settings_of(Sameness))
ConductEntry = create_model("ConductEntry", __config__=_STRICT, **_settings_of(Conduct))
RetentionEntry = create_model("RetentionEntry", __config__=_STRICT, **_settings_of(Retention))
JudgingEntry = create_model("JudgingEntry", __config__=_STRICT, **_settings_of(Judging))


class _Tables(BaseModel):
    """Everything that is not a plain setting. Codes are checked by `mistakes`, which knows the catalogue."""

    model_config = _STRICT

    promises: dict[str, PromiseEntry] = {}
    classes: dict[str, str] = {}
    modes: dict[str, str] = {}
    quiet: QuietEntry = QuietEntry()
    weights: dict[str, _SHARE] = {}
    sameness: SamenessEntry = SamenessEntry()  # type: ignore[valid-type]
    judging: JudgingEntry = JudgingEntry()  # type: ignore[valid-type]
    retention: RetentionEntry = RetentionEntry()  # type: ignore[valid-type]
    conduct: ConductEntry = ConductEntry()  # type: ignore[valid-type]
    addressees: dict[str, str] = {}


PolicyEntry = create_model("PolicyEntry", __base__=_Tables, **_settings_of(Policy))


def mistakes(entry: Any, catalogue: Catalogue) -> Iterator[Wrong]:
    """What the types cannot tell: codes that must exist, shares that must add up to 1."""
    classes, modes = [c.value for c in Class], [m.value for m in Mode]
    for name in entry.promises:
        if name not in classes:
            yield ("promises", name), f"没有这一类，有的是：{'、'.join(classes)}"
    yield from _by_item("classes", entry.classes, classes, catalogue)
    yield from _by_item("modes", entry.modes, modes, catalogue)
    for name in entry.weights:
        if name not in WEIGHTS:
            yield ("weights", name), f"没有这一项，有的是：{'、'.join(WEIGHTS)}"
    if not math.isclose(sum((WEIGHTS | entry.weights).values()), 1, abs_tol=0.001):
        yield ("weights",), "各项加起来要等于 1（没写的按默认）"
    for name in entry.addressees:
        if name not in ADDRESSEES:
            yield ("addressees", name), f"没有这一家，有的是：{'、'.join(ADDRESSEES)}"
    for name, least in _LEAST_DAYS.items():
        if getattr(entry.retention, name) < least:
            yield ("retention", name), f"至少要 {least} 天，不然重发的消息会办两遍"
    judging = entry.judging
    if not math.isclose(judging.workers + judging.experts + judging.residents, 1, abs_tol=0.001):
        yield ("judging",), "workers、experts、residents 加起来要等于 1"


def _by_item(
    section: str, table: Mapping[str, str], known: list[str], catalogue: Catalogue
) -> Iterator[Wrong]:
    for item, value in table.items():
        if item not in catalogue:
            yield (section, item), f"服务目录里没有项目“{item}”"
        if value not in known:
            yield (section, item), f"只能是 {'、'.join(known)}"


def policy_of(entry: Any) -> Policy:
    """The policy of a checked section."""
    promises = {}
    for name, hours in entry.promises.items():
        usual = PROMISES[Class(name)]
        promises[Class(name)] = Promise(
            hours.answer_hours or usual.answer_hours, hours.resolve_hours or usual.resolve_hours
        )
    plain = {name: getattr(entry, name) for name in _settings_of(Policy)}
    return Policy(
        promises=promises,
        classes={item: Class(name) for item, name in entry.classes.items()},
        modes={item: Mode(name) for item, name in entry.modes.items()},
        quiet=QuietHours(entry.quiet.start, entry.quiet.end),
        weights={**WEIGHTS, **entry.weights},
        sameness=Sameness(**entry.sameness.model_dump()),
        judging=Judging(**entry.judging.model_dump()),
        retention=Retention(**entry.retention.model_dump()),
        conduct=Conduct(**entry.conduct.model_dump()),
        addressees=dict(entry.addressees),
        **plain,
    )
