"""Loads a community's profile: the common service menu, its own classification, places and organisations."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.assigning import ExactSolver
from bot.faults import Fault
from bot.holidays import ChineseCalendar
from casework.catalogue import Catalogue, Community, Item
from casework.entities import Organisation
from casework.statuses import Fee

if TYPE_CHECKING:
    from bot.profile import Profile

FOLDER = Path(__file__).parent.parent / "communities"
_SLOTS = frozenset({"address", "door", "contact", "time", "recipient"})
_FEES = {"免费": Fee.FREE, "低偿": Fee.LOW, "有偿": Fee.PAID}
#: Columns of the catalogue that belong to an item itself; every other one is a classification.
_ITEM_COLUMNS = ("code", "group", "group_name", "emoji", "name", "covers", "hint", "boundary", "slots")


@dataclass(frozen=True, slots=True)
class _Wrong:
    """Something in a profile that cannot be: where (keys and indices from the top) and why."""

    where: tuple[str | int, ...]
    reason: str


def list_communities() -> list[str]:
    """The names of the profiles that come with the program, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def load_community(name_or_path: str | Path) -> tuple[Community, list[Organisation]]:
    """The community and its organisations (id 0), by a shipped profile's name or a YAML file's path.

    Raises Fault, saying file, line and reason, when there is no such profile or it cannot be used.
    """
    from bot.policy import policy_of
    from bot.profile import read_profile

    path = _find(str(name_or_path))
    catalogue = load_catalogue()
    profile, document = read_profile(path)
    for wrong in _check(profile, catalogue):
        raise document.fault(wrong.where, wrong.reason)
    community = Community(
        id=profile.id,
        name=profile.name,
        short_name=profile.short_name,
        scheme=profile.scheme,
        categories=tuple(profile.categories),
        compounds=tuple(profile.compounds),
        duty_phone=profile.duty_phone,
        duty_hours=profile.duty_hours,
        timezone=profile.timezone,
        catalogue=catalogue,
        solver=ExactSolver(),
        policy=policy_of(profile.policy),
        calendar=ChineseCalendar(),
    )
    return community, [_organisation(community, entry) for entry in profile.organisations]


def load_catalogue(path: Path = FOLDER / "catalogue.csv") -> Catalogue:
    """The service menu. Raises Fault for a missing file, a missing column or a bad row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise Fault(f"读不了服务目录 {path}。") from None
    items: dict[str, Item] = {}
    for number, row in enumerate(rows, start=2):
        item = _item(row, f"服务目录 {path} 第 {number} 行")
        if item.code in items:
            raise Fault(f"服务目录 {path} 第 {number} 行：项目 {item.code} 重复了。")
        items[item.code] = item
    if not items:
        raise Fault(f"服务目录 {path} 是空的。")
    return Catalogue(items.values())


def _item(row: dict[str, Any], place: str) -> Item:
    # csv.DictReader puts surplus cells under the key None, and None into missing cells.
    missing = [column for column in _ITEM_COLUMNS if not row.get(column)]
    if missing:
        raise Fault(f"{place}：缺少 {'、'.join(missing)}。")
    if None in row or None in row.values():
        raise Fault(f"{place}：列数不对，文字里的英文逗号要用引号括起来。")
    slots = tuple(row["slots"].split())
    if not _SLOTS.issuperset(slots):
        raise Fault(f"{place}：slots 只能是 {'、'.join(sorted(_SLOTS))}。")
    schemes = {column: cell for column, cell in row.items() if column not in _ITEM_COLUMNS}
    own = {column: row[column] for column in _ITEM_COLUMNS if column != "slots"}
    return Item(**own, slots=slots, categories=schemes)


def _find(name_or_path: str) -> Path:
    shipped = list_communities()
    if name_or_path in shipped:
        return FOLDER / f"{name_or_path}.yaml"
    path = Path(name_or_path).expanduser()
    if path.suffix in (".yaml", ".yml") and path.is_file():
        return path
    raise Fault(
        f"没有叫“{name_or_path}”的社区档案。自带的有：{'、'.join(shipped)}；也可以写自己的 .yaml 文件的路径。"
    )


def _check(profile: Profile, catalogue: Catalogue) -> Iterator[_Wrong]:
    """What the field types cannot tell: names that must exist elsewhere."""
    from bot.policy import mistakes

    schemes = {scheme for item in catalogue for scheme in item.categories}
    if profile.scheme not in schemes:
        yield _Wrong(
            ("scheme",), f"服务目录里没有“{profile.scheme}”这一列，有的是：{'、'.join(sorted(schemes))}"
        )
        return
    for where, reason in mistakes(profile.policy, catalogue):
        yield _Wrong(("policy", *where), reason)
    used = {item.categories[profile.scheme] for item in catalogue}
    if lacking := used.difference(profile.categories):
        yield _Wrong(("categories",), f"服务目录用到了这里没有写的分类：{'、'.join(sorted(lacking))}")
    seen: set[str] = set()
    for n, entry in enumerate(profile.organisations):
        at = ("organisations", n)
        if entry.name in seen:
            yield _Wrong((*at, "name"), f"组织“{entry.name}”重复了")
        seen.add(entry.name)
        if entry.category not in profile.categories:
            yield _Wrong((*at, "category"), f"本社区没有“{entry.category}”这个分类")
        for i, code in enumerate(entry.items):
            if code not in catalogue:
                yield _Wrong((*at, "items", i), f"服务目录里没有项目“{code}”")
        for i, area in enumerate(entry.areas):
            if area not in profile.compounds:
                yield _Wrong((*at, "areas", i), f"本社区没有小区“{area}”")


def _organisation(community: Community, entry: Any) -> Organisation:
    return Organisation(
        id=0,
        community_id=community.id,
        name=entry.name,
        category=entry.category,
        items=frozenset(entry.items),
        areas=frozenset(entry.areas),
        capacity=entry.capacity,
        fee=_FEES[entry.fee],
        phone=entry.phone,
        emergency=entry.emergency,
        sample=entry.sample,
        intro=entry.intro,
        hours=entry.hours,
    )
